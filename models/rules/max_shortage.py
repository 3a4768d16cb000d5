"""max_shortage: shortage of a tier as a share of its demand, at most the limit (formulation, 7).

``scenario`` names where: ``base``, ``normal``, ``each`` (every path of the sheet), names of scenarios, ``expected``
(over whole paths, by probability) or ``cvar`` (CVaR_α over whole paths of the share short; Rockafellar & Uryasev 2000).
``over`` says what is held against the limit: every ``step`` by itself, the steps that meet an ``event`` together, or
all own nodes of a ``path`` together.
"""

from __future__ import annotations

from collections.abc import Mapping

from friendshore.models.clauses.clause import Clause
from friendshore.models.clauses.linear import LinearClause
from friendshore.models.clauses.rule import PlainRule
from friendshore.models.clauses.scope import demanded, each_node, name_of, price_by_weight, scenarios_in_scope
from friendshore.models.clauses.tail import TailClause
from friendshore.models.clauses.terms import demand, shortage
from friendshore.models.node.block import NodeBlock
from friendshore.models.node.expression import Linear
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy
from friendshore.models.tables.policy_kinds import SHARE, WINDOW, PolicyKind
from friendshore.models.tree.scenario_tree import Tree


class MaxShortage(PlainRule):
    """Shortage as a share of demand over the nodes of a scenario or over whole paths."""

    kind = PolicyKind(
        name="max_shortage",
        place=50,
        sentence="Share of demand not met, at most",
        unit=SHARE,
        reads=("consumers", "tier", "commodity", "scenario", "over", *WINDOW),
        shortage=True,
        of_data=True,
    )

    def clauses(self, problem: Problem, tree: Tree, policy: Policy) -> tuple[Clause, ...]:
        """One clause for each member of ``each`` groups and each commodity in demand.

        Parameters
        ----------
        problem
            A valid problem.
        tree
            Its scenario tree, stress branches of policies included.
        policy
            A row of Policies.

        Returns
        -------
        tuple[Clause, ...]
            Clauses with names that are unique in the problem.
        """
        return tuple(
            _clause(problem, tree, policy, consumers, commodity)
            for consumers in problem.groups(policy.consumer_text)
            for commodity in demanded(problem, policy, consumers)
        )

    def numerator(self, node: NodeBlock, clause: Clause) -> Linear:
        """What is short."""
        return shortage(node, clause)

    def denominator(self, node: NodeBlock, clause: Clause) -> Linear:
        """What is needed."""
        return demand(node, clause)


def _clause(problem: Problem, tree: Tree, policy: Policy, consumers: tuple[str, ...], commodity: str) -> Clause:
    label = f"{policy.policy}/{name_of(problem, consumers)}/{commodity}"
    if policy.where == "cvar":
        inside = set(_window_nodes(problem, tree, policy))
        weighted = [s for s in tree.scenarios if tree.probability(s) > 0]
        paths = {s: tuple(n for n in tree.paths[s] if n in inside) for s in weighted}
        return TailClause(policy=policy, label=label, paths=paths, commodity=commodity, consumers=consumers)
    weights = _weights(problem, tree, policy, label)
    return LinearClause(
        policy=policy,
        label=label,
        weights=weights,
        priced={} if policy.where == "expected" else _priced(tree, policy, weights),
        commodity=commodity,
        consumers=consumers,
    )


def _weights(problem: Problem, tree: Tree, policy: Policy, label: str) -> dict[str, dict[int, float]]:
    """The nodes of the window that each constraint sums over: one, those that meet an event, or all of a scenario's."""
    if policy.where != "expected" and policy.over == "step":
        return each_node(problem, tree, policy, label)
    inside = _window_nodes(problem, tree, policy)
    if policy.where == "expected":
        return {f"{label}/expected": {n: float(tree.weight[n]) for n in inside if tree.weight[n] > 0}}
    rows, held = {}, set(inside)
    for scenario in scenarios_in_scope(problem, policy):
        own = tuple(n for n in tree.own_nodes[scenario] if n in held)
        if policy.over == "event":
            own = tuple(n for n in own if tree.disrupted[n])
        rows[f"{label}/{scenario}"] = dict.fromkeys(own, 1.0)
    return rows


def _window_nodes(problem: Problem, tree: Tree, policy: Policy) -> tuple[int, ...]:
    """All nodes in the window of a policy."""
    window = problem.window(policy.from_period, policy.to_period)
    return tuple(n for n, node in enumerate(tree.nodes) if node.period in window)


def _priced(tree: Tree, policy: Policy, weights: Mapping[str, Mapping[int, float]]) -> dict[str, float]:
    """A violation of one node counts with the node's weight, one over several nodes with the path's probability."""
    if policy.over == "step":
        return price_by_weight(tree, weights)
    scenarios = {place: tree.nodes[next(iter(nodes))].scenario for place, nodes in weights.items() if nodes}
    return {place: tree.probability(scenario) or 1.0 for place, scenario in scenarios.items()}


RULE = MaxShortage()

"""stock_cover: stock at the end of each node at which it holds ≥ limit days of use a year (formulation, 7)."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.clauses.clause import Clause
from friendshore.models.clauses.linear import LinearClause
from friendshore.models.clauses.rule import PlainRule, PolicyCheck
from friendshore.models.clauses.scope import each_node, name_of, used_commodities
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.node.block import NodeBlock
from friendshore.models.node.expression import Linear
from friendshore.models.node.parameters import Parameters
from friendshore.models.node.sets import Sets
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy
from friendshore.models.tables.policy_kinds import DAYS_OF_USE, WINDOW, PolicyKind
from friendshore.models.tree.scenario_tree import Tree

DAYS = 365.0


def no_stockpile(problem: Problem, policy: Policy) -> Iterator[Finding]:
    """FS516: a stock cover where there is no stockpile."""
    for group in problem.groups(policy.consumer_text) if policy.limit > 0 else ():
        held = {entry.commodity for entry in problem.tables.stockpiles if entry.country in group}
        used = {need.commodity for need in problem.demand if need.country in group}
        bare = sorted((used & set(problem.selection(policy.commodity))) - held)
        if bare:
            message = (
                f"found no stockpile of {', '.join(map(repr, bare))} in {', '.join(group)}, which need it: "
                "the policy cannot hold"
            )
            yield make_finding("FS516", "Policies", message, policy.row, "commodity")
            break


class StockCover(PlainRule):
    """Stock in the consumers' stockpiles in days of what they use: demand of all tiers and process input."""

    kind = PolicyKind(
        name="stock_cover",
        place=40,
        sentence="Stock in days of use, at least",
        unit=DAYS_OF_USE,
        reads=("consumers", "commodity", "scenario", *WINDOW),
        floor=True,
    )
    checks = (PolicyCheck(("Countries", "Commodities", "Demand", "Stockpiles", "Settings.coalition"), no_stockpile),)

    def clauses(self, problem: Problem, tree: Tree, policy: Policy) -> tuple[Clause, ...]:
        """One clause for each member of ``each`` groups and each commodity.

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
        clauses = []
        for consumers in problem.groups(policy.consumer_text):
            for commodity in used_commodities(problem, policy, consumers):
                label = f"{policy.policy}/{name_of(problem, consumers)}/{commodity}"
                weights = each_node(problem, tree, policy, label)
                by_year = {
                    place: (float(tree.weight[n]) or 1.0) * tree.length[n] for place, at in weights.items() for n in at
                }
                clauses.append(
                    LinearClause(
                        policy=policy,
                        label=label,
                        weights=weights,
                        priced=by_year,
                        commodity=commodity,
                        consumers=consumers,
                    )
                )
        return tuple(clauses)

    def enter_parameters(self, parameters: Parameters, sets: Sets, tree: Tree, clauses: tuple[Clause, ...]) -> None:
        """Enter 1/(365·d), and the demand of each row a day.

        Parameters
        ----------
        parameters
            Gets them, by name and key, one value a node.
        sets
            Index sets of a node: plants, shipments, stockpiles, rows of demand.
        tree
            Its scenario tree, stress branches of policies included.
        clauses
            The clauses of this rule alone.
        """
        per_day = 1.0 / (DAYS * tree.length)
        parameters.add("per_day", {(): per_day})
        parameters.add("demand_per_day", {i: parameters.column("demand", i) * per_day for i in sets.demand})

    def numerator(self, node: NodeBlock, clause: Clause) -> Linear:
        """Stock held at the end of the node."""
        level = node.variables["level"]
        places = ((country, clause.commodity) for country in clause.consumers)
        return sum(level[h] for place in places for h in node.sets.stocks.get(place, ()))

    def denominator(self, node: NodeBlock, clause: Clause) -> Linear:
        """Use a day."""
        sets, activity = node.sets, node.variables["activity"]
        places = [(country, clause.commodity) for country in clause.consumers]
        needed = sum(node.parameter("demand_per_day", i) for place in places for i in sets.demand_rows.get(place, ()))
        processed = sum(
            sets.problem.processes[q].inputs[clause.commodity] * node.parameter("per_day", ()) * activity[q]
            for place in places
            for q in sets.takers.get(place, ())
        )
        return needed + processed


RULE = StockCover()

"""clean_origin: at least `limit` of what consumers use is free of the suppliers back to the ore (formulation, 7).

Every tracked shipment, activity, stock, fill and release splits into a clean and a tainted part, at the nodes at which
such a policy holds and at those before them on the same paths, which hand clean stock on. What
plants in the suppliers' countries make is tainted; elsewhere clean output needs clean tracked inputs; the balances of
supply, use and stock hold for the clean part by itself. Clean may count as tainted, never the reverse. Policies that
name the same suppliers and the same tracked commodities share one split, so that no clean tonne is counted twice.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from friendshore.models.clauses.clause import Clause
from friendshore.models.clauses.clean_parts import (
    PARTS,
    USED,
    Split,
    balance_keys,
    clean_balances,
    clean_families,
    clean_stock_rows,
    split_of,
    within_the_whole,
)
from friendshore.models.clauses.linear import LinearClause
from friendshore.models.clauses.rule import PlainRule, PolicyCheck
from friendshore.models.clauses.scope import demanded, each_node, name_of, price_by_weight
from friendshore.models.clauses.terms import demand, shortage
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.node.block import NodeBlock
from friendshore.models.node.expression import Linear
from friendshore.models.node.parameters import Parameters
from friendshore.models.node.port_terms import PortConstant, Ports, PortTerm
from friendshore.models.node.sets import Sets
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy
from friendshore.models.tables.policy_kinds import SHARE, WINDOW, PolicyKind
from friendshore.models.tree.scenario_tree import Tree

BoolArray = NDArray[np.bool_]


def untracked_inputs(problem: Problem, policy: Policy) -> Iterator[Finding]:
    """FS518: an input that the suppliers make and that is not tracked washes the taint off what is made from it."""
    for good, into in _washed(problem, policy).items():
        message = (
            f"found that {good!r}, which goes into {', '.join(map(repr, sorted(into)))}, is not tracked though "
            f"{policy.suppliers} can make it: what is made from it counts as clean"
        )
        yield make_finding("FS518", "Policies", message, policy.row, "commodity")


def _washed(problem: Problem, policy: Policy) -> dict[str, set[str]]:
    """Inputs of recipes for tracked goods that are not tracked themselves, and that plants of the suppliers make."""
    tracked, suppliers = set(problem.selection(policy.commodity)), set(problem.group(policy.suppliers))
    theirs = {
        good for name, plant in problem.plants.items() if plant.country in suppliers for good in problem.outputs[name]
    }
    washed: dict[str, set[str]] = {}
    for process in problem.processes.values():
        tracked_outputs = tracked & process.outputs.keys()
        if tracked_outputs and problem.plants[process.plant].country not in suppliers:
            for good in (process.inputs.keys() - tracked) & theirs:
                washed.setdefault(good, set()).update(tracked_outputs)
    return dict(sorted(washed.items()))


class CleanOrigin(PlainRule):
    """A share of use that can be traced back to the ore without passing through the suppliers."""

    kind = PolicyKind(
        name="clean_origin",
        place=100,
        sentence="Share of use free of these suppliers, at least",
        unit=SHARE,
        needs=("suppliers", "commodity"),
        reads=("consumers", "tier", "scenario", *WINDOW),
        scenario="normal",
        floor=True,
    )
    checks = (PolicyCheck(("Countries", "Commodities", "Recipes", "Plants", "Settings.coalition"), untracked_inputs),)
    parts = (*PARTS, USED)

    def clauses(self, problem: Problem, tree: Tree, policy: Policy) -> tuple[Clause, ...]:
        """One clause for each member of ``each`` groups and each tracked commodity in demand.

        Parameters
        ----------
        problem, tree, policy
            Groups and demand, the scenario tree, and a row of Policies of this kind.

        Returns
        -------
        tuple[Clause, ...]
            Clauses with the weights of the nodes at which they hold.
        """
        clauses = []
        for suppliers in problem.groups(policy.suppliers):
            for consumers in problem.groups(policy.consumer_text):
                for commodity in demanded(problem, policy, consumers):
                    label = f"{policy.policy}/{name_of(problem, consumers)}/{name_of(problem, suppliers)}/{commodity}"
                    weights = each_node(problem, tree, policy, label)
                    clauses.append(
                        LinearClause(
                            policy=policy,
                            label=label,
                            weights=weights,
                            priced=price_by_weight(tree, weights),
                            commodity=commodity,
                            consumers=consumers,
                            suppliers=suppliers,
                        )
                    )
        return tuple(clauses)

    def enter_parameters(self, parameters: Parameters, sets: Sets, tree: Tree, clauses: tuple[Clause, ...]) -> None:
        """Clean parts exist where their policies hold, and at the nodes before.

        Parameters
        ----------
        parameters, sets, tree, clauses
            What gets the masks, by node; index sets of a node; the scenario tree; clauses of this kind.
        """
        here = _tracked_nodes(sets.problem, tree, clauses)
        families = clean_families(sets, clauses)
        for family, keys in families.items():
            parameters.add_mask(f"{family}_here", {key: here[key[0]] for key in keys})
        parameters.add_mask("clean_balance_here", {key: here[key[0]] for key in balance_keys(sets, clauses)})
        parameters.add_mask("clean_stock_here", {key: here[key[0]] for key in families["clean_level"]})

    def ports(self, sets: Sets, tree: Tree, clauses: tuple[Clause, ...]) -> Ports:
        """Clean stock before a node: the clean level of the node before, at first what lies outside the suppliers.

        Parameters
        ----------
        sets, tree, clauses
            Index sets of a node, the scenario tree, and clauses of this kind.

        Returns
        -------
        Ports
            ``clean_before`` of each split and stockpile, in units of the commodity, at the nodes that are tracked.
        """
        here = _tracked_nodes(sets.problem, tree, clauses)
        terms, constants = [], []
        for key in clean_families(sets, clauses)["clean_level"]:
            split, stock = key
            row = sets.problem.stockpiles[stock]
            port = ("clean_before", key)
            later, first = (np.flatnonzero(here[split] & side) for side in (tree.parent >= 0, tree.parent < 0))
            terms.append(PortTerm(port, later, np.ones(len(later)), ("clean_level", key), tree.parent[later]))
            constants.append(PortConstant(port, first, 0.0 if row.country in split.suppliers else row.initial))
        return Ports(tuple(terms), tuple(constants))

    def formulate(self, node: NodeBlock, clauses: tuple[Clause, ...]) -> None:
        """The clean parts and their balances."""
        for family, keys in clean_families(node.sets, clauses).items():
            node.variable(family, keys, where=f"{family}_here")
        within_the_whole(node)
        clean_balances(node, balance_keys(node.sets, clauses))
        clean_stock_rows(node)

    def numerator(self, node: NodeBlock, clause: Clause) -> Linear:
        """Clean use of the tier."""
        used, split = node.variables["clean_used"], split_of(node.sets.problem, clause)
        return sum(used[split, i] for i in clause.demand_rows(node.sets))

    def denominator(self, node: NodeBlock, clause: Clause) -> Linear:
        """Use of the tier: demand less shortage."""
        return demand(node, clause) - shortage(node, clause)


def _tracked_nodes(problem: Problem, tree: Tree, clauses: tuple[Clause, ...]) -> dict[Split, BoolArray]:
    """By split, the nodes at which a policy of it holds and all before them on their paths."""
    here: dict[Split, BoolArray] = {}
    for clause in clauses:
        mask = here.setdefault(split_of(problem, clause), np.zeros(len(tree.nodes), dtype=bool))
        if isinstance(clause, LinearClause):
            mask[[n for nodes in clause.weights.values() for n in nodes]] = True
    for mask in here.values():
        for n in reversed(range(len(tree.nodes))):  # parents have lower positions than what follows them
            if mask[n] and tree.parent[n] >= 0:
                mask[tree.parent[n]] = True
    return here


RULE = CleanOrigin()

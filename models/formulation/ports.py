"""Ports: how what a node takes from outside itself depends on decisions made elsewhere, as sparse terms.

``stock_before`` is the level at the end of the node before (``initial`` at the first), ``base_level`` that of the base
path at the end of a node of a branch that is back in normal times, ``in_service`` the units of an expansion that serve,
``running`` the same by the share of their size that serves, where there is a ``ramp``, ``decided`` the units decided at
the start of the node on its path, ``paid`` the same by the share κ of their price and by (1 + r)^(−t) ÷ δ, since they
are paid at once, at the time t of the decision, where a node's costs run evenly, ``protected`` the protections,
``closed`` is 1 from the closing of a plant on, and ``closing`` what is paid for it, as ``paid``.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from friendshore.models import rules
from friendshore.models.clauses.clause import Clause
from friendshore.models.core.stock import rejoining_stockpiles
from friendshore.models.formulation.keys import Closed, Decided, Protected
from friendshore.models.node.port_terms import PortConstant, Ports, PortTerm
from friendshore.models.node.sets import Sets
from friendshore.models.tree.closing import closed_at, closings, paid_at
from friendshore.models.tree.discounting import at_once
from friendshore.models.tree.investment import alike, capacity_share, in_service, paid_share
from friendshore.models.tree.normal_times import rejoining
from friendshore.models.tree.scenario_tree import Tree

_TINY = 1e-9


def build_ports(sets: Sets, tree: Tree, clauses: tuple[Clause, ...]) -> Ports:
    """The ports of every node of a tree.

    Parameters
    ----------
    sets
        Index sets of a node: plants, shipments, stockpiles, rows of demand.
    tree
        Its scenario tree, stress branches of policies included.
    clauses
        Clauses of all policies.

    Returns
    -------
    Ports
        Terms and constants of all ports.
    """
    first = np.flatnonzero(tree.parent < 0)
    later = np.flatnonzero(tree.parent >= 0)
    branches = np.flatnonzero(rejoining(tree, sets.problem.settings.rejoin_years))
    with_base, held_again = tree.base_step[branches], rejoining_stockpiles(sets)
    terms: list[PortTerm] = []
    constants: list[PortConstant] = []
    for name, row in sets.problem.stockpiles.items():
        port = ("stock_before", name)
        terms.append(PortTerm(port, later, np.ones(len(later)), ("level", name), tree.parent[later]))
        constants.append(PortConstant(port, first, row.initial))
        if name in held_again and len(branches):
            base_level = ("base_level", name)
            terms.append(PortTerm(base_level, branches, np.ones(len(branches)), ("level", name), with_base))
    terms.extend(_protection_terms(sets, tree))
    terms.extend(_decision_terms(sets, tree))
    terms.extend(_closing_terms(sets, tree))
    of_rules = rules.ports(sets, tree, clauses)
    return Ports((*terms, *of_rules.terms), (*constants, *of_rules.constants))


def _protection_terms(sets: Sets, tree: Tree) -> Iterator[PortTerm]:
    """Protections in force: from the period on in which they are bought, on every path."""
    for name, row in sets.problem.protections.items():
        for period in sets.problem.bought_in(row):
            nodes = np.flatnonzero(tree.period >= period)
            yield PortTerm(("protected", name), nodes, np.ones(len(nodes)), Protected(name, period))


def _decision_terms(sets: Sets, tree: Tree) -> Iterator[PortTerm]:
    """Terms of the decisions: scenarios with the same decisions on their path are treated together."""
    for chosen, nodes in alike(sets.problem, tree):
        start, length = tree.start[nodes], tree.length[nodes]
        for decision in chosen:
            row = sets.problem.expansions[decision.expansion]
            share = in_service(tree, row, decision, nodes)
            within = (start < decision.time + _TINY) & (decision.time < start + length - _TINY)
            kappa = paid_share(row, decision.time, tree.horizon, tree.discount_rate)
            worth = float(at_once(tree.discount_rate, np.array(decision.time)))
            paid = np.where(within, kappa * worth / tree.discount[nodes], 0.0)
            of = [("in_service", share), ("decided", within.astype(np.float64)), ("paid", paid)]
            if row.ramp:
                of.insert(1, ("running", capacity_share(tree, row, decision, nodes)))
            for name, values in of:
                here = np.flatnonzero(values)
                if here.size:
                    port = (name, decision.expansion)
                    yield PortTerm(port, nodes[here], values[here], Decided.of(decision))


def _closing_terms(sets: Sets, tree: Tree) -> Iterator[PortTerm]:
    """Terms of the closings, which every path that goes on from there carries."""
    for closing in closings(sets.problem, tree):
        column, closed, paying = Closed.of(closing), closed_at(tree, closing), paid_at(tree, closing)
        worth = at_once(tree.discount_rate, tree.start[paying]) / tree.discount[paying]
        yield PortTerm(("closed", closing.plant), closed, np.ones(len(closed)), column)
        yield PortTerm(("closing", closing.plant), paying, np.asarray(worth), column)

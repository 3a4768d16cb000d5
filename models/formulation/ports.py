"""Ports: how what a node takes from outside itself depends on decisions made elsewhere, as sparse terms.

``stock_before`` is the level at the end of the node before (``initial`` at the first), ``in_service`` the units of an
expansion that serve, by the share of the node in which they do, ``decided`` the units decided within the node on its
path, ``paid`` the same by the share κ of their price, discounted to the node's start, ``protected`` the protections.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from friendshore.models import rules
from friendshore.models.clauses.clause import Clause
from friendshore.models.formulation.keys import Decided, Protected
from friendshore.models.node.port_terms import PortConstant, Ports, PortTerm
from friendshore.models.node.sets import Sets
from friendshore.models.tree.investment import alike, paid_share, service_share
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
    everywhere = np.arange(len(tree.nodes), dtype=np.int64)
    first = np.flatnonzero(tree.parent < 0)
    later = np.flatnonzero(tree.parent >= 0)
    terms: list[PortTerm] = []
    constants: list[PortConstant] = []
    for name, row in sets.problem.stockpiles.items():
        port = ("stock_before", name)
        terms.append(PortTerm(port, later, np.ones(len(later)), ("level", name), tree.parent[later]))
        constants.append(PortConstant(port, first, row.initial))
    ones = np.ones(len(everywhere))
    terms.extend(PortTerm(("protected", name), everywhere, ones, Protected(name)) for name in sets.protections)
    terms.extend(_decision_terms(sets, tree))
    of_rules = rules.ports(sets, tree, clauses)
    return Ports((*terms, *of_rules.terms), (*constants, *of_rules.constants))


def _decision_terms(sets: Sets, tree: Tree) -> Iterator[PortTerm]:
    """Terms of the decisions: scenarios with the same decisions on their path are treated together."""
    for chosen, nodes in alike(sets.problem, tree):
        start, length = tree.start[nodes], tree.length[nodes]
        for decision in chosen:
            row = sets.problem.expansions[decision.expansion]
            share = service_share(row, decision.time, start, length)
            within = (start < decision.time + _TINY) & (decision.time < start + length - _TINY)
            kappa = paid_share(row, decision.time, tree.horizon, tree.discount_rate)
            paid = np.where(within, kappa * (1.0 + tree.discount_rate) ** (start - decision.time), 0.0)
            for name, values in (("in_service", share), ("decided", within.astype(np.float64)), ("paid", paid)):
                here = np.flatnonzero(values)
                if here.size:
                    port = (name, decision.expansion)
                    yield PortTerm(port, nodes[here], values[here], Decided.of(decision))

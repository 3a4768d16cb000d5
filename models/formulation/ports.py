"""Ports: how what a node takes from outside itself depends on decisions made elsewhere, as sparse terms."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from friendshore.models import rules
from friendshore.models.clauses.clause import Clause
from friendshore.models.core.investments import IN_SERVICE, PROTECTED, UNITS_DECIDED, UNITS_PAID
from friendshore.models.core.stock import LEVEL, STOCK_BEFORE
from friendshore.models.formulation.keys import Decided, Protected
from friendshore.models.node.families import PortKey
from friendshore.models.node.port_terms import LinkTerm, NodeTerm, PortConstant, Ports
from friendshore.models.node.sets import Sets
from friendshore.models.tree.investment import alike, paid_share, service_share
from friendshore.models.tree.scenario_tree import Tree

_TINY = 1e-9


def core_ports(sets: Sets) -> tuple[PortKey, ...]:
    """The ports that every node has, whatever its rules."""
    stocks = [STOCK_BEFORE.at(stockpile) for stockpile in sets.stockpiles]
    units = [port.at(e) for port in (IN_SERVICE, UNITS_DECIDED, UNITS_PAID) for e in sets.expansions]
    return (*stocks, *units, *(PROTECTED.at(protection) for protection in sets.protections))


def build_ports(sets: Sets, tree: Tree, clauses: tuple[Clause, ...]) -> Ports:
    """The ports of every node of a tree."""
    everywhere = np.arange(len(tree.nodes), dtype=np.int64)
    first = np.flatnonzero(tree.parent < 0)
    later = np.flatnonzero(tree.parent >= 0)
    terms: list[LinkTerm | NodeTerm] = []
    constants: list[PortConstant] = []
    for name, row in sets.problem.stockpiles.items():
        port = STOCK_BEFORE.at(name)
        terms.append(NodeTerm(port, later, np.ones(len(later)), LEVEL.at(name), tree.parent[later]))
        constants.append(PortConstant(port, first, row.initial))
    ones = np.ones(len(everywhere))
    terms.extend(LinkTerm(PROTECTED.at(name), everywhere, ones, Protected(name)) for name in sets.protections)
    terms.extend(_decision_terms(sets, tree))
    of_rules = rules.ports(sets, tree, clauses)
    return Ports((*terms, *of_rules.terms), (*constants, *of_rules.constants))


def _decision_terms(sets: Sets, tree: Tree) -> Iterator[LinkTerm]:
    """Terms of the decisions: scenarios with the same decisions on their path are treated together."""
    for chosen, nodes in alike(sets.problem, tree):
        start, length = tree.start[nodes], tree.length[nodes]
        for decision in chosen:
            row = sets.problem.expansions[decision.expansion]
            share = service_share(row, decision.time, start, length)
            within = (start < decision.time + _TINY) & (decision.time < start + length - _TINY)
            kappa = paid_share(row, decision.time, tree.horizon, tree.discount_rate)
            paid = np.where(within, kappa * (1.0 + tree.discount_rate) ** (start - decision.time), 0.0)
            decided = within.astype(np.float64)
            for port, values in ((IN_SERVICE, share), (UNITS_DECIDED, decided), (UNITS_PAID, paid)):
                here = np.flatnonzero(values)
                if here.size:
                    yield LinkTerm(port.at(decision.expansion), nodes[here], values[here], Decided.of(decision))

"""Statement: a problem laid out for formulation: tree, index sets, numbers, ports and linking."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from models import rules
from models.linking import Linking, build_linking
from models.node import node_numbers
from models.numbers import Numbers
from models.port_terms import Ports
from models.ports import build_ports
from models.problem import Problem
from models.rules import Attacks, Clause
from models.sets import Sets
from models.tree import Tree, build_tree

NO_ATTACKS: Attacks = MappingProxyType({})


@dataclass(frozen=True, eq=False)
class Statement:
    """Everything that both ``formulate()`` and the assembled arrays are made from."""

    problem: Problem
    tree: Tree
    sets: Sets
    clauses: tuple[Clause, ...]
    numbers: Numbers
    ports: Ports
    linking: Linking


def state(problem: Problem, attacks: Attacks = NO_ATTACKS) -> Statement:
    """Lay a problem out; ``attacks`` are the choices of members that survive_any policies test."""
    tree = build_tree(problem, rules.stress_branches(problem, attacks))
    sets = Sets(problem)
    clauses = rules.clauses(problem, tree)
    numbers = node_numbers(sets, tree, clauses)
    linking = build_linking(sets, tree, numbers, clauses)
    return Statement(problem, tree, sets, clauses, numbers, build_ports(sets, tree, clauses), linking)

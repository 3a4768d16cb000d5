"""The resilience rules, one a file, and what every rule must say of itself.

A rule reads a row of Policies into clauses. A clause compares, over one or more nodes, a numerator with its limit
times a denominator: a share with what it is a share of, days of stock with use a day, a budget with 1. Written like
this, the same two expressions give the constraint, the place on the scorecard and the price of tightening it.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from friendshore.models.node.block import NodeBlock
from friendshore.models.node.parameters import Parameters
from friendshore.models.node.port_terms import Ports
from friendshore.models.node.sets import Sets
from friendshore.models.problem import Problem
from friendshore.models.rules import (
    clean_origin,
    max_capex,
    max_emissions,
    max_hhi,
    max_share,
    max_shortage,
    min_share,
    stock_cover,
    survive,
    survive_any,
)
from friendshore.models.rules.clause import Attacks, Clause, Rule
from friendshore.models.tables import Policy
from friendshore.models.tree.scenario_tree import Branch, Tree

__all__ = [
    "BUILT",
    "RULES",
    "Attacks",
    "Clause",
    "Rule",
    "clauses",
    "enter_parameters",
    "formulate",
    "port_terms",
    "stress_branches",
]

RULES: MappingProxyType[str, Rule] = MappingProxyType(
    {
        rule.kind: rule
        for rule in (
            max_share.RULE,
            min_share.RULE,
            max_hhi.RULE,
            stock_cover.RULE,
            max_shortage.RULE,
            survive.RULE,
            max_capex.RULE,
            max_emissions.RULE,
            clean_origin.RULE,
            survive_any.RULE,
        )
    }
)
BUILT = frozenset(RULES)


def rule_of(policy: Policy) -> Rule:
    """The rule of a policy; a kind that is not built yet is refused by name, never ignored."""
    if policy.kind not in RULES:
        raise NotImplementedError(f"policy {policy.policy!r}: the kind {policy.kind!r} is not built yet")
    return RULES[policy.kind]


def stress_branches(problem: Problem, attacks: Attacks) -> tuple[Branch, ...]:
    """The zero-probability branches that policies generate; ``attacks`` are the choices that survive_any tests."""
    return tuple(branch for policy in problem.policies for branch in rule_of(policy).branches(problem, policy, attacks))


def clauses(problem: Problem, tree: Tree) -> tuple[Clause, ...]:
    """All clauses of all policies, in the order of the policies."""
    return tuple(clause for policy in problem.policies for clause in rule_of(policy).clauses(problem, tree, policy))


def enter_parameters(parameters: Parameters, sets: Sets, tree: Tree, chosen: tuple[Clause, ...]) -> None:
    """Enter the parameters that rules need of their own."""
    for rule, mine in _by_rule(chosen):
        rule.enter_parameters(parameters, sets, tree, mine)


def port_terms(sets: Sets, tree: Tree, chosen: tuple[Clause, ...]) -> Ports:
    """What the variables of rules take from other nodes."""
    made = [rule.port_terms(sets, tree, mine) for rule, mine in _by_rule(chosen)]
    return Ports(
        tuple(term for ports in made for term in ports.terms),
        tuple(constant for ports in made for constant in ports.constants),
    )


def formulate(node: NodeBlock, chosen: tuple[Clause, ...]) -> None:
    """Add what rules have of their own to a node, and name the expressions of every clause."""
    for rule, mine in _by_rule(chosen):
        rule.formulate(node, mine)
        for clause in mine:
            for key, expression in rule.expressions(node, clause).items():
                node.expression(key, expression)


def _by_rule(chosen: tuple[Clause, ...]) -> Iterator[tuple[Rule, tuple[Clause, ...]]]:
    for kind in dict.fromkeys(clause.policy.kind for clause in chosen):
        yield RULES[kind], tuple(clause for clause in chosen if clause.policy.kind == kind)

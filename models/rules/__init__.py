"""The resilience rules, one a file. Whatever file of this folder says ``RULE = …`` is a rule, and its kind is known.

A rule reads a row of Policies into clauses, which yield rows and say where a plan stands (``models/clauses/``). Nothing
else has to know which rules there are.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from types import MappingProxyType

from friendshore.models.clauses.clause import Clause
from friendshore.models.clauses.rule import Disruptions, Rule, TrackedPart
from friendshore.models.clauses.stops import StopRule
from friendshore.models.node.block import NodeBlock
from friendshore.models.node.parameters import Parameters
from friendshore.models.node.port_terms import Ports
from friendshore.models.node.sets import Sets
from friendshore.models.problem import Problem
from friendshore.models.tables import POLICY_KINDS, Policy
from friendshore.models.tree.branch import Branch
from friendshore.models.tree.scenario_tree import Tree

__all__ = [
    "POLICY_KINDS",
    "RULES",
    "clauses",
    "enter_parameters",
    "every_disruption",
    "every_member",
    "formulate",
    "ports",
    "rule_of",
    "stop_rule",
    "stress_branches",
    "tracked_parts",
]


def _rules() -> Iterator[Rule]:
    for found in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        yield import_module(f"{__name__}.{found.name}").RULE


RULES: MappingProxyType[str, Rule] = MappingProxyType({rule.kind.name: rule for rule in _rules()})
POLICY_KINDS.enter(rule.kind for rule in RULES.values())


def rule_of(policy: Policy) -> Rule:
    """The rule of a policy; KeyError for a kind that no file declares."""
    return RULES[policy.declared.name]


def stress_branches(problem: Problem, disruptions: Disruptions) -> tuple[Branch, ...]:
    """The branches of probability 0 that policies generate.

    Of the disruptions that policies test as needed, only ``disruptions`` are there.
    """
    branches = (rule_of(policy).branches(problem, policy, disruptions) for policy in problem.policies)
    return tuple(branch for of_policy in branches for branch in of_policy)


def told_elsewhere(policy: Policy) -> bool:
    """Whether a policy holds at single nodes, and what it is about is known at all others too."""
    return "scenario" in policy.declared.reads and not policy.over_paths and not rule_of(policy).parts


def stop_rule(policy: Policy) -> StopRule | None:
    """The rule of a policy that tests stops; None for any other."""
    rule = rule_of(policy)
    return rule if isinstance(rule, StopRule) else None


def every_disruption(problem: Problem) -> Disruptions:
    """Every disruption of the policies of whose branches only those that threaten the plan are in it."""
    rules = [(policy, stop_rule(policy)) for policy in problem.policies]
    return {p.policy: rule.disruptions(problem, p) for p, rule in rules if rule is not None and not rule.in_plan}


def every_member(problem: Problem) -> Disruptions:
    """Every disruption of the policies whose branches are all in the plan, where each can be left out by itself."""
    rules = [(policy, stop_rule(policy)) for policy in problem.policies]
    disruptions = {p.policy: rule.disruptions(problem, p) for p, rule in rules if rule is not None and rule.in_plan}
    return {policy: chosen for policy, chosen in disruptions.items() if chosen}


def tracked_parts() -> tuple[TrackedPart, ...]:
    """The parts of things that rules have variables of, and that the plan tells."""
    return tuple(part for rule in RULES.values() for part in rule.parts)


def clauses(problem: Problem, tree: Tree) -> tuple[Clause, ...]:
    """All clauses of all policies, in the order of the policies."""
    made: list[Clause] = []
    for place, policy in enumerate(problem.policies):
        mine = rule_of(policy).clauses(problem, tree, policy)
        rows = [problem.at(t).policies[place] for t in range(len(problem.periods))]
        limits, penalties = [row.limit for row in rows], [row.penalty or 0.0 for row in rows]
        if set(limits) != {policy.limit}:
            mine = tuple(replace(clause, limits=tuple(limits[t] for t in tree.period)) for clause in mine)
        if set(penalties) != {policy.penalty or 0.0}:
            mine = tuple(replace(clause, penalties=tuple(penalties[t] for t in tree.period)) for clause in mine)
        made.extend(mine)
    return tuple(made)


def enter_parameters(parameters: Parameters, sets: Sets, tree: Tree, chosen: tuple[Clause, ...]) -> None:
    """Enter the parameters that rules need of their own.

    Parameters
    ----------
    parameters
        Gets them, by name and key, one value a node.
    sets
        Index sets of a node: plants, shipments, stockpiles, rows of demand.
    tree
        Its scenario tree, stress branches of policies included.
    chosen
        Clauses of all policies.
    """
    for rule, mine in _by_rule(chosen):
        rule.enter_parameters(parameters, sets, tree, mine)


def ports(sets: Sets, tree: Tree, chosen: tuple[Clause, ...]) -> Ports:
    """What the variables of rules take from other nodes.

    Parameters
    ----------
    sets
        Index sets of a node: plants, shipments, stockpiles, rows of demand.
    tree
        Its scenario tree, stress branches of policies included.
    chosen
        Clauses of all policies.

    Returns
    -------
    Ports
        Terms and constants of all rules.
    """
    of_rules = [rule.ports(sets, tree, mine) for rule, mine in _by_rule(chosen)]
    return Ports(
        tuple(term for each in of_rules for term in each.terms),
        tuple(constant for each in of_rules for constant in each.constants),
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

"""survive: if all that a tested supplier provides stops, shortage stays within the limit (formulation, 7).

For each tested member a stress branch of probability 0, named ``policy/member`` (``policy/all`` for a pooled group): an
export stop to the coalition on every commodity, a capacity stop as well where the member is in the coalition; a
capacity stop for ``plant:``, a route stop for ``route:``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from friendshore.models.node.block import NodeBlock
from friendshore.models.problem import Problem
from friendshore.models.rules.clause import Attacks, Clause, PlainRule, demand, demanded, name_of, shortage
from friendshore.models.tables import Event, Policy
from friendshore.models.tree.scenario_tree import BASE, Branch, Tree


class Survive(PlainRule):
    """The plan gets through the loss of each tested supplier."""

    kind = "survive"

    def branches(self, problem: Problem, policy: Policy, attacks: Attacks) -> tuple[Branch, ...]:
        """One stress branch for each tested member, or one for a pooled group.

        Where ``attacks`` speaks of the policy, only of the members it names.
        """
        chosen = attacks.get(policy.policy)
        wanted = None if chosen is None else {f"{policy.policy}/{member}" for (member,) in chosen}
        return tuple(
            Branch(name, 0.0, onset(problem, policy), BASE, policy.step_months, events, policy.policy)
            for name, events in tests(problem, policy).items()
            if wanted is None or name in wanted
        )

    def clauses(self, problem: Problem, tree: Tree, policy: Policy) -> tuple[Clause, ...]:
        """One clause for each stress branch, consumers' group and commodity, with a row at each node that meets it."""
        made = []
        for name in (branch.name for branch in tree.branches.values() if branch.policy == policy.policy):
            meets = tree.meets_events(name)
            for consumers in problem.groups(policy.consumer_text):
                for commodity in demanded(problem, policy, consumers):
                    label = f"{name}/{name_of(problem, consumers)}/{commodity}"
                    rows = {f"{label}/{_step(problem, tree, n)}": {n: 1.0} for n in tree.own_nodes[name] if meets[n]}
                    made.append(Clause(policy, label, rows, commodity, consumers))
        return tuple(made)

    def numerator(self, node: NodeBlock, clause: Clause) -> Any:
        """What is short."""
        return shortage(node, clause)

    def denominator(self, node: NodeBlock, clause: Clause) -> Any:
        """What is needed."""
        return demand(node, clause)


def onset(problem: Problem, policy: Policy) -> int:
    """Where the stop begins: ``from_period``, else the second period, or the only one."""
    return problem.period_index(policy.from_period, min(1, len(problem.periods) - 1))


def tests(problem: Problem, policy: Policy) -> dict[str, tuple[Event, ...]]:
    """Events of each tested member by the name of its branch."""
    members, stop = members_of(problem, policy)
    if policy.suppliers.startswith("each "):
        return {f"{policy.policy}/{member}": stop(member) for member in members}
    return {f"{policy.policy}/all": tuple(event for member in members for event in stop(member))}


def every_member(problem: Problem) -> Attacks:
    """Every member of every survive policy that tests one by one, each by itself."""
    return {
        policy.policy: tuple((member,) for member in dict.fromkeys(members_of(problem, policy)[0]))
        for policy in problem.policies
        if policy.kind == "survive" and policy.suppliers.startswith("each ")
    }


def members_of(problem: Problem, policy: Policy) -> tuple[tuple[str, ...], Callable[[str], tuple[Event, ...]]]:
    """The members that ``suppliers`` names, and the events that stop one of them."""
    name, years = policy.policy, policy.years or 0.0
    cell = policy.suppliers.removeprefix("each ")
    if cell.startswith("plant:"):
        wanted = cell.removeprefix("plant:").strip()
        plants = tuple(problem.plants) if wanted == "*" else (wanted,)
        return plants, lambda plant: (Event(scenario=name, kind="capacity", plant=plant, years=years, remaining=0.0),)
    if cell.startswith("route:"):
        wanted = cell.removeprefix("route:").strip()
        tags = sorted({tag for lane in problem.lanes.values() for tag in lane.routes})
        chosen = tuple(tags) if wanted == "*" else (wanted,)
        return chosen, lambda tag: (Event(scenario=name, kind="route", route=tag, years=years, remaining=0.0),)
    return problem.group(policy.suppliers), lambda country: _country_stop(problem, name, country, years)


def _country_stop(problem: Problem, name: str, country: str, years: float) -> tuple[Event, ...]:
    export = Event(scenario=name, kind="export", country=country, years=years, remaining=0.0)
    if country not in problem.coalition:
        return (export,)
    return export, Event(scenario=name, kind="capacity", country=country, years=years, remaining=0.0)


def _step(problem: Problem, tree: Tree, n: int) -> str:
    node = tree.nodes[n]
    return f"{problem.periods[node.period].period}/{node.step}"


RULE = Survive()

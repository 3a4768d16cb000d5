"""Tested stops: all that members of the suppliers provide stops, and shortage stays within the limit (formulation, 7).

A stop may begin at the start of any period of the policy's window: for each there is a branch of probability 0,
``policy/member@2028``, with the events of a full stop: an export stop to the coalition on
every commodity, and a capacity stop where the member is in the coalition; a capacity stop for ``plant:``, a route stop
for ``route:``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from friendshore.models.clauses.clause import Clause
from friendshore.models.clauses.linear import LinearClause
from friendshore.models.clauses.rule import Disruptions, PlainRule
from friendshore.models.clauses.scope import demanded, name_of
from friendshore.models.clauses.terms import demand, shortage
from friendshore.models.node.block import NodeBlock
from friendshore.models.node.expression import Linear
from friendshore.models.problem import Problem
from friendshore.models.tables import Event, Policy
from friendshore.models.tree.branch import BASE, Branch
from friendshore.models.tree.scenario_tree import Tree


class StopRule(PlainRule):
    """A rule on shortage while a stop that it tests lasts.

    ``in_plan`` tells whether every branch is part of the plan, also one that the plan gets through as it is; else only
    those are that threaten it.
    """

    in_plan = True

    def tests(self, problem: Problem, policy: Policy, disruptions: Disruptions) -> Mapping[str, tuple[Event, ...]]:
        """The events of each stop that is tested, by the name of its branch, which ends in ``@`` and its onset.

        Parameters
        ----------
        problem
            A valid problem.
        policy
            A row of Policies.
        disruptions
            By policy, the members that stop together; a policy that is not named tests all of its own.

        Returns
        -------
        Mapping[str, tuple[Event, ...]]
            Events by the name of the branch.
        """
        raise NotImplementedError

    def disruptions(self, problem: Problem, policy: Policy) -> tuple[tuple[str, ...], ...]:
        """What stops together, each a branch that can be left out until a plan fails it; empty: none can."""
        raise NotImplementedError

    def lasting(self, problem: Problem, policy: Policy, years: float) -> Policy:
        """The policy that tests the same stops, each of ``years``, by branches that are not part of the plan.

        Parameters
        ----------
        problem
            A valid problem.
        policy
            A row of Policies.
        years
            Length of the stop.

        Returns
        -------
        Policy
            A policy on the same consumers and limit.
        """
        raise NotImplementedError

    def branches(self, problem: Problem, policy: Policy, disruptions: Disruptions) -> tuple[Branch, ...]:
        """A branch of probability 0 for each stop that is tested, from each onset.

        Parameters
        ----------
        problem
            A valid problem.
        policy
            A row of Policies.
        disruptions
            By policy, the members that stop together; a policy that is not named tests all of its own.

        Returns
        -------
        tuple[Branch, ...]
            Branches that leave the base path at their onset.
        """
        return tuple(
            Branch(name, 0.0, problem.period_index(onset_of(name), 0), BASE, policy.step_months, events, policy.policy)
            for name, events in self.tests(problem, policy, disruptions).items()
        )

    def clauses(self, problem: Problem, tree: Tree, policy: Policy) -> tuple[Clause, ...]:
        """One clause for each branch, consumers' group and commodity, with a row at each node that meets the stop.

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
            Each with a row at every node that meets the stop.
        """
        clauses = []
        for name in (branch.name for branch in tree.branches.values() if branch.policy == policy.policy):
            meets = tree.meets_events(name)
            for consumers in problem.groups(policy.consumer_text):
                for commodity in demanded(problem, policy, consumers):
                    label = f"{name}/{name_of(problem, consumers)}/{commodity}"
                    weights = {f"{label}/{_step(problem, tree, n)}": {n: 1.0} for n in tree.own_nodes[name] if meets[n]}
                    clauses.append(
                        LinearClause(
                            policy=policy, label=label, weights=weights, commodity=commodity, consumers=consumers
                        )
                    )
        return tuple(clauses)

    def numerator(self, node: NodeBlock, clause: Clause) -> Linear:
        """What is short."""
        return shortage(node, clause)

    def denominator(self, node: NodeBlock, clause: Clause) -> Linear:
        """What is needed."""
        return demand(node, clause)


def onsets(problem: Problem, policy: Policy) -> tuple[int, ...]:
    """Positions of the periods at whose start the stop may begin: the window, by default from the second period on."""
    first = problem.period_index(policy.from_period, min(1, len(problem.periods) - 1))
    last = problem.period_index(policy.to_period, len(problem.periods) - 1)
    return tuple(range(first, last + 1))


def from_each_onset(problem: Problem, policy: Policy, members: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Members that stop together, once for each onset, which is told behind the last of them: ``("A", "B@2028")``.

    Parameters
    ----------
    problem
        A valid problem.
    policy
        A row of Policies.
    members
        Members that stop together.

    Returns
    -------
    tuple[tuple[str, ...], ...]
        One for each period of the window, in order of time.
    """
    labels = [problem.periods[t].period for t in onsets(problem, policy)]
    return tuple((*members[:-1], f"{members[-1]}@{label}") for label in labels)


def without_onset(members: tuple[str, ...]) -> tuple[str, ...]:
    """The members of a stop whose onset is told behind the last of them."""
    return (*members[:-1], members[-1].rpartition("@")[0])


def onset_of(name: str) -> str:
    """The label of the period in which a stop begins, from the name of its branch."""
    return name.rpartition("@")[2]


def one_by_one(policy: Policy) -> bool:
    """Whether the members are tested each by itself."""
    return policy.suppliers.startswith("each ")


def stop_events(problem: Problem, policy: Policy, members: tuple[str, ...]) -> tuple[Event, ...]:
    """The stops of the members together.

    Parameters
    ----------
    problem
        A valid problem.
    policy
        A row of Policies.
    members
        Countries, plants or routes that stop together.

    Returns
    -------
    tuple[Event, ...]
        The events of all of them.
    """
    _, stop = members_of(problem, policy)
    return tuple(event for member in members for event in stop(member))


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

"""survive: if all that a tested supplier provides stops, shortage stays within the limit (formulation, 7).

For each tested member a stress branch of probability 0, named ``policy/member`` (``policy/all`` for a pooled group),
with the events of ``models/clauses/stops.py``.
"""

from __future__ import annotations

import dataclasses

from friendshore.models.clauses.rule import Disruptions
from friendshore.models.clauses.stops import StopRule, members_of, one_by_one, stop_events
from friendshore.models.problem import Problem
from friendshore.models.tables import Event, Policy
from friendshore.models.tables.policy_kinds import SHARE, PolicyKind


class Survive(StopRule):
    """The plan gets through the loss of each tested supplier."""

    kind = PolicyKind(
        name="survive",
        place=60,
        sentence="Share of demand not met if a supplier stops, at most",
        unit=SHARE,
        needs=("suppliers", "years"),
        reads=("consumers", "tier", "commodity", "from_period", "step_months"),
        stops=True,
    )

    def tests(self, problem: Problem, policy: Policy, disruptions: Disruptions) -> dict[str, tuple[Event, ...]]:
        """The stop of each member by itself, or of a pooled group as a whole.

        Where ``disruptions`` has the policy, only of the members it names.

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
        dict[str, tuple[Event, ...]]
            Events by the name of the branch.
        """
        members, _ = members_of(problem, policy)
        if not one_by_one(policy):
            return {f"{policy.policy}/all": stop_events(problem, policy, members)}
        chosen = disruptions.get(policy.policy)
        wanted = set(members) if chosen is None else {member for (member,) in chosen}
        return {
            f"{policy.policy}/{member}": stop_events(problem, policy, (member,))
            for member in members
            if member in wanted
        }

    def disruptions(self, problem: Problem, policy: Policy) -> tuple[tuple[str, ...], ...]:
        """Each member by itself; none for a pooled group."""
        members = dict.fromkeys(members_of(problem, policy)[0]) if one_by_one(policy) else ()
        return tuple((member,) for member in members)

    def lasting(self, problem: Problem, policy: Policy, years: float) -> Policy:
        """Every choice of one member, or of all of a pooled group.

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
            A policy of the kind survive_any.
        """
        k = 1 if one_by_one(policy) else len(members_of(problem, policy)[0])
        return dataclasses.replace(policy, kind="survive_any", k=k, years=years, penalty=None)


RULE = Survive()

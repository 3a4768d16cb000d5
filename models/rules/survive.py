"""survive: if all that a tested supplier provides stops, shortage stays within the limit (formulation, 7).

For each tested member and each onset a stress branch of probability 0, named ``policy/member@2028``
(``policy/all@2028`` for a pooled group), with the events of ``models/clauses/stops.py``.
"""

from __future__ import annotations

import dataclasses

from friendshore.models.clauses.rule import Disruptions
from friendshore.models.clauses.stops import (
    StopRule,
    from_each_onset,
    members_of,
    one_by_one,
    stop_events,
    without_onset,
)
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
        reads=("consumers", "tier", "commodity", "from_period", "to_period", "step_months"),
        stops=True,
        shortage=True,
        of_data=True,
    )

    def tests(self, problem: Problem, policy: Policy, disruptions: Disruptions) -> dict[str, tuple[Event, ...]]:
        """The stop of each member by itself, or of a pooled group as a whole, from each onset.

        Where ``disruptions`` speaks of the policy, only of the stops it names.

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
            together = from_each_onset(problem, policy, ("all",))
            return {f"{policy.policy}/{name}": stop_events(problem, policy, members) for (name,) in together}
        named = disruptions.get(policy.policy)
        return {
            f"{policy.policy}/{stop[0]}": stop_events(problem, policy, without_onset(stop))
            for stop in (self.disruptions(problem, policy) if named is None else named)
        }

    def disruptions(self, problem: Problem, policy: Policy) -> tuple[tuple[str, ...], ...]:
        """Each member by itself, from each onset; none for a pooled group."""
        members = dict.fromkeys(members_of(problem, policy)[0]) if one_by_one(policy) else ()
        return tuple(stop for member in members for stop in from_each_onset(problem, policy, (member,)))

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

"""survive_any: as survive, for every choice of k members of the suppliers at once, whenever it begins.

The choices are not listed in the model. The plan is solved with those found so far (none at first), an adversary looks
for the choice the plan survives worst, its branch ``policy/A+B@2028`` is added, and so on until every one is survived
(``optimizer/search/constraint_generation.py``). Each branch is a constraint of the full problem, so bound and
infeasibility stay true.
"""

from __future__ import annotations

import dataclasses
from itertools import combinations

from friendshore.models.clauses.rule import Disruptions
from friendshore.models.clauses.stops import StopRule, from_each_onset, members_of, stop_events, without_onset
from friendshore.models.problem import Problem
from friendshore.models.tables import Event, Policy
from friendshore.models.tables.policy_kinds import SHARE, PolicyKind


class SurviveAny(StopRule):
    """The plan gets through the loss of any k of the suppliers."""

    kind = PolicyKind(
        name="survive_any",
        place=70,
        sentence="Share of demand not met if several suppliers stop, at most",
        unit=SHARE,
        needs=("suppliers", "years", "k"),
        reads=("consumers", "tier", "commodity", "from_period", "to_period", "step_months"),
        stops=True,
        shortage=True,
        of_data=True,
    )
    in_plan = False

    def tests(self, problem: Problem, policy: Policy, disruptions: Disruptions) -> dict[str, tuple[Event, ...]]:
        """The stop of each choice found so far.

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
        return {
            f"{policy.policy}/{'+'.join(members)}": stop_events(problem, policy, without_onset(members))
            for members in disruptions.get(policy.policy, ())
        }

    def disruptions(self, problem: Problem, policy: Policy) -> tuple[tuple[str, ...], ...]:
        """Every choice of k members, from each onset."""
        members, _ = members_of(problem, policy)
        choices = combinations(members, policy.k or 1)
        return tuple(stop for choice in choices for stop in from_each_onset(problem, policy, choice))

    def lasting(self, problem: Problem, policy: Policy, years: float) -> Policy:
        """The same choices.

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
            A policy without penalty.
        """
        return dataclasses.replace(policy, k=policy.k or 1, years=years, penalty=None)


RULE = SurviveAny()

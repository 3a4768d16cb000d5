"""survive_any: as survive, for every choice of k members of the suppliers at once (formulation, 7).

The choices are not listed in the model. The plan is solved with those found so far (none at first), an adversary looks
for the choice the plan survives worst, its branch ``policy/A+B`` is added, and so on until every choice is survived
(``optimizer/search/constraint_generation.py``). Each branch is a constraint of the full problem, so bound and
infeasibility stay true.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from friendshore.models.problem import Problem
from friendshore.models.rules.clause import Attacks
from friendshore.models.rules.survive import Survive, members_of, onset
from friendshore.models.tables import Event, Policy
from friendshore.models.tree.scenario_tree import BASE, Branch


class SurviveAny(Survive):
    """The plan gets through the loss of any k of the suppliers."""

    kind = "survive_any"

    def branches(self, problem: Problem, policy: Policy, attacks: Attacks) -> tuple[Branch, ...]:
        """One stress branch for each choice found so far."""
        return tuple(
            Branch(
                f"{policy.policy}/{'+'.join(chosen)}",
                0.0,
                onset(problem, policy),
                BASE,
                policy.step_months,
                attack_events(problem, policy, chosen),
                policy.policy,
            )
            for chosen in attacks.get(policy.policy, ())
        )


def attack_events(problem: Problem, policy: Policy, chosen: tuple[str, ...]) -> tuple[Event, ...]:
    """The stops of the chosen members together."""
    _, stop = members_of(problem, policy)
    return tuple(event for member in chosen for event in stop(member))


def choices(problem: Problem, policy: Policy) -> tuple[tuple[str, ...], ...]:
    """Every choice of k members."""
    members, _ = members_of(problem, policy)
    return tuple(combinations(members, policy.k or 1))


def every_attack(problem: Problem) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Every choice of every survive_any policy."""
    return {policy.policy: choices(problem, policy) for policy in problem.policies if policy.kind == "survive_any"}


RULE = SurviveAny()

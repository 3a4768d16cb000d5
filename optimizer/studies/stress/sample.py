"""Out of sample: scenarios drawn around those of the workbook, for a plan and for the plan without resilience rules."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from friendshore.models.problem import Problem
from friendshore.models.tables import Event
from friendshore.optimizer.studies.stress.shocks import Shock, Weathered, shocks_of

LOWEST, HIGHEST = 0.5, 1.5
"""Between these factors the length and the depth of a drawn scenario lie, each evenly."""

WORST = 0.05
"""Share of the draws that count as the worst."""


@dataclass(frozen=True)
class Course:
    """How one plan does over all draws: means, and the mean of the worst ``WORST`` of them.

    Shares are of demand not met while a shock lasts; money as in ``Weathered``; ``expected_cost`` of the plan itself,
    discounted, None where it is not known; ``unharmed`` the share of draws without any shortage.
    """

    expected_cost: float | None
    mean_cost: float
    worst_cost: float
    mean_damage: float
    worst_damage: float
    mean_share: tuple[float, ...]
    worst_share: tuple[float, ...]
    unharmed: float


@dataclass(frozen=True)
class Sample:
    """Draws and how both plans come through them: the plan itself first, then the one without rules.

    Of the latter nothing is known (None) where no such plan was found in the time there was.
    """

    draws: tuple[Shock, ...]
    plan: tuple[Weathered, ...]
    without: tuple[Weathered, ...]
    courses: tuple[Course, Course | None]


def without_rules(problem: Problem) -> Problem:
    """The problem with its resilience rules taken away; other policies, budgets say, stay."""
    kept = tuple(policy for policy in problem.policies if not policy.declared.resilience)
    return Problem(dataclasses.replace(problem.tables, policies=kept), problem.name, problem.digest)


def draws(problem: Problem, count: int, seed: int) -> tuple[Shock, ...]:
    """``count`` scenarios around those of the workbook, the same for the same seed and the first of a larger count.

    A scenario is drawn by its probability (all alike where none has any); its onset is its own, a period earlier or a
    period later; length (recovery included) and depth each change by a factor drawn evenly from 0.5 to 1.5. Depth is
    what is lost or added: of a quota, what is taken from it. Nothing falls below nothing.

    Parameters
    ----------
    problem
        A valid problem.
    count
        How many are drawn.
    seed
        Random seed.

    Returns
    -------
    tuple[Shock, ...]
        Drawn scenarios.
    """
    known = [shock for shock in shocks_of(problem) if shock.events]
    if not known:
        return ()
    weights = [shock.probability for shock in known]
    draw = random.Random(seed)  # noqa: S311 - a sample, not a secret
    likely = weights if sum(weights) > 0 else None
    return tuple(_around(problem, draw.choices(known, likely)[0], draw) for _ in range(count))


def _around(problem: Problem, shock: Shock, draw: random.Random) -> Shock:
    onset = min(max(shock.onset + draw.choice((-1, 0, 1)), 0), len(problem.periods) - 1)
    length, depth = draw.uniform(LOWEST, HIGHEST), draw.uniform(LOWEST, HIGHEST)
    return dataclasses.replace(
        shock, onset=onset, events=tuple(_changed(event, length, depth) for event in shock.events)
    )


def _changed(event: Event, length: float, depth: float) -> Event:
    left = None if event.remaining is None else max(0.0, 1.0 + (event.remaining - 1.0) * depth)
    quota = None if event.quota is None else event.quota * (HIGHEST + LOWEST - depth)
    return dataclasses.replace(
        event, years=event.years * length, recovery_years=event.recovery_years * length, remaining=left, quota=quota
    )


def course(found: Sequence[Weathered], expected_cost: float | None) -> Course:
    """The sum of how one plan comes through all draws."""
    tiers = range(len(found[0].share)) if found else range(0)
    unharmed = sum(not any(each.share) for each in found) / len(found) if found else 1.0
    return Course(
        expected_cost,
        _mean(each.extra_cost for each in found),
        _tail(each.extra_cost for each in found),
        _mean(each.damage for each in found),
        _tail(each.damage for each in found),
        tuple(_mean(each.share[t] for each in found) for t in tiers),
        tuple(_tail(each.share[t] for each in found) for t in tiers),
        unharmed,
    )


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def _tail(values: Iterable[float]) -> float:
    listed = sorted(values, reverse=True)
    return _mean(listed[: max(1, round(WORST * len(listed)))]) if listed else 0.0

"""replan: the rest of a plan made again from what has happened, and why it costs what it costs now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from friendshore.models.plan import Outcome, Plan
from friendshore.models.plan.baselines import Interval
from friendshore.models.problem import Problem
from friendshore.optimizer.studies.replan.actuals import Actuals
from friendshore.optimizer.studies.replan.causes import Cause
from friendshore.optimizer.studies.replan.decided import Change
from friendshore.optimizer.studies.replan.standing import Standing


@dataclass(frozen=True)
class Asks:
    """How it is worked out: ``gap`` and ``time_limit`` of each search, None as in Settings.

    ``keep``: price each changed decision by what it would cost to keep the old one. ``baselines``: hold the new plan
    against doing nothing, and against the cheapest without rules.
    """

    gap: float | None = None
    time_limit: float | None = None
    threads: int | None = None
    seed: int = 0
    keep: bool = False
    baselines: bool = True

    def __post_init__(self) -> None:
        if self.gap is not None and not 0 <= self.gap < inf:
            raise ValueError(f"a gap of {self.gap}: wanted a share from 0 upwards")
        if self.time_limit is not None and not 0 < self.time_limit < inf:
            raise ValueError(f"a time limit of {self.time_limit}: wanted a number of seconds above 0")


@dataclass(frozen=True)
class Kept:
    """What it would cost to keep an old decision in place of the new one; None where that cannot be, or is not known.

    ``impossible``: no plan of the rest has it.
    """

    change: Change
    cost: Interval | None
    impossible: bool = False


@dataclass(frozen=True, eq=False)
class Replanned:
    """The study; all money is of the start of the period ``as_of``, in the currency of Settings.

    ``before``: what the plan expected the rest to cost, None where that is not known; ``rest``: what the new plan
    costs, from what is proven to what was found; ``as_planned``: what keeping all old decisions would cost, None where
    they cannot be kept. ``same``: the old decisions are kept, as none is proven cheaper by more than the gap.
    ``causes`` add up from ``before`` to ``rest`` with what was paid otherwise before. ``outcome`` is that of the new
    plan, ``asked`` its problem. ``stopped``: interrupted, what is known is told. ``objective`` of the plan that it is
    made again of, None where that is not known.
    """

    problem: Problem
    actuals: Actuals
    asks: Asks
    standing: Standing
    asked: Problem
    outcome: Outcome
    rest: Interval | None
    before: float | None
    as_planned: Interval | None
    same: bool
    causes: Sequence[Cause]
    changes: Sequence[Change]
    kept: Sequence[Kept] = ()
    lasting: str = ""
    searches: int = 0
    stopped: bool = False
    objective: float | None = None

    @property
    def plan(self) -> Plan | None:
        """The new plan; None where there is none."""
        return self.outcome.plan

    @property
    def currency(self) -> str:
        """The currency of Settings."""
        return self.problem.settings.currency

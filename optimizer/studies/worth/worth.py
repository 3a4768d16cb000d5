"""worth: what planning for dangers is worth, and how much a plan is regretted that looked at one course alone.

Value of the stochastic solution (J. R. Birge, The value of the stochastic solution in stochastic linear programs,
Mathematical Programming 24, 1982; by stage L. F. Escudero, A. Garín, M. Merino and G. Pérez, The value of the
stochastic solution in multistage problems, TOP 15, 2007), expected value of perfect information (A. Madansky,
Inequalities for stochastic linear programming problems, Management Science 6, 1960), and greatest regret (L. J.
Savage, The theory of statistical decision, JASA 46, 1951). Every figure is an interval, as wide as the gaps of the
searches leave it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from friendshore.models.plan.baselines import Interval
from friendshore.models.problem import Problem
from friendshore.optimizer.search.hold import Held
from friendshore.optimizer.studies.worth.worlds import World

MOST_WORLDS = 12
"""Paths between which plans are compared; where there are more, the likeliest of each scenario is taken."""


@dataclass(frozen=True)
class Asks:
    """How it is worked out: ``gap`` and ``time_limit`` of each search, None as in Settings; ``threads`` None: one.

    ``every_stage``: hold the plan that ignores dangers up to each period, not only in the first and in all.
    """

    gap: float | None = None
    time_limit: float | None = None
    threads: int | None = None
    seed: int = 0
    every_stage: bool = False

    def __post_init__(self) -> None:
        if self.gap is not None and not 0 <= self.gap < inf:
            raise ValueError(f"a gap of {self.gap}: wanted a share from 0 upwards")
        if self.time_limit is not None and not 0 < self.time_limit < inf:
            raise ValueError(f"a time limit of {self.time_limit}: wanted a number of seconds above 0")

    @property
    def how(self) -> dict[str, float | int | None]:
        """Options of each solve; one thread, so that the answer does not depend on how many run side by side."""
        return {"gap": self.gap, "time_limit": self.time_limit, "threads": self.threads or 1, "seed": self.seed}


@dataclass(frozen=True)
class Stage:
    """The plan that ignores dangers held in the periods up to ``period``, everything later decided with them in mind.

    ``cost`` in the whole tree, None where no plan with these decisions is possible or none was found; ``value``: what
    that costs beyond the plan that has them in mind from the start.
    """

    period: str
    cost: Interval | None
    value: Interval | None


@dataclass(frozen=True)
class Known:
    """A path that is known to come: ``cost`` of its best plan, None where none was found."""

    world: World
    cost: Interval | None


@dataclass(frozen=True)
class Regrets:
    """A plan under each path that was looked at: what it costs beyond the best plan for that path.

    ``name`` is the path that it was made for, or what it is; ``under`` by path, None where that is not known or the
    plan cannot be held there; ``greatest`` of them.
    """

    name: str
    under: Mapping[str, Interval | None]

    @property
    def greatest(self) -> Interval | None:
        """The greatest regret; None where one of them is not known."""
        known = [each for each in self.under.values() if each is not None]
        if len(known) < len(self.under) or not known:
            return None
        return Interval(max(each.low for each in known), max(each.high for each in known))


@dataclass(frozen=True)
class Worth:
    """The study.

    ``plan``: cost of the plan that has all dangers in mind; ``stages`` of the one that ignores them; ``known`` paths
    and ``perfect``: expected cost were each known beforehand, with ``information``, what that is worth; ``regrets`` of
    plans made for one path alone, of that with all in mind and of the one of ``least`` greatest regret, which no plan
    can bring below ``least_regret.low``; ``stopped``: interrupted, what is known is told.
    """

    problem: Problem
    asks: Asks
    plan: Interval
    stages: tuple[Stage, ...] = ()
    known: tuple[Known, ...] = ()
    perfect: Interval | None = None
    information: Interval | None = None
    regrets: tuple[Regrets, ...] = ()
    least_regret: Interval | None = None
    least: Held | None = None
    searches: int = 0
    stopped: bool = False

    @property
    def currency(self) -> str:
        """The currency of Settings, in which all money of the study is."""
        return self.problem.settings.currency

    @property
    def stochastic(self) -> Interval | None:
        """Value of the stochastic solution: that of the last stage; None where it is not known."""
        return self.stages[-1].value if self.stages else None


def beyond(cost: Interval, best: Interval) -> Interval:
    """What a cost is beyond the least, which it cannot be below."""
    low, high = max(0.0, cost.low - best.high), max(0.0, cost.high - best.low)
    return Interval(high, high) if cost.known and best.known else Interval(low, high)

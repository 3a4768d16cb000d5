"""frontier: the least cost over a limit, over the months that a stop is survived, or over the weight of risk.

What is proven is told all along: at the points, whose plans are certified as every plan, and between them. Between two
limits the least cost lies in a box, between two weights of risk between a chord and two lines.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf, isfinite
from typing import Any

from friendshore.models.plan import Plan
from friendshore.models.plan.baselines import Interval
from friendshore.models.problem import Problem
from friendshore.optimizer.search.benders.pool import Memory, begun_from
from friendshore.optimizer.search.hold import Held
from friendshore.optimizer.solver import SolverFault
from friendshore.optimizer.studies.frontier.axis import Axis
from friendshore.optimizer.studies.frontier.knee import Knee
from friendshore.optimizer.studies.frontier.points import operate
from friendshore.optimizer.studies.frontier.pools import Pools

POINTS_ASKED = 11
TOLERANCE = 0.005
"""Share of the cost within which it is to be known between the points."""


@dataclass(frozen=True)
class Asks:
    """How a frontier is drawn.

    ``points``: how many searches at most, from 2 on; ``tolerance``: share of the cost at which what is proven between
    points is left as it is; ``gap``, ``time_limit`` of each search, None as in Settings, ``threads`` None: one;
    ``seed`` of the solver; ``memory``: what a
    search of the same workbook has learnt, from which each begins.
    """

    points: int = POINTS_ASKED
    tolerance: float = TOLERANCE
    gap: float | None = None
    time_limit: float | None = None
    threads: int | None = None
    seed: int = 0
    memory: Memory | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if self.points < 2:
            raise ValueError(f"{self.points} points: wanted 2 or more")
        if not 0 <= self.tolerance < 1:
            raise ValueError(f"a tolerance of {self.tolerance}: wanted a share from 0 to below 1")
        if self.gap is not None and not 0 <= self.gap < inf:
            raise ValueError(f"a gap of {self.gap}: wanted a share from 0 upwards")
        if self.time_limit is not None and not 0 < self.time_limit < inf:
            raise ValueError(f"a time limit of {self.time_limit}: wanted a number of seconds above 0")

    @property
    def how(self) -> dict[str, Any]:
        """Options of each solve; one thread, so that the answer does not depend on how many run side by side."""
        how = {"gap": self.gap, "time_limit": self.time_limit, "threads": self.threads or 1, "seed": self.seed}
        return {**how, **begun_from(self.memory)}


@dataclass(frozen=True)
class Point:
    """One plan of the frontier: none of the others asks as much at less cost.

    ``setting`` is the tightest at which it holds at its cost, ``asked`` that at which it was searched for; ``cost`` the
    least cost at ``setting``, from what is proven to what the plan costs (the objective); ``expected_cost`` and
    ``cvar`` are those of the plan, ``held`` what it decides; ``stopped`` why its search ended early.
    """

    setting: float
    asked: float
    cost: Interval
    expected_cost: float
    cvar: float
    held: Held
    stopped: str = ""


@dataclass(frozen=True)
class Band:
    """What is proven of the least cost from the setting ``tight`` to ``loose``; ``cost`` None: maybe there is no plan.

    ``cost`` holds the least cost at every setting between; ``widest``: at the setting at which least is known of it,
    where that is told apart (over the weight of risk, with which the cost rises). ``within``: whether it is known to
    within the tolerance; ``jump``: it is not, but the settings are so near to each other that between them the cost
    jumps.
    """

    tight: float
    loose: float
    cost: Interval | None
    within: bool
    jump: bool = False
    widest: Interval | None = None

    @property
    def width(self) -> float | None:
        """Share of the cost to within which it is known where least is; None where it is not known at all."""
        least = self.cost if self.widest is None else self.widest
        if least is None or not isfinite(least.low) or not least.high:
            return None
        return (least.high - least.low) / abs(least.high)


@dataclass(frozen=True)
class Frontier:
    """The study: points from the one that asks least on, and what is proven between them.

    ``impossible``: from this setting on there is no plan (None: not met); ``searches`` how many there were,
    ``operated`` how often a plan was operated anew with its whole numbers held; ``stopped``: it was interrupted, what
    is known is told. ``knee`` is in settings as the points are. ``pools``: what the searches have learnt, from which
    the plan of a point is operated anew.
    """

    problem: Problem
    axis: Axis
    asks: Asks
    points: tuple[Point, ...]
    bands: tuple[Band, ...]
    impossible: float | None
    knee: Knee | None
    searches: int
    operated: int
    stopped: bool = False
    pools: Pools = field(default_factory=Pools, compare=False)

    @property
    def currency(self) -> str:
        """The currency of Settings, in which all money of the study is."""
        return self.problem.settings.currency

    @property
    def within(self) -> bool:
        """Whether the least cost is known to within the tolerance wherever there is a plan."""
        return bool(self.bands) and not self.stopped and all(band.within or band.jump for band in self.bands)

    def plan(self, point: Point) -> Plan:
        """The plan of a point, operated anew with what it decides held, and certified.

        Raises
        ------
        SolverFault
            Where it does not come out again.
        """
        ease = self.axis.sign * point.setting
        how = {**self.asks.how, **self.pools.near(self.axis.sign * point.asked)}
        plan = operate(self.problem, self.axis, how, point.held, ease)
        if plan is None:
            raise SolverFault(f"the plan at {point.setting:g} does not come out again")
        return plan

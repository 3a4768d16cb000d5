"""sensitivity: which figures of a workbook matter, by what they move the cost, and which would change a decision.

The derivative of the least cost in a figure is that of the Lagrangian of the plan's linear program, its whole numbers
held (envelope theorem; P. Milgrom and I. Segal, Envelope theorems for arbitrary choice sets, Econometrica 70, 2002). At
the ends of the range of a figure the changed problem is solved: the regret of today's decisions is what they cost there
beyond the best (L. J. Savage, The theory of statistical decision, JASA 46, 1951). Every amount is an interval, as wide
as the gaps of the searches leave it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from math import inf
from typing import Any

from friendshore.models.plan.baselines import Interval
from friendshore.models.problem import Problem
from friendshore.optimizer.search.benders.pool import Memory, begun_from
from friendshore.optimizer.search.hold import Held
from friendshore.optimizer.studies.sensitivity.figures import CITING, Figure

SAME = 1e-6
"""Share of the cost below which an amount is none: what tolerances leave."""


@dataclass(frozen=True)
class Asks:
    """How it is worked out.

    ``top``: how many figures are priced at both ends of their range; ``searches``: for how many ends at most the best
    plan is searched for; ``gap`` and ``time_limit`` of each search, None as in Settings; ``threads`` None: one.
    ``memory``: what a search of the same workbook has learnt, from which each begins. ``sheets``: those whose figures
    are looked at; none: all.
    """

    top: int = 30
    searches: int = 20
    gap: float | None = None
    time_limit: float | None = None
    threads: int | None = None
    seed: int = 0
    memory: Memory | None = field(default=None, compare=False)
    sheets: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.top < 1:
            raise ValueError(f"the {self.top} largest figures: wanted at least 1")
        if unknown := [sheet for sheet in self.sheets if sheet not in CITING]:
            raise ValueError(f"no sheet {', '.join(unknown)} has figures with a source; there are {', '.join(CITING)}")
        if self.searches < 0:
            raise ValueError(f"{self.searches} searches: wanted a number from 0 upwards")
        if self.gap is not None and not 0 <= self.gap < inf:
            raise ValueError(f"a gap of {self.gap}: wanted a share from 0 upwards")
        if self.time_limit is not None and not 0 < self.time_limit < inf:
            raise ValueError(f"a time limit of {self.time_limit}: wanted a number of seconds above 0")

    @property
    def how(self) -> dict[str, Any]:
        """Options of each solve; one thread, so that the answer does not depend on how many run side by side."""
        how = {"gap": self.gap, "time_limit": self.time_limit, "threads": self.threads or 1, "seed": self.seed}
        return {**how, **begun_from(self.memory)}


class Verdict(StrEnum):
    """What is proven about decisions at an end of a figure's range, or at both of them together.

    ``turns``: a plan with other decisions is cheaper there, or today's cannot be kept while another can; ``stays``: no
    plan is cheaper than today's decisions; ``open``: neither is proven; ``nothing``: no plan satisfies the workbook.
    """

    TURNS = "turns"
    STAYS = "stays"
    OPEN = "open"
    NOTHING = "nothing"


@dataclass(frozen=True)
class End:
    """A figure at one end of its range.

    Parameters
    ----------
    factor
        What its cells were multiplied by, before any was cut to what is legal.
    cells
        What they hold there.
    cut
        Whether the range goes beyond what is legal, so that its end is the last that is.
    held
        What today's decisions cost there; None where they cannot be kept, or that is not known.
    best
        The least cost there; None where no plan is known.
    kept
        Whether today's decisions can be kept there; None where that is not known.
    possible
        Whether there is a plan at all; None where that is not known.
    searched
        Whether the best plan was searched for.
    """

    factor: float
    cells: tuple[tuple[str, float], ...]
    cut: bool
    held: Interval | None
    best: Interval | None
    kept: bool | None
    possible: bool | None
    searched: bool = False

    @property
    def regret(self) -> Interval | None:
        """What today's decisions cost beyond the best; None where either is not known."""
        if self.held is None or self.best is None:
            return None
        return beyond(self.held, self.best)

    @property
    def verdict(self) -> Verdict:
        """What is proven about decisions."""
        if self.possible is False:
            return Verdict.NOTHING
        if self.kept is False:
            return Verdict.TURNS if self.possible else Verdict.OPEN
        if self.regret is None or self.best is None:
            return Verdict.OPEN
        none = SAME * max(1.0, abs(self.best.high))
        if self.regret.low > none:
            return Verdict.TURNS
        return Verdict.STAYS if self.regret.high <= none else Verdict.OPEN


@dataclass(frozen=True)
class Slope:
    """What a figure does to the cost to the first order, whole numbers held.

    ``relative``: what the cost changes by when it grows by its own size; None for a length of time, at which it jumps,
    and where a change of it alters which steps or rows there are. ``low`` and ``high``: by how much it moves the cost
    at either end of its range, None where that is not known.
    """

    relative: float | None
    low: float | None
    high: float | None

    @property
    def percent(self) -> float | None:
        """What the cost changes by when the figure grows by a hundredth."""
        return None if self.relative is None else self.relative / 100.0

    @property
    def size(self) -> float:
        """The larger of both moves; 0 where they are not known."""
        return max(abs(self.low or 0.0), abs(self.high or 0.0))


@dataclass(frozen=True)
class Moved:
    """A figure, what it does to the first order, and at the ends of its range where it was priced there."""

    figure: Figure
    slope: Slope
    low: End | None = None
    high: End | None = None

    @property
    def derivative(self) -> float | None:
        """What the cost changes by when it grows by one unit of its cell; None for a series, or where not known."""
        relative, value = self.slope.relative, self.figure.value
        return None if relative is None or not value else relative / value

    @property
    def ends(self) -> tuple[End, ...]:
        """The ends that were priced."""
        return tuple(end for end in (self.low, self.high) if end is not None)

    @property
    def regret(self) -> Interval | None:
        """The larger regret of both ends: between the larger of what is proven and of what may be; None: not known."""
        known = [end.regret for end in self.ends]
        regrets = [each for each in known if each is not None]
        if not regrets or len(regrets) < len(known):
            return None
        return Interval(max(each.low for each in regrets), max(each.high for each in regrets))

    @property
    def verdict(self) -> Verdict:
        """What is proven: it turns where it does at one end, and stays where it does at both."""
        found = {end.verdict for end in self.ends}
        if Verdict.TURNS in found:
            return Verdict.TURNS
        if Verdict.NOTHING in found:
            return Verdict.NOTHING
        return Verdict.STAYS if found == {Verdict.STAYS} and len(self.ends) == 2 else Verdict.OPEN


@dataclass(frozen=True)
class Sensitivity:
    """The study.

    Parameters
    ----------
    problem, asks
        What was asked.
    plan
        The least cost as the workbook stands.
    held
        What today's decisions cost as it stands: the upper end of ``plan`` but for what tolerances leave.
    decisions
        What they are.
    figures
        Every figure, the one that moves the cost most first; those that were priced come before all others.
    ranked
        Whether derivatives are known; else figures stand as the workbook has them, and none is priced.
    searches
        How many plans were searched or operated.
    stopped
        Why it ended early; blank where it did not.
    """

    problem: Problem
    asks: Asks
    plan: Interval
    held: Interval
    decisions: Held
    figures: tuple[Moved, ...] = ()
    ranked: bool = False
    searches: int = 0
    stopped: str = ""

    @property
    def currency(self) -> str:
        """The currency of Settings, in which all money of the study is."""
        return self.problem.settings.currency

    @property
    def priced(self) -> tuple[Moved, ...]:
        """The figures that were priced at an end of their range, the one that moves the cost most first."""
        return tuple(each for each in self.figures if each.ends)

    @property
    def movers(self) -> tuple[Moved, ...]:
        """The priced figures by what they really move: first where today's decisions cannot be kept at an end."""

        def key(each: Moved) -> tuple[bool, float]:
            changes = [self.held_change(end) for end in each.ends]
            moves = [max(abs(change.low), abs(change.high)) for change in changes if change is not None]
            return all(end.kept is not False for end in each.ends), -max(moves, default=0.0)

        return tuple(sorted(self.priced, key=key))

    @property
    def worth_knowing(self) -> tuple[Moved, ...]:
        """The priced figures by what it is worth to know them better: proven regret first, then what may be."""

        def key(each: Moved) -> tuple[bool, float, float]:
            unkept = any(end.verdict is Verdict.TURNS and end.held is None for end in each.ends)
            regret = each.regret
            return not unkept, -(regret.low if regret else 0.0), -(regret.high if regret else inf)

        return tuple(sorted(self.priced, key=key))

    def cost_change(self, end: End) -> Interval | None:
        """What the least cost changes by at an end; None where it is not known."""
        return None if end.best is None else difference(end.best, self.plan)

    def held_change(self, end: End) -> Interval | None:
        """What the cost of today's decisions changes by at an end; None where it is not known."""
        return None if end.held is None else difference(end.held, self.held)


def beyond(cost: Interval, best: Interval) -> Interval:
    """What a cost is beyond the least, which it cannot be below."""
    low, high = max(0.0, cost.low - best.high), max(0.0, cost.high - best.low)
    return Interval(min(low, high), high)


def difference(after: Interval, before: Interval) -> Interval:
    """What lies between two costs."""
    return Interval(after.low - before.high, after.high - before.low)

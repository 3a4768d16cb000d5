"""The knee of a frontier: where the least cost lies farthest below the straight line between its ends.

(V. Satopää, J. Albrecht, D. Irwin and B. Raghavan, Finding a "kneedle" in a haystack, ICDCS Workshops 2011.) Between
the ends both the line and the cost are known within intervals, so that the knee is one too: all settings of which it is
not proven that another lies farther below the line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite

from friendshore.models.plan.baselines import Interval
from friendshore.optimizer.studies.frontier.boxes import Box, Boxes
from friendshore.optimizer.studies.negligible import negligible

_NEAR = 1e-9


@dataclass(frozen=True)
class Knee:
    """``at``: the ease at which a plan lies farthest below the line; the knee lies from ``tight`` to ``loose``.

    ``saved``: how far below it that plan lies at least, in money.
    """

    at: float
    tight: float
    loose: float
    saved: float

    def told(self, setting: Callable[[float], float]) -> Knee:
        """The same in settings, from what gives the setting of an ease."""
        return Knee(setting(self.at), setting(self.tight), setting(self.loose), self.saved)


def knee_of(proven: Boxes) -> Knee | None:
    """The knee of what is proven; None where no plan is proven to lie below the line by more than the tolerance.

    Parameters
    ----------
    proven
        What searches found; where no plan is known the line begins at the tightest setting with one.

    Returns
    -------
    Knee | None
        With the settings between which it lies.
    """
    known = [box for box in proven.boxes() if isfinite(box.high) and isfinite(box.low)]
    if not known:
        return None
    line = _Line.of(proven, known[0].tight, known[-1].loose)
    places = [known[0].tight, *(box.loose for box in known)]
    best, at = max((line.least(place) - proven.high(place), place) for place in places)
    if best <= max(_NEAR, proven.tolerance) * abs(line.tight_cost.high) + _NEAR:
        return None
    may = [place for box in known for place in line.beyond(box, best)]
    return Knee(at, min((at, *may)), max((at, *may)), best)


@dataclass(frozen=True)
class _Line:
    """The straight line between the ends, whose costs are intervals."""

    tight: float
    loose: float
    tight_cost: Interval
    loose_cost: Interval

    @classmethod
    def of(cls, proven: Boxes, tight: float, loose: float) -> _Line:
        """The line between two settings."""
        ends = (Interval(min(proven.low(place), proven.high(place)), proven.high(place)) for place in (tight, loose))
        return cls(tight, loose, *ends)

    def least(self, ease: float) -> float:
        """The line lies no lower than this."""
        return self._at((self.tight_cost.low, self.loose_cost.low), ease)

    def most(self, ease: float) -> float:
        """The line lies no higher than this."""
        return self._at((self.tight_cost.high, self.loose_cost.high), ease)

    def _at(self, ends: tuple[float, float], ease: float) -> float:
        share = (ease - self.tight) / (self.loose - self.tight)
        return (1.0 - share) * ends[0] + share * ends[1]

    def beyond(self, box: Box, best: float) -> tuple[float, ...]:
        """The ends of the settings in a box that may lie as far below the line as ``best``; none where none may."""
        left, right = self.most(box.tight) - box.low, self.most(box.loose) - box.low
        slack = negligible(_NEAR, box.low)
        if max(left, right) < best - slack:
            return ()
        if min(left, right) >= best - slack:
            return (box.tight, box.loose)
        cross = box.tight + (box.loose - box.tight) * (left - best) / (left - right)
        return (box.tight, cross) if left > right else (cross, box.loose)

"""A cost that never rises as less is asked, enclosed in boxes: what searches prove at a few settings and between them.

Every plan bounds the least cost from above at each setting from the tightest that it holds at, every proven bound from
below at each setting that asks as much or more. Between two settings next to each other both are constant: a box. Boxes
are split where their area is largest, in the manner of N. Boland, H. Charkhgard and M. Savelsbergh, A criterion space
search algorithm for biobjective integer programming: the balanced box method, INFORMS Journal on Computing 27(4), 2015.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, inf, isfinite

from friendshore.optimizer.studies.negligible import negligible

_NEAR = 1e-9
_IMPOSSIBLE = 32
"""Where no plan is possible any more is looked for to this part of the range: it takes searches that give no point."""


@dataclass(frozen=True)
class Trial:
    """What one search found at the ease ``at``.

    ``cost`` of its plan, inf where it found none, which holds from the ease ``reached`` on; ``bound``: no plan costs
    less there, -inf where nothing is proven; ``possible``: False where it is proven that there is no plan.
    """

    at: float
    cost: float
    bound: float
    reached: float
    possible: bool = True


@dataclass(frozen=True)
class Box:
    """From the ease ``tight`` to ``loose`` the least cost lies from ``low`` to ``high`` (inf: maybe no plan at all).

    ``step``: what the plan at the tight end costs beyond the best at the loose end.
    """

    tight: float
    loose: float
    low: float
    high: float
    step: float

    @property
    def area(self) -> float:
        """Its width by its height."""
        return (self.loose - self.tight) * (self.high - self.low)


@dataclass(frozen=True)
class Boxes:
    """A range of ease, and what is proven about the least cost in it.

    Parameters
    ----------
    tight, loose
        The ends of the range; ease is what grows as less is asked.
    tolerance
        Height of a box, as a share of the cost, at which it is left as it is.
    resolution
        Settings are multiples of it, but for the ends; a box no wider than it is left as it is.
    trials
        What searches found.
    """

    tight: float
    loose: float
    tolerance: float
    resolution: float
    trials: tuple[Trial, ...] = ()

    def with_trials(self, trials: Iterable[Trial]) -> Boxes:
        """The same with further searches."""
        return dataclasses.replace(self, trials=(*self.trials, *trials))

    def high(self, ease: float) -> float:
        """Cost of the cheapest plan that is known to hold at an ease; inf where none is."""
        return min((each.cost for each in self.trials if each.reached <= ease + _NEAR), default=inf)

    def low(self, ease: float) -> float:
        """No plan that holds at an ease costs less; -inf where nothing is proven."""
        return max((each.bound for each in self.trials if each.at >= ease - _NEAR), default=-inf)

    @property
    def impossible(self) -> float:
        """The largest ease at which it is proven that there is no plan; -inf where there is none."""
        return max((each.at for each in self.trials if not each.possible), default=-inf)

    def boxes(self) -> tuple[Box, ...]:
        """What is proven between settings, from the tightest on; without those at which there is no plan."""
        known = {each.reached for each in self.trials if isfinite(each.cost)} | {each.at for each in self.trials}
        ends = [self.tight, self.loose] if self.trials else []
        inner = (each for each in known if self.tight < each < self.loose)
        places = [place for place in sorted({*ends, *inner}) if place >= self.impossible]
        return tuple(self._box(tight, loose) for tight, loose in pairwise(places))

    def _box(self, tight: float, loose: float) -> Box:
        high, beyond = self.high(tight), self.high(loose)
        return Box(tight, loose, min(self.low(loose), high), high, high - beyond if isfinite(beyond) else inf)

    def is_open(self, box: Box) -> bool:
        """Whether a search within a box would narrow what is proven: gaps of searches alone leave nothing to narrow."""
        if not isfinite(box.high):
            return box.loose - box.tight > (self.loose - self.tight) / _IMPOSSIBLE
        tolerated = self._tolerated(box)
        height = box.high - box.low
        return height > tolerated and (box.step > tolerated or height - box.step < tolerated)

    def closed(self, box: Box) -> bool:
        """Whether the least cost is known within the tolerance."""
        return isfinite(box.high) and box.high - box.low <= self._tolerated(box)

    def _tolerated(self, box: Box) -> float:
        """Height of a box that is left as it is; what solvers leave of two equal costs is tolerated always."""
        return self.tolerance * abs(box.high) + negligible(_NEAR, box.high)

    def jumps(self, box: Box) -> bool:
        """Whether the cost changes by more than the tolerance between settings that are told no finer apart."""
        narrow = box.loose - box.tight <= self.resolution * (1 + 1e-6)
        return narrow and isfinite(box.low) and isfinite(box.step) and not self.closed(box)

    def next(self, most: int) -> tuple[float, ...]:
        """Where to search next: the loose end, the tight one where no plan reaches it, then within the largest boxes.

        Parameters
        ----------
        most
            How many settings at most.

        Returns
        -------
        tuple[float, ...]
            From the tightest on; none where there is nothing left to search.
        """
        if most < 1:
            return ()
        if all(each.at < self.loose - _NEAR for each in self.trials):
            return (self.loose,)
        if not self._ended:
            return (self.tight,)
        if len(self.trials) == 1:
            return ()
        found = [(box, place) for box in self.boxes() if self.is_open(box) for place in self._within(box)]
        found.sort(key=lambda pair: (-pair[0].area, -(pair[0].loose - pair[0].tight), pair[0].tight))
        return tuple(sorted(place for _, place in found[:most]))

    @property
    def _ended(self) -> bool:
        """Whether it is known what the tight end costs: searched for, reached by a plan, or known to be impossible."""
        return any(
            not each.possible or each.at <= self.tight + _NEAR or each.reached <= self.tight + _NEAR
            for each in self.trials
        )

    def _within(self, box: Box) -> tuple[float, ...]:
        """The setting at which a box is split; none where it is too narrow.

        In the middle; or, where the search at its tight end came to a plan that holds at a tighter setting still, and
        costs jump, just beyond its loose end, so that the next plan on the way is met and no other.
        """
        unit = self.resolution
        jumps = any(
            abs(each.at - box.tight) <= _NEAR and each.possible and each.reached < each.at - unit / 2
            for each in self.trials
        )
        place = (
            (ceil(box.loose / unit - 1e-6) - 1) * unit if jumps else round((box.tight + box.loose) / (2 * unit)) * unit
        )
        place = round(place, 12)
        return (place,) if box.tight + 1e-6 * unit < place < box.loose - 1e-6 * unit else ()

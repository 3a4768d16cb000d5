"""The least objective over the weight of risk, enclosed between lines: a frontier of weighted sums.

With the weight λ a plan comes to (1 − λ)·E + λ·CVaR + penalties, a line in λ; the least over all plans is concave. So
at every weight it lies below the lines of all plans found, and above the chord between the bounds proven at the weights
to either side. The next search is where these two are farthest apart, at a kink of the lower envelope of lines
(J. L. Cohon, Multiobjective Programming and Planning, 1978, ch. 6: noninferior set estimation).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import inf, isfinite

from friendshore.models.plan.baselines import Interval
from friendshore.optimizer.studies.negligible import negligible

_NEAR = 1e-9


@dataclass(frozen=True)
class Weighed:
    """What a search found at the weight ``at``: expected cost and CVaR of its plan (inf: none), and what is proven.

    ``bound``: no plan's objective is less there; ``penalties`` of its plan are in it at any weight.
    """

    at: float
    expected: float
    cvar: float
    bound: float
    possible: bool = True
    penalties: float = 0.0

    def objective(self, weight: float) -> float:
        """What its plan comes to at a weight."""
        if not isfinite(self.expected):
            return inf
        return (1.0 - weight) * self.expected + weight * self.cvar + self.penalties


@dataclass(frozen=True)
class Lines:
    """A range of weights, and what is proven about the least objective in it.

    Parameters
    ----------
    first, last
        The ends of the range, ``first`` the smaller.
    tolerance
        Share of the objective within which it is known well enough.
    trials
        What searches found.
    """

    first: float
    last: float
    tolerance: float
    trials: tuple[Weighed, ...] = ()

    def with_trials(self, trials: Iterable[Weighed]) -> Lines:
        """The same with further searches."""
        return dataclasses.replace(self, trials=(*self.trials, *trials))

    def high(self, weight: float) -> float:
        """The least that a plan found comes to at a weight; inf where there is none."""
        return min((each.objective(weight) for each in self.trials), default=inf)

    def low(self, weight: float) -> float:
        """No plan comes to less at a weight; -inf where nothing is proven."""
        best = -inf
        for before in self.trials:
            for after in self.trials:
                if before.at <= weight <= after.at:
                    best = max(best, _chord(before, after, weight))
        return best

    def spans(self) -> tuple[tuple[float, float], ...]:
        """The weights between two searches next to each other."""
        return tuple(pairwise(sorted({each.at for each in self.trials})))

    def widest(self, span: tuple[float, float]) -> float:
        """The weight within a span at which least is known."""
        kinks = (_crossing(one, other) for one, other in combinations(self.trials, 2))
        inside = [place for place in kinks if place is not None and span[0] < place < span[1]]
        return max((*span, *inside), key=lambda place: (self.high(place) - self.low(place), -place))

    def known(self, span: tuple[float, float]) -> Interval | None:
        """Between what the least objective lies at every weight of a span; None where there may be no plan.

        No plan's worst cases cost less than it is expected to, so that its objective nowhere falls with the weight.
        """
        high = self.high(span[1])
        return Interval(min(self.low(span[0]), high), high) if isfinite(high) else None

    def closed(self, span: tuple[float, float]) -> bool:
        """Whether the least objective is known within the tolerance all over a span."""
        place = self.widest(span)
        high = self.high(place)
        return isfinite(high) and high - self.low(place) <= self.tolerance * abs(high) + negligible(_NEAR, high)

    def next(self, most: int) -> tuple[float, ...]:
        """Where to search next: both ends, then at the kinks where least is known.

        Parameters
        ----------
        most
            How many weights at most.

        Returns
        -------
        tuple[float, ...]
            In order; none where there is nothing left to search.
        """
        if not self.trials:
            return (self.first, self.last)[:most]
        if any(not each.possible for each in self.trials):
            return ()  # what is possible does not depend on the weight
        if len(self.trials) == 1:
            return (self.last,)[:most]
        found = []
        for span in self.spans():
            place = self.widest(span)
            if not self.closed(span) and span[0] < place < span[1]:
                found.append((-(self.high(place) - self.low(place)), place))
        return tuple(sorted(place for _, place in sorted(found)[: max(0, most)]))


def _chord(before: Weighed, after: Weighed, weight: float) -> float:
    if after.at <= before.at:
        return max(before.bound, after.bound)
    share = (weight - before.at) / (after.at - before.at)
    ends = [(1.0 - share, before.bound), (share, after.bound)]
    return sum(part * bound for part, bound in ends if part > 0)


def _crossing(one: Weighed, other: Weighed) -> float | None:
    """The weight at which two plans come to the same; None where they never do."""
    if not (isfinite(one.expected) and isfinite(other.expected)):
        return None
    slope = (one.cvar - one.expected) - (other.cvar - other.expected)
    if abs(slope) <= negligible(_NEAR, one.cvar, one.expected):
        return None
    return round((other.objective(0.0) - one.objective(0.0)) / slope, 9)

"""Settled choices: a protection or project held in and held out, and which of both plans is proven to be cheaper."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import inf, isfinite

from friendshore.models.plan.baselines import Interval

_SAME = 1e-9
"""Of the larger cost: what arithmetic leaves of a difference."""

IMPOSSIBLE = Interval(inf, inf)
"""The cost where no plan can be."""


class Verdict(StrEnum):
    """What comparing both costs proves."""

    FOR = "decided for"
    AGAINST = "decided against"
    EITHER = "makes no difference"
    OPEN = "still open"


@dataclass(frozen=True)
class Settled:
    """A choice on offer, settled as far as both searches prove.

    ``sheet`` and ``id`` name its row; ``held_in`` is the least objective of a plan that has it – a protection bought,
    one unit at least of an expansion decided on the base path –, ``held_out`` that of a plan that has it on no path;
    each from what is proven to what was found, ``high`` infinite where no plan was found yet, both ends where none can
    be. ``gap`` is the relative gap to which the sides were searched last.
    """

    sheet: str
    id: str
    held_in: Interval
    held_out: Interval
    gap: float = 0.0

    @property
    def difference(self) -> Interval:
        """What the cheapest plan costs more with it than without; below 0 less."""
        if IMPOSSIBLE in (self.held_in, self.held_out):
            return Interval(inf, inf) if self.held_in == IMPOSSIBLE else Interval(-inf, -inf)
        return Interval(self.held_in.low - self.held_out.high, self.held_in.high - self.held_out.low)

    @property
    def verdict(self) -> Verdict:
        """What the two costs prove, and no more."""
        found = self.difference
        ends = (*self.held_in.ends, *self.held_out.ends)
        slip = _SAME * max((abs(end) for end in ends if isfinite(end)), default=0.0)
        if max(abs(found.low), abs(found.high)) <= slip:
            return Verdict.EITHER
        if found.high < -slip:
            return Verdict.FOR
        return Verdict.AGAINST if found.low > slip else Verdict.OPEN

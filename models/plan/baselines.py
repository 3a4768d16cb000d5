"""Baselines: what a plan is held against – doing nothing, and the cheapest plan without rules (formulation, Cost)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

_SAME = 1e-6
"""Ends of an interval that differ by a smaller share of the larger are one value, solved within tolerances."""


@dataclass(frozen=True)
class Interval:
    """What lies from ``low`` to ``high``; one value where both are the same."""

    low: float
    high: float

    @property
    def known(self) -> bool:
        """Whether it is one value, but for what tolerances leave."""
        return self.high - self.low <= _SAME * max(abs(self.low), abs(self.high))

    @property
    def ends(self) -> tuple[float, float]:
        """Least and most as they are told: the same twice where it is one value."""
        return (self.high, self.high) if self.known else (self.low, self.high)


@dataclass(frozen=True)
class Borne:
    """What one country bears of a course, expected and discounted, in the currency of Settings.

    ``damage`` is that of shortage where its demand is; ``measures`` what it pays for capacity, protections and stock;
    ``operation`` what is first paid there for making, moving and selling, which the buyers of a plant pay in the end.
    """

    damage: float = 0.0
    measures: float = 0.0
    operation: float = 0.0

    @property
    def cost(self) -> float:
        """All of it."""
        return self.damage + self.measures + self.operation


@dataclass(frozen=True)
class Course:
    """One course of action.

    ``cost`` is its expected cost, discounted, look-ahead periods included: an interval from what is proven to what was
    found, where the search for it ended at a gap; ``damage`` is the expected cost of shortage of what was found, a part
    of ``cost.high``. ``borne`` tells by country who first bears what was found, in parts that add up to ``cost.high``;
    empty where it is not known.
    """

    cost: Interval
    damage: float
    borne: Mapping[str, Borne] = field(default_factory=dict)

    @property
    def paid(self) -> float:
        """Expected cost of what was found without the damage from shortage: the bill."""
        return self.cost.high - self.damage


@dataclass(frozen=True)
class Baselines:
    """A plan beside the courses it is held against, in the currency of Settings.

    ``nothing``: no policy, nothing built, protected, closed or filled in, no duty to hold stock, operation at its best;
    ``no_rules``: the cheapest plan of the same problem without policies; None where it was not worked out. Both are
    of least expected cost, whatever weight the plan gives to risk. ``plan`` is the plan itself, known exactly;
    ``years`` are those of the horizon by what a year is worth at its start, so that an amount divided by it is one a
    year.
    """

    plan: Course
    years: float
    nothing: Course | None = None
    no_rules: Course | None = None

    @property
    def premium(self) -> Interval | None:
        """Expected cost of the plan beyond that of the cheapest without rules; None where that is not known."""
        if self.no_rules is None:
            return None
        cost, without = self.plan.cost.high, self.no_rules.cost
        low, high = max(0.0, cost - without.high), max(0.0, cost - without.low)
        return Interval(high, high) if without.known else Interval(low, high)

    @property
    def premium_a_year(self) -> Interval | None:
        """The premium as an even payment a year over the horizon."""
        premium = self.premium
        return None if premium is None else Interval(premium.low / self.years, premium.high / self.years)

    @property
    def premium_share(self) -> Interval | None:
        """The premium as a share of what the cheapest plan without rules costs; None where that costs nothing."""
        premium = self.premium
        if premium is None or self.no_rules is None or self.no_rules.cost.low <= 0:
            return None
        without = self.no_rules.cost
        return Interval(premium.low / without.high, premium.high / without.low)

    @property
    def avoided(self) -> float | None:
        """Expected damage from shortage that the plan avoids, beside doing nothing; None where that is not known."""
        return None if self.nothing is None else self.nothing.damage - self.plan.damage

"""At what price a project is worth building: an interval between two prices, both of which have been searched.

V(p) is the least cost of a plan in which the project is held in, at price p; it never falls as p rises, and it is
concave where costs are expected ones, since each plan's cost is linear in p. The project is worth building where V(p)
is not above the least cost of a plan without it. At the low end of the interval that is proven by the bound of the one
and the plan of the other, at the high end the reverse. Between them the gaps, or the fineness asked for, leave it open.
"""

from __future__ import annotations

from dataclasses import dataclass

from friendshore.models.plan.baselines import Interval
from friendshore.models.problem import Problem
from friendshore.optimizer.studies.explain.edits import row_of
from friendshore.optimizer.studies.explain.held import held_in
from friendshore.optimizer.studies.explain.prices import PRICE
from friendshore.optimizer.studies.explain.searches import Found, Searches, with_unit, without_unit
from friendshore.optimizer.studies.explain.targets import Target
from friendshore.optimizer.studies.explain.work import Enough

FINE = 0.002
"""Of the price: how narrow the interval is to be."""

MOST_SEARCHES = 24
DEAREST = 1024.0
"""Times today's price: what is worth building at more is so at any price that matters."""

_SAME = 1e-9


@dataclass(frozen=True)
class Tried:
    """One price, as a multiple of today's, and the least cost with the project in."""

    factor: float
    cost: Interval


@dataclass(frozen=True)
class WorthBuilding:
    """What it would take to make a project worth building.

    Parameters
    ----------
    target
        The project.
    price
        Its price today: capex of a unit, or cost a year of a protection.
    without
        Least cost of a plan without it; None where there is none, so that it is needed at any price.
    pays
        The highest price at which it is proven to be worth building; None where it is at none, not even for nothing.
    does_not
        The lowest price at which it is proven not to be; None where there is none as far as was looked.
    today
        Least cost with it, at today's price.
    tried
        Every price that was searched, the lowest first.
    forbidden
        Whether no plan can have it in, so that no price makes it worth building.
    complete
        Whether the search came to its end.
    """

    target: Target
    price: float
    without: Interval | None
    pays: float | None
    does_not: float | None
    today: Interval | None
    tried: tuple[Tried, ...] = ()
    forbidden: bool = False
    complete: bool = True

    @property
    def free(self) -> Interval | None:
        """Least cost with it where it costs nothing; None where that was not looked at."""
        return next((one.cost for one in self.tried if one.factor == 0), None)


def worth_building(problem: Problem, target: Target, searches: Searches) -> WorthBuilding:
    """The prices at which a project is, and is not, worth building.

    Parameters
    ----------
    problem
        A valid problem that a plan satisfies.
    target
        A row of ``Expansions`` or ``Protections``.
    searches
        Searches of the problem.

    Returns
    -------
    WorthBuilding
        What is known when the search ends.

    Raises
    ------
    ValueError
        Where the project costs nothing as it is, or can never be decided.
    """
    price = float(vars(row_of(problem, target.sheet, target.row))[PRICE[target.sheet]])
    if price <= 0:
        raise ValueError(f"{target.words} costs nothing as it is: its {PRICE[target.sheet]} is {price:g}")
    if held_in(problem, target) is None:
        raise ValueError(f"{target.words} cannot be built: its max_units is 0")
    try:
        bare, today = searches.of(f"without {target.words}, and with it", [without_unit(target), with_unit(target)])
    except Enough:
        return WorthBuilding(target, price, None, None, None, None, complete=False)
    if bare.cost is None and not bare.impossible:
        return WorthBuilding(target, price, None, None, None, None, complete=False)
    search = _Search(target, bare.cost, searches)
    complete = True
    try:
        search.run(today)
    except Enough:
        complete = False
    return search.answer(price, complete=complete)


class _Search:
    """The prices searched so far, between the last that pays and the first that does not."""

    def __init__(self, target: Target, without: Interval | None, searches: Searches) -> None:
        self._target, self._without, self._searches = target, without, searches
        self._tried: dict[float, Interval] = {}
        self._pays: float | None = None
        self._not: float | None = None
        self._forbidden = False

    def run(self, today: Found) -> None:
        """Look at today's price, bracket, and narrow."""
        if not self._take(1.0, today) or self._without is None:
            return
        if self._pays is None and not self._look(0.0):
            return
        factor = 1.0
        while self._pays is not None and self._not is None and factor < DEAREST:
            factor *= 2
            self._look(factor)
        self._narrow()

    def _narrow(self) -> None:
        while self._pays is not None and self._not is not None and len(self._tried) < MOST_SEARCHES:
            if self._not - self._pays <= FINE * self._not:
                return
            factor = self._next(self._pays, self._not)
            low, high = self._pays, self._not
            self._look(factor)
            if (low, high) == (self._pays, self._not):  # left open by the gaps: what is beyond it on either side
                self._look((low + factor) / 2)
                self._look((factor + high) / 2)
                return

    def _next(self, low: float, high: float) -> float:
        """Where the costs with and without meet on a straight line, a little inside; the middle every third time."""
        without = self._without
        if without is None or len(self._tried) % 3 == 0:
            return (low + high) / 2
        first, last, level = self._tried[low].high, self._tried[high].low, (without.low + without.high) / 2
        share = (level - first) / (last - first) if last > first else 0.5
        inside = 0.4 * FINE * high
        return min(high - inside, max(low + inside, low + share * (high - low)))

    def _look(self, factor: float) -> bool:
        """Search a price; whether there is a plan with the project in."""
        words = f"{self._target.words} at {factor:.4g} of its price"
        (found,) = self._searches.of(words, [with_unit(self._target, factor)])
        return self._take(factor, found)

    def _take(self, factor: float, found: Found) -> bool:
        """Learn from what a search of a price came to; whether there is a plan with the project in."""
        self._forbidden = found.impossible
        if found.cost is None:
            if not self._forbidden:
                raise Enough
            return False
        self._tried[factor] = found.cost
        self._learn(factor, found.cost)
        return True

    def _learn(self, factor: float, cost: Interval) -> None:
        if self._without is None:
            self._pays = factor
            return
        slip = _SAME * abs(self._without.high)
        if cost.high <= self._without.low + slip:
            self._pays = factor if self._pays is None else max(self._pays, factor)
        if cost.low >= self._without.high - slip:
            self._not = factor if self._not is None else min(self._not, factor)

    def answer(self, price: float, *, complete: bool) -> WorthBuilding:
        """What is known."""
        return WorthBuilding(
            self._target,
            price,
            self._without,
            None if self._pays is None else self._pays * price,
            None if self._not is None else self._not * price,
            self._tried.get(1.0),
            tuple(Tried(factor, self._tried[factor]) for factor in sorted(self._tried)),
            self._forbidden,
            complete,
        )

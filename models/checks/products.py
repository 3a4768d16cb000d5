"""Numbers that are each fine and too great together, and quantities too small to be told from rounding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from friendshore.models.checks.protocol import reads
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem
from friendshore.models.tables import Demand
from friendshore.optimizer.wording.counts import measured

GREATEST = 1e15
"""As for a number of one cell: what reaches it is dropped by solvers or drowns all others."""

SMALLEST = 1e-7
"""Demand a year below which a plan cannot tell what is sent from what rounding leaves."""


@dataclass(frozen=True)
class Factor:
    """A number and the cell that it stands in; ``words`` say it where it is the sum of several."""

    sheet: str
    row: int
    column: str
    value: float
    words: str = ""

    @property
    def said(self) -> str:
        """The number and where it stands."""
        return self.words or f"{self.value:g} in {self.column} of row {self.row} of {self.sheet}"

    @property
    def cell(self) -> tuple[str, int, str]:
        """Sheet, row and column."""
        return self.sheet, self.row, self.column


@reads(
    *("Periods", "Commodities", "Recipes", "Plants", "Expansions", "Demand", "Lanes", "Stockpiles", "Events"),
    *("Protections", "Profiles"),
)
def products(problem: Problem) -> Iterator[Finding]:
    """FS331: two numbers whose product no solver may be given, in any period."""
    told: set[tuple[str, int, str]] = set()
    for t, period in enumerate(problem.periods if problem.tables.profiles else problem.periods[:1]):
        when = f" in {period.period}" if problem.tables.profiles else ""
        for first, second in _pairs(problem.at(t)):
            product = first.value * second.value
            if GREATEST <= product < float("inf") and (not when or first.cell not in told):
                told.add(first.cell)
                told_when = "" if second.words else when
                message = (
                    f"found {first.value:g}, and {second.said}{told_when}, which makes {product:.3g}; wanted less than "
                    f"{GREATEST:g} together: measure in larger units"
                )
                yield make_finding("FS331", first.sheet, message, first.row, first.column)


@reads("Periods", "Demand")
def dust(problem: Problem) -> Iterator[Finding]:
    """FS330: a commodity of which nobody demands as much as can be computed with."""
    largest: dict[str, Factor] = {}
    for row in problem.demand:
        most = _demand(problem, row)
        if row.commodity not in largest or most.value > largest[row.commodity].value:
            largest[row.commodity] = most
    for commodity, most in largest.items():
        if 0 < most.value < SMALLEST:
            unit = problem.commodities[commodity].unit
            message = (
                f"found at most {most.value:g} {unit} of {commodity!r} a year, and nobody wants more; wanted "
                f"{SMALLEST:g} or more: measure it in a smaller unit"
            )
            yield make_finding("FS330", most.sheet, message, most.row, most.column)


def _pairs(problem: Problem) -> Iterator[tuple[Factor, Factor]]:
    """Pairs of cells whose numbers are multiplied on the way to the solver, the greatest of each kind."""
    tables = problem.tables
    longest = _greatest(Factor("Periods", row.row, "years", row.years) for row in tables.periods)
    years = sum(row.years for row in tables.periods)
    horizon = Factor("Periods", tables.periods[-1].row, "years", years, f"{measured(years, 'year')} of all periods")
    price = {row.commodity: Factor("Commodities", row.row, "price", row.price) for row in tables.commodities}
    for lane in tables.lanes:
        if problem.settings.tariffs_are_costs:
            of_lane = _greatest(price[name] for name in problem.selection(lane.commodity))
            yield from _with(Factor("Lanes", lane.row, "tariff", lane.tariff), of_lane)
        yield from _with(Factor("Lanes", lane.row, "capacity", lane.capacity), longest)
        yield from _with(Factor("Lanes", lane.row, "least", lane.least), longest)
    for plant in tables.plants:
        capacity = Factor("Plants", plant.row, "capacity", plant.capacity)
        amounts = (row for row in tables.recipes if row.recipe in plant.recipes)
        yield from _with(Factor("Plants", plant.row, "fixed_cost", plant.fixed_cost), horizon)
        yield from _with(capacity, longest)
        yield from _with(capacity, _greatest(Factor("Recipes", row.row, "amount", row.amount) for row in amounts))
    for built in tables.expansions:
        size = Factor("Expansions", built.row, "size", built.size)
        yield from _with(size, Factor("Expansions", built.row, "max_units", built.max_units))
        yield from _with(Factor("Expansions", built.row, "fixed_cost", built.fixed_cost), horizon)
    for guard in tables.protections:
        yield from _with(Factor("Protections", guard.row, "cost", guard.cost), horizon)
    for store in tables.stockpiles:
        yield from _with(Factor("Stockpiles", store.row, "holding_cost", store.holding_cost), longest)
    surge = _greatest(Factor("Events", row.row, "remaining", row.remaining or 0.0) for row in tables.events)
    for wanted in tables.demand:
        demand = _demand(problem, wanted)
        yield from _with(demand, longest)
        yield from _with(demand, surge)


def _demand(problem: Problem, row: Demand) -> Factor:
    """The greatest demand a year of a row, in the cell that says it."""
    most, period = max((problem.demand_per_year(row, i), -i) for i in range(len(problem.periods)))
    label = problem.periods[-period].period
    return Factor("Demand", row.row, label if label in row.by_period else "per_year", most)


def _greatest(factors: Iterable[Factor]) -> Factor | None:
    return max(factors, key=lambda factor: factor.value, default=None)


def _with(first: Factor, second: Factor | None) -> Iterator[tuple[Factor, Factor]]:
    if second is not None:
        yield first, second

"""Costs measured by prices: what making, building, moving, holding and lacking a unit costs against its worth."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.every_year import in_every_year
from friendshore.models.checks.plausible import Pair, Usual, disproportions
from friendshore.models.checks.protocol import reads
from friendshore.models.checks.scale import scale_of, value_made
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem

UNIT_COST = Usual(1e-3, 20)
INPUTS = Usual(2e-3, 20)
CAPEX = Usual(0.01, 100)
FIXED = Usual(5e-4, 5)
SHORTAGE = Usual(0.1, 2000)
CHEAPEST_SHORTAGE = Usual(0.1, 100)
FREIGHT = Usual(2e-4, 4)
HOLDING = Usual(5e-4, 3)
SALVAGE = Usual(1e-3, 20)
PROTECTION = Usual(2e-5, 3)
PENALTY = Usual(0.01, 1000)
SURPLUS = Usual(0, 1)

_YEARS = ("Profiles", "Periods")
_MAKING = ("Plants", "Recipes", "Commodities")
_PRICED = frozenset({"max_share", "min_share", "max_shortage"})


@reads(*_MAKING, *_YEARS)
def unit_costs(problem: Problem) -> Iterator[Finding]:
    """FS546: a unit cost far from the worth of what it makes."""
    pairs = [
        Pair(row.row, row.unit_cost, value_made(year, row.plant), "what a unit of activity makes, at its price")
        for year, row in in_every_year(problem, lambda tables: tables.plants)
    ]
    yield from disproportions("FS546", "Plants", "unit_cost", pairs, UNIT_COST)


@reads(*_MAKING, *_YEARS)
def surplus_values(problem: Problem) -> Iterator[Finding]:
    """FS560: a plant whose runs pay by themselves, as all that it makes brings more as surplus than it costs."""
    periods, pairs = range(len(problem.periods)), []
    for name, process in problem.processes.items():
        prices = [problem.commodities[good].price for good in process.inputs]
        worth = {good: amount * problem.surplus_value(good, 0) for good, amount in process.outputs.items()}
        if worth and all(prices) and max(worth.values()) > 0:
            cost = min(problem.process_cost(name, period) for period in periods)
            cost += sum(amount * price for amount, price in zip(process.inputs.values(), prices, strict=True))
            row = problem.commodities[max(worth, key=lambda good: worth[good])].row
            told = f"what a unit of activity of {name!r} costs, its inputs at their price"
            pairs.append(Pair(row, sum(worth.values()), cost, told, "a surplus worth"))
    yield from disproportions("FS560", "Commodities", "surplus_value", pairs, SURPLUS)


@reads(*_MAKING)
def input_values(problem: Problem) -> Iterator[Finding]:
    """FS546: inputs of a recipe worth far more, or far less, than what comes out."""
    worth: dict[tuple[str, str], float] = {}
    first: dict[str, int] = {}
    for line in problem.tables.recipes:
        value = line.amount * problem.commodities[line.commodity].price
        worth[line.recipe, line.role] = worth.get((line.recipe, line.role), 0.0) + value
        if line.role == "input":
            first[line.recipe] = min(line.row, first.get(line.recipe, line.row))
    pairs = [
        Pair(
            row,
            worth[recipe, "input"],
            worth.get((recipe, "output"), 0.0),
            "the worth of what comes out",
            "inputs worth",
        )
        for recipe, row in first.items()
    ]
    yield from disproportions("FS546", "Recipes", "amount", pairs, INPUTS)


@reads("Expansions", *_MAKING, *_YEARS)
def capital_costs(problem: Problem) -> Iterator[Finding]:
    """FS542: capex far from what a year of the capacity makes, a fixed cost far from the capex."""
    rows = list(in_every_year(problem, lambda tables: tables.expansions))
    yearly = [
        Pair(row.row, row.capex, row.size * value_made(year, row.plant), "what it makes in a year, at its price")
        for year, row in rows
        if row.plant in problem.plants
    ]
    yield from disproportions("FS542", "Expansions", "capex", yearly, CAPEX)
    kept = [Pair(row.row, row.fixed_cost, row.capex, "its capex") for _, row in rows]
    yield from disproportions("FS542", "Expansions", "fixed_cost", kept, FIXED)


@reads("Demand", "Commodities", *_YEARS)
def shortage_costs(problem: Problem) -> Iterator[Finding]:
    """FS543: a shortage cost far from the price; of several tiers the cheapest lies nearest to it."""
    pairs = [
        Pair(row.row, row.shortage_cost, year.commodities[row.commodity].price, f"the price of {row.commodity!r}")
        for year, row in in_every_year(problem, lambda tables: tables.demand)
    ]
    cheapest: dict[str, Pair] = {}
    for pair in pairs:
        if pair.value < cheapest.get(pair.name, Pair(0, float("inf"), 1, "")).value:
            cheapest[pair.name] = pair
    single = list(disproportions("FS543", "Demand", "shortage_cost", pairs, SHORTAGE))
    yield from single or disproportions("FS543", "Demand", "shortage_cost", cheapest.values(), CHEAPEST_SHORTAGE)


@reads("Lanes", "Countries", "Commodities", "Settings.coalition", *_YEARS)
def freights(problem: Problem) -> Iterator[Finding]:
    """FS546: a freight far from the price of the cheapest good that a row moves."""
    pairs = []
    for year, row in in_every_year(problem, lambda tables: tables.lanes):
        prices = [year.commodities[name].price for name in problem.selection(row.commodity)]
        cheapest = min((price for price in prices if price > 0), default=0.0)
        pairs.append(Pair(row.row, row.cost, cheapest, "the price of the cheapest good that moves"))
    yield from disproportions("FS546", "Lanes", "cost", pairs, FREIGHT)


@reads("Stockpiles", "Commodities", *_YEARS)
def holding_costs(problem: Problem) -> Iterator[Finding]:
    """FS546: a cost of holding, or a salvage, far from the price of what is held."""
    years = in_every_year(problem, lambda tables: tables.stockpiles)
    rows = [(row, year.commodities[row.commodity].price) for year, row in years]
    held = [Pair(row.row, row.holding_cost, price, f"the price of {row.commodity!r}") for row, price in rows]
    yield from disproportions("FS546", "Stockpiles", "holding_cost", held, HOLDING)
    left = [Pair(row.row, row.salvage, price, f"the price of {row.commodity!r}") for row, price in rows]
    yield from disproportions("FS546", "Stockpiles", "salvage", left, SALVAGE)


@reads("Protections", "Expansions", "Countries", "Settings.coalition", "Profiles", "Periods", "Demand", *_MAKING)
def protection_costs(problem: Problem) -> Iterator[Finding]:
    """FS546: a protection that costs far more, or far less, than what the plants that it covers make."""
    capacity = scale_of(problem).capacity
    pairs = []
    for year, row in in_every_year(problem, lambda tables: tables.protections):
        covered = problem.plants_matching(row.country, row.commodity, row.plant)
        worth = sum(capacity[name] * value_made(year, name) for name in covered)
        pairs.append(Pair(row.row, row.cost, worth, "what the plants that it covers make in a year, at its price"))
    yield from disproportions("FS546", "Protections", "cost", pairs, PROTECTION)


@reads("Policies", "Commodities", *_YEARS)
def penalties(problem: Problem) -> Iterator[Finding]:
    """FS546: a penalty on quantities far from the price of what it is about."""
    pairs = []
    for year, row in in_every_year(problem, lambda tables: tables.policies):
        prices = [year.commodities[name].price for name in problem.selection(row.commodity)]
        if row.kind in _PRICED and row.penalty is not None and prices:
            pairs.append(Pair(row.row, row.penalty, min(prices), "the price of the cheapest good that it is about"))
    yield from disproportions("FS546", "Policies", "penalty", pairs, PENALTY)

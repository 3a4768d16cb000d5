"""Stock levels that fit, and that cost something to run down."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.protocol import reads
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem
from friendshore.models.tables import Stockpile


@reads(
    *("Stockpiles.initial", "Stockpiles.min_level", "Stockpiles.final_min", "Stockpiles.max_level", "Expansions"),
    *("Stockpiles.stockpile", "Profiles", "Periods"),
)
def stock_levels(problem: Problem) -> Iterator[Finding]:
    """FS311: more stock than the stockpile can hold, at the start or once all its stores are built.

    ``initial`` has to fit in the first period, ``min_level`` in every one, ``final_min`` where the plan ends.
    """
    stores: dict[str, float] = {}
    for each in problem.tables.expansions:
        if each.stockpile:
            stores[each.stockpile] = stores.get(each.stockpile, 0.0) + each.size * each.max_units
    every = range(len(problem.periods))
    ends = [max((t for t in every if not problem.periods[t].look_ahead), default=len(every) - 1), len(every) - 1]
    for row in problem.tables.stockpiles:
        built = stores.get(row.stockpile, 0.0)
        then = [problem.at(t).stockpiles[row.stockpile] for t in every]
        levels = (
            ("initial", [row.initial for _ in then], (0,), 0.0),
            ("min_level", [each.min_level for each in then], every, built),
            ("final_min", [row.final_min for _ in then], ends, built),
        )
        for column, wanted, periods, added in levels:
            full = next((t for t in periods if (wanted[t] or 0.0) > then[t].max_level + added), None)
            if full is not None:
                also = f", and {added:g} in stores" if added else ""
                when = f" in {problem.periods[full].period}" if problem.tables.profiles else ""
                message = (
                    f"found {wanted[full]:g}; wanted at most max_level, which is {then[full].max_level:g}{also}{when}"
                )
                yield make_finding("FS311", "Stockpiles", message, row.row, column)


@reads(
    "Stockpiles.commodity",
    "Stockpiles.initial",
    "Stockpiles.final_min",
    "Commodities.commodity",
    "Commodities.price",
    "Profiles",
    "Periods",
)
def refill_prices(problem: Problem) -> Iterator[Finding]:
    """FS312: stock that a scenario could run down for nothing."""
    for row in problem.tables.stockpiles if problem.tables.scenarios else ():
        least = _asked_at_end(row)
        if least > 0 and problem.at(len(problem.periods) - 1).commodities[row.commodity].price == 0:
            what = f"final_min {least:g}" if row.final_min is not None else f"final_min {least:g} (blank: initial)"
            message = (
                f"found {what}, but {row.commodity!r} has no price on Commodities; wanted a price, or a final_min of 0"
            )
            yield make_finding("FS312", "Stockpiles", message, row.row, "final_min")


@reads(
    *("Stockpiles.commodity", "Stockpiles.initial", "Stockpiles.final_min", "Scenarios", "Settings.after_shock"),
    *("Commodities.commodity", "Commodities.price", "Profiles", "Periods"),
)
def rejoining_prices(problem: Problem) -> Iterator[Finding]:
    """FS553: stock that a path need not build up again after its shock, as what it lacks is worth nothing."""
    likely = any(row.probability or row.per_year for row in problem.tables.scenarios)
    if problem.settings.after_shock != "rejoin" or not likely:
        return
    # FS312 asks for the price of those that are charged for at the end
    charged = {row.commodity for row in problem.tables.stockpiles if _asked_at_end(row) > 0}
    held = {row.commodity for row in problem.tables.stockpiles} - charged
    last = problem.at(len(problem.periods) - 1).commodities
    for row in problem.tables.commodities:
        if row.commodity in held and last[row.commodity].price == 0:
            message = (
                "found 0 or a blank cell, and a stockpile holds it: after a shock no path has to hold again what the "
                "base path holds, though after_shock on Settings is rejoin"
            )
            yield make_finding("FS553", "Commodities", message, row.row, "price")


def _asked_at_end(row: Stockpile) -> float:
    """The level below which a stockpile is charged for at the end of a path, in units of its commodity."""
    return row.initial if row.final_min is None else row.final_min

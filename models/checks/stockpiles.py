"""Stock levels that fit, and that cost something to run down."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.protocol import reads
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem


@reads("Stockpiles.initial", "Stockpiles.min_level", "Stockpiles.final_min", "Stockpiles.max_level", "Expansions")
def stock_levels(problem: Problem) -> Iterator[Finding]:
    """FS311: more stock than the stockpile can hold, at the start or once all its stores are built."""
    stores: dict[str, float] = {}
    for each in problem.tables.expansions:
        if each.stockpile:
            stores[each.stockpile] = stores.get(each.stockpile, 0.0) + each.size * each.max_units
    for row in problem.tables.stockpiles:
        built = stores.get(row.stockpile, 0.0)
        levels = (
            ("initial", row.initial, 0.0),
            ("min_level", row.min_level, built),
            ("final_min", row.final_min, built),
        )
        for column, level, added in levels:
            if level is not None and level > row.max_level + added:
                also = f", and {added:g} in stores" if added else ""
                message = f"found {level:g}; wanted at most max_level, which is {row.max_level:g}{also}"
                yield make_finding("FS311", "Stockpiles", message, row.row, column)


@reads(
    "Stockpiles.commodity", "Stockpiles.initial", "Stockpiles.final_min", "Commodities.commodity", "Commodities.price"
)
def refill_prices(problem: Problem) -> Iterator[Finding]:
    """FS312: stock that a scenario could run down for nothing."""
    for row in problem.tables.stockpiles if problem.tables.scenarios else ():
        least = row.initial if row.final_min is None else row.final_min
        if least > 0 and problem.commodities[row.commodity].price == 0:
            what = f"final_min {least:g}" if row.final_min is not None else f"final_min {least:g} (blank: initial)"
            message = (
                f"found {what}, but {row.commodity!r} has no price on Commodities; wanted a price, or a final_min of 0"
            )
            yield make_finding("FS312", "Stockpiles", message, row.row, "final_min")

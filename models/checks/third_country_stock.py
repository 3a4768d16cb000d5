"""Supplier caps and stockpiles through which supplies may change their origin."""

from __future__ import annotations

from collections.abc import Iterator

from models.checks.protocol import reads
from models.codes import finding
from models.findings import Finding
from models.problem import Problem


@reads("Policies", "Countries", "Commodities", "Stockpiles", "Lanes", "Settings.coalition")
def third_country_stock(problem: Problem) -> Iterator[Finding]:
    """FS503: max_share where a stockpile in a third country serves the consumers."""
    for row in problem.policies:
        if row.kind != "max_share":
            continue
        consumers = set(problem.group(row.consumer_text))
        capped, goods = set(problem.group(row.suppliers)), set(problem.selection(row.commodity))
        for stock in problem.tables.stockpiles:
            third = stock.country not in capped and stock.commodity in goods
            if third and consumers & set(problem.served(stock)[1:]):
                message = (
                    f"found that stockpile {stock.stockpile!r} in {stock.country!r} serves the consumers: what it "
                    f"releases counts for {stock.country!r}, wherever it was made"
                )
                yield finding("FS503", "Policies", message, row.row, "suppliers")

"""Supplier caps and stockpiles through which supplies may change their origin."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.protocol import reads
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy, Stockpile


@reads("Policies", "Countries", "Commodities", "Stockpiles", "Lanes", "Settings.coalition")
def third_country_stock(problem: Problem) -> Iterator[Finding]:
    """FS503: max_share where a stockpile in a third country serves the consumers."""
    for row in problem.policies:
        for stock in problem.tables.stockpiles if row.kind == "max_share" else ():
            if _passes_through(problem, row, stock):
                message = (
                    f"found that stockpile {stock.stockpile!r} in {stock.country!r} serves the consumers: what it "
                    f"releases counts for {stock.country!r}, wherever it was made"
                )
                yield make_finding("FS503", "Policies", message, row.row, "suppliers")


def _passes_through(problem: Problem, row: Policy, stock: Stockpile) -> bool:
    """Whether a stockpile that is neither the suppliers' nor the consumers' own serves consumers of the policy."""
    if stock.country in problem.group(row.suppliers) or stock.commodity not in problem.selection(row.commodity):
        return False
    served = set(problem.served(stock)[1:])
    return any(stock.country not in group and served.intersection(group) for group in problem.groups(row.consumer_text))

"""A large plan still makes a page of a few megabytes, and the page says what it leaves out."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from friendshore.optimizer.page.page import page_of
from friendshore.optimizer.page.render import html
from friendshore.optimizer.page.tables import PlanTables

COUNTRIES, GOODS, PILES = 90, 60, 70


@pytest.fixture(scope="module")
def large(tables: PlanTables) -> PlanTables:
    """Ninety countries send sixty goods to one ally in both periods, and seventy stockpiles are in use."""
    old = tables.problem.tables
    countries = [dataclasses.replace(old.countries[-1], country=f"k{i}", name=f"Land {i}") for i in range(COUNTRIES)]
    goods = [dataclasses.replace(old.commodities[-1], commodity=f"g{i}", stage="ore") for i in range(GOODS)]
    piles = [dataclasses.replace(old.stockpiles[0], stockpile=f"pile{i}", max_level=1.0 + i) for i in range(PILES)]
    problem = dataclasses.replace(
        tables.problem,
        tables=dataclasses.replace(
            old,
            countries=(*old.countries, *countries),
            commodities=(*old.commodities, *goods),
            stockpiles=(*old.stockpiles, *piles),
        ),
    )
    sent, held = tables["Sourcing"].iloc[0].to_dict(), tables["Stockpiles"]
    rows = pd.DataFrame(
        [
            {
                **sent,
                "origin": country.country,
                "destination": "A",
                "commodity": good.commodity,
                "period": period,
                "quantity": 1.0 + i,
            }
            for i, country in enumerate(countries)
            for good in goods
            for period in ("2026", "2027")
        ]
    )
    held = held[held["scenario"] == "base"]
    more = pd.concat([held, *(held.assign(stockpile=pile.stockpile) for pile in piles)], ignore_index=True)
    return PlanTables(problem, {**tables.frames, "Sourcing": rows, "Stockpiles": more})


def test_it_stays_small_and_says_what_is_left_out(large: PlanTables) -> None:
    page = page_of(large)
    assert len(html(page).encode()) < 3_000_000
    by_key = {section.key: section for section in page.sections}
    supply, stock = by_key["supply"], by_key["stock"]
    assert "Told are the 40 goods most is paid for abroad of 60." in supply.notes
    assert len(supply.folded[0].grids) == 36
    assert supply.folded[0].grids[0].rows[-2][0].text == "30 others"
    assert "Told are the 48 largest stockpiles of 71." in stock.notes and len(stock.folded[0].grids) == 40


def test_the_others_make_up_the_whole(large: PlanTables) -> None:
    """Suppliers 31 to 90 have rows of their own (the largest 60); the thirty smallest are 1 + … + 30 of 1 + … + 90."""
    section = next(s for s in page_of(large).sections if s.key == "supply")
    row = section.folded[0].grids[0].rows[-2]
    assert row[1].text == f"{100 * sum(range(1, 31)) / sum(range(1, 91)):.1f}%"


def test_smaller_flows_are_left_out_of_the_table(large: PlanTables) -> None:
    """Ninety flows of one stage all fit; of 90 countries to two buyers 150 do."""
    rows = large["Sourcing"]
    both = pd.concat([rows, rows.assign(destination="B", quantity=rows["quantity"] / 2)], ignore_index=True)
    frames = {**large.frames, "Sourcing": both}
    section = next(s for s in page_of(PlanTables(large.problem, frames)).sections if s.key == "supply")
    (flows,) = [chart for chart in section.more_charts if chart.key == "flows"]
    assert flows.grid is not None and flows.grid.note == "30 smaller flows are left out; sheet Plan Sourcing has them."
    assert len(flows.grid.rows) == 150

"""Pages of a printed sheet: no chart and no table that fits on a page is cut by its end."""

from __future__ import annotations

import io

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils.cell import range_boundaries

from friendshore.models.plan import Plan
from friendshore.optimizer.reporting.catalogue import SHEETS
from friendshore.optimizer.reporting.content import Block, Content, Field, Figure
from friendshore.optimizer.reporting.grid import Area, Grid
from friendshore.optimizer.reporting.named import names_of, with_names
from friendshore.optimizer.reporting.new_workbook import new_workbook
from friendshore.optimizer.reporting.print_pages import page_height, whole_pages

NARROW = (0, 3)


def pages(rows: int, *solids: tuple[int, int], repeated: int | None = None, start: int = 0) -> list[tuple[int, int]]:
    grid = Grid(whole=[(top, 0, bottom, 0) for top, bottom in solids])
    area = (start, 0, rows - 1, NARROW[1])
    return [(top, bottom) for top, _, bottom, _ in whole_pages(area, grid, repeated)]


def test_what_fits_is_one_page() -> None:
    """30 rows of 20 pixels are 600, and a page has 635."""
    assert pages(30, (0, 9), (11, 29)) == [(0, 29)]


def test_a_chart_at_the_end_of_a_page_goes_to_the_next() -> None:
    assert pages(45, (0, 19), (22, 44)) == [(0, 21), (22, 44)]


def test_what_stands_side_by_side_goes_together() -> None:
    """The chart beside two tables keeps both; a break between the tables would cut it."""
    assert pages(60, (0, 9), (20, 25), (27, 36), (20, 38), (41, 59)) == [(0, 19), (20, 40), (41, 59)]


def test_a_table_longer_than_a_page_begins_where_it_stands_and_runs_on() -> None:
    assert pages(200, (0, 9), (12, 199)) == [(0, 199)]
    assert pages(200, (0, 28), (30, 199)) == [(0, 29), (30, 199)]  # but not with two rows of it at the foot


def test_the_header_that_is_repeated_takes_its_room() -> None:
    assert pages(131, (100, 130), start=100) == [(100, 130)]
    assert pages(131, (100, 119), (120, 130), start=100) == [(100, 130)]
    assert pages(131, (100, 119), (120, 130), start=100, repeated=50) == [(100, 119), (120, 130)]


def test_a_wide_page_is_scaled_down_and_holds_more() -> None:
    assert page_height(2 * 1026) == pytest.approx(2 * 0.95 * 669, rel=0.01)


def _filled(content: Content) -> tuple[Grid, list[Area]]:
    """The grid of a sheet, and the areas that are printed."""
    stream = io.BytesIO()
    with new_workbook(stream, "x", "Plan") as book:
        page = book.page("Plan X")
        page.fill(content)
    printed = openpyxl.load_workbook(stream)["Plan X"].print_area
    bounds = [range_boundaries(area.rpartition("!")[2]) for area in printed.split(",")]
    return page.grid, [(top - 1, left - 1, bottom - 1, right - 1) for left, top, right, bottom in bounds]


def test_the_chart_of_a_wide_table_stands_beneath_it() -> None:
    keys = "abcde"
    frame = pd.DataFrame({"name": ["x", "y"], **{key: [0.1, 0.2] for key in keys}})
    block = Block("Wide", "Wide", frame, (Field("name", "Name"), *(Field(key, key, "share") for key in keys)))
    figure = Figure("Shares", "bar", block, "name", tuple(keys))
    grid, _ = _filled(Content("Said.", (), (figure,), brief=True))
    (_, _, table_end, _), (chart, column, _, _) = grid.whole
    assert (chart > table_end, column) == (True, 0)


def test_a_title_longer_than_its_table_is_printed_whole() -> None:
    table = Block("Left", "", pd.DataFrame({"name": ["x"] * 3}), (Field("name", "Name"),))
    small = Block("Small", "A title that is a good deal longer than the table under it", table.frame, table.fields)
    _, areas = _filled(Content("Said.", (), (table,), (small,)))
    assert [(left, right) for _, left, _, right in areas] == [(0, 0), (2, 8)]


def test_no_chart_of_a_plan_is_cut(plan: Plan) -> None:
    for sheet in SHEETS:
        grid, areas = _filled(with_names(sheet.content(plan), names_of(plan.problem)))
        for _, left, bottom, right in areas:
            for start, column, end, _ in grid.whole:
                cut = left <= column <= right and start <= bottom < end
                assert not cut or grid.height(start, end) > page_height(500), (sheet.name, start, end)

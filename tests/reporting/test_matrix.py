"""The small table that a sheet opens with: by year, on the base plan, in one unit; the long table stands beneath."""

import dataclasses
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from friendshore.models.plan import Plan
from friendshore.optimizer.reporting import costs, investments, production, shortages, sourcing, stockpiles
from friendshore.optimizer.reporting.content import Field
from friendshore.optimizer.reporting.matrix import MOST, by_year
from friendshore.optimizer.reporting.workbook import write_plan

OPENED = {
    sheet.SHEET.name: sheet.SHEET.content for sheet in (costs, investments, production, shortages, sourcing, stockpiles)
}


def opening(plan: Plan, sheet: str) -> list[list[object]]:
    block = OPENED[sheet](plan).opening
    assert block is not None
    return block.frame.to_numpy().tolist()


def test_sheets_open_with_who_or_what_by_year(plan: Plan) -> None:
    """By hand from the tables of the plan: the base path alone; shortages tell the worst of all paths."""
    assert opening(plan, "Plan Sourcing") == [
        ["ore, t", "C", 200.0, 200.0],
        ["ore, t", "B", 0.0, 150.0],
        ["magnet, kg", "A", 80.0, 160.0],
    ]
    assert opening(plan, "Plan Production") == [
        ["magnet, kg", "A", 80.0, 160.0],
        ["ore, t", "C", 200.0, 200.0],
        ["ore, t", "B", 0.0, 150.0],
    ]
    assert opening(plan, "Plan Stockpiles") == [["ore_A, t", 60.0, 60.0]]
    assert opening(plan, "Plan Shortages") == [["B", 0.0, pytest.approx(1 / 3)], ["A", 0.0, pytest.approx(0.3)]]
    assert opening(plan, "Plan Investments") == [["A", 500_000.0, 0.0], ["All together", 500_000.0, 0.0]]


def test_money_by_year_adds_up_to_the_expected_cost_in_one_unit(plan: Plan) -> None:
    block = costs.content(plan).opening
    assert block is not None and block.title.endswith(", USD")
    assert block.frame.iloc[-1, 0] == "All together"
    total = float(block.frame.iloc[-1, 1:].sum())
    assert total == pytest.approx(1_000 * plan.expected_cost, rel=1e-9)  # in USD; the plan counts in thousands
    assert block.frame.iloc[:-1, 1:].to_numpy(float).sum() == pytest.approx(total)


def test_a_long_matrix_is_cut_and_says_so(plan: Plan) -> None:
    rows = pd.DataFrame({"what": [f"w{i}" for i in range(MOST + 3)], "period": "2026", "v": 1.0})
    block = by_year(plan, "m", "M", rows, (Field("what", "What"),), "v")
    assert block is not None and len(block.frame) == MOST and "15 rows" in block.note
    assert by_year(plan, "m", "M", rows.assign(period="2040"), (Field("what", "What"),), "v") is None


def test_the_opening_and_its_chart_stand_at_the_left_above_the_long_table(plan: Plan, tmp_path: Path) -> None:
    """Both within 1,366 pixels, and the long table where its name says, under its own header."""
    path = tmp_path / "plan.xlsx"
    write_plan(dataclasses.replace(plan), path, with_inputs=False)
    book = openpyxl.load_workbook(path)
    for name, content in OPENED.items():
        sheet = book[name]
        found = content(plan)
        assert found.opening is not None
        top, table = sheet.tables[f"Plan_{found.opening.name}"], sheet.tables[f"Plan_{found.left[0].name}"]  # type: ignore[union-attr]
        columns = openpyxl.utils.range_boundaries(top.ref)
        below = openpyxl.utils.range_boundaries(table.ref)
        assert columns[0] == below[0] == 1 and columns[3] < below[1]
        wide = sum(sheet.column_dimensions[openpyxl.utils.get_column_letter(c)].width for c in range(1, columns[2] + 1))
        assert 7 * wide + 5 * columns[2] <= 1_366
        first = [chart.anchor._from.row + 1 for chart in sheet._charts if chart.anchor._from.col == 0]
        assert first and columns[3] < first[0] < below[1]
        headers = [sheet.cell(below[1], column).value for column in range(1, below[2] + 1)]
        assert headers[0] == found.left[0].headers[0]  # type: ignore[union-attr]
        assert not set(headers) & set(found.opening.headers)  # whoever looks for a header finds that of the long table

"""The sheets of actuals: each column is told in the how-to, and stands in the workbook that is to be filled in."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from friendshore.optimizer.studies.replan.sheets_of_actuals import SHEETS
from friendshore.optimizer.studies.replan.template import HEADER, write_template
from tests.mathematics.cases import built, island
from tests.studies.replan.cases import planned

HOW_TO = (Path(__file__).parents[3] / "docs" / "how-to.md").read_text(encoding="utf-8")
COMMON = ("note", "source_id")


@pytest.mark.parametrize("table", SHEETS, ids=lambda table: table.sheet)
def test_every_column_is_told(table):
    section = HOW_TO[HOW_TO.index("Two years on") : HOW_TO.index("Who should pay")]
    assert f"| {table.sheet} |" in section
    for column in table.columns:
        if column.name not in COMMON and not column.by_period:
            assert f"`{column.name}`" in section, f"{table.sheet}.{column.name}"


def test_the_workbook_to_be_filled_in_has_all_columns_and_the_periods_that_are_left(tmp_path):
    sheets = island(3)
    sheets["Expansions"] = [built()]
    write_template(planned(sheets), "y1", tmp_path / "actuals.xlsx")
    book = openpyxl.load_workbook(tmp_path / "actuals.xlsx")
    assert book.sheetnames == [table.sheet for table in SHEETS]
    for table in SHEETS:
        heads = [cell.value for cell in book[table.sheet][HEADER + 1]]
        wanted = [each.name for each in table.columns if not each.by_period and each.name != "source_id"]
        periods = ["y1", "y2"] if table.period_columns else []
        assert sorted(heads) == sorted([*wanted, *periods])

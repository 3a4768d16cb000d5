"""Excel refuses a workbook in which two tables share an id or a name."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from friendshore.optimizer.in_place.tables import numbered
from tests.in_place.corpus import by_xlsxwriter
from tests.in_place.joined import in_place

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")  # of what it does not know


def test_numbers_are_kept_or_new() -> None:
    """A table that was there keeps its id, for slicers that name it; one taken by the planner's is not used again."""
    ours = dict.fromkeys(("a", "b", "c"), "")
    assert numbered(ours, {"b": 7, "gone": 8}, {1, 2}) == {"b": 7, "a": 8, "c": 9}
    assert numbered(ours, {"a": 2}, {1, 2}) == {"a": 3, "b": 4, "c": 5}
    assert numbered({"a": ""}, {}, set()) == {"a": 1}


def test_every_table_has_an_id_and_a_name_of_its_own(tmp_path: Path) -> None:
    path = in_place(by_xlsxwriter(tmp_path / "book.xlsx"))
    book = openpyxl.load_workbook(path)
    tables = [table for sheet in book.worksheets for table in sheet.tables.values()]
    assert len({table.id for table in tables}) == len(tables) > 20
    assert len({table.displayName.casefold() for table in tables}) == len(tables)
    assert next(table for table in tables if table.displayName == "Sales").id == 1


def test_a_header_is_the_text_of_its_cell(tmp_path: Path) -> None:
    """Excel repairs a table whose header differs from the cell; texts stand in the cells themselves."""
    book = openpyxl.load_workbook(in_place(by_xlsxwriter(tmp_path / "book.xlsx")))
    for sheet in book.worksheets:
        for table in sheet.tables.values():
            assert [cell.value for cell in sheet[table.ref][0]] == [column.name for column in table.tableColumns]

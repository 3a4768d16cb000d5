"""Rows written straight from columns read as those that a library writes cell by cell."""

from __future__ import annotations

import io
import zipfile
from math import inf, nan
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from friendshore.models.plan import Plan
from friendshore.optimizer.reporting import long_tables
from friendshore.optimizer.reporting.content import Block, Content, Field
from friendshore.optimizer.reporting.long_tables import rows_between
from friendshore.optimizer.reporting.new_workbook import new_workbook, write_pages
from friendshore.optimizer.reporting.workbook import write_plan

FIELDS = (Field("name", "Name"), Field("amount", "Amount", "number"), Field("share", "Share", "share"))
HARD = [
    "plain",
    " blanks ",
    "",
    'a" s="1" b',
    "<&>",
    "tab\tand\nline",
    "bell\x07",
    "_x0041_",
    "=1+1",
    "Ü 漢 😀",
    "x" * 40_000,
]
NUMBERS = [0.1, 1 / 3, 1e300, 1e-300, -2.5, nan, inf, 7.0, 0.0, 12345678.9, 2.0**60]


def _block(times: int) -> Block:
    frame = pd.DataFrame({"name": HARD, "amount": NUMBERS, "share": [0.5] * len(HARD)})
    return Block(f"Long_{times}", "", pd.concat([frame] * times, ignore_index=True), FIELDS)


def _content(times: int) -> Content:
    beside = Block(f"Small_{times}", "Beside it", pd.DataFrame({"name": ["a", "b"]}), FIELDS[:1])
    return Content("Found.", ("A note.",), (_block(times),), (beside,))


def _cells(path: Path) -> list[list[tuple[object, ...]]]:
    """Values and looks; openpyxl leaves the mark of an escaped text away in shared texts alone."""
    book = openpyxl.load_workbook(path)
    return [
        [(_text(cell.value), cell.data_type, cell.number_format, cell.font.b, cell.border.bottom.style) for cell in row]
        for row in book.worksheets[-1].iter_rows()
    ]


def _text(value: object) -> object:
    return value.replace("x005F_", "") if isinstance(value, str) else value


def test_every_cell_is_the_one_that_is_written_cell_by_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [("First", _content(1)), ("Long", _content(60))]
    write_pages(tmp_path / "straight.xlsx", "t", "s", pages)
    monkeypatch.setattr(long_tables, "LONG", 1 << 20)
    write_pages(tmp_path / "plain.xlsx", "t", "s", pages)
    with zipfile.ZipFile(tmp_path / "straight.xlsx") as archive:
        rows = archive.read("xl/worksheets/sheet2.xml")
    assert rows.count(b"inlineStr") > 500
    straight, plain = _cells(tmp_path / "straight.xlsx"), _cells(tmp_path / "plain.xlsx")
    assert len(straight) == len(plain) > 660
    assert straight == plain


def test_a_plan_joined_into_another_workbook_is_the_same(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Formats have other numbers there."""
    monkeypatch.setattr(long_tables, "LONG", 3)
    write_plan(plan, tmp_path / "straight.xlsx")
    monkeypatch.setattr(long_tables, "LONG", 1 << 20)
    write_plan(plan, tmp_path / "plain.xlsx")
    books = [openpyxl.load_workbook(tmp_path / name) for name in ("straight.xlsx", "plain.xlsx")]
    for one, other in zip(*books, strict=True):
        assert one.title == other.title
        for row, wanted in zip(one.iter_rows(), other.iter_rows(), strict=True):
            assert [(c.value, c.number_format, c.font.b) for c in row] == [
                (c.value, c.number_format, c.font.b) for c in wanted
            ]


def test_rows_beside_other_tables_and_short_or_mixed_ones_are_not_written_straight() -> None:
    block = _block(60)
    assert rows_between(_block(2), 5, 0) is None
    mixed = Block("M", "", block.frame, (*FIELDS[:2], Field("share", "Share", "mixed")))
    assert rows_between(mixed, 5, 0) is None
    beside = rows_between(block, 5, 100)
    assert beside is not None
    assert (beside.first, len(beside)) == (100, len(block.frame) - 95 - 1)


def test_the_size_of_the_sheet_is_known(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with new_workbook(stream, "t", "s") as book:
        book.page("Long").fill(_content(60))
    sheet = openpyxl.load_workbook(io.BytesIO(stream.getvalue())).active
    assert sheet is not None
    assert sheet.tables["Plan_Long_60"].ref == f"A6:C{6 + 60 * len(HARD)}"
    with zipfile.ZipFile(stream) as archive:
        assert f':E{6 + 60 * len(HARD)}"/>'.encode() in archive.read("xl/worksheets/sheet1.xml")[:1500]

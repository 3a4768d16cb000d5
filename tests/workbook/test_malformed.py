"""What no spreadsheet writes into a cell is damage with its cell, whichever way a reader would take it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from friendshore.models.parsing import grids_of
from friendshore.optimizer.system.files import FileFault
from friendshore.optimizer.workbook.read import check_workbook, read_workbook
from tests.parsing.valid import valid
from tests.workbook.books import book, rebuilt

OLD = "Plan Costs"
"""A sheet that is not read."""


def with_cell(path: Path, address: str, cell: str, sheet: str = "Plants") -> Path:
    """The good workbook with the markup of one cell of Plants replaced."""
    sheets = valid() | {OLD: [{"a": 1}]}
    book(path, sheets)
    part = f"xl/worksheets/sheet{list(grids_of(sheets)).index(sheet) + 1}.xml"

    def change(name: str, content: bytes) -> bytes:
        if name != part:
            return content
        text, count = re.subn(rf'<c r="{address}"[^>]*>.*?</c>', cell, content.decode())
        assert count == 1
        return text.encode()

    return rebuilt(path, change)


@pytest.mark.parametrize(
    "value", ["1_000", "١٢", "NaN", "INF", "-INF", "1e400", "0x10", "1,5", "12 t", "९", "1e", "9" * 400]
)
@pytest.mark.parametrize("formula", ["", "<f>A1</f>"], ids=["value", "result"])
def test_numbers_that_are_none(tmp_path: Path, value: str, formula: str) -> None:
    """Python takes the first four for numbers, and NaN would be none of the planner's."""
    path = with_cell(tmp_path / "a.xlsx", "E2", f'<c r="E2">{formula}<v>{value}</v></c>')
    with pytest.raises(FileFault, match="FS004") as fault:
        check_workbook(path)
    assert f"Plants!E2 holds {value[:40]!r}" in fault.value.message


@pytest.mark.parametrize(
    ("value", "number"),
    [("100", 100), ("1e2", 100), (" 100.0 ", 100), ("+100", 100), ("1.E+2", 100), (".5", 0.5), ("-0", 0)],
)
def test_numbers_as_other_programs_write_them(tmp_path: Path, value: str, number: float) -> None:
    path = with_cell(tmp_path / "a.xlsx", "E2", f'<c r="E2"><v>{value}</v></c>')
    assert read_workbook(path).plants["mine"].capacity == number


@pytest.mark.parametrize("place", ["-1", "1_0", "٣", "NaN", "1.0", "x"])
def test_places_of_texts_that_are_none(tmp_path: Path, place: str) -> None:
    """Python counts −1 from the end: the cell would hold whatever text stands last."""
    path = with_cell(tmp_path / "a.xlsx", "B2", f'<c r="B2" t="s"><v>{place}</v></c>')
    with pytest.raises(FileFault, match="FS004") as fault:
        check_workbook(path)
    assert f"Plants!B2 holds {place!r}" in fault.value.message


def test_a_text_that_is_not_there(tmp_path: Path) -> None:
    path = with_cell(tmp_path / "a.xlsx", "B2", '<c r="B2" t="s"><v>99999</v></c>')
    with pytest.raises(FileFault, match=r"FS004.*Plants!B2 points to text 99999 of \d+"):
        check_workbook(path)


@pytest.mark.parametrize("value", ["2", "yes", "-1"])
def test_yes_and_no_that_are_neither(tmp_path: Path, value: str) -> None:
    path = with_cell(tmp_path / "a.xlsx", "E2", f'<c r="E2" t="b"><v>{value}</v></c>')
    with pytest.raises(FileFault, match=r"FS004.*Plants!E2"):
        check_workbook(path)


def test_several_are_told_at_once_and_sheets_that_are_not_read_do_not_matter(tmp_path: Path) -> None:
    path = with_cell(tmp_path / "a.xlsx", "A2", '<c r="A2"><v>1_000</v></c>', sheet=OLD)
    assert read_workbook(path).plants
    path = with_cell(tmp_path / "b.xlsx", "E2", '<c r="E2"><v>1_0</v></c>')
    path = rebuilt(path, lambda name, content: content.replace(b"<v>9</v>", b"<v>9_</v>"))
    with pytest.raises(FileFault) as fault:
        check_workbook(path)
    assert "Plants!E2 holds '1_0'" in fault.value.message and "holds '9_'" in fault.value.message


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B2" t="2.5"><is><t>Conc</t></is></c>',
        '<c r="B2" t=" "><v>1</v></c>',
        '<c r="B2"><is><t>Conc</t></is></c>',
        '<c r="B2" t="inlineStr"><v>1</v></c>',
    ],
)
def test_what_a_cell_holds_against_its_own_word(tmp_path: Path, cell: str) -> None:
    """Readers take such a cell for blank: a parent or a group of countries would be its default without a word."""
    path = with_cell(tmp_path / "a.xlsx", "B2", cell)
    with pytest.raises(FileFault, match=r"Plants!B2 holds") as fault:
        check_workbook(path)
    assert fault.value.code == "FS004"

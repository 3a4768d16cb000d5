"""Results: left alone unless the planner's formulas speak of the plan, and then asked for."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests.in_place.joined import in_place, small_plan
from tests.workbook.books import rebuilt

ASKED = b'fullCalcOnLoad="1"'


def _book(path: Path, formula: str = "=1+1", name: str = "=A!$A$1") -> Path:
    """A workbook that Excel would not calculate at opening, with one formula and one name."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("A")
    sheet.write_formula(0, 0, formula, None, 2)
    sheet.write_string(1, 0, "the Plan Costs of last year")
    book.define_name("named", name)
    book.close()
    return rebuilt(
        path, lambda part, content: content.replace(b" " + ASKED, b"") if part == "xl/workbook.xml" else content
    )


def _workbook(path: Path) -> bytes:
    return zipfile.ZipFile(path).read("xl/workbook.xml")


@pytest.mark.parametrize(
    ("formula", "name", "asks"),
    [
        ("=1+1", "=A!$A$1", False),
        ("='Plan Costs'!A1*2", "=A!$A$1", True),
        ("='PLAN COSTS'!A1", "=A!$A$1", True),
        ('="a"&"b"', "='Plan Costs'!$A$1", True),
    ],
)
def test_only_formulas_that_speak_of_the_plan_ask(tmp_path: Path, formula: str, name: str, asks: bool) -> None:
    """A text in a cell that happens to hold the words is no formula."""
    path = in_place(_book(tmp_path / "book.xlsx", formula, name), small_plan(Costs=[[5]]))
    assert (ASKED in _workbook(path)) is asks


def test_a_formula_on_the_plan_survives_its_replacement(tmp_path: Path) -> None:
    """The formula and what was calculated for it stay as they are; the cell it speaks of is new."""
    path = _book(tmp_path / "book.xlsx", "='Plan Costs'!A1*2")
    in_place(path, small_plan(Costs=[[5]]))
    in_place(path, small_plan(Costs=[[6]]))
    book = openpyxl.load_workbook(path)
    assert book["A"]["A1"].value == "='Plan Costs'!A1*2"
    assert book["Plan Costs"]["A1"].value == 6
    assert openpyxl.load_workbook(path, data_only=True)["A"]["A1"].value == 2


def _chained(path: Path, cells: bytes) -> Path:
    """The workbook with a chain of calculation, as Excel stores it."""
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    def change(name: str, content: bytes) -> bytes:
        if name == "xl/_rels/workbook.xml.rels":
            link = b'<Relationship Id="chain" Type="' + office + b'/calcChain" Target="calcChain.xml"/>'
            return content.replace(b"</Relationships>", link + b"</Relationships>")
        return content

    return rebuilt(path, change, {"xl/calcChain.xml": b'<calcChain xmlns="' + main + b'">' + cells + b"</calcChain>"})


def test_the_chain_forgets_formulas_typed_on_a_plan_sheet_and_no_others(tmp_path: Path) -> None:
    """Sheet 1 is the planner's, 2 the plan's; a cell without a number is on the sheet of the cell before."""
    path = in_place(_book(tmp_path / "book.xlsx"), small_plan(Costs=[[5]]))
    _chained(path, b'<c r="Z1" i="2"/><c r="Z2"/><c r="A1" i="1"/><c r="Z3" i="2" l="1"/><c r="A2" i="1"/>')
    in_place(path, small_plan(Costs=[[5]]))
    chain = zipfile.ZipFile(path).read("xl/calcChain.xml")
    assert chain.count(b"<c ") == 2
    assert b'<c r="A1" i="1"/>' in chain
    assert b"Z" not in chain


def test_a_chain_with_nothing_left_goes(tmp_path: Path) -> None:
    path = in_place(_book(tmp_path / "book.xlsx"), small_plan(Costs=[[5]]))
    _chained(path, b'<c r="Z1" i="2"/>')
    in_place(path, small_plan(Costs=[[5]]))
    with zipfile.ZipFile(path) as archive:
        assert "xl/calcChain.xml" not in archive.namelist()
        assert b"calcChain" not in archive.read("xl/_rels/workbook.xml.rels")


def test_a_chain_that_has_nothing_of_ours_is_not_touched(tmp_path: Path) -> None:
    path = in_place(_book(tmp_path / "book.xlsx"), small_plan(Costs=[[5]]))
    _chained(path, b'<c i="1" r="A1" /> <c r="A2"/>')
    before = zipfile.ZipFile(path).read("xl/calcChain.xml")
    in_place(path, small_plan(Costs=[[6]]))
    assert zipfile.ZipFile(path).read("xl/calcChain.xml") == before

"""What comes from outside a workbook is told with its cell."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from friendshore.models.findings import Finding
from friendshore.optimizer.workbook.gate import inspect
from friendshore.optimizer.workbook.outside import Outside, reaches_out
from friendshore.optimizer.workbook.read import check_workbook, read_workbook
from tests.workbook.books import book, rebuilt
from tests.workbook.linked import HEAD, OFFICE, RELATIONS, linked


def told(path: Path) -> list[Finding]:
    return [found for found in check_workbook(path) if found.code == "FS160"]


@pytest.mark.parametrize(
    ("formula", "sources"),
    [
        ("[1]Prices!$B$2*2", ["'prices.xlsx'"]),
        ("SUM('[1]All of May'!B2:B9)", ["'prices.xlsx'"]),
        ("[2]Other!A1+[1]Prices!A1", ["another workbook", "'prices.xlsx'"]),
        ("[1]!Rate", ["'prices.xlsx'"]),
        ("'C:\\data\\[mine.xlsx]S'!A1", ["'mine.xlsx'"]),
        ("cmd|'/c calc'!A0", ["another program (DDE)"]),
        ('RTD("feed",,"x")', ["what RTD() fetches"]),
        ("_xlfn.WEBSERVICE(A1)", ["what WEBSERVICE() fetches"]),
        ("rate*2", ["'prices.xlsx'"]),
        ('"[1]Prices!A1 | cmd|x RTD("&A1', []),
        ("Plants[1]+Other!A1", []),
        ("Plants[[#This Row],[1]]+Other!A1", []),
        ("[0]!Own+'a|b'!A1+Rates", []),
        ("A1+B2", []),
    ],
)
def test_what_a_formula_reads_from_outside(formula: str, sources: list[str]) -> None:
    known = Outside({"1": "'prices.xlsx'"}, {"rate": ("'prices.xlsx'",)})
    assert list(known.sources(formula)) == sources


def test_long_formulas_take_no_time() -> None:
    """No pattern is tried again from every place of a text without end."""
    for formula in ("[" * 200_000, "a" * 200_000, "'" * 200_000, "[a]" * 70_000, "_xlfn." * 40_000):
        assert list(Outside({}, {"x": ("y",)}).sources(formula)) == []


def test_a_value_of_another_workbook_is_told_with_its_cell(tmp_path: Path) -> None:
    """Once a column, with what it reads; the value is the one that is stored."""
    path = linked(tmp_path / "a.xlsx", cells={"E2": "<f>[1]Prices!B2</f>", "F2": "<f>RATE</f>"}, names="")
    assert [(found.place, found.severity) for found in told(path)] == [("Plants!E2", "warning")]
    assert "'prices of May.xlsx'" in told(path)[0].message
    assert read_workbook(path).tables == read_workbook(book(tmp_path / "b.xlsx")).tables
    named = '<definedName name="base">[1]Prices!$B$2</definedName><definedName name="RATE">2*base</definedName>'
    path = linked(tmp_path / "c.xlsx", cells={"E2": "<f>[1]Prices!B2</f>", "F2": "<f>RATE</f>"}, names=named)
    assert [found.place for found in told(path)] == ["Plants!E2", "Plants!F2"]


def test_formulas_that_cells_share_or_spread_are_told(tmp_path: Path) -> None:
    shared = {
        "E2": '<f t="shared" ref="E2:E3" si="0">[1]Prices!B2</f>',
        "E3": '<f t="shared" si="0"/>',
        "F2": '<f t="array" ref="F2:F3">[1]Prices!B2:B3</f>',
    }
    found = told(linked(tmp_path / "a.xlsx", cells=shared))
    assert [one.place for one in found] == ["Plants!E2", "Plants!F2"]
    assert all("the values of rows 2, 3 are" in one.message for one in found)


def test_formulas_that_call_other_programs_and_linked_pictures_reach_out(tmp_path: Path) -> None:
    """Without any part that says so; links that somebody has to click on do not."""
    path = book(tmp_path / "a.xlsx")
    workbook = openpyxl.load_workbook(path)
    workbook.create_sheet("Mine")["B3"] = "=cmd|'/c calc'!A0"
    workbook.save(path)
    with zipfile.ZipFile(path) as archive:
        assert reaches_out(archive, inspect(path)) == ("another program (DDE)",)
    rels = (
        f'{HEAD}<Relationships xmlns="{RELATIONS}"><Relationship Id="a" Type="{OFFICE}/image" '
        f'Target="https://example.org/seen.png" TargetMode="External"/><Relationship Id="b" Type="{OFFICE}/hyperlink" '
        'Target="https://example.org/" TargetMode="External"/></Relationships>'
    )
    path = rebuilt(
        book(tmp_path / "b.xlsx"), lambda _, content: content, {"xl/drawings/_rels/drawing1.xml.rels": rels.encode()}
    )
    with zipfile.ZipFile(path) as archive:
        assert reaches_out(archive, inspect(path)) == ("image 'seen.png'",)

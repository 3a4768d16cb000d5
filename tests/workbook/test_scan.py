"""One walk over a worksheet finds what readers do not tell, and refuses what they would lose or misplace."""

import zipfile
from xml.parsers.expat import ExpatError

import pytest

from friendshore.optimizer.workbook.dates import date_styles
from friendshore.optimizer.workbook.gate import inspect
from friendshore.optimizer.workbook.markup import Suspicious
from friendshore.optimizer.workbook.scan import Disorder, scan
from tests.workbook.sundry import by_xlsxwriter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def scanned(tmp_path, inside, dates=(), before="", after=""):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "s.xml", f'<x:worksheet xmlns:x="{MAIN}">{before}<x:sheetData>{inside}</x:sheetData>{after}</x:worksheet>'
        )
    with zipfile.ZipFile(path) as archive:
        return scan(archive, "s.xml", dates)


def row(number, *cells):
    return f'<x:row r="{number}">{"".join(cells)}</x:row>'


def cell(address, value="<x:v>1</x:v>", **attributes):
    more = "".join(f' {name}="{text}"' for name, text in attributes.items())
    return f'<x:c r="{address}"{more}>{value}</x:c>'


def test_sizes(tmp_path):
    facts = scanned(tmp_path, row(2, cell("A2"), cell("C2")) + row(5, cell("AB5")) + row(7))
    assert (facts.cells, facts.rows, facts.reach, facts.width) == (3, 7, 3 + 28, 28)


def test_errors_and_formulas(tmp_path):
    facts = scanned(
        tmp_path,
        row(
            1,
            cell("A1", "<x:v>#N/A</x:v>", t="e"),
            cell("B1", "<x:f>1+1</x:f><x:v>2</x:v>"),
            cell("C1", "<x:f>1</x:f>"),
            cell("D1", "<x:f>1</x:f><x:v/>"),
            cell("E1", "<x:f>1</x:f><x:v></x:v>", t="str"),
            cell("F1", "<x:f>1/0</x:f><x:v>#DIV/0!</x:v>", t="e"),
            cell("G1", "<x:f t='shared' si='0'/><x:v>0</x:v>"),
        ),
    )
    assert facts.errors == {"A1": "#N/A", "F1": "#DIV/0!"}
    assert facts.formulas == {"B1": "2", "C1": None, "D1": None, "E1": "", "F1": "#DIV/0!", "G1": "0"}


def test_what_is_hidden_merged_or_a_date(tmp_path):
    facts = scanned(
        tmp_path,
        f'<x:row r="3" hidden="1">{cell("A3", s="4")}</x:row>',
        {"4"},
        before='<x:cols><x:col min="2" max="4" hidden="true"/><x:col min="6" max="6"/></x:cols>',
        after='<x:mergeCells><x:mergeCell ref="B2:C9"/><x:mergeCell ref="A:A"/></x:mergeCells>',
    )
    assert facts.hidden_rows == [3]
    assert facts.hidden_columns == [(2, 4)]
    assert facts.merged == [(2, 2, 9, 3)]
    assert facts.dated
    assert not scanned(tmp_path, row(1, cell("A1", s="4"))).dated
    assert not scanned(tmp_path, row(1, cell("A1", s="4", t="s")), {"4"}).dated
    assert scanned(tmp_path, row(1, cell("A1", "<x:v>2026-01-01</x:v>", t="d"))).dated


def test_cells_without_an_address_are_counted(tmp_path):
    bare = "<x:row><x:c><x:v>1</x:v></x:c><x:c t='e'><x:v>#REF!</x:v></x:c></x:row>"
    facts = scanned(tmp_path, row(4) + bare)
    assert (facts.errors, facts.unplaced, facts.rows) == ({"B5": "#REF!"}, True, 5)


@pytest.mark.parametrize(
    "inside",
    [
        row(2, cell("A2")) + row(1, cell("A1")),
        row(2) + row(2),
        row(1, cell("B1"), cell("A1")),
        row(1, cell("A1"), cell("A1")),
        row(1, cell("Z1"), cell("AA1"), cell("B1")),
        row(1, cell("A2")),
        row(11, cell("A1")),
        row(1, cell("A1048577")),
        row(1_048_577),
        row(0),
        row(-1),
        row(1, cell("XFE1")),
        row(1, cell("ABCD1")),
        row(1, cell("1")),
        row(1, cell("$A$1")),
    ],
)
def test_cells_out_of_place_are_refused(tmp_path, inside):
    with pytest.raises(Disorder):
        scanned(tmp_path, inside)


def test_deep_nesting_document_types_and_broken_markup_are_refused(tmp_path):
    with pytest.raises(Suspicious, match="nests"):
        scanned(tmp_path, "<a>" * 300 + "</a>" * 300)
    with pytest.raises(ExpatError):
        scanned(tmp_path, "<a>")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("s.xml", "<!--" + "x" * 9000 + '--><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with zipfile.ZipFile(tmp_path / "b.zip") as archive, pytest.raises(Suspicious, match="entities"):
        scan(archive, "s.xml")


def test_styles_that_show_dates(tmp_path):
    path = by_xlsxwriter(tmp_path / "a.xlsx")
    package = inspect(path)
    with zipfile.ZipFile(path) as archive:
        dates = date_styles(archive, package.styles)
        assert len(dates) == 1
        assert scan(archive, package.sheets[0].part, dates).dated
        assert not scan(archive, package.sheets[0].part).dated
        assert date_styles(archive, "") == frozenset()

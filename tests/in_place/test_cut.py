"""No link to another workbook, program or the web gets into a plan: values stand in its place, all else stays."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from friendshore.optimizer.in_place import join_copy
from friendshore.optimizer.in_place.cut import without_formulas
from friendshore.optimizer.system.files import FileFault
from friendshore.optimizer.workbook.gate import inspect
from friendshore.optimizer.workbook.outside import reaches_out
from friendshore.optimizer.workbook.read import read_workbook
from tests.in_place.compare import parts_of
from tests.in_place.corpus import by_hand, with_macros
from tests.in_place.joined import PLAN, copied, digest, in_place
from tests.workbook.books import book, rebuilt
from tests.workbook.linked import BOOK, DDE, HEAD, MAIN, OFFICE, RELATIONS, linked

LINK = "xl/externalLinks/externalLink1.xml"
NAMES = '<definedName name="base">[1]Prices!$B$2</definedName><definedName name="RATE">2*base</definedName>'
CELLS = {"E2": "<f>[1]Prices!B2</f>", "F2": "<f>RATE</f>", "E3": "<f>50*2</f>"}


def leads_to(path: Path) -> tuple[str, ...]:
    with zipfile.ZipFile(path) as archive:
        return reaches_out(archive, inspect(path))


@pytest.mark.parametrize(("link", "words"), [(BOOK, "'prices of May.xlsx'"), (DDE, "another program (DDE)")])
def test_a_copy_leads_nowhere_and_in_place_nothing_changes(tmp_path: Path, link: str, words: str) -> None:
    path = linked(tmp_path / "a.xlsx", link, CELLS, NAMES)
    assert leads_to(path) == (words,)
    copy = tmp_path / "copy.xlsx"
    cut = join_copy(path, digest(path), PLAN, copy)
    assert cut == ("Plants!E2", "Plants!F2", "the name base")
    assert leads_to(copy) == ()
    there = parts_of(copy)
    assert not [name for name in there if "externalLink" in name]
    for content in there.values():
        assert not any(word in content for word in (b"externalLink", b"prices of", b"prices%20"))
    before = parts_of(path)[LINK]
    assert parts_of(in_place(path))[LINK] == before


def test_values_stay_and_so_do_other_formulas(tmp_path: Path) -> None:
    path = linked(tmp_path / "a.xlsx", cells=CELLS, names=NAMES)
    copy = copied(path, tmp_path / "copy.xlsx")
    assert read_workbook(copy).tables == read_workbook(path).tables
    plants, values = openpyxl.load_workbook(copy)["Plants"], openpyxl.load_workbook(path, data_only=True)["Plants"]
    for address in ("E2", "F2"):
        assert plants[address].value == values[address].value is not None
    assert plants["E3"].value == "=50*2"
    workbook = parts_of(copy)["xl/workbook.xml"].decode()
    assert '<definedName name="base">#REF!</definedName><definedName name="RATE">2*base</definedName>' in workbook


def test_formulas_that_cells_share_or_spread_over_others(tmp_path: Path) -> None:
    cells = {
        "E2": '<f t="shared" ref="E2:E3" si="0">[1]Prices!B2</f>',
        "E3": '<f t="shared" si="0"/>',
        "F2": '<f t="array" ref="F2:F3">[1]Prices!B2:B3</f>',
    }
    path = linked(tmp_path / "a.xlsx", cells=cells)
    copy = copied(path, tmp_path / "copy.xlsx")
    plants, values = openpyxl.load_workbook(copy)["Plants"], openpyxl.load_workbook(path, data_only=True)["Plants"]
    for address in ("E2", "E3", "F2", "F3"):
        assert plants[address].value == values[address].value is not None


def test_what_was_never_calculated_is_not_available() -> None:
    """An empty cell would be the default of its column; text without letters is a result like any other."""
    sheet = (
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">'
        '<c r="A1" s="3" cm="1"><f>[1]P!A1</f><v/></c><c r="B1"><f>[1]P!A1</f></c>'
        '<c r="C1" t="str"><f>[1]P!A1</f><v></v></c><c r="D1"><f>A1</f></c></row></sheetData></worksheet>'
    )
    after = without_formulas(sheet.encode(), ["A1", "B1", "C1"]).decode()
    assert '<c r="A1" s="3" t="e"><v>#N/A</v></c><c r="B1" t="e"><v>#N/A</v></c>' in after
    assert '<c r="C1" t="str"><v/></c><c r="D1"><f>A1</f></c>' in after


def test_sheets_of_the_planner_s_own_and_the_order_of_calculation(tmp_path: Path) -> None:
    """A list of cells to calculate that names one without a formula is damage to Excel; it makes the list anew."""
    path = book(tmp_path / "a.xlsx")
    workbook = openpyxl.load_workbook(path)
    workbook.create_sheet("Mine")["B3"] = "=cmd|'/c calc'!A0"
    workbook["Mine"]["B4"] = "=1+1"
    workbook.save(path)
    chain = f'{HEAD}<calcChain xmlns="{MAIN}"><c r="B3" i="1"/></calcChain>'
    relation = f'<Relationship Id="chain" Type="{OFFICE}/calcChain" Target="calcChain.xml"/></Relationships>'

    def change(name: str, content: bytes) -> bytes:
        is_list = name == "xl/_rels/workbook.xml.rels"
        return content.replace(b"</Relationships>", relation.encode()) if is_list else content

    path = rebuilt(path, change, {"xl/calcChain.xml": chain.encode()})
    copy = tmp_path / "copy.xlsx"
    assert join_copy(path, digest(path), PLAN, copy) == ("Mine!B3",)
    mine = openpyxl.load_workbook(copy)["Mine"]
    assert (mine["B3"].value, mine["B4"].value) == ("#N/A", "=1+1")
    assert "xl/calcChain.xml" not in parts_of(copy)


def test_macros_stay_where_links_are_cut(tmp_path: Path) -> None:
    path = with_macros(tmp_path / "a.xlsm")
    path = rebuilt(path, lambda name, content: content.replace(b"relationships/connections", b"relationships/custom"))
    copy = tmp_path / "copy.xlsm"
    assert join_copy(path, digest(path), PLAN, copy) == ("the link to 'prices.xlsx'",)
    before, after = parts_of(path), parts_of(copy)
    assert after["xl/vbaProject.bin"] == before["xl/vbaProject.bin"]
    assert LINK in before and LINK not in after and LINK.encode() not in after["[Content_Types].xml"]


@pytest.mark.parametrize(
    "element",
    ["<c:f xmlns:c='c'>[1]Prices!A1</c:f>", "<formula1>WEBSERVICE(A1)</formula1>", "<x:f xmlns:x='x'>a|b!c</x:f>"],
)
def test_links_that_cannot_be_cut_are_refused(tmp_path: Path, element: str) -> None:
    """In charts and in rules of formats or entries: the planner's sheets then come as values."""
    path = book(tmp_path / "a.xlsx")
    path = rebuilt(path, lambda _, content: content, {"xl/charts/chart9.xml": f"{HEAD}<a>{element}</a>".encode()})
    with pytest.raises(FileFault, match=r"FS012.*elsewhere than in cells and names"):
        copied(path, tmp_path / "copy.xlsx")


def test_connections_and_linked_pictures_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileFault, match=r"FS012.*a data connection"):
        copied(by_hand(tmp_path / "a.xlsx"), tmp_path / "copy.xlsx")
    rels = (
        f'{HEAD}<Relationships xmlns="{RELATIONS}"><Relationship Id="a" Type="{OFFICE}/image" '
        'Target="https://example.org/seen.png" TargetMode="External"/></Relationships>'
    )
    extra = {"xl/drawings/_rels/drawing9.xml.rels": rels.encode()}
    path = rebuilt(book(tmp_path / "b.xlsx"), lambda _, content: content, extra)
    with pytest.raises(FileFault, match=r"FS012.*image 'seen\.png'"):
        copied(path, tmp_path / "copy.xlsx")

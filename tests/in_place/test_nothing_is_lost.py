"""Whatever a planner's workbook holds, joining the plan sheets leaves it there: part by part, byte by byte."""

from __future__ import annotations

import warnings
from pathlib import Path

import openpyxl
import pytest

from friendshore.optimizer.workbook.read import read_workbook
from tests.in_place.compare import lost, parts_of
from tests.in_place.corpus import BOOKS, WITHOUT_LINKS
from tests.in_place.joined import TITLES, copied, in_place

HELD = {
    "xlsxwriter": [
        "xl/charts/chart2.xml",
        "xl/media/image1.png",
        "xl/comments1.xml",
        "xl/chartsheets/sheet1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/tables/table1.xml",
        "docProps/custom.xml",
        "xl/theme/theme1.xml",
    ],
    "openpyxl": ["xl/charts/chart1.xml", "xl/comments/comment1.xml"],
    "libreoffice": ["xl/pivotTables/pivotTable1.xml", "xl/charts/chart1.xml", "xl/comments5.xml"],
    "by hand": [
        "xl/slicers/slicer1.xml",
        "xl/threadedComments/threadedComment1.xml",
        "xl/connections.xml",
        "xl/externalLinks/externalLink1.xml",
        "customXml/item1.xml",
        "xl/calcChain.xml",
    ],
    "macros": ["xl/vbaProject.bin", "xl/ctrlProps/ctrlProp1.xml", "xl/printerSettings/printerSettings1.bin"],
}


@pytest.fixture(params=BOOKS)
def made(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    ending, write = BOOKS[request.param]
    return request.param, write(tmp_path / f"book{ending}")


def test_every_part_is_as_it_was(made: tuple[str, Path], tmp_path: Path) -> None:
    """By a comparison that knows nothing of our code. Fails where a part is written anew, dropped, or moved within."""
    kind, path = made
    before = path.read_bytes()
    assert set(HELD[kind]) <= set(parts_of(path))  # there is something to lose
    in_place(path)
    kept = path.with_name(path.name + ".bak")
    assert kept.read_bytes() == before
    assert lost(kept, path) == []


def test_a_second_run_changes_not_a_byte(made: tuple[str, Path]) -> None:
    """The same plan joined again makes the same file: ids, styles and names do not pile up."""
    _, path = made
    once = in_place(path).read_bytes()
    assert in_place(path).read_bytes() == once


@pytest.mark.parametrize("kind", WITHOUT_LINKS)
def test_a_copy_loses_nothing_but_which_sheet_is_open(kind: str, tmp_path: Path) -> None:
    ending, write = WITHOUT_LINKS[kind]
    path = write(tmp_path / f"book{ending}")
    before = path.read_bytes()
    target = copied(path, tmp_path / f"copy{path.suffix}")
    assert path.read_bytes() == before
    old, new = parts_of(path), parts_of(target)
    for name, content in old.items():
        if name.startswith(("xl/worksheets/sheet", "xl/chartsheets/sheet")):
            assert new[name] == content.replace(b' tabSelected="1"', b"").replace(b' tabSelected="true"', b"")
    changed = {name.rpartition("/")[2] for name in old if old[name] != new[name]}
    assert {name for name in changed if not name.startswith("sheet")} <= {
        "[Content_Types].xml",
        "workbook.xml",
        "workbook.xml.rels",
        "styles.xml",
        "app.xml",
    }


def _cells(path: Path, *, results: bool) -> dict[str, list[tuple[object, ...]]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says what it does not know
        book = openpyxl.load_workbook(path, data_only=results)
    return {sheet.title: [tuple(c.value for c in row) for row in sheet.iter_rows()] for sheet in book.worksheets}


def test_openpyxl_reads_the_same_cells_and_the_plan(made: tuple[str, Path]) -> None:
    """Formulas and their results, on every sheet of the planner's; and every plan sheet has its title and texts."""
    _, path = made
    before = [_cells(path, results=results) for results in (False, True)]
    in_place(path)
    after = [_cells(path, results=results) for results in (False, True)]
    for old, new in zip(before, after, strict=True):
        assert list(new) == [*old, *TITLES]
        assert {title: new[title] for title in old} == old
        assert new["Plan Costs"][0][0] == "Costs"


def test_the_workbook_asks_what_it_asked(made: tuple[str, Path]) -> None:
    """Read as input, the workbook with plan sheets is the same problem."""
    kind, path = made
    if kind == "openpyxl":
        pytest.skip("no different from the others")
    before = read_workbook(path)
    after = read_workbook(in_place(path))
    assert after.tables == before.tables
    assert after.digest != before.digest

"""What other programs make of a workbook with plan sheets: LibreOffice calculates it anew, calamine reads it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from tests.in_place.corpus import BOOKS
from tests.in_place.joined import TITLES, in_place

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")  # of what it does not know

SOFFICE = shutil.which("soffice")


@pytest.mark.parametrize("kind", BOOKS)
def test_calamine_reads_every_sheet(kind: str, tmp_path: Path) -> None:
    """A reader that shares nothing with openpyxl: the same cells before and after, and the texts of the plan."""
    ending, write = BOOKS[kind]
    path = write(tmp_path / f"book{ending}")

    def cells() -> dict[str, list[list[object]]]:
        book = CalamineWorkbook.from_path(str(path))
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names if name != "A chart"}

    before = cells()
    in_place(path)
    after = cells()
    assert {name: after[name] for name in before} == before
    assert list(after)[-len(TITLES) :] == TITLES
    assert after["Plan Costs"][0][0] == "Costs"


def _recalculated(path: Path, folder: Path) -> openpyxl.Workbook:
    """What LibreOffice saves after it has opened and calculated a workbook."""
    subprocess.run(  # noqa: S603 - a program of the machine
        [
            str(SOFFICE),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(folder),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    return openpyxl.load_workbook(folder / path.with_suffix(".xlsx").name, data_only=True)


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_and_recalculates_without_an_error(tmp_path: Path) -> None:
    """Formulas without results get theirs, each sheet of the plan comes through with its numbers."""
    ending, write = BOOKS["macros"]  # written by openpyxl: none of its formulas has a result
    path = write(tmp_path / f"book{ending}")
    in_place(path)  # it reads a data connection, which no copy would keep
    (tmp_path / "out").mkdir()
    result = _recalculated(path, tmp_path / "out")
    assert result.sheetnames[-len(TITLES) :] == TITLES
    assert [row[1].value for row in result["Notes"]["A1:B5"]] == [2, 4, 6, 8, 10]
    plan = openpyxl.load_workbook(path, data_only=True)
    for title in TITLES:
        for row in plan[title].iter_rows():
            for cell in row:
                wanted = cell.value if isinstance(cell.value, str | None) else pytest.approx(cell.value, rel=1e-14)
                assert result[title][cell.coordinate].value == wanted, (title, cell.coordinate)

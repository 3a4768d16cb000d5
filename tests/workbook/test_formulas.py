"""Formulas whose results the file does not hold are found, whichever program wrote them."""

import shutil
import subprocess
import zipfile

import pytest
import xlsxwriter

from friendshore.optimizer.workbook.formulas import uncalculated
from friendshore.optimizer.workbook.gate import inspect
from friendshore.optimizer.workbook.scan import scan
from tests.parsing.valid import valid
from tests.workbook.books import book, rebuilt


def written(path, *formulas):
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("A")
        for row, (formula, value) in enumerate(formulas):
            sheet.write_formula(row, 0, formula, None, value)
    return path


def found_in(path):
    package = inspect(path)
    with zipfile.ZipFile(path) as archive:
        return uncalculated(package, {sheet.title: scan(archive, sheet.part) for sheet in package.sheets})


def test_formulas_without_a_stored_result(tmp_path):
    sheets = valid()
    sheets["Plants"][0]["capacity"] = "=1+1"
    by_sheet = found_in(book(tmp_path / "a.xlsx", sheets))
    assert by_sheet["Plants"] == {"E2"}
    assert not any(cells for title, cells in by_sheet.items() if title != "Plants")


def test_programs_that_store_zero_for_every_formula(tmp_path):
    assert found_in(written(tmp_path / "a.xlsx", ("=1+1", 0), ("=2+2", 0)))["A"] == {"A1", "A2"}


def test_stored_results_count_zeros_among_them(tmp_path):
    assert not found_in(written(tmp_path / "a.xlsx", ("=1+1", 2), ("=2-2", 0)))["A"]


def test_an_empty_text_is_a_result(tmp_path):
    path = written(tmp_path / "a.xlsx", ('=""', "x"), ("=1", 1))
    rebuilt(path, lambda name, content: content.replace(b"<v>x</v>", b"<v></v>") if "worksheets" in name else content)
    assert not found_in(path)["A"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_opening_and_saving_mends_it(tmp_path):
    sheets = valid()
    sheets["Plants"][0]["capacity"] = "=50*2"
    path = book(tmp_path / "a.xlsx", sheets)
    subprocess.run(  # noqa: S603
        [
            shutil.which("soffice"),
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(tmp_path / "out"),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    from friendshore.optimizer.workbook.read import read_workbook  # noqa: PLC0415

    problem = read_workbook(tmp_path / "out" / "a.xlsx")
    assert problem.plants["mine"].capacity == 100

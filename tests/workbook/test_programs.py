"""The same rows are the same problem, whichever program wrote the workbook."""

import dataclasses
import shutil

import pandas
import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.optimizer.workbook import contents
from friendshore.optimizer.workbook.contents import read_contents
from friendshore.optimizer.workbook.gate import inspect
from friendshore.optimizer.workbook.read import read_workbook
from friendshore.optimizer.workbook.template import write_sheets
from tests.parsing.valid import valid
from tests.workbook.books import book
from tests.workbook.sundry import by_libreoffice


def content(problem):
    """All rows but for their numbers: the template puts lines above the headers."""
    rows = {name: rows for name, rows in vars(problem.tables).items() if name != "settings"}
    bare = {name: [dataclasses.replace(row, row=0) for row in rows[name]] for name in rows}
    return bare, dataclasses.replace(problem.settings, row=0)


def by_pandas(path, sheets):
    with pandas.ExcelWriter(path) as writer:
        for title, rows in sheets.items():
            pandas.DataFrame(rows).to_excel(writer, sheet_name=title, index=False)
    return path


def by_xlsxwriter(path, sheets):
    write_sheets(path, sheets)
    return path


@pytest.mark.parametrize("writer", [book, by_pandas, by_xlsxwriter])
def test_openpyxl_pandas_and_xlsxwriter(tmp_path, writer, monkeypatch):
    path = writer(tmp_path / "a.xlsx", valid())
    problem = read_workbook(path)
    assert problem.warnings == ()
    assert content(problem) == content(problem_from_sheets(valid()))
    monkeypatch.setattr(contents, "FAST_FROM", 0)  # also where calamine reads every sheet
    assert read_contents(inspect(path), fast=True) == read_contents(inspect(path))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice(tmp_path, monkeypatch):
    """What it opens and saves: a workbook of ours, with its drop-downs, comments and tables."""
    source = by_xlsxwriter(tmp_path / "a.xlsx", valid())
    saved = by_libreoffice(tmp_path / "b.xlsx", source, shutil.which("soffice"))
    problem = read_workbook(saved)
    assert problem.warnings == ()
    assert content(problem) == content(problem_from_sheets(valid()))
    monkeypatch.setattr(contents, "FAST_FROM", 0)
    assert read_contents(inspect(saved), fast=True) == read_contents(inspect(saved))

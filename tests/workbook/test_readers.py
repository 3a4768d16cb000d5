"""Both readers give the same cells, to the type, wherever calamine is used; where they would not, it is not used."""

import datetime
import random
import shutil

import pytest
import xlsxwriter

from friendshore.models.parsing import UNCALCULATED
from friendshore.optimizer.workbook import contents, readers
from friendshore.optimizer.workbook.contents import read_contents
from friendshore.optimizer.workbook.gate import inspect
from friendshore.optimizer.workbook.readers import Unfaithful, tidy
from tests.workbook.books import rebuilt
from tests.workbook.sundry import MOMENTS, NUMBERS, TEXTS, by_libreoffice, by_openpyxl, by_pandas, by_xlsxwriter


@pytest.fixture
def used(monkeypatch):
    """Calamine for every sheet that it is faithful for, however small; the titles it read."""
    titles = []
    rows = readers.CalamineReader.rows

    def spied(self, title):
        read = list(rows(self, title))
        titles.append(title)
        return iter(read)

    monkeypatch.setattr(contents, "FAST_FROM", 0)
    monkeypatch.setattr(readers.CalamineReader, "rows", spied)
    return titles


def typed(grid):
    return [[(type(value), value) for value in row] for row in grid]


def same(path):
    package = inspect(path)
    plain, fast = read_contents(package), read_contents(package, fast=True)
    for title in plain.grids:
        assert typed(fast.grids[title]) == typed(plain.grids[title])
    assert fast.marks == plain.marks
    return plain


def test_sheets_without_dates_are_read_alike_by_both(tmp_path, used):
    grid = same(by_xlsxwriter(tmp_path / "a.xlsx", dates=False)).grids["Sundry"]
    assert used == ["Sundry"]
    assert [row[0] for row in grid[: len(TEXTS)]] == list(TEXTS)
    assert [row[1] for row in grid[: len(NUMBERS)]] == [pytest.approx(number, rel=1e-15) for number in NUMBERS]
    assert [row[2] for row in grid[: len(NUMBERS)]] == [row[1] for row in grid[: len(NUMBERS)]]  # 65% is 0.65
    assert [row[3] for row in grid[:6]] == [2, "#N/A", "#DIV/0!", "x", True, -2.5]
    assert [row[4] if len(row) > 4 else None for row in grid[:8]] == [
        True,
        False,
        None,
        "rich text here",
        None,
        "merged",
        None,
        None,
    ]
    assert grid[60] == (*[None] * 20, "far away")


def test_a_sheet_with_dates_is_left_to_openpyxl(tmp_path, used):
    grid = same(by_xlsxwriter(tmp_path / "a.xlsx")).grids["Sundry"]
    assert used == []
    assert [grid[row][7] for row in range(3)] == [datetime.datetime(2026, 1, 2), *MOMENTS[1:]]


def test_other_programs(tmp_path, used):
    assert same(by_openpyxl(tmp_path / "a.xlsx")).grids["Sundry"][1][4] is UNCALCULATED
    assert same(by_pandas(tmp_path / "b.xlsx")).grids["Sundry"][3][0] == TEXTS[2]
    assert used == ["Sundry"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice(tmp_path, used):
    source = by_xlsxwriter(tmp_path / "a.xlsx", dates=False)
    whole = same(source).grids["Sundry"]
    saved = same(by_libreoffice(tmp_path / "b.xlsx", source, shutil.which("soffice"))).grids["Sundry"]
    assert used == ["Sundry", "Sundry"]
    assert len(saved) == len(whole)
    for row, again in zip(whole, saved, strict=True):
        assert again == tuple(pytest.approx(value, rel=1e-14) if isinstance(value, float) else value for value in row)


def test_random_sheets(tmp_path, used):
    chance = random.Random(5)  # noqa: S311 - not for secrets
    pool = [
        None,
        None,
        None,
        True,
        False,
        *TEXTS,
        *NUMBERS,
        *("ab" * 3 + chr(chance.randrange(33, 0x3000)) for _ in range(99)),
    ]
    with xlsxwriter.Workbook(tmp_path / "a.xlsx", {"strings_to_formulas": False}) as book:
        for title in map(str, range(20)):
            sheet = book.add_worksheet(title)
            for row in range(chance.randrange(30)):
                for column in range(chance.randrange(12)):
                    value = chance.choice(pool)
                    if isinstance(value, str):
                        sheet.write_string(row, column, value)
                    elif value is not None:
                        sheet.write(row, column, value)
    same(tmp_path / "a.xlsx")
    assert len(used) == 20


def test_cells_that_do_not_say_where_they_stand(tmp_path, used):
    def anonymous(name, content):
        return content.replace(b' r="A1"', b"").replace(b' r="B1"', b"") if "sheet1" in name else content

    path = rebuilt(by_xlsxwriter(tmp_path / "a.xlsx", dates=False), anonymous)
    assert same(path).grids["Sundry"][0][:2] == (TEXTS[0], 0)
    assert used == []


def test_one_far_cell_does_not_fill_memory(tmp_path, used):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("A")
        sheet.write(0, 0, 1)
        sheet.write(99_999, 16_383, 2)
    grid = same(tmp_path / "a.xlsx").grids["A"]
    assert used == []
    assert (grid[0], len(grid), len(grid[-1])) == ((1,), 100_000, 16_384)


def test_what_calamine_cannot_read_openpyxl_does(tmp_path, used, monkeypatch):
    def fails(self, path):
        raise Unfaithful("no")

    monkeypatch.setattr(readers.CalamineReader, "__init__", fails)
    assert same(by_xlsxwriter(tmp_path / "a.xlsx", dates=False)).grids["Sundry"][0][0] == TEXTS[0]


@pytest.mark.parametrize(
    ("value", "tidied"),
    [
        (2.0, 2),
        (2.5, 2.5),
        (2**53 + 2, float(2**53 + 2)),
        (-0.0, 0),
        (True, True),
        ("", None),
        ("a_x000D_\r\nb", "a\n\nb"),
        ("_x0041_", "_x0041_"),
        (1e300, 1e300),
        (float("inf"), float("inf")),
    ],
)
def test_one_form_for_what_readers_give_in_several(value, tidied):
    assert typed([[tidy(value)]]) == typed([[tidied]])

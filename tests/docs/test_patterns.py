"""Every workbook on the page of patterns is read, solved by the model and by the second formulation, and costs what the
page says."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.optimizer.solve import solve_problem
from tests.mathematics.cases import Sheets
from tests.reference.solve import solve_reference

PAGE = Path(__file__).parents[2] / "docs" / "patterns.md"
PATTERN = re.compile(r"^## (?P<title>.+?)$(?P<text>.*?)(?=^## |\Z)", re.DOTALL | re.MULTILINE)
WORKBOOK = re.compile(
    r"^```workbook\n(?P<tables>.*?)^```$.*?^Optimum: \*\*(?P<optimum>[\d.]+)\*\*$", re.DOTALL | re.MULTILINE
)


def patterns() -> Iterator[tuple[str, str, float]]:
    for section in PATTERN.finditer(PAGE.read_text(encoding="utf-8")):
        for match in WORKBOOK.finditer(section["text"]):
            yield section["title"], match["tables"], float(match["optimum"])


def cell(text: str) -> str | int | float:
    """What a planner who types this into a cell gets there."""
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() else number


def sheets_of(tables: str) -> Sheets:
    """``[Sheet]``, a line of headers, and the rows; what is blank is left out."""
    sheets: Sheets = {}
    for block in re.split(r"^\[", tables, flags=re.MULTILINE)[1:]:
        name, lines = block.split("]\n", 1)
        headers, *rows = csv.reader(lines.strip().splitlines(), skipinitialspace=True)
        sheets[name] = [{header: cell(text) for header, text in zip(headers, row, strict=True) if text} for row in rows]
    return sheets


def test_every_workbook_has_an_optimum() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text.count("```workbook\n") == text.count("Optimum: **") == len(list(patterns())) >= 9


@pytest.mark.parametrize(("tables", "optimum"), [pytest.param(*rest, id=title) for title, *rest in patterns()])
def test_a_pattern_costs_what_the_page_says(tables: str, optimum: float) -> None:
    stated = sheets_of(tables)
    plan = solve_problem(problem_from_sheets(stated), gap=0.0).plan
    assert plan is not None
    assert plan.objective == pytest.approx(optimum, rel=1e-9)
    second = solve_reference(stated)
    assert second.objective == pytest.approx(optimum, rel=1e-6)

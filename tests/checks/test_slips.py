"""Slips of a thousand planted in the workbooks of inputs/: every one is seen, and none where there is none."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path

import pytest

from friendshore.models.examine import examine
from friendshore.models.findings import Finding
from friendshore.models.parsing import grids_of
from friendshore.optimizer.workbook.examples import source_sheets
from tests.parsing.valid import Sheets
from tests.places import SOURCES

PERIODS = ("per_year", *(str(year) for year in range(2026, 2036)))

# Every column of quantities and of money that is filled, by workbook; those of one kind in one cell slip together.
COLUMNS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "tutorial": (
        ("Commodities", ("price",)),
        ("Plants", ("capacity",)),
        ("Plants", ("unit_cost",)),
        ("Demand", PERIODS),
        ("Demand", ("shortage_cost",)),
        ("Lanes", ("cost",)),
        ("Expansions", ("size",)),
        ("Expansions", ("capex",)),
        ("Expansions", ("fixed_cost",)),
        ("Stockpiles", ("max_level",)),
        ("Stockpiles", ("holding_cost",)),
    ),
    "rare_earth_magnets": (
        ("Commodities", ("price",)),
        ("Plants", ("capacity",)),
        ("Plants", ("unit_cost",)),
        ("Demand", PERIODS),
        ("Demand", ("shortage_cost",)),
        ("Lanes", ("cost",)),
        ("Lanes", ("capacity",)),
        ("Expansions", ("size",)),
        ("Expansions", ("capex",)),
        ("Expansions", ("fixed_cost",)),
        ("Stockpiles", ("initial",)),
        ("Stockpiles", ("max_level",)),
        ("Stockpiles", ("holding_cost",)),
        ("Stockpiles", ("max_fill",)),
        ("Events", ("quota",)),
        ("Protections", ("cost",)),
        ("Policies", ("budget",)),
        ("Profiles", PERIODS),
    ),
}
PLAUSIBILITY = range(541, 551)


@cache
def folder(name: str) -> Path:
    return SOURCES / name


def sheets_of(name: str) -> Sheets:
    return copy.deepcopy(_read(name))


@cache
def _read(name: str) -> Sheets:
    return source_sheets(folder(name))


def findings(sheets: Sheets) -> tuple[Finding, ...]:
    return examine(grids_of(sheets)).findings


def plausibility(sheets: Sheets) -> list[Finding]:
    """What is told about proportions; or that the workbook has an error, which is louder still."""
    return [
        found
        for found in findings(sheets)
        if found.severity == "error" or int(found.code.removeprefix("FS")) in PLAUSIBILITY
    ]


def slipped(sheets: Sheets, sheet: str, columns: tuple[str, ...], factor: float) -> int:
    """Multiply every number of some columns; how many there were. ``budget`` is the limit of a max_capex policy."""
    count = 0
    for row in sheets[sheet]:
        for column in ("limit",) if columns == ("budget",) else columns:
            value = row.get(column)
            if isinstance(value, int | float) and value and (columns != ("budget",) or row["kind"] == "max_capex"):
                row[column] = value * factor
                count += 1
    return count


@pytest.mark.parametrize("name", COLUMNS)
def test_nothing_is_told_where_nothing_is_wrong(name: str) -> None:
    assert plausibility(sheets_of(name)) == []


@pytest.mark.parametrize("name", COLUMNS)
@pytest.mark.parametrize("factor", [1e3, 1e-3], ids=["too large", "too small"])
def test_a_whole_column_that_slipped_is_seen(name: str, factor: float) -> None:
    """All of 11 columns of the tutorial and of 18 of the workbook of magnets, up and down."""
    unseen = []
    for sheet, columns in COLUMNS[name]:
        sheets = sheets_of(name)
        assert slipped(sheets, sheet, columns, factor), (sheet, columns)
        if not plausibility(sheets):
            unseen.append((sheet, columns[0]))
    assert unseen == []

"""Profiles: rows, columns and values that there may be, each fault in its cell."""

from __future__ import annotations

from typing import Any

import pytest

from friendshore.models.examine import examine
from friendshore.models.parsing import grids_of
from friendshore.models.schema import Number
from friendshore.models.tables import OFFERED, TABLES
from tests.mathematics.cases import Sheets, everything

CONSTANT = {
    "Countries": {"recover_years"},
    "Recipes": {"amount", "unit_cost"},
    "Plants": {"recover_years"},
    "Expansions": {"size", "max_units", "committed", "lead_years", "life_years"},
    "Stockpiles": {"initial", "final_min", "salvage"},
    "Protections": {"shortens"},
    "Scenarios": {"per_year", "probability"},
    "Policies": {"years"},
    "Periods": {"years"},
    "Sources": {"low", "high"},
}
"""Numbers that do not change: times, counts of units and what they are counted in, probabilities, what holds at one
moment, and numbers of rows without a name of their own."""


def test_every_number_changes_or_is_known_not_to() -> None:
    """A new column of numbers says itself whether it may change; which do not is written here."""
    for table in TABLES:
        numbers = {each.name for each in table.columns if isinstance(each.kind, Number) and not each.by_period}
        if table.name_column is not None and not table.vertical:
            offered = set(OFFERED[table.sheet].varying) if table.sheet in OFFERED else set()
            assert numbers - offered == CONSTANT.get(table.sheet, set()), table.sheet
            assert offered <= numbers


def faults(sheets: Sheets, *rows: dict[str, Any]) -> list[tuple[str, int, str]]:
    """Code, row and column of what is wrong with some rows of Profiles."""
    found = examine(grids_of(sheets | {"Profiles": list(rows)})).findings
    return [(one.code, one.row, one.column) for one in found if one.severity == "error" and one.sheet == "Profiles"]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"table": "Expansions", "id": "pti", "column": "capex", "y1": 2}, ("FS201", 2, "id")),
        ({"table": "Expansions", "id": "Pit", "column": "capex", "y1": 2}, ("FS202", 2, "id")),
        ({"table": "Countries", "id": "Home", "column": "capex", "y1": 2}, ("FS111", 2, "table")),
        ({"table": "Expansions", "id": "pit", "column": "size", "y1": 2}, ("FS111", 2, "column")),
        ({"table": "Expansions", "id": "pit", "column": "loss_rate", "y1": 2}, ("FS350", 2, "column")),
        ({"table": "Commodities", "id": "ore", "column": "price", "y1": -1}, ("FS104", 2, "y1")),
        ({"table": "Stockpiles", "id": "store", "column": "loss_rate", "y2": 1}, ("FS104", 2, "y2")),
        ({"table": "Protections", "id": "guard", "column": "effectiveness", "y0": 1.5}, ("FS104", 2, "y0")),
        ({"table": "Policies", "id": "spread", "column": "limit", "y1": 40}, ("FS403", 2, "y1")),
        ({"table": "Policies", "id": "tail", "column": "limit", "y1": 0.2}, ("FS351", 2, "id")),
        ({"table": "Policies", "id": "tail", "column": "penalty", "y1": 2}, ("FS351", 2, "id")),
    ],
)
def test_each_fault_in_its_cell(row: dict[str, Any], fault: tuple[str, int, str]) -> None:
    """A name that is not there, a column that does not change, a value that the constant could not have."""
    assert faults(everything(), row) == [fault]


def test_a_penalty_of_what_must_hold() -> None:
    """A blank penalty means that the policy holds, whatever it costs: a profile has nothing to change."""
    sheets = everything()
    hard = [{name: cell for name, cell in row.items() if name != "penalty"} for row in sheets["Policies"]]
    row = {"table": "Policies", "id": "spread", "column": "penalty", "y1": 2}
    assert faults(sheets | {"Policies": hard}, row) == [("FS352", 2, "id")]
    assert faults(sheets, row) == []


@pytest.mark.parametrize(("label", "fits"), [("y0", False), ("y1", True), ("y2", False)])
def test_stock_fits_where_it_must(label: str, fits: bool) -> None:
    """2 are held before y0 and at the end of y2; between them the store may be smaller."""
    sheets = everything()
    sheets["Profiles"] = [{"table": "Stockpiles", "id": "store", "column": "max_level", label: 1}]
    found = [one for one in examine(grids_of(sheets)).findings if one.code == "FS311"]
    assert (not found) is fits
    assert all(f"in {label}" in one.message for one in found)


def test_a_lane_that_is_shared_in_one_period_only() -> None:
    """A capacity that only a profile gives is asked about like one of the row; and a contract must fit into it."""
    sheets = everything()
    sheets["Lanes"] = [{"from": "*", "to": "*", "cost": 1, "routes": "strait, canal, sky", "lane": "all"}]
    sheets["Profiles"] = [{"table": "Lanes", "id": "all", "column": "capacity", "y1": 5}]
    assert {one.code for one in examine(grids_of(sheets)).findings if one.severity == "error"} == {"FS355"}
    sheets["Lanes"][0] |= {"shared": "yes", "least": 6}
    found = [one for one in examine(grids_of(sheets)).findings if one.severity == "error"]
    assert [one.code for one in found] == ["FS356"] and "in y1" in found[0].message


def test_numbers_too_great_together_in_one_period() -> None:
    """The tariff is a share of the price of the period: 1e14 is fine by itself, not times 25."""
    sheets = everything()
    sheets["Lanes"][0]["tariff"] = 25
    sheets["Profiles"] = [{"table": "Commodities", "id": "metal", "column": "price", "y1": 1e14}]
    found = [one for one in examine(grids_of(sheets)).findings if one.code == "FS331"]
    assert [one.sheet for one in found] == ["Lanes"] and "in y1" in found[0].message


def test_numbers_of_different_columns_are_not_compared() -> None:
    """A share of 1e-4 beside a capex of 1e9 is no span of one column."""
    sheets = everything()
    sheets["Profiles"] = [
        {"table": "Expansions", "id": "pit", "column": "capex", "y1": 1e9},
        {"table": "Protections", "id": "guard", "column": "effectiveness", "y1": 1e-4},
    ]
    assert [one.sheet for one in examine(grids_of(sheets)).findings if one.code == "FS509"] == []

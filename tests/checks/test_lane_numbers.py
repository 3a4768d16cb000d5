"""Lanes are counted by row before any of them is listed."""

from __future__ import annotations

import time

import pytest

from friendshore.models.checks.lane_numbers import lane_number
from friendshore.models.examine import examine, problem_from_sheets
from friendshore.models.parsing import grids_of
from tests.parsing.valid import silent, valid


@pytest.mark.parametrize(
    "cells",
    [
        {"from": "*", "to": "*", "commodity": "*"},
        {"from": "Alia", "to": "Alia", "commodity": "ore"},
        {"from": "@ally", "to": "*", "commodity": "ore"},
        {"from": "Alia, Conc", "to": "@ally", "commodity": "ore, metal"},
        {"from": "Alia", "to": "Alia, Conc", "commodity": "*"},
    ],
)
def test_as_many_as_are_listed(cells: dict[str, str]) -> None:
    """By groups and selections, home only where both ends are exactly one country."""
    sheets = valid()
    sheets["Lanes"] = [cells]
    problem = problem_from_sheets(sheets)
    row = problem.tables.lanes[0]
    assert lane_number(problem, row) == len(list(problem.lanes_named(row))) > 0


def test_too_many_are_told_at_once_and_none_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand more countries to each other: a million pairs for two goods and more, and the row that makes them."""
    sheets = valid()
    sheets["Countries"] += [{"country": f"c{i}", "bloc": "other"} for i in range(1000)]
    sheets["Lanes"] = [{"from": "Alia", "to": "Conc", "commodity": "ore"}, {"from": "*", "to": "*", "commodity": "*"}]
    monkeypatch.setattr("friendshore.models.problem.problem.resolve_lanes", lambda *_: pytest.fail("listed"))
    started = time.process_time()
    examined = examine(grids_of(sheets))
    assert time.process_time() - started < 5.0
    assert examined.problem is None
    (found,) = [each for each in examined.findings if each.severity == "error"]
    assert (found.code, found.sheet, found.row, found.column) == ("FS318", "Lanes", 3, "from")
    countries, goods = len(sheets["Countries"]), len(sheets["Commodities"])
    assert f"this row alone makes {countries * (countries - 1) * goods:,}" in found.message


def test_a_row_for_everything_among_few_is_no_fault() -> None:
    silent(valid() | {"Lanes": [{"from": "*", "to": "*", "commodity": "*", "routes": "strait, canal"}]}, "FS318")

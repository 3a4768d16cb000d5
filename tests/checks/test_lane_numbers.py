"""Lanes are counted by row before any is made."""

import time

import pytest

from friendshore.models.checks.lane_numbers import lane_number
from friendshore.models.examine import problem_from_sheets
from tests.parsing.valid import expect, valid


@pytest.mark.parametrize(
    "cells",
    [
        {"from": "*", "to": "*", "commodity": "*"},
        {"from": "Alia", "to": "Alia", "commodity": "ore"},
        {"from": "@ally", "to": "*", "commodity": "stage:ore"},
        {"from": "Alia, Conc", "to": "@ally", "commodity": "ore, metal"},
    ],
)
def test_as_many_as_are_made(cells):
    sheets = valid()
    sheets["Lanes"] = [cells]
    problem = problem_from_sheets(sheets)
    row = problem.tables.lanes[0]
    assert lane_number(problem, row) == len(list(problem.lane_keys(row)))


def test_too_many_are_told_at_once():
    """A thousand countries to a thousand: a million pairs for two goods."""
    sheets = valid()
    sheets["Countries"] += [{"country": f"c{i}", "bloc": "other"} for i in range(1000)]
    started = time.perf_counter()
    expect(sheets, "FS318", "Lanes!A2", "2,012,0", "this row alone makes 2,012,01")
    assert time.perf_counter() - started < 5

"""Numbers, names and times in words."""

from __future__ import annotations

from math import nan

import pytest

from friendshore.optimizer.page.words import Names, label, listed, number, readable, share, time
from tests.reporting import plans


def test_charts_are_drawn_in_a_unit_that_reads_well() -> None:
    assert readable(5_357_302, "USD thousand") == (1e6, "billion USD")
    assert readable(12.0, "USD thousand") == (1e-3, "USD")
    assert readable(3.0, "JPY billion") == (1.0, "billion JPY")
    assert readable(7.0, "gold coins") == (1.0, "gold coins")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1234.6, "1,235"),
        (99.94, "99.9"),
        (9.876, "9.88"),
        (0.01234, "0.0123"),
        (0.00001, "1.0e-05"),
        (0, "0"),
        (-2.5, "-2.50"),
        (nan, "–"),
        (7.0, "7"),
    ],
)
def test_numbers(value: float, said: str) -> None:
    assert number(value) == said


def test_shares() -> None:
    assert [share(v) for v in (0.0, 0.0004, 0.0005, 0.1234, 1.0, nan)] == [
        "0.0%",
        "<0.1%",
        "0.1%",
        "12.3%",
        "100.0%",
        "–",
    ]


def test_names_and_lists() -> None:
    assert label("mountain_pass_ramp") == "mountain pass ramp"
    assert label("___") == "___"
    assert listed([]) == "" and listed(["a"]) == "a" and listed(["a", "b"]) == "a and b"
    assert listed(["a", "b", "c", "d", "e"]) == "a, b, c and 2 more"


def test_times_of_a_plan_whose_periods_are_years() -> None:
    names = Names(plans.problem())
    assert names.starts == {"2026": 2026.0, "2027": 2027.0}
    assert [names.when(v) for v in (2027.0, 2027.5, 2027.25, nan)] == ["2027", "mid-2027", "2027.25", "–"]
    assert names.span == "2026 to 2027"


@pytest.mark.parametrize(
    ("years", "said"),
    [
        (1, "1 year"),
        (2, "2 years"),
        (0.5, "6 months"),
        (1.5, "18 months"),
        (0.167, "2 months"),
        (1 / 12, "1 month"),
        (0.02, "7 days"),
        (1 / 365, "1 day"),
        (1.37, "1.37 years"),
    ],
)
def test_lengths_of_time(years: float, said: str) -> None:
    assert time(years) == said


def test_what_branches_and_places_are_called() -> None:
    names = Names(plans.problem())
    assert names.scenario("base") == "base plan"
    assert names.scenario("no_china/A+B") == "no china (A+B)"
    assert names.place("A, C+B, ore_x, 2027") == "A, C + B, ore x, 2027"

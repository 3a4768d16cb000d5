"""Labels that are years agree with the lengths of periods, and look-ahead stands last."""

from typing import Any

import pytest

from tests.parsing.valid import Sheets, expect, silent, valid


def periods(*rows: dict[str, Any]) -> Sheets:
    """The small problem with other periods; nothing else speaks of them."""
    sheets = valid()
    sheets["Periods"] = list(rows)
    for sheet in ("Scenarios", "Events", "Profiles", "Policies"):
        del sheets[sheet]
    for row in sheets["Demand"]:
        row.pop("2027", None)
    return sheets


def test_years_that_lie_further_apart_than_their_lengths() -> None:
    """2025, 2030, 2040 of one year each: the horizon would be three years."""
    wrong = periods({"period": 2025, "years": 1}, {"period": 2030, "years": 10}, {"period": 2040, "years": 10})
    expect(wrong, "FS324", "Periods!B2", "1 year for 2025", "wanted 5 years")
    silent(periods({"period": 2025, "years": 5}, {"period": 2030, "years": 10}, {"period": 2040, "years": 10}), "FS324")


def test_years_that_run_backwards() -> None:
    expect(periods({"period": 2026, "years": 1}, {"period": 2025, "years": 1}), "FS324", "Periods!A2", "order of time")


def test_other_labels_say_nothing() -> None:
    silent(periods({"period": "now", "years": 3}, {"period": "later", "years": 1}, {"period": "0026"}), "FS324")


def test_look_ahead_stands_last() -> None:
    silent(periods({"period": 2026}, {"period": 2027, "look_ahead": "yes"}), "FS325")
    expect(
        periods({"period": 2026, "look_ahead": "yes"}, {"period": 2027, "look_ahead": "no"}),
        "FS325",
        "Periods!B2",
        "2027",
    )
    expect(periods({"period": 2026, "look_ahead": "yes"}), "FS325", "Periods!B2", "at least one period")


@pytest.mark.parametrize("years", [1e-9, 1001])
def test_a_period_of_no_length_or_without_end(years: float) -> None:
    """What is decided within a moment is told apart by nothing; beyond a thousand years nothing is planned."""
    wrong = periods({"period": "a", "years": 1}, {"period": "b", "years": years})
    expect(wrong, "FS104", "Periods!B3", "from 0.0001 to 1000")


def test_a_horizon_at_whose_end_money_is_worth_nothing() -> None:
    """3 % over 900 years leaves 3e-12 of 1, over 1,900 years 4e-25."""
    silent(periods({"period": "a", "years": 900}), "FS326")
    expect(periods({"period": "a", "years": 950}, {"period": "b", "years": 950}), "FS326", "Periods!B3", "1900 years")

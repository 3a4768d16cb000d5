"""Labels that are years agree with the lengths of periods, and look-ahead stands last."""

from typing import Any

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
    expect(wrong, "FS324", "Periods!B2", "1 years for 2025", "wanted 5 years")
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

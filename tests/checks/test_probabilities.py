"""The base path keeps a probability of its own."""

import pytest

from tests.parsing.valid import expect, silent, valid


def with_probabilities(*values):
    sheets = valid()
    row = sheets["Scenarios"][0]
    sheets["Scenarios"] = [
        {**row, "scenario": f"s{i}" if i else "stop", "probability": p} for i, p in enumerate(values)
    ]
    return sheets


@pytest.mark.parametrize("values", [(0.5, 0.5), (0.9, 0.3), (0.1,) * 10])
def test_one_or_more(values):
    expect(with_probabilities(*values), "FS301", f"Scenarios!B{len(values) + 1}", "less than 1")


@pytest.mark.parametrize("values", [(0.999,), (0.0, 0.5), (0.1,) * 9])
def test_less_than_one(values):
    silent(with_probabilities(*values), "FS301")


def test_a_single_probability_of_one_is_out_of_range():
    expect(with_probabilities(1), "FS104", "Scenarios!B2", "below 1")


def test_what_is_left_is_never_rounded_up_to_what_is_wanted():
    """0.316 stays of each of four years: 0.9971 % are less than 1 %, and are not told as 1.00 %."""
    sheets = valid()
    sheets["Periods"] = [{"period": year, "years": 1} for year in range(2026, 2031)]
    sheets["Scenarios"] = [{"scenario": "stop", "per_year": 0.684, "onset": None, "parent": None, "step_months": 6}]
    sheets["Policies"] = []
    sheets["Profiles"] = []
    expect(sheets, "FS301", "Scenarios!B2", "leave the base path 0.99% over 5 years; wanted at least 1%")

"""Values that leap from period to period, or from the constant that they stand for."""

import pytest

from tests.parsing.valid import findings, silent, valid


def of(sheets):
    return [(found.place, found.message) for found in findings(sheets) if found.code == "FS547"]


@pytest.mark.parametrize("factor", [1e3, 1e-3])
def test_demand_of_one_period(factor):
    sheets = valid()
    sheets["Demand"][1] |= {"2026": 20, "2027": 22 * factor, "2028": 24}
    ((place, message),) = of(sheets)  # and not again for 2028, which fits 2026
    assert place == "Demand!F3" and "that of 2026 (20)" in message and "did you mean 22 " in message


def test_demand_that_grows_is_usual():
    sheets = valid()
    sheets["Demand"][1] |= {"2026": 1, "2027": 30, "2028": 900}
    sheets["Demand"][1]["per_year"] = None
    silent(sheets, "FS547")


@pytest.mark.parametrize("factor", [1e3, 1e-3])
def test_a_profile_and_its_constant(factor):
    sheets = valid()
    sheets["Profiles"][0]["2028"] = 90 * factor
    ((place, message),) = of(sheets)
    assert place == "Profiles!C2"
    assert "its capacity (100)" in message and "did you mean 90 " in message


def test_a_profile_with_a_leap():
    sheets = valid()
    sheets["Profiles"][0] |= {"2026": 100, "2027": 100_000, "2028": 110}
    ((place, message),) = of(sheets)
    assert place == "Profiles!F2" and "that of 2026 (100)" in message and "did you mean 100 " in message

"""Quantities out of proportion to what is used: capacities, stocks, lanes and quotas."""

import pytest

from tests.parsing.valid import expect, findings, silent, valid


@pytest.mark.parametrize(("row", "used"), [(0, "90"), (1, "27")])
@pytest.mark.parametrize("factor", [1e3, 1e-3])
def test_a_capacity(row, used, factor):
    """Of ore 90 can be used at most, of metal 27 are needed; what a smelter takes grows with it."""
    sheets = valid()
    del sheets["Profiles"], sheets["Expansions"]
    sheets["Plants"][row]["capacity"] *= factor
    found = expect_one(sheets, "FS541", f"Plants!E{row + 2}")
    assert "all that is used of" in found.message


def expect_one(sheets, code, place):
    found = [each for each in findings(sheets) if each.code == code and each.place == place]
    assert found, "\n".join(map(str, findings(sheets)))
    return found[0]


@pytest.mark.parametrize("factor", [1e3, 1e-3])
def test_all_of_demand(factor):
    sheets = valid()
    for row in sheets["Demand"]:
        row["per_year"] *= factor
        if row.get("2027"):
            row["2027"] *= factor
    found = expect_one(sheets, "FS541", "Plants!E3")
    assert "found all plants' capacity for 45," in found.message and "all that is used of 'metal'" in found.message


def test_a_stockpile():
    """Alia uses 27 a year; the store has room for 10 and begins with 2."""
    sheets = valid()
    sheets["Stockpiles"][0] |= {"max_level": 10_000, "max_fill": 4}
    found = expect_one(sheets, "FS544", "Stockpiles!E2")
    assert "370 times what those whom it serves use in a year (27)" in found.message
    assert "did you mean 10 " in found.message
    sheets["Stockpiles"][0] |= {"initial": 0, "final_min": 0, "max_level": 0.01}
    assert "did you mean 10 " in expect_one(sheets, "FS544", "Stockpiles!E2").message


@pytest.mark.parametrize(("column", "place"), [("max_fill", "Stockpiles!G2"), ("max_release", "Stockpiles!G2")])
@pytest.mark.parametrize("factor", [1e3, 1e-3])
def test_what_goes_in_and_out(column, place, factor):
    sheets = valid()
    sheets["Stockpiles"][0][column] = 4
    silent(sheets, "FS544")
    sheets["Stockpiles"][0][column] = 4 * factor
    expect(sheets, "FS544", place, "its max_level (10)", "did you mean 4 ")


def test_what_a_stockpile_starts_with():
    sheets = valid()
    sheets["Stockpiles"][0] |= {"initial": 0.002, "final_min": 0}
    expect(sheets, "FS544", "Stockpiles!D2", "its max_level (10)", "did you mean 2 ")


@pytest.mark.parametrize("factor", [1e3, 1e-3])
def test_a_lane(factor):
    """At most 90 of ore is used in Berg."""
    sheets = valid()
    sheets["Lanes"][1] |= {"capacity": 40, "shared": "no"}
    silent(sheets, "FS541")
    sheets["Lanes"][1]["capacity"] = 40 * factor
    expect(sheets, "FS541", "Lanes!F3", "what is used at its end (90)", "did you mean 40 ")


@pytest.mark.parametrize("factor", [1e3, 1e-3])
def test_a_quota(factor):
    """Conc can make 100 of ore."""
    sheets = valid()
    sheets["Events"][0] |= {"remaining": None, "quota": 30, "commodity": "ore"}
    silent(sheets, "FS541")
    sheets["Events"][0]["quota"] = 30 * factor
    expect(sheets, "FS541", "Events!G2", "what those whom it binds can make in a year (100)", "did you mean 30 ")

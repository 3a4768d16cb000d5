"""A long first period without danger, and final stocks that nothing can meet."""

import pytest

from tests.parsing.valid import expect, silent, valid


def test_a_long_first_period():
    sheets = valid()
    sheets["Periods"] = [{"period": name, "years": years} for name, years in (("near", 5), ("far", 1), ("end", 1))]
    sheets["Scenarios"][0]["onset"] = "far"
    for row in sheets["Demand"] + sheets["Profiles"]:
        row.pop("2027", None)
        row.pop("2028", None)
    sheets["Profiles"][0]["far"] = 90
    expect(sheets, "FS549", "Periods!B2", "a first period of 5 years", "of 7 years in all")
    sheets["Periods"][0]["years"] = 2
    silent(sheets, "FS549")
    sheets["Periods"][0]["years"] = 5
    sheets["Scenarios"][0]["probability"] = 0  # a stress test only: nothing is weighed
    silent(sheets, "FS549")


@pytest.fixture
def lossy():
    """A store of metal in Alia that starts with 2, ends with 8 and may take in 1 a year of three."""
    sheets = valid()
    sheets["Stockpiles"][0] |= {"initial": 2, "final_min": 8, "max_fill": 1}
    return sheets


def test_a_final_stock_that_cannot_be_filled(lossy):
    said = "found 8 to be held at the end, of which 2 is left of the start, and at most 3 can be filled in until then"
    expect(lossy, "FS550", "Stockpiles!F2", said)
    lossy["Stockpiles"][0]["final_min"] = 5
    silent(lossy, "FS550")


def test_a_stock_that_nothing_reaches(lossy):
    """Half is lost in three years, and no plant or lane brings copper."""
    lossy["Commodities"].append({"commodity": "copper", "unit": "t", "price": 8})
    lossy["Stockpiles"][0] |= {"commodity": "copper", "loss_rate": 0.5, "initial": 8, "final_min": None}
    said = "found 8 to be held at the end, of which 1 is left of the start, and nothing can be filled in"
    expect(lossy, "FS550", "Stockpiles!D2", said)


def test_a_floor_that_cannot_be_reached_in_time(lossy):
    """2 lie there and 1 a year comes in: 3 at the end of the first year, 5 at the end of the third."""
    lossy["Stockpiles"][0] |= {"final_min": 0, "min_level": 4}
    said = "found 4 to be held at the end of '2026', of which 2 is left of the start, and at most 1 can be filled in"
    expect(lossy, "FS550", "Stockpiles!H2", said)
    lossy["Stockpiles"][0]["min_level"] = 3
    silent(lossy, "FS550")

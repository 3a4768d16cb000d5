"""Numbers that only together are too great, and demand too small to compute with, are refused with their cells."""

import pytest

from tests.parsing.valid import expect, silent, valid


def test_a_tariff_on_a_price_that_no_solver_may_be_given():
    """Both are legal; what a unit pays is 3.6e16."""
    sheets = valid()
    sheets["Lanes"][0]["tariff"] = 6e8
    for row in sheets["Commodities"]:
        row["price"] = 6e7
    sheets["Lanes"][1]["tariff"] = 0
    expect(sheets, "FS331", "Lanes!F2", "6e+08", "6e+07 in price of row", "3.6e+16")
    for row in sheets["Commodities"]:
        row["price"] = 1e6
    silent(sheets, "FS331")


@pytest.mark.parametrize(
    ("sheet", "row", "column", "place"),
    [("Plants", 0, "capacity", "Plants!E2"), ("Demand", 1, "2027", "Demand!F3"), ("Lanes", 0, "capacity", "Lanes!F2")],
)
def test_what_a_long_period_makes_of_a_year(sheet, row, column, place):
    sheets = valid()
    sheets["Periods"][0]["years"] = 20
    sheets[sheet][row][column] = 9e14
    expect(sheets, "FS331", place, "9e+14", "20 in years of row 2 of Periods", alone=False)
    sheets["Periods"][0]["years"] = 1
    silent(sheets, "FS331")


def test_what_a_horizon_makes_of_a_year():
    """A guard of 9e14 a year is paid in each of three years, which no solver may be given; 3e14 is less than that."""
    sheets = valid()
    sheets["Protections"][0]["cost"] = 9e14
    expect(sheets, "FS331", "Protections!D2", "9e+14", "3 years of all periods", "2.7e+15", alone=False)
    sheets["Protections"][0]["cost"] = 3e14
    silent(sheets, "FS331")


def test_demand_that_nobody_can_compute_with():
    """In the unit that the planner chose there is less of it than rounding leaves."""
    sheets = valid()
    for row in sheets["Demand"]:
        for cell in row:
            if isinstance(row[cell], int | float) and cell != "shortage_cost":
                row[cell] = 5e-8
    expect(sheets, "FS330", "Demand!E3", "5e-08 t", "smaller unit")
    for row in sheets["Demand"]:
        for cell in row:
            if row[cell] == 5e-8:
                row[cell] = 2e-7
    silent(sheets, "FS330")

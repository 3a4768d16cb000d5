"""Costs out of proportion to prices: each cell of the valid problem a thousand times too large and too small."""

import pytest

from tests.parsing.valid import expect, silent, valid

CELLS = [
    ("Plants", 0, "unit_cost", "FS546", "Plants!F2", "what a unit of activity makes, at its price (10)"),
    ("Expansions", 0, "capex", "FS542", "Expansions!D2", "what it makes in a year, at its price (250)"),
    ("Demand", 0, "shortage_cost", "FS543", "Demand!D2", "the price of 'metal' (50)"),
    ("Lanes", 0, "cost", "FS546", "Lanes!D2", "the price of the cheapest good that moves (10)"),
]


@pytest.mark.parametrize(("sheet", "row", "column", "code", "place", "words"), CELLS, ids=str)
@pytest.mark.parametrize("factor", [1e3, 1e-3])
def test_a_thousand_times(sheet, row, column, code, place, words, factor):
    sheets = valid()
    silent(sheets)
    value = sheets[sheet][row][column]
    sheets[sheet][row][column] = value * factor
    expect(sheets, code, place, words, f"did you mean {value:g} (kg for t, or money for thousand money)?")


@pytest.mark.parametrize(("factor", "worth"), [(1e3, "20,000"), (1e-3, "0.02")])
def test_what_a_recipe_takes(factor, worth):
    """Two of ore at 10 make metal worth 50; the cell holds an amount, the message tells what it is worth."""
    sheets = valid()
    sheets["Recipes"][0]["amount"] *= factor
    said = f"found inputs worth {worth}", "the worth of what comes out (50)", "a slip of 1,000 (kg for t"
    expect(sheets, "FS546", "Recipes!D2", *said)


@pytest.mark.parametrize("factor", [1e3, 1e-3])
def test_the_fixed_cost_of_an_expansion(factor):
    sheets = valid()
    sheets["Expansions"][0]["fixed_cost"] = 5 * factor
    expect(sheets, "FS542", "Expansions!F2", "its capex (100)", "did you mean 5 ")


@pytest.mark.parametrize("column", ["holding_cost", "salvage"])
@pytest.mark.parametrize("factor", [1e3, 1e-3])
def test_holding_and_salvage(column, factor):
    sheets = valid()
    sheets["Stockpiles"][0][column] = 5
    silent(sheets, "FS546")
    sheets["Stockpiles"][0][column] = 5 * factor
    expect(sheets, "FS546", "Stockpiles!G2", "the price of 'metal' (50)", "did you mean 5 ")


def test_a_protection():
    """45 of metal a year at 50 each are kept."""
    sheets = valid()
    sheets["Protections"][0]["cost"] = 9000
    expect(sheets, "FS546", "Protections!D2", "make in a year, at its price (2,250)", "did you mean 9 ")
    sheets["Protections"][0]["cost"] = 0.003
    expect(sheets, "FS546", "Protections!D2", "did you mean 3 ")


def test_a_penalty():
    sheets = valid()
    sheets["Policies"][0]["penalty"] = 40
    silent(sheets, "FS546")
    sheets["Policies"][0]["penalty"] = 40_000
    expect(sheets, "FS546", "Policies!F2", "the price of the cheapest good that it is about (10)", "did you mean 40 ")


def test_without_a_price_nothing_can_be_said():
    sheets = valid()
    for row in sheets["Commodities"]:
        row["price"] = 0
    sheets["Stockpiles"][0]["final_min"] = 0
    sheets["Plants"][0]["unit_cost"] = 1e6
    silent(sheets, "FS542", "FS543", "FS546")


def test_the_cheapest_tier_stands_for_all():
    """Every tier a thousand times too dear: that of defence may be so, that of civil use not."""
    sheets = valid()
    sheets["Demand"][0]["shortage_cost"] = 90_000
    silent(sheets, "FS543")
    sheets["Demand"][1]["shortage_cost"] = 9_000
    expect(sheets, "FS543", "Demand!D3", "180 times the price")


@pytest.mark.parametrize(
    ("sheet", "named", "column", "code", "place"),
    [
        ("Plants", "plant", "unit_cost", "FS546", "Plants!F2"),
        ("Expansions", "expansion", "capex", "FS542", "Expansions!D2"),
        ("Lanes", "lane", "cost", "FS546", "Lanes!D2"),
    ],
)
def test_values_of_the_years_count_in_place_of_the_constant(sheet, named, column, code, place):
    """A constant that no year has is not looked at, and a value of one year is."""
    sheets = valid()
    row = sheets[sheet][0]
    row.setdefault(named, "sea")
    value, labels = row[column], [str(period["period"]) for period in sheets["Periods"]]
    profile = {"table": sheet, "id": row[named], "column": column} | dict.fromkeys(labels, value)
    sheets["Profiles"] = [*sheets.get("Profiles", []), profile]
    row[column] = value * 1e3
    silent(sheets, code)
    profile |= dict.fromkeys(labels, value * 1e3)
    row[column] = value
    expect(sheets, code, place, f"did you mean {value:g} (", alone=False)

"""Demand says how much, and can be reached."""

from tests.parsing.valid import expect, silent, valid


def test_demand_without_a_quantity():
    sheets = valid()
    sheets["Demand"][1].update({"per_year": None, "2027": None})
    expect(sheets, "FS317", "Demand!E3", "per_year")
    sheets["Demand"][1]["2027"] = 0
    silent(sheets, "FS317")


def test_demand_that_nothing_can_reach_is_a_warning():
    sheets = valid()
    sheets["Demand"].append({"country": "Conc", "commodity": "metal", "shortage_cost": 1, "per_year": 1})
    silent(sheets, "FS506")
    sheets["Lanes"][0]["to"] = "@ally"
    assert expect(sheets, "FS506", "Demand!B4", "'metal' to reach 'Conc'").severity == "warning"
    sheets["Demand"][2]["per_year"] = 0
    silent(sheets, "FS506")

"""The loss of something that supplies nothing is survived by any plan: a test that tests nothing is told."""

import pytest

from tests.parsing.valid import expect, silent, valid


def stops(suppliers, kind="survive", **values):
    sheets = valid()
    sheets["Policies"] = [{"policy": "p", "kind": kind, "limit": 1, "suppliers": suppliers, "years": 1, **values}]
    return sheets


@pytest.mark.parametrize("text", ["Conc", "Berg", "Conc, Berg", "plant:mine", "plant:smelter", "route:canal", "each *"])
def test_what_supplies_something_is_stops(text):
    """The mine is abroad, the smelter in the coalition, and ore goes over the canal."""
    silent(stops(text), "FS517")


def test_a_country_without_plants_or_stock():
    """Alia only uses; losing it takes nothing away. In a group it does no harm."""
    expect(stops("Conc, Alia"), "FS517", "Policies!D2", "'Alia'", "nothing")
    silent(stops("each @ally"), "FS517")


def test_a_plant_that_never_runs():
    """Without capacity and expansion; with an expansion it may come to supply."""
    sheets = stops("plant:idle")
    sheets["Plants"].append(
        {"plant": "idle", "country": "Berg", "recipe": None, "commodity": "ore", "capacity": 0, "unit_cost": 1}
    )
    expect(sheets, "FS517", "Policies!D2", "'idle'")
    sheets["Expansions"].append({"expansion": "wake", "plant": "idle", "size": 1, "capex": 1, "requires": None})
    silent(sheets, "FS517")


def test_a_plant_whose_input_is_out_of_reach():
    """No lane brings ore to the smelter and nobody mines at home: it stands still."""
    sheets = stops("plant:smelter")
    sheets["Lanes"] = [{"from": "Berg", "to": "Alia", "commodity": "metal", "cost": 1, "routes": "strait"}]
    expect(sheets, "FS517", "Policies!D2", "'smelter'", alone=False)


def test_a_route_over_which_nothing_moves():
    """Nobody in Alia makes anything; what Alia holds for Berg moves once its stock serves Berg."""
    sheets = stops("route:ferry")
    sheets["Lanes"].append({"from": "Alia", "to": "Berg", "commodity": "metal", "cost": 1, "routes": "ferry"})
    expect(sheets, "FS517", "Policies!D2", "'ferry'")
    sheets["Stockpiles"][0]["serves"] = "Berg"
    silent(sheets, "FS517")


def test_survive_any_is_told_too():
    expect(stops("Alia, Conc", "survive_any", k=1), "FS517", "Policies!D2", "'Alia'")

"""Problems under clean_origin: a chain from ore to metal, and one in which each of the rule's rows makes a
difference."""

from __future__ import annotations

from typing import Any

from tests.mathematics.cases import Row, Sheets, island, store, under

NEXT: Row = {"period": "y1", "years": 1}


def chain(limit: float = 0.5, **cells: Any) -> Sheets:
    """Home smelts 10 metal from ore: Far's of concern at 1, or Near's, a friend's, at 5. Lanes are free."""
    sheets = island(1, demand=10)
    sheets["Countries"] += [{"country": "Far", "bloc": "concern"}, {"country": "Near", "bloc": "partner"}]
    sheets["Commodities"].append({"commodity": "ore", "unit": "t", "stage": "ore", "price": 1})
    sheets["Recipes"] = [
        {"recipe": "smelt", "commodity": "ore", "role": "input", "amount": 1},
        {"recipe": "smelt", "commodity": "metal", "role": "output", "amount": 1},
    ]
    sheets["Plants"] = [
        {"plant": "smelter", "country": "Home", "recipe": "smelt", "capacity": 20, "unit_cost": 2},
        {"plant": "far pit", "country": "Far", "commodity": "ore", "capacity": 20, "unit_cost": 1},
        {"plant": "near pit", "country": "Near", "commodity": "ore", "capacity": 20, "unit_cost": 5},
    ]
    sheets["Lanes"] = [{"from": "*", "to": "*"}]
    rule = {"kind": "clean_origin", "suppliers": "@concern", "commodity": "ore, metal", "limit": limit}
    return under(sheets, **(rule | cells))


def elsewhere() -> Sheets:
    """Near uses what its pit gives: it cannot be counted as sent to Home as well."""
    sheets = chain()
    sheets["Plants"][2]["capacity"] = 10
    sheets["Demand"].append({"country": "Near", "commodity": "ore", "shortage_cost": 20, "per_year": 10})
    sheets["Lanes"] = [{"from": "*", "to": "Home"}]
    return sheets


def two_smelters() -> Sheets:
    """A second smelter takes 2 ore for a metal; the first has capacity for 5, and ore is wanted at home besides.

    Clean ore that feeds the second may not be counted at the first one's yield.
    """
    sheets = chain(0.8)
    sheets["Recipes"] += [
        {"recipe": "waste", "commodity": "ore", "role": "input", "amount": 2},
        {"recipe": "waste", "commodity": "metal", "role": "output", "amount": 1},
    ]
    sheets["Plants"][0]["capacity"] = 5
    sheets["Plants"].append(
        {"plant": "old smelter", "country": "Home", "recipe": "waste", "capacity": 9, "unit_cost": 2}
    )
    return sheets


def two_tiers() -> Sheets:
    """Friend has no clean metal; the clean metal of Home's civil tier does not count for defence."""
    sheets = chain(0.75, tier="defence")
    sheets["Countries"].append({"country": "Friend", "bloc": "ally"})
    sheets["Plants"] += [sheets["Plants"][0] | {"plant": "other smelter", "country": "Friend"}]
    row = sheets["Demand"][0] | {"per_year": 5}
    sheets["Demand"] = [
        row | {"country": country, "tier": tier}
        for country, tier in (("Home", "defence"), ("Home", "civil"), ("Friend", "defence"))
    ]
    sheets["Lanes"] = [{"from": "Far", "to": "Home, Friend"}, {"from": "Near", "to": "Home"}]
    return sheets


def through_a_depot() -> Sheets:
    """Near's ore reaches Home only by a depot in Far that holds tainted ore: what it fills in cannot leave at once."""
    sheets = chain()
    sheets["Stockpiles"] = [
        store(stockpile="depot", country="Far", commodity="ore", initial=5, max_level=10, serves="Home")
    ]
    sheets["Lanes"] = [{"from": "Near", "to": "Far"}, {"from": "Far", "to": "Home"}]
    return sheets


def held_before() -> Sheets:
    """All ore comes by that depot, whatever its origin: the 5 that were held may leave, what is filled in may not."""
    sheets = through_a_depot()
    sheets["Plants"] = [row for row in sheets["Plants"] if row["plant"] != "far pit"]
    sheets["Policies"][0]["limit"] = 0
    return sheets


def kept_for_later() -> Sheets:
    """5 clean ore in a store, wanted clean in y1 when Near is closed: holding them costs; having used them does not
    keep them clean."""
    sheets = chain(from_period="y1")
    sheets["Periods"].append(NEXT)
    sheets["Plants"][2]["capacity"] = 0
    sheets["Stockpiles"] = [store(commodity="ore", initial=5, holding_cost=2)]
    return sheets


def relabelled() -> Sheets:
    """Home's own store is tainted, and takes in 2 a year: clean metal that is used cannot count as filled in."""
    sheets = chain(from_period="y1", suppliers="Far, Home", commodity="metal")
    sheets["Periods"].append(NEXT)
    sheets["Plants"] = [row | {"recipe": None, "commodity": "metal"} for row in sheets["Plants"][1:]]
    sheets["Plants"][1]["to_period"] = "y0"
    sheets["Recipes"] = []
    sheets["Stockpiles"] = [store(initial=5, max_level=7, max_fill=2)]
    return sheets


WITNESSES = (chain, elsewhere, two_smelters, two_tiers, through_a_depot, held_before, kept_for_later, relabelled)

"""Limits out of proportion to what they bound, and caps that hold before anything can be built."""

import pytest

from tests.parsing.valid import expect, silent, valid


def with_policy(kind, limit, **columns):
    sheets = valid()
    sheets["Policies"] = [{"policy": "it", "kind": kind, "limit": limit, **columns}]
    return sheets


def test_a_budget_that_buys_everything_many_times_over():
    """One line of 100 is all that can be built, and Berg pays for it."""
    silent(with_policy("max_capex", 100, consumers="Berg"), "FS545")
    said = "found 100,000, 1,000 times the capex of all that they can build (100)", "did you mean 100 "
    expect(with_policy("max_capex", 100_000, consumers="Berg"), "FS545", "Policies!C2", *said)


def test_a_budget_that_buys_nothing():
    sheets = with_policy("max_capex", 0.15, consumers="Berg")
    said = "buys not one unit, the cheapest of which costs 100: did you mean 150 (money for thousand money), or 0?"
    expect(sheets, "FS545", "Policies!C2", said)
    silent(with_policy("max_capex", 0, consumers="Berg"), "FS545")
    sheets["Expansions"][0]["integer"] = "no"  # a part of a line can be bought
    silent(sheets, "FS545")


@pytest.mark.parametrize(("days", "said"), [(90_000, "did you mean 90 "), (0.09, "did you mean 90 ")])
def test_a_cover_of_centuries_or_minutes(days, said):
    silent(with_policy("stock_cover", 90, consumers="Alia", commodity="metal"), "FS545")
    expect(with_policy("stock_cover", days, consumers="Alia", commodity="metal"), "FS545", "Policies!C2", said)


@pytest.mark.parametrize("factor", [1e3, 1e-3])
def test_a_cap_on_emissions(factor):
    """The smelter emits two a unit, 90 at full capacity; 60 is a cap that binds, 0.02 and 20,000 are slips."""
    sheets = with_policy("max_emissions", 20)
    sheets["Plants"][1]["emissions"] = 2
    silent(sheets, "FS545")
    sheets["Policies"][0]["limit"] = 20 * factor
    sheets["Policies"][0]["limit"] *= 2 if factor > 1 else 0.5
    expect(sheets, "FS545", "Policies!C2", "what all plants emit in a year at full capacity (90)", "kg for t")


def short_of_ore(**changes):
    """Alia needs 20 of ore; Conc makes 100 and may bring half, Berg makes 6 and can build more after two years."""
    sheets = valid()
    sheets["Policies"] = [{"policy": "cap", "kind": "max_share", "limit": 0.5, "suppliers": "Conc", "commodity": "ore"}]
    sheets["Policies"][0]["consumers"] = "Alia"
    sheets["Policies"][0].update(changes)
    sheets["Demand"].append({"country": "Alia", "commodity": "ore", "shortage_cost": 90, "per_year": 20})
    small = {"plant": "pit", "country": "Berg", "commodity": "ore", "capacity": 6, "unit_cost": 6}
    sheets["Plants"].append(small)
    sheets["Expansions"].append({"expansion": "dig", "plant": "pit", "size": 20, "capex": 100, "lead_years": 2})
    return sheets


def test_a_cap_that_makes_a_shortage_before_anything_can_be_built():
    """6 of others at half: 12 of 20 at most, in 2026 and 2027."""
    said = "a cap of 0.5 on Conc that holds in 2026", "make 6 of 'ore'", "at most 12 of 20 can be taken in"
    expect(short_of_ore(), "FS548", "Policies!C2", *said)


def test_caps_that_make_none():
    silent(short_of_ore(limit=0.7), "FS548")  # 6 / 0.3 = 20: just enough
    silent(short_of_ore(from_period="2028"), "FS548")  # served by then
    silent(short_of_ore(penalty=40), "FS548")  # may be broken at a price
    stocked = short_of_ore()
    stocked["Stockpiles"][0] |= {"commodity": "ore"}
    silent(stocked, "FS548")  # may bridge the time


def test_a_cap_on_each_of_a_group():
    said = ("on Conc",)
    expect(short_of_ore(suppliers="each @concern"), "FS548", "Policies!C2", *said)

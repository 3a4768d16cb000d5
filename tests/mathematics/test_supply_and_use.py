"""Supply and use: what plants make leaves them over lanes, and what arrives is used, processed, stocked or short."""

from __future__ import annotations

import pytest

from tests.mathematics.cases import (
    Sheets,
    about,
    importer,
    island,
    optimum,
    plan_of,
    proves,
    quantity,
    short,
    store,
    with_settings,
)


def chain(slag: float) -> Sheets:
    """3 ore make 2 metal and 1 slag; a run costs 1 and an ore 0.5; 6 metal are wanted."""
    sheets = island(1, demand=6)
    sheets["Commodities"] += [{"commodity": "ore", "unit": "t"}, {"commodity": "slag", "unit": "t"}]
    sheets["Recipes"] = [
        {"recipe": "smelt", "commodity": "ore", "role": "input", "amount": 3},
        {"recipe": "smelt", "commodity": "metal", "role": "output", "amount": 2},
        {"recipe": "smelt", "commodity": "slag", "role": "output", "amount": 1},
    ]
    sheets["Plants"] = [
        {"plant": "smelter", "country": "Home", "recipe": "smelt", "capacity": 20, "unit_cost": 1},
        {"plant": "mine", "country": "Home", "commodity": "ore", "capacity": 50, "unit_cost": 0.5},
    ]
    sheets["Demand"].append({"country": "Home", "commodity": "slag", "shortage_cost": 100, "per_year": slag})
    return sheets


@proves("row:supply", "row:use", "cost:production")
@pytest.mark.parametrize(("slag", "runs"), [(2, 3), (5, 5)])
def test_by_products_come_along_and_are_thrown_away(slag: float, runs: float) -> None:
    """Max(6/2, slag/1) runs at 1 + 3 · 0.5 each: for 5 slag 10 metal are made and 4 thrown away at no cost.

    An equality in supply would make 5 slag infeasible or short; input forgotten in use would drop the ore's cost.
    """
    plan = plan_of(chain(slag))
    assert plan.objective == about(runs * 2.5)
    assert quantity(plan.production, "activity", plant="smelter") == about(runs)
    assert quantity(plan.sourcing, "quantity", commodity="metal") == about(6)


@proves("row:supply")
def test_supply_is_shared_by_all_buyers() -> None:
    """20 a year for two buyers of 12: 4 are short in all. A supply row for each buyer would serve both in full."""
    sheets = importer()
    sheets["Countries"].append({"country": "Near", "bloc": "ally"})
    sheets["Lanes"].append({"from": "Far", "to": "Near", "cost": 1})
    sheets["Demand"].append({"country": "Near", "commodity": "metal", "shortage_cost": 50, "per_year": 12})
    assert optimum(sheets) == about(20 * 3 + 4 * 50)


@proves("row:supply", "row:use")
def test_nothing_is_re_exported() -> None:
    """Far reaches Home only through Mid, which passes nothing on: all 12 are short. A transit node would cost 12 · 4.

    A plant in Mid that works the metal up is a way: 12 · (2 + 1 + 5 + 1), since what it makes is Mid's own.
    """
    sheets = importer()
    sheets["Countries"].append({"country": "Mid", "bloc": "ally"})
    sheets["Lanes"] = [{"from": "Far", "to": "Mid", "cost": 1}, {"from": "Mid", "to": "Home", "cost": 1}]
    assert optimum(sheets) == about(1200)
    sheets["Commodities"].append({"commodity": "part", "unit": "t"})
    sheets["Recipes"] = [
        {"recipe": "work up", "commodity": "metal", "role": "input", "amount": 1},
        {"recipe": "work up", "commodity": "part", "role": "output", "amount": 1},
    ]
    sheets["Plants"].append({"plant": "shop", "country": "Mid", "recipe": "work up", "capacity": 20, "unit_cost": 5})
    sheets["Demand"][0]["commodity"] = "part"
    assert optimum(sheets) == about(12 * 9)


@proves("row:use", "cost:transport")
def test_losses_on_the_way() -> None:
    """12 wanted at a loss of 1/4 are 16 shipped, each 2 + 1. Loss taken from the quantity sent twice, or not, shows."""
    sheets = importer()
    sheets["Lanes"][0]["loss"] = 0.25
    plan = plan_of(sheets)
    assert plan.objective == about(16 * 3)
    assert quantity(plan.sourcing, "quantity") == about(16)


@proves("row:use")
def test_a_release_at_home_has_neither_loss_nor_cost() -> None:
    """A home lane of cost 9 and loss 1/2 makes 5 wanted 10 made at 2 + 9; the 5 in stock at home are free of both.

    Were the home lane applied to the release as well, 5 of stock would cover only 2.5.
    """
    sheets = island(1, demand=5)
    sheets["Lanes"] = [{"from": "Home", "to": "Home", "cost": 9, "loss": 0.5}]
    assert optimum(sheets) == about(10 * 11)
    sheets["Stockpiles"] = [store(initial=5)]
    assert optimum(sheets) == about(0)


@proves("row:use")
def test_what_is_stocked_is_taken_from_what_arrives() -> None:
    """A final level of 3 from nothing: 10 + 3 made at 2. A fill without a source would cost 20."""
    sheets = island(1)
    sheets["Stockpiles"] = [store(final_min=3)]
    plan = plan_of(sheets)
    assert plan.objective == about(26)
    assert quantity(plan.stocks, "filled") == about(3)


@proves("cost:shortage")
def test_shortage_falls_on_the_cheapest_rows_and_no_row_lacks_more_than_it_wants() -> None:
    """5 made for tiers of 4 at 100, 3 at 50 and 2 at 10: the 4 short are both of 10 and 2 of 50.

    Without the bound u ≤ D all 4 would be taken from the cheapest tier.
    """
    sheets = island(1, capacity=5)
    base = sheets["Demand"][0] | {"per_year": None}
    sheets["Demand"] = [
        base | {"tier": tier, "shortage_cost": cost, "per_year": wanted}
        for tier, cost, wanted in (("defence", 100, 4), ("civil", 50, 3), ("luxury", 10, 2))
    ]
    plan = plan_of(sheets)
    assert plan.objective == about(5 * 2 + 2 * 10 + 2 * 50)
    assert [short(plan, tier=tier) for tier in ("defence", "civil", "luxury")] == about([0, 2, 2])


def test_demand_by_period_and_for_all() -> None:
    """Demand is a rate a year: 10 in y0 for 1 year, 4 in y1 for 2 years; the period column counts before per_year,
    and several rows for one key add up. A forgotten length, or the wrong precedence, moves the sum of 10 + 8 + 3."""
    sheets = island(2)
    sheets["Periods"][1]["years"] = 2
    sheets["Demand"] = [
        {"country": "Home", "commodity": "metal", "shortage_cost": 100, "per_year": 10, "y1": 4},
        {"country": "Home", "commodity": "metal", "shortage_cost": 100, "per_year": 1},
    ]
    assert optimum(sheets) == about(2 * (10 + 8 + 3))


def test_lane_that_names_more_wins() -> None:
    """Far→Home of metal by name costs 7, however cheap the rows for blocs and for all. Were the last row or the
    cheapest taken, the answer were 12 · 3 or 12 · 4."""
    sheets = importer()
    sheets["Lanes"] = [
        {"from": "Far", "to": "Home", "commodity": "metal", "cost": 7},
        {"from": "@concern", "to": "@coalition", "cost": 2},
        {"from": "*", "to": "*", "cost": 1},
    ]
    assert optimum(sheets) == about(12 * 9)


def test_no_lane_no_trade() -> None:
    """Where no row speaks of a pair nothing moves: all short."""
    sheets = importer()
    sheets["Lanes"] = [{"from": "Home", "to": "Far", "cost": 1}]
    assert optimum(sheets) == about(1200)


@proves("row:lane_limit")
def test_lane_capacity() -> None:
    """8 a year over the lane in a period of half a year are 4 of the 6 wanted; a second commodity has a lane of its
    own. A capacity shared by commodities, or not scaled by the length, would leave another shortage."""
    sheets = importer()
    sheets["Periods"][0]["years"] = 0.5
    sheets["Lanes"][0] |= {"capacity": 8, "shared": "no"}
    sheets["Commodities"].append({"commodity": "ore", "unit": "t"})
    sheets["Plants"].append({"plant": "pit", "country": "Far", "commodity": "ore", "capacity": 20, "unit_cost": 2})
    sheets["Demand"].append({"country": "Home", "commodity": "ore", "shortage_cost": 100, "per_year": 12})
    assert optimum(sheets) == about(2 * (4 * 3 + 2 * 100))


@proves("cost:tariff")
def test_tariffs_are_a_share_of_the_price_and_may_be_left_out() -> None:
    """Half of a price of 1 on each of the 16 shipped for 12 at a loss of 1/4; with ``tariffs_are_costs`` no it is
    reported but not paid. A tariff on what arrives, or on the cost, would differ from 8."""
    sheets = importer()
    sheets["Lanes"][0] |= {"loss": 0.25, "tariff": 0.5}
    plan = plan_of(sheets)
    assert plan.objective == about(16 * 3.5)
    assert plan.costs_by_kind["tariff"] == about(8)
    assert optimum(with_settings(sheets, tariffs_are_costs="no")) == about(16 * 3)


@proves("cost:tariff")
def test_tariffs_left_out_do_not_steer_the_plan() -> None:
    """A home plant at 3.25 loses against 2 + 1, and wins once a tariff of 0.5 counts."""
    sheets = importer()
    sheets["Lanes"][0]["tariff"] = 0.5
    sheets["Plants"].append(
        {"plant": "mill", "country": "Home", "commodity": "metal", "capacity": 20, "unit_cost": 3.25}
    )
    assert quantity(plan_of(sheets).production, "activity", plant="mill") == about(12)
    left_out = plan_of(with_settings(sheets, tariffs_are_costs="no"))
    assert quantity(left_out.production, "activity", plant="works") == about(12)

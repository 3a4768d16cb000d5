"""max_shortage: shortage as a share of demand, at a place or over paths."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mathematics.cases import (
    Sheets,
    about,
    fails,
    importer,
    island,
    plan_of,
    policy,
    proves,
    quantity,
    short,
    slope,
    stop,
    store,
    under,
    value_of,
    with_settings,
)

pytestmark = proves("rule:max_shortage")


def held(sheets: Sheets) -> float:
    """Stock at the end of y0."""
    return quantity(plan_of(sheets).stocks, "level", scenario="base", period="y0")


def risky(limit: float, scenario: str, probability: float = 0.1, **cells: Any) -> Sheets:
    """A stop of one year with p = 0.1 on 12 a year, cheap to be short of at 4 and dear to hold at 5."""
    sheets = with_settings(importer(2, capacity=30) | stop(probability), cvar_alpha=0.8)
    sheets["Demand"][0]["shortage_cost"] = 4
    sheets["Stockpiles"] = [store(holding_cost=5)]
    return under(sheets, kind="max_shortage", limit=limit, scenario=scenario, **cells)


@pytest.mark.parametrize(
    ("scenario", "limit", "stock"),
    [
        ("stop", 0.5, 6),
        ("base", 0.0, 0),
        ("each", 0.5, 6),
        ("expected", 0.0375, 3),
        ("expected", 0.05, 0),
        ("cvar", 0.1875, 3),
        ("cvar", 0.25, 0),
    ],
)
@proves("link:tail_excess")
def test_where_the_limit_holds(scenario: str, limit: float, stock: float) -> None:
    """On the own nodes of the stop half of 12 may be short: 6 held. On the base path nothing is short anyway.
    Expected: 0.1 · (12 − v) ≤ 0.0375 · 24. CVaR at 0.8: the tail is half the stop's path, (12 − v)/24/2 ≤ 0.1875.

    Counting whole paths for a scenario, or own nodes for the others, would give other stocks.
    """
    assert held(risky(limit, scenario)) == about(stock)


def test_a_stress_test_is_bound_too() -> None:
    """With probability 0: by name and by ``each``, but not by ``expected`` and ``cvar``."""
    for scenario, stock in (("stop", 6), ("each", 6), ("expected", 0), ("cvar", 0), ("base", 0)):
        assert held(risky(0.5 if stock else 0.0, scenario, 0.0)) == about(stock), scenario


@pytest.mark.parametrize("scenario", ["base", "each", "expected", "cvar"])
def test_a_share_of_nothing(scenario: str) -> None:
    """Of a good that nobody in the coalition needs nothing goes short: there is no value, and the plan is certified."""
    sheets = risky(0.1, scenario, commodity="spare")
    sheets["Commodities"].append({"commodity": "spare", "unit": "t", "price": 1})
    plan = plan_of(sheets)
    assert policy(plan, "rule").value is None
    assert policy(plan, "rule").violation == 0


@pytest.mark.parametrize(
    ("scenario", "limit", "price"),
    # a unit of stock costs 5 + 3 and saves 0.9 · 3 (used on the base path) + 0.1 · 4
    [("stop", 0.5, 12 * 4.9), ("expected", 0.0375, 24 / 0.1 * 4.9), ("cvar", 0.1875, 48 * 4.9)],
)
def test_value_and_price(scenario: str, limit: float, price: float) -> None:
    """A unit of limit is 12 of stock on the stop's nodes, 240 over expected paths, 48 in the tail; a unit of stock
    costs 5 + 3 − 0.9 · 3 − 0.1 · 4 = 4.9. Re-solving with the limit moved a little says the same."""
    sheets = risky(limit, scenario)
    plan = plan_of(sheets)
    assert value_of(plan, "rule") == about(limit)
    assert policy(plan, "rule").shadow_price == about(price)
    assert policy(plan, "rule").shadow_price == pytest.approx(slope(sheets), rel=1e-5)


@pytest.mark.parametrize(
    ("scenario", "limit", "lacking"), [("stop", 0.5, 6.0), ("expected", 0.0375, 0.3), ("cvar", 0.1875, 0.0625)]
)
def test_a_penalty_in_the_unit_of_the_right_hand_side(scenario: str, limit: float, lacking: float) -> None:
    """Without stock 12 of 12, expected 1.2 of 24, a tail of 0.25: the slack is 6 units, 1.2 − 0.9, a share
    of 0.0625. It is priced by the weight of what it is about: the branch by its 0.1, whole expectations and tails
    by 1."""
    plan = plan_of(risky(limit, scenario, penalty=0.01))
    assert plan.penalties == about(0.01 * lacking * (0.1 if scenario == "stop" else 1))
    assert policy(plan, "rule").violation == about(lacking)
    assert quantity(plan.stocks, "level", period="y0") == about(0)


def test_over_all_base_nodes_together_or_in_each() -> None:
    """Two years of 10 with works of 10 and 4: a limit of 30% over the path is kept by 6 of 20 in y1 alone; in every
    step by itself, as is meant unless told otherwise, 6 of 10 are too many."""
    sheets = island(2, capacity=10)
    sheets["Profiles"] = [{"table": "Plants", "id": "works", "column": "capacity", "y1": 4}]
    assert short(plan_of(under(sheets, kind="max_shortage", limit=0.3, over="path")), period="y1") == about(6)
    assert fails(under(sheets, kind="max_shortage", limit=0.3))
    assert fails(under(sheets, kind="max_shortage", limit=0.3, over="step"))


@pytest.mark.parametrize(("window", "share"), [({}, 0.2), ({"from_period": "y1", "to_period": "y1"}, 0.6)])
def test_over_the_path_within_the_window(window: dict[str, str], share: float) -> None:
    """Three years of 10, of which works of 4 leave 6 short in y1: 6 of 30 over the path, 6 of 10 where the window is y1
    alone. Nothing less can be kept."""
    sheets = island(3, capacity=10)
    sheets["Profiles"] = [{"table": "Plants", "id": "works", "column": "capacity", "y1": 4, "y2": 10}]
    rule = {"kind": "max_shortage", "over": "path"} | window
    assert value_of(plan_of(under(sheets, **rule, limit=share)), "rule") == about(share)
    assert fails(under(sheets, **rule, limit=share - 0.01))


@pytest.mark.parametrize(("over", "share"), [(None, 0.8), ("step", 0.8), ("event", 0.8), ("path", 0.2)])
def test_over_what_the_nodes_of_a_branch_are_counted(over: str | None, share: float) -> None:
    """A stop of half a year from y1 of three years on, in quarters, at 12 a year; of the 6 that are wanted in it 1.2
    come from a stock that cannot be filled again. 4.8 of 6 over the event are 0.8, so are 2.4 of 3 in both quarters;
    over the path 4.8 are 0.2 of the 24 from the onset on. Nothing less can be kept."""
    sheets = importer(3) | stop(0.25, months=3, years=0.5)
    sheets["Stockpiles"] = [store(initial=1.2, max_level=1.2, max_fill=0)]
    rule = {"kind": "max_shortage", "scenario": "stop", "over": over}
    plan = plan_of(under(sheets, **rule, limit=share))
    assert short(plan, "stop") == about(4.8)
    assert value_of(plan, "rule") == about(share)
    assert fails(under(sheets, **rule, limit=share - 0.01))


def tiers(**cells: Any) -> Sheets:
    """4 for defence at 1 and 6 for the rest at 90, works of 6."""
    sheets = island(1, capacity=6)
    sheets["Demand"] = [
        sheets["Demand"][0] | {"tier": "defence", "per_year": 4, "shortage_cost": 1},
        sheets["Demand"][0] | {"tier": "civil", "per_year": 6, "shortage_cost": 90},
    ]
    return under(sheets, kind="max_shortage", **cells)


@pytest.mark.parametrize(
    ("cells", "lacking"),
    [
        ({"limit": 0.4}, 4),
        ({"limit": 0, "tier": "defence"}, 0),
        ({"limit": 0.5, "tier": "defence"}, 2),
        ({"limit": 0.4, "tier": "*"}, 4),
        ({"limit": 0, "tier": "civil"}, 4),
    ],
)
def test_tiers(cells: dict[str, Any], lacking: float) -> None:
    """Defence is the cheap tier here; a limit on it, and only that, shifts the 4 that are short."""
    assert short(plan_of(tiers(**cells)), tier="defence") == about(lacking)


def two_allies(consumers: str | None) -> Sheets:
    """Home and Near want 10 each of Far's 14; short costs 100 at Home and 50 in Near."""
    sheets = importer(1, demand=10, capacity=14)
    sheets["Countries"].append({"country": "Near", "bloc": "ally"})
    sheets["Lanes"].append({"from": "Far", "to": "Near", "cost": 1})
    sheets["Demand"].append({"country": "Near", "commodity": "metal", "shortage_cost": 50, "per_year": 10})
    return under(sheets, kind="max_shortage", limit=0.3, consumers=consumers)


@pytest.mark.parametrize(
    ("consumers", "lacking"), [(None, 6), ("@coalition", 6), ("each @coalition", 3), ("Near", 3), ("Far", 6)]
)
def test_pooled_and_one_by_one(consumers: str | None, lacking: float) -> None:
    """6 of 20 are 30% together, and 60% of Near's 10 by itself: each at most 3."""
    if consumers == "Far":
        sheets = two_allies(consumers)
        sheets["Demand"].append({"country": "Far", "commodity": "metal", "shortage_cost": 500, "per_year": 0})
        assert short(plan_of(sheets), country="Near") == about(lacking)
    else:
        assert short(plan_of(two_allies(consumers)), country="Near") == about(lacking)


def test_a_row_for_each_commodity() -> None:
    """No shortage of either beyond 20%: 2 of 10 metal, 1 of 5 ore, not 3 of 15 together."""
    sheets = island(1, demand=10, capacity=7)
    sheets["Commodities"].append({"commodity": "ore", "unit": "t"})
    sheets["Plants"].append({"plant": "mine", "country": "Home", "commodity": "ore", "capacity": 9, "unit_cost": 1})
    sheets["Demand"].append({"country": "Home", "commodity": "ore", "shortage_cost": 100, "per_year": 5})
    plan = plan_of(under(sheets, kind="max_shortage", limit=0.2, penalty=1))
    assert plan.penalties == about(1)
    assert policy(plan, "rule").rows == 2
    assert policy(plan, "rule").place == "rule/Home/metal/y0"
    assert value_of(plan, "rule") == about(0.3)


def test_surges_count_as_demand() -> None:
    """Twice 12 on the branch: a quarter of 24 may be short, so 20 made and 4 short are within it."""
    sheets = importer(2) | stop(0.25, kind="demand", remaining=2)
    plan = plan_of(under(sheets, kind="max_shortage", limit=0.25, scenario="stop"))
    assert value_of(plan, "rule") == about(4 / 24)

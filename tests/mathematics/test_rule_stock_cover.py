"""stock_cover: stock at the end of each base step in days of use a year."""

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
    slope,
    store,
    under,
    value_of,
)

pytestmark = proves("rule:stock_cover")


def covered(sheets: Sheets, limit: float = 73, **cells: Any) -> Sheets:
    """73 days: a fifth of a year's use. Holding costs 1 a unit and year."""
    sheets = sheets | {"Stockpiles": [store(holding_cost=1)]}
    return under(sheets, kind="stock_cover", limit=limit, **cells)


@pytest.mark.parametrize("years", [0.5, 1, 2])
def test_days_of_a_year_whatever_the_period(years: float) -> None:
    """A fifth of 10 a year are 2 at the end of every period, made once at 2 and held. Days of what the period uses
    would be 1 or 4."""
    sheets = covered(island(2))
    sheets["Periods"][1]["years"] = years
    plan = plan_of(sheets)
    assert plan.stocks["level"].tolist() == about([2, 2])
    assert plan.objective == about(20 * (1 + years) + 4 + 2 * (1 + years))


def test_demand_of_all_tiers_and_process_input() -> None:
    """6 and 4 wanted, and 5 taken in by a workshop: 15/5 = 3 held. Leaving out inputs gives 2, one tier 1.2."""
    sheets = covered(island(1), commodity="metal")
    sheets["Demand"][0] |= {"tier": "defence", "per_year": 6}
    sheets["Demand"].append(sheets["Demand"][0] | {"tier": "civil", "per_year": 4})
    sheets["Commodities"].append({"commodity": "part", "unit": "t"})
    sheets["Recipes"] = [
        {"recipe": "shape", "commodity": "metal", "role": "input", "amount": 0.5},
        {"recipe": "shape", "commodity": "part", "role": "output", "amount": 1},
    ]
    sheets["Plants"].append({"plant": "shop", "country": "Home", "recipe": "shape", "capacity": 50, "unit_cost": 1})
    sheets["Demand"].append({"country": "Home", "commodity": "part", "shortage_cost": 100, "per_year": 10})
    assert quantity(plan_of(sheets).stocks, "level") == about(3)


@pytest.mark.parametrize(("consumers", "held"), [(None, 4), ("@coalition", 4), ("each @coalition", 4), ("Home", 2)])
def test_whose_stock_and_whose_use(consumers: str | None, held: float) -> None:
    """Two allies of 10 each. Pooled, 4 held anywhere among them; each by itself 2 and 2; Home's rule asks for 2.

    A store abroad does not count."""
    sheets = covered(importer(1, demand=10, capacity=40), consumers=consumers)
    sheets["Countries"].append({"country": "Near", "bloc": "ally"})
    sheets["Lanes"].append({"from": "Far", "to": "Near", "cost": 1})
    sheets["Demand"].append({"country": "Near", "commodity": "metal", "shortage_cost": 100, "per_year": 10})
    sheets["Stockpiles"] += [
        store(stockpile="second", country="Near", holding_cost=2),
        store(stockpile="depot", country="Far", initial=50, final_min=50, max_release=0, serves="Home"),
    ]
    stocks = plan_of(sheets).stocks
    levels = {name: quantity(stocks, "level", stockpile=name) for name in ("store", "second")}
    assert sum(levels.values()) == about(held)
    assert levels["second"] == about(2 if consumers == "each @coalition" else 0)


def test_a_surge_raises_no_cover_on_the_base_path() -> None:
    """Rows stand at base nodes only, and only in the window: 0 in y0, 2 in y1, 0 in y2."""
    sheets = covered(island(3), from_period="y1", to_period="y1")
    assert plan_of(sheets).stocks["level"].tolist() == about([0, 2, 0])


def test_value_and_price() -> None:
    """At its limit of 73 days; a day more is 10/365 more to make at 2 and hold for two years at 1, less the 2 sold
    after the horizon for nothing."""
    sheets = covered(island(2))
    plan = plan_of(sheets)
    assert value_of(plan, "rule") == about(73)
    assert policy(plan, "rule").shadow_price == about(10 / 365 * (2 + 2))
    assert policy(plan, "rule").shadow_price == pytest.approx(slope(sheets, 0.01), rel=1e-6)


@pytest.mark.parametrize(("penalty", "cost", "lacking"), [(3.5, 8, 0), (2.5, 2 + 5, 2), (0.5, 2, 2)])
def test_a_penalty_by_the_unit(penalty: float, cost: float, lacking: float) -> None:
    """To hold 2 to the end costs 4 + 2 + 2; over y0 alone 2, and a slack of 2 in y1; not at all a slack of 2 in both.

    One slack for both rows, or a slack in days, would move the switches."""
    plan = plan_of(covered(island(2), penalty=penalty))
    assert plan.objective == about(40 + cost)
    assert policy(plan, "rule").violation == about(lacking)


def test_what_cannot_be_held_is_told() -> None:
    """A store for 1 cannot hold 2."""
    sheets = covered(island(1))
    sheets["Stockpiles"][0]["max_level"] = 1
    assert fails(sheets)

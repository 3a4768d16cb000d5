"""min_share: what suppliers provide, home supply of members counted, at least a share of all that is taken in."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mathematics.cases import (
    Sheets,
    about,
    importer,
    optimum,
    plan_of,
    policy,
    proves,
    short,
    slope,
    store,
    under,
    value_of,
)

pytestmark = proves("rule:min_share")


def trade(limit: float = 0.8, **cells: Any) -> Sheets:
    """Home makes 7 of its 10 at 1 and buys from Far at 3."""
    sheets = importer(1, demand=10)
    sheets["Plants"].append({"plant": "mill", "country": "Home", "commodity": "metal", "capacity": 7, "unit_cost": 1})
    return under(sheets, kind="min_share", limit=limit, **({"suppliers": "@ally"} | cells))


def test_home_supply_counts_where_the_country_is_a_supplier() -> None:
    """80% from allies with 7 from home: 8.75 in all, 1.75 bought and 1.25 short. Not counted, nothing could come."""
    sheets = trade()
    plan = plan_of(sheets)
    assert plan.objective == about(7 + 1.75 * 3 + 1.25 * 100)
    assert value_of(plan, "rule") == about(0.8)
    line = policy(plan, "rule")
    assert line.shadow_price == about(97 * 7 / 0.8**2)
    assert line.shadow_price == pytest.approx(slope(sheets), rel=1e-4)


def test_home_supply_does_not_count_for_others() -> None:
    """Half from Far, at 3 where home costs 1: 5 and 5. Were home supply counted for every supplier, 7 and 3
    would do."""
    assert optimum(trade(0.5, suppliers="@concern")) == about(5 + 15)


def test_a_penalty() -> None:
    """8 wanted from allies of 10 taken in, 7 there: a slack of 1 at 2."""
    plan = plan_of(trade(penalty=2))
    assert plan.objective == about(16 + 2)
    assert policy(plan, "rule").violation == about(1)


def test_pooled_and_one_by_one() -> None:
    """Another ally delivers 2 over a lane: pooled 9 of 10 come from allies, by itself it gives 2 of 10 = 0.2."""
    for suppliers, limit, lacking in (("@ally", 0.9, 0), ("each @ally", 0.2, 0), ("Near", 0.25, 2)):
        sheets = trade(limit, suppliers=suppliers)
        sheets["Countries"].append({"country": "Near", "bloc": "ally"})
        sheets["Plants"].append({"plant": "n", "country": "Near", "commodity": "metal", "capacity": 2, "unit_cost": 20})
        sheets["Lanes"].append({"from": "Near", "to": "Home", "cost": 1})
        sheets["Policies"][0]["consumers"] = "Home"
        assert short(plan_of(sheets)) == about(lacking), suppliers


def test_releases_from_a_depot_of_a_supplier_count() -> None:
    """A depot of 1 in an allied country lifts 7 to 8 of 10: nothing is short."""
    sheets = trade()
    sheets["Countries"].append({"country": "Near", "bloc": "ally"})
    sheets["Lanes"].append({"from": "Near", "to": "Home", "cost": 4})
    sheets["Stockpiles"] = [store(stockpile="depot", country="Near", initial=1, serves="Home")]
    sheets["Policies"][0]["consumers"] = "Home"
    assert optimum(sheets) == about(7 + 4 + 2 * 3)


def test_a_window() -> None:
    """Only in y1 of two years."""
    sheets = trade(from_period="y1")
    sheets["Periods"].append({"period": "y1", "years": 1})
    plan = plan_of(sheets)
    assert [short(plan, period=period) for period in ("y0", "y1")] == about([0, 1.25])

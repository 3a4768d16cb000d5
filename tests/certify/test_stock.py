"""Stock (6): balance, rates, levels, releases abroad."""

from __future__ import annotations

import pytest

from friendshore.models.plan import Plan
from tests.certify.drafts import changed, draft, reported
from tests.certify.trade import RIGHT, at, fails, holds, together, trade

STORE = {
    "stockpile": "store",
    "country": "Home",
    "commodity": "metal",
    "initial": 10,
    "max_level": 12,
    "loss_rate": 0.1,
    "max_fill": 4,
    "max_release": 5,
}


def store(**cells: object) -> Plan:
    """Home's store of 10 loses a tenth a year. Filled with 3 in the first year it holds 9 + 3 = 12; 0.8 are released in
    the second: 10.8 − 0.8 = 10. On the branch, in half years: √0.9 · 12 − 2.5, then √0.9 of that. What is filled is
    bought in Far, what is released is not."""
    half = 0.9**0.5
    first = 12 * half - 2.5
    levels = [
        ("base/y1/1", 12.0, 3.0),
        ("base/y2/1", 10.0, 0.0),
        ("stop/y2/1", first, 0.0),
        ("stop/y2/2", first * half, 0.0),
    ]
    rows = {name: [row for row in part if row[0].startswith("stop/y2/2")] for name, part in RIGHT.items()}
    bought = [("base/y1/1", 12.5), ("base/y2/1", 7.75)]
    rows = together(
        rows,
        {
            "sourcing": [(node, "Far", "Home", "metal", amount) for node, amount in bought]
            + [(node, "Home", "Home", "metal", 5) for node, _ in bought]
            + [("stop/y2/1", "Home", "Home", "metal", 2.5)],
            "production": [(node, "mine", amount) for node, amount in bought]
            + [(node, "works", 5) for node, _ in bought]
            + [("stop/y2/1", "works", 2.5)],
            "shortages": [("stop/y2/1", 0, 1.0)],
            "stocks": [(node, "store", level, filled) for node, level, filled in levels],
            "releases": [("base/y2/1", "store", "Home", 0.8), ("stop/y2/1", "store", "Home", 2.5)],
        },
    )
    return draft(trade(Stockpiles=[STORE | cells]), **rows)


def test_the_balance_carries_the_loss() -> None:
    """Levels by hand pass; a tonne more at the end of a branch, or the loss of another rate, does not."""
    holds(store())
    plan = changed(store(), "stocks", "level", 9.0, scenario="stop", step=2)
    fails(reported(plan), "balance of store at stop/y2/2")
    fails(store(loss_rate=0.2), "balance of store")


@pytest.mark.parametrize(
    ("column", "enough", "little", "where"),
    [
        ("max_fill", 3, 2.5, "base/y1/1"),
        ("max_release", 5, 4.5, "stop/y2/1"),
        ("max_level", 12, 11.5, "base/y1/1"),
        ("final_min", 10, 10.5, "base/y2/1"),
        ("min_level", 10, 10.5, "base/y2/1"),
    ],
)
def test_limits_of_a_store(column: str, enough: float, little: float, where: str) -> None:
    """Each limit passes at the amount of the plan and fails just inside it, at the node where the plan is at it."""
    holds(store(**{column: enough}))
    fails(store(**{column: little}), f"{column} of store at {where}")


def test_filling_in_half_a_year() -> None:
    """Two filled in each half year are 4 a year: `max_fill` 4 passes and 3.5 does not, 0.25 being too much."""

    def filled(max_fill: float) -> Plan:
        rows = {
            "sourcing": [
                row
                for node in ("base/y1/1", "base/y2/1")
                for row in ((node, "Far", "Home", "metal", 6.875), (node, "Home", "Home", "metal", 2.5))
            ],
            "production": [
                (f"base/{year}/1", *made) for year in ("y1", "y2") for made in (("mine", 6.875), ("works", 2.5))
            ],
            "stocks": [("base/y1/1", "store", 2.0, 2.0), ("base/y2/1", "store", 4.0, 2.0)],
        }
        sheets = trade(
            Periods=[{"period": "y1", "years": 0.5}, {"period": "y2", "years": 0.5}],
            Stockpiles=[STORE | {"initial": 0, "loss_rate": 0, "max_fill": max_fill}],
        )
        return draft({name: rows for name, rows in sheets.items() if name not in ("Scenarios", "Events")}, **rows)

    holds(filled(4))
    fails(filled(3.5), "max_fill of store at base/y", "(by 0.25)")


def test_final_min_is_what_it_started_with() -> None:
    """A blank `final_min` is `initial`: with 10 given it holds; ending lower only the base path is bound."""
    holds(store())
    fails(store(initial=10, final_min=11), "final_min of store at base/y2/1")


def test_the_branch_starts_from_the_stock_of_its_parent() -> None:
    """A tonne is filled in each of the first two years; a branch from the third on has two, not one and not none."""
    sheets = trade(
        Periods=[{"period": "y1"}, {"period": "y2"}, {"period": "y3"}],
        Stockpiles=[{"stockpile": "store", "country": "Home", "commodity": "metal", "max_level": 9}],
        Scenarios=[{"scenario": "stop", "probability": 0.25, "onset": "y3", "step_months": 6}],
    )
    rows = together(
        at("base/y1/1", 10, 5),
        at("base/y2/1", 10, 5),
        at("base/y3/1", 8.75, 5),
        at("stop/y3/1", 0, 2.5, 3.5),
        at("stop/y3/2", 4.375, 2.5),
    )

    def plan(held: float) -> Plan:
        base = [("base/y1/1", "store", 1, 1), ("base/y2/1", "store", 2, 1), ("base/y3/1", "store", 2, 0)]
        return draft(sheets, **rows, stocks=[*base, *((f"stop/y3/{i}", "store", held, 0) for i in (1, 2))])

    holds(plan(2))
    fails(plan(1), "balance of store at stop/y3/1", "(by 1)")
    fails(plan(0), "balance of store at stop/y3/1", "(by 2)")


def far_store(filled: float, released: float, *, years: float = 1.0, loss_rate: float = 0.0) -> Plan:
    """A store in Far of 2, filled and released to Home in the same period of some years."""
    cells = {"country": "Far", "initial": 2, "serves": "Home", "loss_rate": loss_rate, "final_min": 0}
    sheets = trade(Stockpiles=[STORE | cells])
    made, bought = 5 * years, 8.75 * years - released
    rows = {
        "sourcing": [
            ("base/y1/1", "Far", "Home", "metal", bought),
            ("base/y1/1", "Home", "Home", "metal", made),
            ("base/y1/1", "Far", "Far", "metal", filled),
        ],
        "production": [("base/y1/1", "mine", bought + filled), ("base/y1/1", "works", made)],
        "stocks": [("base/y1/1", "store", 2 * (1 - loss_rate) ** years + filled - released, filled)],
        "releases": [("base/y1/1", "store", "Home", released)],
    }
    calm = {name: rows for name, rows in sheets.items() if name not in ("Scenarios", "Events")}
    return draft(calm | {"Periods": [{"period": "y1", "years": years}]}, **rows)


def test_releases_abroad_come_from_what_was_held() -> None:
    """Two were held: two may go. Filling two more in the same year does not let three go."""
    holds(far_store(2, 2))
    fails(far_store(2, 3), "releases abroad of store at base/y1/1", "(by 1)")


def test_what_decays_is_not_released_abroad() -> None:
    """Of the two held 19% decay in a year, 10% in half a year (0.81^0.5 = 0.9): 1.62 and 1.8 may go. Two may not,
    nor in half a year a tenth more, though what is filled makes up for what is missing: this row alone says so."""
    holds(far_store(1, 1.62, loss_rate=0.19))
    fails(far_store(1, 2, loss_rate=0.19), "releases abroad of store at base/y1/1", "(by 0.38)")
    holds(far_store(1, 1.8, years=0.5, loss_rate=0.19))
    fails(far_store(1, 1.9, years=0.5, loss_rate=0.19), "releases abroad of store at base/y1/1", "(by 0.1)")


def test_releases_only_where_the_store_serves() -> None:
    """A store that serves its own country alone releases nothing to another."""
    plan = changed(store(), "releases", "destination", "Far", scenario="stop")
    fails(plan, "store does not serve Far")

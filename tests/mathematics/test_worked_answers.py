"""The worked answers of the page of formulas, one by one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mathematics.cases import (
    Row,
    Sheets,
    about,
    importer,
    island,
    optimum,
    plan_of,
    quantity,
    stop,
    store,
    under,
    value_of,
    with_settings,
)

DEMAND, BUY, SHORT = 12.0, 3.0, 23.0


def stops(durations: dict[float, float], hold: float, months: int = 12, **settings: Any) -> Sheets:
    """Demand in the second of two years only, one supplier who can make just that, stops of given lengths (years to
    probability) from the start of the second year on, and a stockpile."""
    sheets = importer(2, capacity=DEMAND, cost=BUY - 1)
    sheets["Commodities"][0].pop("price")
    sheets["Demand"] = [{"country": "Home", "commodity": "metal", "shortage_cost": SHORT, "y0": 0, "y1": DEMAND}]
    sheets["Stockpiles"] = [store(max_level=50, holding_cost=hold, initial=0)]
    scenarios: list[Row] = []
    events: list[Row] = []
    for years, probability in durations.items():
        one = stop(probability, name=f"stop {years}", years=years, months=months)
        scenarios += one["Scenarios"]
        events += one["Events"]
    return with_settings(sheets | {"Scenarios": scenarios, "Events": events}, **settings)


def bought(sheets: Sheets) -> float:
    """What is bought ahead."""
    return quantity(plan_of(sheets).stocks, "level", scenario="base", period="y0")


@pytest.mark.parametrize("probability", [0.04, 0.06, 0.25, 0.5])
@pytest.mark.parametrize("hold", [0.9, 1.1, 4.9, 5.1])
def test_stock_against_one_export_stop(probability: float, hold: float) -> None:
    """Stocking all pays iff p · (s − c) > h: 0.04 · 20 = 0.8, 1.2, 5 and 10 against the price of holding.

    Holding charged on the wrong node, or the purchase counted on one path only, moves the switch.
    """
    pays = probability * (SHORT - BUY) > hold
    plan = plan_of(stops({1.0: probability}, hold))
    assert quantity(plan.stocks, "level", scenario="base", period="y0") == about(DEMAND if pays else 0)
    without = (1 - probability) * BUY + probability * SHORT
    assert plan.objective == about(DEMAND * (BUY + hold if pays else without))


@pytest.mark.parametrize(
    ("months", "hold"),
    [*((12, h) for h in (0.5, 1.9, 2.1, 3.9, 4.1, 5.9, 6.1)), *((3, h) for h in (0.5, 1.5, 3, 5, 7))],
)
def test_stock_against_stops_of_several_lengths(months: int, hold: float) -> None:
    """The best level is the largest q with P(loss ≥ q) · (s − c) > h: the newsvendor.

    Stops of ¼, ½ and 1 year lose 3, 6 and 12 of 12, each with p = 0.1, so the critical prices are 6, 4 and 2. Whole
    years see each loss as it is, since a year of which T is lost lets 1 − T of the supplier's 12 through. Quarters do
    too, but there a unit that waits for a later quarter is held on the stop's path as well: prices near a critical one
    are left out.
    """
    durations = {0.25: 0.1, 0.5: 0.1, 1.0: 0.1}
    best = 0.0
    for years in durations:
        if sum(p for longer, p in durations.items() if longer >= years) * (SHORT - BUY) > hold:
            best = max(best, years * DEMAND)
    assert bought(stops(durations, hold, months)) == about(best)


@pytest.mark.parametrize("risk", [0.25, 0.75])
def test_cvar_at_zero_is_the_expectation(risk: float) -> None:
    """Any λ with α = 0 leaves the expected cost, decision included: at p = 0.06 and h = 1.1 it pays, at 1.3 not."""
    for hold in (1.1, 1.3):
        sheets = stops({1.0: 0.06}, hold)
        assert optimum(with_settings(sheets, risk_aversion=risk, cvar_alpha=0)) == about(optimum(sheets))


def test_with_one_path_lambda_does_not_matter() -> None:
    """72 at any λ and α."""
    for risk, alpha in ((0.5, 0.95), (0.25, 0.0), (0.9, 0.5)):
        assert optimum(with_settings(importer(2), risk_aversion=risk, cvar_alpha=alpha)) == about(72)


def test_a_fill_and_a_release_in_one_node_cancel_out() -> None:
    """Reported net: of a store that is both filled and drawn on in y0 only the difference is seen, and the balance
    v = v₀ + f − g holds for what is reported."""
    sheets = island(2)
    sheets["Stockpiles"] = [store(initial=3, final_min=5, max_level=5)]
    plan = plan_of(sheets)
    for period in ("y0", "y1"):
        filled = quantity(plan.stocks, "filled", period=period)
        released = quantity(plan.releases, "quantity", period=period)
        assert min(filled, released) == about(0)
    assert quantity(plan.stocks, "filled") - quantity(plan.releases, "quantity") == about(2)
    assert plan.objective == about(44)


def test_kappa_of_the_page() -> None:
    """Life 20, lead 2, decided at 0, H = 10 in steps of two years, r = 0: κ = 8/20 of 90. In a single step of ten years
    it would never serve throughout, and not be offered."""
    sheets = island(1, 10, capacity=0, cost=0)
    sheets["Periods"][0] |= {"years": 10, "steps": 5}
    sheets["Expansions"] = [
        {"expansion": "new", "plant": "works", "size": 10, "capex": 90, "lead_years": 2, "life_years": 20}
    ]
    assert plan_of(sheets).costs_by_kind["investment"] == about(90 * 8 / 20)


def test_a_cap_on_a_country_that_makes_most_itself() -> None:
    """70% at home, 30% from one neighbour, a cap of 40% ``each *``: met at 0.3; the sum of squares over foreign
    suppliers is 0.09."""
    sheets = importer(1, demand=10)
    sheets["Plants"].append({"plant": "mill", "country": "Home", "commodity": "metal", "capacity": 7, "unit_cost": 1})
    plan = plan_of(under(sheets, kind="max_share", limit=0.4, suppliers="each *"))
    assert value_of(plan, "rule") == about(0.3)
    abroad = plan.sourcing[plan.sourcing["origin"] != plan.sourcing["destination"]]["quantity"]
    assert float(((abroad / plan.sourcing["quantity"].sum()) ** 2).sum()) == about(0.09)

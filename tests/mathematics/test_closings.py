"""Plants that cost something to keep, and may be closed for good."""

from __future__ import annotations

import dataclasses

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.findings import InvalidProblem
from friendshore.models.plan import Plan
from friendshore.optimizer.certify import certify
from friendshore.optimizer.solve import solve_problem
from tests.mathematics.cases import (
    Row,
    Sheets,
    about,
    importer,
    island,
    optimum,
    plan_of,
    proves,
    quantity,
    stop,
    under,
    with_settings,
)


def two_plants(**cells: object) -> Sheets:
    """10 wanted for two years: A makes them at 2 and costs 30 a year to keep, B at 4."""
    sheets = island(2)
    row: Row = {"country": "Home", "commodity": "metal", "capacity": 10}
    sheets["Plants"] = [
        row | {"plant": "A", "unit_cost": 2, "fixed_cost": 30, "may_close": True} | cells,
        row | {"plant": "B", "unit_cost": 4},
    ]
    return sheets


def closed(plan: Plan) -> list[tuple[str, str]]:
    """(plant, period) of what is closed."""
    return list(zip(plan.closings["plant"], plan.closings["period"], strict=True))


@proves("port:closed", "cost:keeping")
def test_a_plant_that_costs_more_to_keep_than_it_saves_is_closed() -> None:
    """A saves 20 a year and costs 30: closed at once, B makes 20 at 4."""
    plan = plan_of(two_plants())
    assert plan.objective == about(80)
    assert closed(plan) == [("A", "y0")]
    assert quantity(plan.production, "activity", plant="A") == about(0)


def test_a_plant_that_may_not_close_is_paid_for() -> None:
    """Both fixed costs, and A runs."""
    assert optimum(two_plants(may_close=False)) == about(60 + 40)


@proves("port:closing", "cost:closing")
@pytest.mark.parametrize(("price", "cost", "what"), [(15, 95, [("A", "y0")]), (25, 100, [])])
def test_closing_has_its_price(price: float, cost: float, what: list[tuple[str, str]]) -> None:
    """Closing saves 60 and costs 40 more in running: 20 is the most that it may cost."""
    plan = plan_of(two_plants(closing_cost=price))
    assert plan.objective == about(cost)
    assert closed(plan) == what


def test_it_is_closed_when_it_is_no_longer_needed() -> None:
    """20 are wanted in y0, for which both are needed; in y1 A is closed at 5: 30 + 20 + 40, then 5 + 40."""
    sheets = two_plants(closing_cost=5)
    sheets["Demand"][0]["y0"] = 20
    plan = plan_of(sheets)
    assert plan.objective == about(30 + 20 + 40 + 5 + 40)
    assert closed(plan) == [("A", "y1")]


def test_closing_is_paid_at_once_and_keeping_as_time_goes_by() -> None:
    """At 10% a price of 5 at the start of y1 is worth 5/1.1, and a year of 30 in y0 30·(1 − 1/1.1)/ln 1.1."""
    sheets = two_plants(closing_cost=5)
    sheets["Demand"][0]["y0"] = 20
    plan = plan_of(with_settings(sheets, discount_rate=0.1))
    assert plan.costs_by_kind["closing"] == about(5 / 1.1)
    assert plan.costs_by_kind["keeping"] == about(30 * 0.9538235)


@proves("row:least_use")
def test_least_use_ends_with_the_plant() -> None:
    """A must run at half its capacity at 9 a unit while it is kept: closing it saves 5 a unit on 5 units a year."""
    kept = two_plants(unit_cost=9, fixed_cost=0, min_use=0.5, closing_cost=40)
    assert optimum(kept) == about(80 + 40)
    dear = two_plants(unit_cost=9, fixed_cost=0, min_use=0.5, closing_cost=60)
    assert optimum(dear) == about(2 * (45 + 20))


def test_every_path_follows_and_pays() -> None:
    """On the path of a stop B is gone in y1. Kept, A costs 30 a year and saves 20; closed from y1 on, the path is short
    of 10 at 100 with one in twenty: keeping A costs 10 more than it saves, its loss 0.05·(1000 − 20) = 49."""
    sheets = two_plants() | stop(0.05, kind="capacity", plant="B")
    kept = plan_of(sheets)
    assert kept.objective == about(30 + 20 + 30 + 20) and closed(kept) == []
    rare = plan_of(sheets | stop(0.005, kind="capacity", plant="B"))
    assert closed(rare) == [("A", "y0")]
    assert rare.objective == about(80 + 0.005 * (1000 - 40))
    assert quantity(rare.production, "activity", scenario="stop") == about(0)


def test_the_decomposition_closes_alike() -> None:
    """Closings are decided once, in the master, and branches follow."""
    sheets = two_plants(closing_cost=5) | stop(0.05, kind="capacity", plant="B")
    sheets["Demand"][0]["y0"] = 20
    problem = problem_from_sheets(sheets)
    whole, split = (solve_problem(problem, gap=0.0, threads=1, method=method) for method in ("extensive", "benders"))
    assert whole.plan is not None and split.plan is not None
    assert split.plan.objective == about(whole.plan.objective)
    assert closed(split.plan) == closed(whole.plan)


def test_a_closed_plant_counts_for_no_share_of_its_exports() -> None:
    """Far may send half of what it can make: 10 with both plants, 5 once one is closed, in which it is 5 short."""
    sheets = importer(2, demand=10, capacity=10) | stop(0.5, remaining=0.5)
    sheets["Plants"].append(
        {"plant": "old", "country": "Far", "commodity": "metal", "capacity": 10, "unit_cost": 9, "may_close": True}
    )
    cheap, dear = (
        sheets | {"Plants": [sheets["Plants"][0], sheets["Plants"][1] | {"fixed_cost": cost}]} for cost in (100, 400)
    )
    assert optimum(cheap) == about(60 + 200)
    gone = plan_of(dear)
    assert closed(gone) == [("old", "y0")]
    assert gone.objective == about(30 + 0.5 * 30 + 0.5 * (15 + 500))


def test_a_closed_plant_counts_for_no_share_of_an_open_lane() -> None:
    """The same where a strait is closed by half."""
    sheets = importer(2, demand=10, capacity=10) | stop(0.5, kind="route", route="strait", remaining=0.5)
    sheets["Lanes"][0]["routes"] = "strait"
    old: Row = {"plant": "old", "country": "Far", "commodity": "metal", "capacity": 10, "unit_cost": 9}
    sheets["Plants"].append(old | {"may_close": True, "fixed_cost": 400})
    assert optimum(sheets) == about(30 + 0.5 * 30 + 0.5 * (15 + 500))


def test_protections_keep_nothing_of_a_closed_plant() -> None:
    """Guarded, A would keep all of its 10 when it is struck; closed, there is nothing to guard."""
    sheets = two_plants() | stop(0.5, kind="capacity", country="Home", hazard="cyber")
    sheets["Protections"] = [{"protection": "guard", "hazard": "cyber", "plant": "A", "cost": 1}]
    plan = plan_of(sheets)
    assert plan.objective == about(60 + 2 + 40) and closed(plan) == []


def test_a_plant_with_expansions_may_not_close() -> None:
    """They would need a rule of their own."""
    sheets = two_plants() | {"Expansions": [{"expansion": "new", "plant": "A", "size": 1, "capex": 1}]}
    with pytest.raises(InvalidProblem) as refused:
        problem_from_sheets(sheets)
    (finding,) = [each for each in refused.value.findings if each.code == "FS346"]
    assert (finding.sheet, finding.column, finding.row) == ("Plants", "may_close", 2)


def test_emissions_end_with_the_plant() -> None:
    """Under a cap that A cannot run under it is closed although running it is cheap."""
    sheets = two_plants(fixed_cost=1, emissions=1, closing_cost=1.5)
    assert optimum(under(sheets, kind="max_emissions", limit=0)) == about(80 + 1.5)


@pytest.mark.parametrize("change", ["period", "again", "other", "kept"])
def test_the_certificate_sees_a_closing_that_is_not_so(change: str) -> None:
    """Closed a year later or twice, another plant, or not at all."""
    plan = plan_of(two_plants(closing_cost=5))
    table = plan.closings
    wrong = {
        "period": table.assign(period="y1"),
        "again": table.loc[[0, 0]],
        "other": table.assign(plant="B"),
        "kept": table.iloc[:0],
    }[change]
    assert not certify(dataclasses.replace(plan, closings=wrong)).holds()

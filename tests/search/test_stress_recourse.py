"""Paths of probability 0: no weight in the objective, and reported at their own least cost."""

from __future__ import annotations

from math import log

import pytest

from tests.mathematics.cases import (
    Row,
    Sheets,
    about,
    built,
    importer,
    island,
    optimum,
    plan_of,
    policy,
    quantity,
    short,
    stop,
    store,
    under,
    with_settings,
)


def closed(probability: float = 0.0) -> Sheets:
    """Works of 10 that stand still in y1; a mill of 4 makes metal at 50; short costs 100."""
    sheets = island(3, capacity=10) | stop(probability, kind="capacity", plant="works")
    sheets["Plants"].append({"plant": "mill", "country": "Home", "commodity": "metal", "capacity": 4, "unit_cost": 50})
    return sheets


def test_no_weight_and_its_own_least_cost() -> None:
    """The plan costs 60 as without the scenario. What is reported for it is what one would do: the mill's 4 at 50, 6
    short, then the works again: 20 + 800 + 20. Left to the first solve, any shortage would be as good."""
    plan = plan_of(closed())
    assert plan.objective == about(60)
    assert plan.expected_cost == about(60)
    assert short(plan, "stop") == about(6)
    costs = plan.paths.set_index("scenario")["cost"]
    assert costs["stop"] == about(20 + 200 + 600 + 20)


def test_it_is_what_the_same_path_would_cost_with_weight() -> None:
    """Nothing to decide before the onset: with probability 0.25 the path costs the same."""
    likely = plan_of(closed(0.25)).paths.set_index("scenario")["cost"]
    assert plan_of(closed()).paths.set_index("scenario")["cost"]["stop"] == about(float(likely["stop"]))


def test_weighted_decisions_are_held() -> None:
    """6 of stock would help the stress path, but the base path sells them in y0: with salvage 1 below the cost of 2 it
    does, and the path is 6 short; with salvage 3 it keeps them, and the path has them."""
    for salvage, lacking in ((1, 6), (3, 0)):
        sheets = closed()
        sheets["Stockpiles"] = [store(initial=6, max_level=6, max_fill=0, salvage=salvage)]
        assert short(plan_of(sheets), "stop") == about(lacking), salvage


def generations(*policies: Row) -> Sheets:
    """A stop in y1, and a child that stops again in y2; 6 in stock, kept on the base path, cannot be filled again."""
    sheets = closed()
    sheets["Plants"] = sheets["Plants"][:1]
    sheets["Stockpiles"] = [store(initial=6, max_level=6, max_fill=0, salvage=3)]
    sheets["Scenarios"].append(
        {"scenario": "again", "probability": 0, "onset": "y2", "parent": "stop", "step_months": 12}
    )
    sheets["Events"].append({"scenario": "again", "kind": "capacity", "plant": "works", "years": 1, "remaining": 0})
    return sheets | {"Policies": list(policies)}


def test_parents_come_first() -> None:
    """The parent spends the 6 on itself, 4 short, and its child finds nothing: 10 short. Settled child first, or both
    together, the 6 could be kept for the child at the same sum."""
    plan = plan_of(generations())
    assert short(plan, "stop") == about(4)
    assert short(plan, "again") == about(10)


def test_rows_of_descendants_are_kept() -> None:
    """A hard limit of 40% on the child makes its parent keep the 6: 10 short there, 4 here."""
    rule: Row = {"policy": "child", "kind": "max_shortage", "limit": 0.4, "scenario": "again"}
    plan = plan_of(generations(rule))
    assert short(plan, "stop") == about(10)
    assert short(plan, "again") == about(4)


def test_own_policies_are_kept() -> None:
    """On the path shortage costs 3, the mill 50: by cost alone all 10 of y1 are short. A hard limit of 30% of the
    20 of its own nodes together holds 4 in, one of 60% in each of them as well."""
    sheets = closed()
    sheets["Demand"][0] |= {"shortage_cost": 3}
    assert short(plan_of(sheets), "stop", period="y1") == about(10)
    for limit, over in ((0.3, "path"), (0.6, "step")):
        bound = under(sheets, kind="max_shortage", limit=limit, scenario="stop", over=over)
        assert short(plan_of(bound), "stop") == about(6), over


def test_slack_is_not_above_that_of_the_first_solve() -> None:
    """With a penalty of 10 the first solve uses the mill for nothing and leaves a slack of 6. The path's own least cost
    would be all 10 short (3 against 50); it may not undo what the penalty bought."""
    sheets = closed()
    sheets["Demand"][0] |= {"shortage_cost": 3}
    plan = plan_of(under(sheets, kind="max_shortage", limit=0, scenario="stop", penalty=10))
    assert short(plan, "stop") == about(6)
    assert plan.penalties == about(60)
    assert plan.objective == about(60 + 60)
    assert policy(plan, "rule").violation == about(6)


def test_units_and_protections_are_held() -> None:
    """A unit built for the stress path by a policy stands there and nowhere is anything built besides."""
    sheets = closed()
    sheets["Plants"].append({"plant": "spare", "country": "Home", "commodity": "metal", "capacity": 0, "unit_cost": 9})
    sheets["Expansions"] = [built(plant="spare", size=6, capex=30, max_units=3)]
    assert optimum(sheets) == about(60)
    plan = plan_of(under(sheets, kind="max_shortage", limit=0, scenario="stop"))
    assert plan.objective == about(90)
    assert quantity(plan.investments, "units") == about(1)
    assert quantity(plan.production, "activity", scenario="stop", plant="spare") == about(6)
    assert plan.paths.set_index("scenario")["cost"]["stop"] == about(20 + 30 + 6 * 9 + 4 * 50 + 20)


def test_the_test_may_bind_nothing() -> None:
    """Two unbound stress tests change neither the objective nor the base path of the plan."""
    sheets = closed()
    sheets["Scenarios"].append({"scenario": "other", "probability": 0, "onset": "y0", "step_months": 12})
    sheets["Events"].append({"scenario": "other", "kind": "demand", "years": 3, "remaining": 4})
    assert plan_of(sheets).objective == about(60)
    assert short(plan_of(sheets), "other") == about(3 * (40 - 14))


@pytest.mark.parametrize(("rate", "used_in", "cost"), [(0.0, "y2", 530.0), (0.25, "y1", 404 * 0.2 / log(1.25) + 5.12)])
def test_a_year_later_counts_less(rate: float, used_in: str, cost: float) -> None:
    """On the path the works cost 50 a unit in y1 and 60 in y2; the 10 in store replace a year of them.

    Not discounted they are kept for y2: 20 + 10·50 + 0, and 10·1 to refill at the end. A year later at 25% is worth
    0.8: 50·0.8 = 40 saved in y1 beat 60·0.64 = 38.4 in y2, so they go first. What is paid evenly over the first year
    is worth δ = (1 - 0.8)/ln 1.25 = 0.896284 of it: δ·(20 + 0 + 10·60·0.64) = 362.0987, and 10·1·0.512 to refill at
    the end. Settled by cost as it is paid, the path would come out with δ·420 + 5.12.
    """
    sheets = with_settings(island(3) | stop(0.0, kind="cost", plant="works", remaining=25), discount_rate=rate)
    sheets["Events"].append(sheets["Events"][0] | {"start_years": 1, "remaining": 30})
    sheets["Stockpiles"] = [store(initial=10, max_level=10, max_fill=0, final_min=10)]
    first_year = rate / (1 + rate) / log(1 + rate) if rate else 1.0
    plan = plan_of(sheets)
    assert plan.objective == about(20 * first_year * sum((1 + rate) ** -year for year in range(3)))
    assert quantity(plan.releases, "quantity", scenario="stop", period=used_in) == about(10)
    assert plan.paths.set_index("scenario")["cost"]["stop"] == about(cost)


@pytest.mark.parametrize("chances", [(0.4, 0.6), (0.5, 0.5), (0.3, 0.7), (0.1, 0.9)])
def test_a_danger_that_something_follows_for_sure(chances: tuple[float, float]) -> None:
    """Three years of 10, from Far at 1 or at home at 3; Far stops for the year of a danger (0.1 a year from the second
    on) and for the year after it, by one of two sequels. Nothing: 0.81 x 30; from the second year on: 0.1 x (10 + 30 +
    30); in the third: 0.09 x 50. Without either sequel there is no path left, and its tail has no weight."""
    sheets = importer(3, demand=10.0, cost=1.0)
    sheets["Lanes"][0]["cost"] = 0
    home = {"plant": "home", "country": "Home", "commodity": "metal", "capacity": 20, "unit_cost": 3}
    sheets["Plants"].append(home)
    follow = [
        {"scenario": f"k{i}", "probability": chance, "onset": "+1", "parent": "x", "step_months": 12}
        for i, chance in enumerate(chances)
    ]
    sheets["Scenarios"] = [{"scenario": "x", "per_year": 0.1, "onset": "any", "step_months": 12}, *follow]
    sheets["Events"] = [
        {"scenario": name, "kind": "export", "country": "Far", "commodity": "metal", "years": 1, "remaining": 0}
        for name in ("x", "k0", "k1")
    ]
    plan = plan_of(sheets)
    assert plan.objective == pytest.approx(0.81 * 30 + 0.1 * 70 + 0.09 * 50)
    assert plan.certificate is not None and plan.certificate.holds()
    assert plan.shortages["shortage"].max() == pytest.approx(0)
    chance = plan.paths.set_index("scenario")["probability"]
    assert (chance[[name for name in chance.index if name == "x@y1"]] == 0).all() and chance.sum() == pytest.approx(1)

"""max_hhi: concentration of deliveries by supplier country, home supply in the total only."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from friendshore.models.clauses.cone import unit_vector
from friendshore.models.examine import problem_from_sheets
from friendshore.models.rules.max_hhi import delivering
from friendshore.optimizer.reporting import scorecard
from tests.mathematics.cases import (
    Sheets,
    about,
    fails,
    harmless,
    importer,
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
)

pytestmark = proves("rule:max_hhi")

CLOSE = 1e-6  # the index holds to this


def nearly(value: float) -> Any:
    """What an index that holds to 1e-6 can move."""
    return pytest.approx(value, rel=2e-5, abs=1e-4)


def makers(limit: float, costs: tuple[float, ...] = (2, 9), **cells: Any) -> Sheets:
    """Home buys its 10 from makers of concern, each able to make all of it, at their cost and 1 for the lane."""
    sheets = importer(1, demand=10)
    sheets["Plants"][0]["unit_cost"] = costs[0]
    for i, cost in enumerate(costs[1:]):
        sheets["Countries"].append({"country": f"Far {i}", "bloc": "concern"})
        sheets["Plants"].append(sheets["Plants"][0] | {"plant": f"works {i}", "country": f"Far {i}", "unit_cost": cost})
        sheets["Lanes"].append({"from": f"Far {i}", "to": "Home", "cost": 1})
    return under(sheets, kind="max_hhi", limit=limit, **cells)


@pytest.mark.parametrize(("limit", "dear"), [(1.0, 0), (0.68, 2), (0.58, 3), (0.5, 5)])
def test_two_makers(limit: float, dear: float) -> None:
    """Shares of 0.8 and 0.2 are 0.64 + 0.04 = 0.68: 8 at 3 and 2 at 10. A linear cap of 0.68 on each would
    allow 6.8."""
    plan = plan_of(makers(limit))
    assert quantity(plan.production, "activity", plant="works 0") == pytest.approx(dear, abs=0.002)
    assert plan.objective == pytest.approx(30 + 7 * dear, rel=1e-4 if limit == 0.5 else 1e-6)
    assert value_of(plan, "rule") <= limit + CLOSE
    assert short(plan) == about(0)


@pytest.mark.parametrize("limit", [0.34, 0.36, 0.4, 0.5, 0.7])
def test_three_makers_against_the_closed_form(limit: float) -> None:
    """min c·s over shares with Σs = 1 and Σs² = L: the mean of c less √(L − 1/3) · ‖c − mean‖, as long as no share
    falls below 0. For costs of 3, 4 and 5 that is up to L = 1/3 + 1/6 = 1/2; beyond, the dearest drops out, and of two
    3.5 − √(L − 1/2) · √½ is left."""
    plan = plan_of(makers(limit, (2, 3, 4)))
    least = 4 - (limit - 1 / 3) ** 0.5 * 2**0.5 if limit <= 0.5 else 3.5 - (limit - 0.5) ** 0.5 * 0.5**0.5
    assert plan.objective == pytest.approx(10 * least, rel=1e-6)
    assert value_of(plan, "rule") <= limit + CLOSE


def test_home_supply_stands_in_the_total_only() -> None:
    """Worked answer: 7 of 10 at home and 3 from one neighbour is 0.09. At 0.04 x ≤ 0.2 · (7 + x): 1.75 come."""
    for limit, lacking in ((0.09, 0), (0.04, 1.25), (0, 3)):
        sheets = makers(limit, (2,))
        sheets["Plants"].append(
            {"plant": "mill", "country": "Home", "commodity": "metal", "capacity": 7, "unit_cost": 1}
        )
        plan = plan_of(sheets)
        # at a limit of 0 the hundredth of 1e-6 that is added lets its root through
        assert short(plan) == pytest.approx(lacking, abs=1e-3 if limit == 0 else 1e-5), limit
        assert value_of(plan, "rule") <= limit + CLOSE
        if limit == 0.09:
            assert value_of(plan, "rule") == pytest.approx(0.09, abs=1e-6)


def test_value_and_price() -> None:
    """At 0.68 a unit of index moves 1/(2 · 0.6) of the 10 from one maker to the other, 7 dearer: 58.3."""
    sheets = makers(0.68)
    line = policy(plan_of(sheets), "rule")
    assert line.value == pytest.approx(0.68, abs=2 * CLOSE)
    assert line.place == "rule/Home/metal/y0"
    assert line.rows == 1
    assert line.shadow_price == pytest.approx(70 / 1.2, rel=1e-2)
    assert line.shadow_price == pytest.approx(slope(sheets, 0.01), rel=2e-2)


def test_a_plan_within_the_tolerance_of_the_planes_is_met() -> None:
    """The planes stop a hundredth of the tolerance (1e-6) beyond the cone: the scorecard calls that met."""
    plan = plan_of(makers(0.4, costs=(2, 5, 9)))
    (line,) = plan.policies
    assert line.value is not None and line.value > line.limit  # by what the planes leave
    assert line.violation == 0
    assert scorecard.state_of(line) == "met, at its limit"


def test_a_limit_below_what_so_few_can_keep() -> None:
    """Two makers cannot be below a half. Nobody need buy, so all is short; and where no shortage is allowed there is no
    plan."""
    assert short(plan_of(makers(0.4))) == pytest.approx(10, abs=1e-3)
    assert fails(under(makers(0.4), kind="max_shortage", limit=0, policy="serve"))


def test_a_penalty_in_the_unit_of_deliveries() -> None:
    """One maker of all 10 against √0.25 · 10: a slack of 5 at 2 each."""
    plan = plan_of(makers(0.25, (2,), penalty=2))
    assert plan.penalties == nearly(10)
    assert plan.objective == nearly(30 + 10)


def test_one_by_one_or_pooled() -> None:
    """Home buys from Far alone and Near from Far 0 alone, the only lanes there are: pooled a half, by itself 1."""
    for consumers, lacking in (("@coalition", 0), ("each @coalition", 20), (None, 20)):
        sheets = makers(0.5, consumers=consumers)
        sheets["Countries"].append({"country": "Near", "bloc": "ally"})
        sheets["Lanes"][1]["to"] = "Near"
        sheets["Demand"].append({"country": "Near", "commodity": "metal", "shortage_cost": 100, "per_year": 10})
        assert short(plan_of(sheets)) == pytest.approx(lacking, abs=1e-3), consumers


def test_releases_abroad_count_where_they_come_from() -> None:
    """A depot in Far and a maker in Far are one supplier: 5 and 5 of it are 1, not a half."""
    sheets = makers(0.5, (2,))
    sheets["Stockpiles"] = [store(stockpile="depot", country="Far", initial=5, serves="Home")]
    assert short(plan_of(sheets)) == pytest.approx(10, abs=1e-3)


def test_a_window() -> None:
    """In y1 of three years only; on the branch, which is not in normal times then, all may come from one."""
    sheets = makers(0.5, from_period="y1", to_period="y1") | stop(0.25, kind="capacity", plant="works 0")
    sheets["Periods"] += [{"period": f"y{i}", "years": 1} for i in (1, 2)]
    plan = plan_of(sheets)
    dear = [quantity(plan.production, "activity", plant="works 0", scenario="base", period=f"y{i}") for i in range(3)]
    assert dear == pytest.approx([0, 5, 0], abs=0.02)
    assert short(plan, "stop") == about(0)
    assert policy(plan, "rule").rows == 1


def test_with_whole_units_to_choose() -> None:
    """Opening the second maker costs 30. At 0.68 two units go there, for 14 more: 44 + 30 against 1000 short
    without."""
    sheets = makers(0.68)
    sheets["Plants"][1]["capacity"] = 0
    sheets["Expansions"] = [{"expansion": "new", "plant": "works 0", "size": 10, "capex": 30}]
    assert plan_of(sheets).objective == pytest.approx(44 + 30, abs=1e-3)


@pytest.mark.parametrize(
    ("where", "base", "branch"),
    [
        (None, [2, 2, 2], [0, 2]),
        ("normal", [2, 2, 2], [0, 2]),
        ("base", [2, 2, 2], [0, 0]),
        ("each", [2, 2, 2], [2, 2]),
        ("stop", [0, 0, 0], [2, 2]),
        ("base, stop", [2, 2, 2], [2, 2]),
    ],
)
def test_where_it_holds(where: str | None, base: list[float], branch: list[float]) -> None:
    """8 from the cheap maker and 2 from the dear one, at 7 more each, at each node at which the index of 0.68 holds:
    unless told otherwise on the base path and in y2 of the branch, which is back in normal times."""
    plan = plan_of(harmless(makers(0.68, scenario=where), 0.25))
    dear = plan.production[plan.production["plant"] == "works 0"]
    found = [quantity(dear, "activity", scenario="base", period=f"y{i}") for i in range(3)]
    assert found == pytest.approx(base, abs=0.02)
    found = [quantity(dear, "activity", scenario="stop", period=f"y{i}") for i in (1, 2)]
    assert found == pytest.approx(branch, abs=0.02)
    weighed = base[0] + 0.75 * sum(base[1:]) + 0.25 * sum(branch)
    assert plan.objective == pytest.approx(90 + 7 * weighed, abs=5e-3)
    assert value_of(plan, "rule") <= 0.68 + CLOSE
    assert policy(plan, "rule").rows == {None: 4, "normal": 4, "base": 3, "stop": 2}.get(where, 5)


@pytest.mark.parametrize(("where", "paid", "branch"), [(None, 6, 0), ("each", 6, 2), ("stop", 0, 2)])
def test_a_stress_test_stays_within_the_cone(where: str | None, paid: float, branch: float) -> None:
    """A path of probability 0 is bound by ``each`` and by its name. It costs the plan nothing, and what is reported of
    it is its own least cost within the cone, 8 and 2 again: the plane of a single maker alone would let √0.68 of the 10
    come from the cheap one, 8.25."""
    plan = plan_of(harmless(makers(0.68, scenario=where), 0.0))
    dear = plan.production[(plan.production["plant"] == "works 0") & (plan.production["scenario"] == "stop")]
    found = [quantity(dear, "activity", period=f"y{i}") for i in (1, 2)]
    assert found == pytest.approx([branch] * 2, abs=0.02)
    assert short(plan, "stop") == about(0)
    assert plan.objective == pytest.approx(90 + 7 * paid, abs=5e-3)


def test_only_who_delivers_to_another_country_is_a_supplier() -> None:
    """Far and Far 0 sell to Home. Home's own mill serves Home alone and is no supplier; with a lane to Near it is one
    to both together, and still none to itself."""
    sheets = makers(1)
    sheets["Countries"].append({"country": "Near", "bloc": "ally"})
    sheets["Plants"].append({"plant": "mill", "country": "Home", "commodity": "metal", "capacity": 1, "unit_cost": 1})
    sheets["Demand"].append({"country": "Near", "commodity": "metal", "shortage_cost": 1, "per_year": 1})
    problem = problem_from_sheets(sheets)
    assert delivering(problem, ("Home",), "metal") == ("Far", "Far 0")
    assert delivering(problem, ("Home", "Near"), "metal") == ("Far", "Far 0")
    sheets["Lanes"].append({"from": "Home", "to": "Near", "cost": 1})
    problem = problem_from_sheets(sheets)
    assert delivering(problem, ("Home",), "metal") == ("Far", "Far 0")
    assert delivering(problem, ("Home", "Near"), "metal") == ("Far", "Far 0", "Home")


def test_the_plane_of_deliveries_of_which_one_is_what_rounding_has_left() -> None:
    """A plane is valid for every vector no longer than one; an entry of 1e-17 would spoil the scaling of its row."""
    unit = unit_vector(np.array([3.0e6, 4.0e6, 5e-11]))
    assert unit.tolist() == pytest.approx([0.6, 0.8, 0.0], abs=0.0, rel=1e-15)
    assert unit_vector(np.array([3.0, 4.0, 5e-11]))[2] == pytest.approx(1e-11)

"""Expansions: units, times of service, what they cost and what they require."""

from __future__ import annotations

from math import log

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.keys import Decided
from friendshore.models.formulation.model_data import build_model_data
from tests.mathematics.cases import (
    Sheets,
    about,
    built,
    fails,
    importer,
    island,
    optimum,
    plan_of,
    proves,
    quantity,
    short,
    stop,
    under,
    units,
    with_settings,
)


def site(periods: int = 1, demand: float = 10.0, **cells: object) -> Sheets:
    """A site without capacity where units of 10 a year for 90 may be built; running costs nothing."""
    sheets = island(periods, demand, capacity=0, cost=0)
    sheets["Expansions"] = [built(**cells)]
    return sheets


def long(steps: int, **cells: object) -> Sheets:
    """One period of ten years in equal steps."""
    sheets = site(1, 10, **cells)
    sheets["Periods"][0] |= {"years": 10, "steps": steps}
    return sheets


def running(rate: float, start: float, end: float) -> float:
    """What 1 a year from start to end is worth at the start of the horizon: ∫ (1 + rate)^−t dt."""
    return end - start if rate == 0 else ((1 + rate) ** -start - (1 + rate) ** -end) / log(1 + rate)


@proves("port:in_service", "cost:investment", "row:capacity_limit", "link:units")
@pytest.mark.parametrize(("integer", "wanted", "bought"), [("yes", 15, 2), ("no", 15, 1.5), ("yes", 11, 1)])
def test_units_are_whole_unless_told_otherwise(integer: str, wanted: float, bought: float) -> None:
    """15 wanted need two units of 10, or one and a half; for the eleventh a unit at 90 against 50 short does not pay.

    A column that is not whole, or whole where it need not be, changes the count.
    """
    sheets = site(1, wanted, max_units=3, integer=integer)
    sheets["Demand"][0]["shortage_cost"] = 50
    plan = plan_of(sheets)
    assert units(plan) == about(bought)
    assert plan.objective == about(90 * bought + 50 * max(0, wanted - 10 * bought))


@proves("port:in_service")
@pytest.mark.parametrize(("steps", "lacking"), [(1, [10, 0]), (2, [5, 0]), (4, [2.5, 0])])
def test_a_unit_serves_from_the_first_whole_step_after_its_lead(steps: int, lacking: list[float]) -> None:
    """Lead 0.25 of a year: in whole years all of y0 is short, in halves its first half, in quarters its first quarter.

    Three quarters of its capacity in y0 would be made, in whole years, before there is anything to make it with.
    """
    sheets = site(2, lead_years=0.25)
    sheets["Periods"][0]["steps"] = steps
    plan = plan_of(sheets)
    assert [short(plan, period=period) for period in ("y0", "y1")] == about(lacking)


@proves("port:in_service")
@pytest.mark.parametrize(("steps", "lacking"), [(1, [10, 10, 10]), (2, [5, 5, 10]), (4, [5, 5, 10])])
def test_a_unit_serves_to_the_last_whole_step_of_its_life(steps: int, lacking: list[float]) -> None:
    """Lead 0.5 and life 1: from 0.5 to 1.5, two half years or four quarters, and no year as a whole."""
    sheets = site(3, lead_years=0.5, life_years=1, latest="y0")
    sheets["Periods"] = [row | {"steps": steps} for row in sheets["Periods"]]
    plan = plan_of(sheets)
    assert [short(plan, period=f"y{i}") for i in range(3)] == about(lacking)
    assert plan.investments.empty == (steps == 1)


@proves("port:paid", "cost:investment")
@pytest.mark.parametrize("rate", [0.0, 0.25])
def test_kappa(rate: float) -> None:
    """Worked answer: life 20, lead 2, decided at 0, H = 10: eight of twenty years are paid, κ = 8/20 at r = 0 and
    (1 − 1.25⁻⁸)/(1 − 1.25⁻²⁰) at 25%. Were the lead not taken off, or life counted from the decision, κ = 10/20.

    In steps of two years it serves from the second on: 10 a year are short for two years, paid as they run.
    """
    plan = plan_of(with_settings(long(5, life_years=20, lead_years=2), discount_rate=rate))
    kappa = 8 / 20 if rate == 0 else (1 - 1.25**-8) / (1 - 1.25**-20)
    assert plan.costs_by_kind["investment"] == about(90 * kappa)
    assert plan.objective == about(90 * kappa + 10 * 100 * running(rate, 0, 2))


@proves("port:paid")
@pytest.mark.parametrize(("life", "kappa"), [(None, 1.0), (5, 1.0), (40, 0.25)])
def test_kappa_at_its_ends(life: float | None, kappa: float) -> None:
    """Blank life is paid in full, so is a life that ends within the horizon; 10 of 40 years are a quarter."""
    assert plan_of(long(2, life_years=life)).costs_by_kind["investment"] == about(90 * kappa)


@proves("port:paid")
@pytest.mark.parametrize("rate", [0.0, 0.25])
def test_kappa_of_a_later_decision(rate: float) -> None:
    """Decided at 1 of 3 years, life 4: two of four years, and the money is spent after a year; the first year is short
    as it runs."""
    sheets = with_settings(site(3, life_years=4, earliest="y1", latest="y1"), discount_rate=rate)
    kappa = 0.5 if rate == 0 else (1 - 1.25**-2) / (1 - 1.25**-4)
    plan = plan_of(sheets)
    assert plan.costs_by_kind["investment"] == about(90 * kappa / (1 + rate))
    assert plan.objective == about(90 * kappa / (1 + rate) + 1000 * running(rate, 0, 1))


@proves("cost:fixed")
@pytest.mark.parametrize(("steps", "served"), [(10, 5), (5, 4), (2, 0)])
def test_fixed_cost_runs_while_in_service(steps: int, served: int) -> None:
    """From 2 to 7 of ten years at 3 a year: 15 in steps of a year; 12 in steps of two, of which [2, 6) are whole; and
    in steps of five it never serves and is not built. 100 of shortage a unit in the other years."""
    plan = plan_of(long(steps, fixed_cost=3, lead_years=2, life_years=5, latest="y0"))
    assert plan.costs_by_kind["fixed"] == about(3 * served)
    assert plan.objective == about((90 if served else 0) + 3 * served + (10 - served) * 1000)


@proves("cost:fixed")
def test_fixed_cost_is_paid_used_or_not() -> None:
    """A unit that serves y0 only when it is wanted in y0 costs its 3 in y1 as well."""
    sheets = site(2, fixed_cost=3)
    sheets["Demand"][0] |= {"y1": 0}
    assert optimum(sheets) == about(90 + 6)


@proves("link:units")
@pytest.mark.parametrize(("most", "lacking"), [(1, 10), (2, 0)])
def test_most_units_count_along_the_whole_path(most: int, lacking: float) -> None:
    """Units that last a year: two years take two of them, so at most one leaves one year short. A bound for each
    period by itself would not."""
    plan = plan_of(site(2, life_years=1, max_units=most))
    assert short(plan) == about(lacking)
    assert units(plan) == about(most)


@proves("link:units")
def test_most_units_need_not_be_whole() -> None:
    """max_units 1.5: one whole unit, or one and a half where shares are allowed."""
    assert short(plan_of(site(1, 15, max_units=1.5))) == about(5)
    assert short(plan_of(site(1, 15, max_units=1.5, integer="no"))) == about(0)


def test_windows_of_decision() -> None:
    """``earliest`` and ``latest`` include their periods: decided in y1, the first year is short and the money later."""
    sheets = with_settings(site(3, earliest="y1", latest="y1"), discount_rate=0.25)
    plan = plan_of(sheets)
    assert units(plan, scenario="base", period="y1") == about(1)
    assert plan.objective == about(1000 * running(0.25, 0, 1) + 90 / 1.25)


def test_capital_waits_where_waiting_is_free() -> None:
    """At a discount rate of 25% a unit wanted in y1 only is decided in y1: 90/1.25. Capex not discounted would tie."""
    sheets = with_settings(site(2), discount_rate=0.25)
    sheets["Demand"][0]["y0"] = 0
    assert optimum(sheets) == about(72)


@pytest.mark.parametrize(("lead", "steps", "offered"), [(1, 1, [0]), (1.5, 1, []), (1.5, 2, [0]), (2, 2, [])])
def test_what_could_never_serve_is_not_offered(lead: float, steps: int, offered: list[int]) -> None:
    """In two years: with a lead of one only the decision at 0 serves; with one and a half only where the last half year
    is a step; with two none does."""
    sheets = site(2, lead_years=lead)
    sheets["Periods"] = [row | {"steps": steps} for row in sheets["Periods"]]
    columns = build_model_data(problem_from_sheets(sheets)).linking.columns
    assert [column.key for column in columns if isinstance(column.key, Decided)] == [Decided(n, "new") for n in offered]


def test_what_is_not_offered_fulfils_no_requirement() -> None:
    """The gate has a lead of two years in two years, and is free: offered without use it would open the way."""
    sheets = site(2, requires="gate")
    sheets["Expansions"].append(built(expansion="gate", capex=0, lead_years=2))
    assert units(plan_of(sheets)) == 0


@proves("link:requires")
def test_a_project_waits_for_what_it_requires() -> None:
    """The gate may be decided in y1 at the earliest, so the unit of y0 cannot: a year short.

    Compared over the whole horizon instead of up to each decision, the unit would be built in y0.
    """
    sheets = site(2, requires="gate")
    sheets["Plants"].append({"plant": "yard", "country": "Home", "commodity": "metal", "capacity": 0, "unit_cost": 500})
    sheets["Expansions"].append(built(expansion="gate", plant="yard", capex=1, earliest="y1"))
    plan = plan_of(sheets)
    assert short(plan) == about(10)
    assert plan.objective == about(1000 + 91)


@proves("link:requires")
def test_as_many_units_as_of_what_is_required() -> None:
    """Two units ask for two gates, before or at the same time: 2 · (90 + 5)."""
    sheets = site(1, 20, requires="gate", max_units=2)
    sheets["Plants"].append({"plant": "yard", "country": "Home", "commodity": "metal", "capacity": 0, "unit_cost": 500})
    sheets["Expansions"].append(built(expansion="gate", plant="yard", capex=5, max_units=2))
    assert optimum(sheets) == about(2 * 95)


def test_units_add_to_capacity_that_exists_and_to_each_other() -> None:
    """4 exist, one project adds 3 and another 2: one short of 10."""
    sheets = site(1, size=3, capex=1)
    sheets["Plants"][0]["capacity"] = 4
    sheets["Expansions"].append(built(expansion="more", size=2, capex=1))
    assert optimum(sheets) == about(2 + 100)


def test_units_stand_outside_the_years_of_what_exists() -> None:
    """``to_period`` ends what exists, not what is built: y1 has the unit's 10 alone."""
    sheets = site(2, 15, capex=1)
    sheets["Plants"][0] |= {"capacity": 5, "to_period": "y0"}
    plan = plan_of(sheets)
    assert [short(plan, period=period) for period in ("y0", "y1")] == about([0, 5])


def test_the_payer_counts_for_budgets_alone() -> None:
    """A budget of 0 for Home stops the unit unless another country pays; the cost of the plan is the same."""
    sheets = site(1)
    sheets["Countries"].append({"country": "Friend", "bloc": "partner"})
    assert optimum(under(sheets, kind="max_capex", limit=0)) == about(1000)
    sheets["Expansions"][0]["payer"] = "Friend"
    assert optimum(under(sheets, kind="max_capex", limit=0)) == about(90)


def test_a_unit_that_must_be_built_and_cannot() -> None:
    """No shortage allowed, and a project with too long a lead: no plan, told as such."""
    assert fails(under(site(1, lead_years=3), kind="max_shortage", limit=0))
    assert quantity(plan_of(under(site(1), kind="max_shortage", limit=0)).shortages, "shortage") == 0


@proves("port:running")
def test_capacity_is_ramped_up_and_fixed_cost_is_not() -> None:
    """Of 10 decided in the first of four years 3, 6, 10 and 10 serve: 7 and 4 are short at 100; 5 a year are paid in
    full for four years."""
    plan = plan_of(site(4, ramp="0.3, 0.6", fixed_cost=5))
    assert [short(plan, period=f"y{i}") for i in range(4)] == about([7, 4, 0, 0])
    assert plan.costs_by_kind["fixed"] == about(20)
    assert plan.objective == about(90 + 1100 + 20)


@proves("port:running")
def test_a_step_counts_by_the_least_share_within_it() -> None:
    """Periods of two years: the first meets the shares 0.3 and 0.6 and counts by 0.3, and 14 of 20 are short; cut in
    two steps only 7 and 4 are. From the third year on all of it serves. A lead of one year leaves the first period
    without any unit, and the second by what the first two years of service have."""
    sheets = site(2, ramp="0.3, 0.6")
    for period in sheets["Periods"]:
        period["years"] = 2
    assert short(plan_of(sheets)) == about(14)
    cut = {**sheets, "Periods": [period | {"steps": 2} for period in sheets["Periods"]]}
    assert short(plan_of(cut)) == about(11)
    sheets["Expansions"][0]["lead_years"] = 1
    assert short(plan_of(sheets)) == about(20 + 0.4 * 20)


@pytest.mark.parametrize(("ramp", "shares"), [(0.5, [0.5, 1, 1]), ("0, 0.25, 0.5", [0, 0.25, 0.5])])
def test_a_ramp_of_one_number_or_longer_than_the_plan(ramp: object, shares: list[float]) -> None:
    """One number is a list of one; a list longer than the horizon is read as far as it goes."""
    plan = plan_of(site(3, ramp=ramp))
    assert [short(plan, period=f"y{i}") for i in range(3)] == about([10 * (1 - share) for share in shares])


@proves("port:running")
def test_a_stop_of_exports_cuts_what_is_ramped_up() -> None:
    """Half of what Far can make may still go out: of 20 at a share of 0.5 in its first year 5, of all 20 in the second
    10, and the rest of 12 is short."""
    sheets = importer(3, capacity=0) | stop(0.5, years=2.0, remaining=0.5)
    sheets["Expansions"] = [built(size=20, ramp=0.5, capex=1, earliest="y1")]
    sheets["Demand"][0] |= {"per_year": 12, "y0": 0}
    plan = plan_of(sheets)
    assert [short(plan, "stop", period=f"y{i}") for i in (1, 2)] == about([12 - 5, 12 - 10])


@proves("link:requires")
def test_one_unit_of_what_is_required_is_enough() -> None:
    """Three units want one gate where any will do, and three where as many are required; without a gate there are none,
    and the gate comes first or at the same time: open in y1 only, a year of 30 is short."""
    sheets = site(2, 30, requires="any gate", max_units=3)
    sheets["Plants"].append({"plant": "yard", "country": "Home", "commodity": "metal", "capacity": 0, "unit_cost": 500})
    sheets["Expansions"].append(built(expansion="gate", plant="yard", capex=50, max_units=3))
    assert optimum(sheets) == about(3 * 90 + 50)
    sheets["Expansions"][0]["requires"] = "gate"
    assert optimum(sheets) == about(3 * 90 + 3 * 50)
    sheets["Expansions"][0]["requires"] = "any gate"
    sheets["Expansions"][1]["earliest"] = "y1"
    assert optimum(sheets) == about(3 * 90 + 50 + 3000)

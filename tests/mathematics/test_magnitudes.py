"""The same answer whatever units a planner counts in: money in units or billions, quantities in grams or megatons.

``python -m benchmarks.trust.magnitudes`` is the long form.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings

from benchmarks.trust.magnitudes import FACTORS, Answered, answered, averse, differences
from benchmarks.trust.other_units import in_other_units
from friendshore.models.examine import problem_from_sheets
from friendshore.models.findings import InvalidProblem
from friendshore.models.formulation.keys import Excess, NodeCost, ValueAtRisk
from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.parsing.unparse import sheets_of
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.workbook.read import read_workbook
from tests.mathematics.cases import (
    Sheets,
    about,
    built,
    importer,
    island,
    optimum,
    stop,
    store,
    under,
    units,
    with_settings,
)
from tests.places import INPUTS
from tests.reference.random_problems import sheets


def dear() -> Sheets:
    """35,123.37 wanted a year and 10,000 made: 25,123.37 short at 701,237.7, for five years, nothing discounted."""
    return {
        "Settings": [{"setting": "risk_aversion", "value": 0.3}, {"setting": "discount_rate", "value": 0}],
        "Periods": [{"period": year} for year in range(2026, 2031)],
        "Countries": [{"country": "A", "bloc": "ally"}],
        "Commodities": [{"commodity": "m", "unit": "t", "stage": "metal"}],
        "Plants": [{"plant": "p", "country": "A", "commodity": "m", "capacity": 10000, "unit_cost": 5012.3}],
        "Demand": [{"country": "A", "commodity": "m", "shortage_cost": 701237.7, "per_year": 35123.37}],
        "Protections": [{"protection": "Q", "hazard": "flood", "cost": 1234567.89}],
    }


DEAR = 5 * (10000 * 5012.3 + 25123.37 * 701237.7)


def test_large_money_under_risk_aversion() -> None:
    """88,337,885,975.245, which rows of CVaR in bare money made infeasible."""
    assert pytest.approx(88_337_885_975.245, abs=0.005) == DEAR
    assert optimum(dear()) == pytest.approx(DEAR, rel=1e-9)


@pytest.mark.parametrize(("quantity", "money"), FACTORS[:-1])  # a cost of 1e15 is refused
def test_large_money_in_other_units(quantity: float, money: float) -> None:
    assert optimum(in_other_units(dear(), quantity, money)) == pytest.approx(DEAR * money, rel=1e-9)


def test_two_paths_in_millions_and_in_units() -> None:
    """A stop of probability 0.25 costs 1,236 and nothing 72: mean 363, CVaR of the worse half (1236 + 72) / 2 = 654.

    The objective is half of each, 508.5, in any unit.
    """
    stated = importer(2) | stop(0.25)
    for money in (1.0, 1e9, 1e-6):
        averse_ = with_settings(in_other_units(stated, 1.0, money), risk_aversion=0.5, cvar_alpha=0.5)
        assert optimum(averse_) == about(508.5 * money)


def test_no_value_at_risk_where_all_outcomes_count() -> None:
    """At α = 0 CVaR is the expectation, and nothing of it is in the program."""
    for alpha, count in ((0.0, 0), (0.5, 1)):
        stated = with_settings(importer(2) | stop(0.25), risk_aversion=0.9, cvar_alpha=alpha)
        columns = build_model_data(problem_from_sheets(stated)).linking.columns
        keys = [column.key for column in columns if isinstance(column.key, ValueAtRisk | NodeCost | Excess)]
        assert sum(isinstance(key, ValueAtRisk) for key in keys) == count
        assert bool(keys) == bool(count)


def test_an_expectation_of_millions_is_not_unbounded() -> None:
    stated = with_settings(in_other_units(island(), 1.0, 1e6), risk_aversion=0.9, cvar_alpha=0)
    assert optimum(stated) == about(20e6)


short = settings(
    max_examples=3, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


@short
@given(sheets())
def test_random_workbooks_in_other_units(problem_sheets: Sheets) -> None:
    """Every feature there is, under risk aversion, at 13 factors."""
    assume(averse(problem_sheets) and answered(problem_sheets).objective is not None)
    assert list(differences(problem_sheets)) == []


@pytest.mark.parametrize(("quantity", "money"), FACTORS[::4])
def test_what_changes_with_the_years_in_other_units(quantity: float, money: float) -> None:
    """12 wanted, made at 2 and moved at 1; in the second year a tariff of 0.25 of a price of 4, and 9 are made:
    36, and 9·(2 + 1 + 1) + 3·100."""
    stated = importer(2)
    stated["Lanes"][0]["lane"] = "sea"
    stated["Profiles"] = [
        {"table": table, "id": name, "column": column, "y1": value}
        for table, name, column, value in (
            ("Lanes", "sea", "tariff", 0.25),
            ("Commodities", "metal", "price", 4),
            ("Plants", "works", "capacity", 9),
        )
    ]
    assert optimum(in_other_units(stated, quantity, money)) == about((36 + 336) * money)


@pytest.mark.parametrize("quantity", [1e-6, 1.0, 1e6])
@pytest.mark.parametrize("method", ["extensive", "benders"])
def test_a_plan_says_the_same_in_other_units(quantity: float, method: str) -> None:
    """12 from Far in the first year, in the second of the stop half from a store and half short: every row of the plan
    is that of the plan in tons, times the factor."""
    sheets = importer(2) | stop(0.25) | {"Stockpiles": [store(max_level=6, holding_cost=0.5)]}
    plain, other = (
        solve_problem(problem_from_sheets(in_other_units(sheets, factor, 1.0)), gap=0.0, threads=1, method=method)
        for factor in (1.0, quantity)
    )
    assert plain.plan is not None and other.plan is not None
    assert other.objective == pytest.approx(plain.objective, rel=1e-9)
    for name, column in (("sourcing", "quantity"), ("production", "activity"), ("stocks", "level")):
        mine, theirs = vars(plain.plan)[name], vars(other.plan)[name]
        assert theirs[column].to_list() == pytest.approx((mine[column] * quantity).to_list(), rel=1e-9), name
    assert plain.plan.costs["cost"].to_list() == pytest.approx(other.plan.costs["cost"].to_list(), rel=1e-9)


@pytest.mark.parametrize("quantity", [1e-8, 1.0, 1e6])
@pytest.mark.parametrize("kind", ["survive", "survive_any"])
def test_a_stop_is_survived_in_other_units(quantity: float, kind: str) -> None:
    """Far may stop for a year and nobody may then be short: the works at home are built, one unit of 10 and one of 2
    more, so two at 90 each, whatever the unit. A tolerance in tons would call grams of shortage survived."""
    sheets = importer(2)
    sheets["Plants"].append({"plant": "home", "country": "Home", "commodity": "metal", "capacity": 0, "unit_cost": 4})
    sheets["Expansions"] = [built(plant="home", max_units=3)]
    rule = {"suppliers": "Far"} if kind == "survive" else {"suppliers": "*", "k": 1}
    sheets = under(sheets, kind=kind, limit=0, years=1, step_months=12, from_period="y1", **rule)
    if kind == "survive_any":
        sheets["Policies"][0]["suppliers"] = "@concern"
    outcome = solve_problem(problem_from_sheets(in_other_units(sheets, quantity, 1.0)), gap=0.0, threads=1)
    assert outcome.plan is not None
    assert units(outcome.plan) == about(2)


@pytest.mark.parametrize("quantity", [1e9, 1e3, 1e-3, 2e-8, 1e-8])
def test_the_tutorial_in_other_units(quantity: float) -> None:
    """6,628 whatever its goods are counted in; once "infeasible" at 2e-8 and a fault at 1e-8."""
    tutorial = sheets_of(read_workbook(INPUTS / "tutorial.xlsx").tables)
    assert answered(in_other_units(tutorial, quantity, 1.0)).near(Answered("optimal", 6628.0))


def test_the_tutorial_in_units_too_large_for_it_is_refused() -> None:
    """At 1e-9 it was "optimal" with 3,400 and a certificate."""
    tutorial = sheets_of(read_workbook(INPUTS / "tutorial.xlsx").tables)
    with pytest.raises(InvalidProblem, match="FS330"):
        problem_from_sheets(in_other_units(tutorial, 1e-9, 1.0))

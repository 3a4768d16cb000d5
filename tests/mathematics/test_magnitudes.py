"""The same answer whatever units a planner counts in: money in units or billions, quantities in grams or megatons.

``python -m benchmarks.trust.magnitudes`` is the long form.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings

from benchmarks.trust.magnitudes import FACTORS, answered, averse, differences
from benchmarks.trust.other_units import in_other_units
from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.keys import Excess, NodeCost, ValueAtRisk
from friendshore.models.formulation.model_data import build_model_data
from tests.mathematics.cases import Sheets, about, importer, island, optimum, stop, with_settings
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

"""Periods with look_ahead are planned and paid for like the others, and kept out of headlines, totals and charts."""

from __future__ import annotations

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.plan import Outcome, Plan
from friendshore.optimizer.commands.schema.outcome import shortages
from friendshore.optimizer.commands.summary import summary as lines
from friendshore.optimizer.reporting import costs, summary
from friendshore.optimizer.solve import solve_problem

YEARS = [{"period": 2026}, {"period": 2027}, {"period": 2028}, {"period": 2029}]
CASE = {
    "Settings": [{"setting": "discount_rate", "value": 0}],
    "Countries": [{"country": "Home", "bloc": "ally"}],
    "Commodities": [{"commodity": "magnet", "unit": "t"}],
    "Plants": [
        {"plant": "old", "country": "Home", "commodity": "magnet", "capacity": 8, "unit_cost": 2},
        {"plant": "new", "country": "Home", "commodity": "magnet", "capacity": 0, "unit_cost": 1},
    ],
    "Expansions": [{"expansion": "line", "plant": "new", "size": 5, "capex": 12}],
    "Demand": [
        {"country": "Home", "commodity": "magnet", "shortage_cost": 3, "2026": 10, "2027": 10, "2028": 10, "2029": 20}
    ],
}
"""A line makes 5 of 10 at 1 in place of 2 or being short at 3: it saves 3·1 + 2·2 = 7 a year, so that it pays for its
12 within two years and more surely within four. With it a year costs 5·1 + 5·2 = 15, the last one, with 20 wanted,
5·1 + 8·2 + 7·3 = 42."""


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    """Two years planned, two looked ahead to."""
    periods = [{**row, "look_ahead": "yes" if row["period"] > 2027 else "no"} for row in YEARS]
    return solve_problem(problem_from_sheets({**CASE, "Periods": periods}), gap=0.0, threads=1)


@pytest.fixture(scope="module")
def plan(outcome: Outcome) -> Plan:
    """Its plan."""
    assert outcome.plan is not None
    return outcome.plan


def test_all_of_it_is_planned_for(plan: Plan) -> None:
    """12 + 15 + 15 for the plan, 15 + 42 behind it."""
    assert plan.objective == pytest.approx(99)
    assert plan.certificate is not None and plan.certificate.holds()


def test_headlines_and_totals_are_of_the_plan(plan: Plan) -> None:
    figures = summary.key_figures(plan).set_index("figure")["value"]
    assert figures[summary.EXPECTED] == pytest.approx(42)
    assert figures[summary.LOOK_AHEAD] == pytest.approx(57)
    assert costs.by_kind(plan)["discounted"].sum() == pytest.approx(42)
    assert (
        costs.content(plan).notes[0]
        == "Sums and charts are of the plan; the periods behind it (2028, 2029) 57 USD apart."
    )


def test_charts_end_with_the_plan(plan: Plan) -> None:
    rows = costs.by_payer_and_period(plan)
    assert set(rows["period"]) == {"2026", "2027", "2028", "2029"}
    assert costs.by_period(plan, rows)["period"].tolist() == ["2026", "2027"]


def test_what_is_short_behind_the_plan_is_no_headline(plan: Plan, outcome: Outcome) -> None:
    """7 of 20 in the last year, which the tables hold."""
    assert plan.shortages["shortage"].sum() == pytest.approx(7)
    assert shortages(plan) == ()
    said = list(lines(outcome, None))
    assert "Worst shortages: none" in said
    assert "Expected cost  42 USD" in said and "Look-ahead     57 USD, apart" in said


def test_without_look_ahead_nothing_is_apart() -> None:
    outcome = solve_problem(problem_from_sheets({**CASE, "Periods": YEARS}), gap=0.0, threads=1)
    assert outcome.plan is not None
    figures = summary.key_figures(outcome.plan).set_index("figure")["value"]
    assert summary.LOOK_AHEAD not in figures.index and figures[summary.EXPECTED] == pytest.approx(99)
    assert not any("apart" in line for line in lines(outcome, None))

"""Plan Investments: what, where, when, for how much, and who pays."""

import dataclasses

import pytest

from friendshore.models.plan import Plan
from friendshore.optimizer.reporting import investments
from friendshore.optimizer.reporting.content import Figure
from tests.reporting import plans
from tests.reporting.plans import KAPPA


def test_a_decision_is_told_with_place_times_price_and_payer(plan: Plan) -> None:
    rows = investments.built(plan).to_dict("records")
    assert rows == [
        {
            "expansion": "open_B",
            "plant": "mine_B",
            "country": "B",
            "makes": "ore",
            "scenario": "base",
            "period": "2026",
            "units": 1.0,
            "added": 100.0,
            "begins": 2027.0,
            "ends": 2037.0,
            "capex": 500.0,
            "charged": pytest.approx(500 * KAPPA),
            "running": 20.0,
            "payer": "A",
        }
    ]


def test_the_units_of_money_and_time_stand_in_the_headers(plan: Plan) -> None:
    headers = investments.content(plan).left[0].headers
    assert "Price, paid when decided (USD thousand)" in headers
    assert "Running cost in service (USD thousand per year)" in headers
    assert "In service from (year)" in headers


def test_the_time_line_is_cut_at_the_end_of_the_plan(plan: Plan) -> None:
    assert investments.timeline(plan).to_numpy().tolist() == [["open_B (2026)", 2026.0, 1.0, 2.0]]


def test_periods_that_are_no_years_are_counted_from_the_start(plan: Plan) -> None:
    tables = plan.problem.tables
    named = tuple(
        dataclasses.replace(row, period=label) for row, label in zip(tables.periods, ("now", "later"), strict=True)
    )
    problem = dataclasses.replace(plan.problem, tables=dataclasses.replace(tables, periods=named))
    nodes = plan.nodes.replace({"2026": "now", "2027": "later"})
    bought = plan.investments.replace({"2026": "now"})
    rows = investments.built(dataclasses.replace(plan, problem=problem, nodes=nodes, investments=bought))
    assert rows["begins"].tolist() == [1.0]
    assert rows.attrs["units"]["begins"] == "years from the start"


def test_protections_bought_are_listed_with_their_payer(plan: Plan) -> None:
    assert investments.protections(plan).to_numpy().tolist() == [["guard", "natural", 0.5, 5.0, "B"]]
    none = dataclasses.replace(plan, protections=plans.frame("protection bought", [("guard", 0)]))
    assert investments.protections(none).empty


def test_the_finding_counts_what_is_built(plan: Plan) -> None:
    said = investments.content(plan).finding
    assert said == "The plan decides 1 investment for 500,000 USD before discounting. 1 protection bought."
    none = dataclasses.replace(plan, investments=plan.investments.head(0), protections=plan.protections.head(0))
    assert investments.content(none).finding == "The plan builds nothing."


def test_the_time_line_is_headed_by_when_the_money_is_decided(plan: Plan) -> None:
    """One project of 500,000, decided in the first year."""
    (figure,) = [item for item in investments.content(plan).right if isinstance(item, Figure)]
    assert figure.title == "100% of the money is decided in 2026; the largest: open_B"

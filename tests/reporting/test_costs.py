"""Plan Costs: who pays what and when, by hand, and in all what the plan says it costs."""

import pytest

from friendshore.models.plan import Plan
from friendshore.optimizer.reporting import costs
from tests.reporting.plans import KAPPA


def test_the_rows_add_up_to_the_costs_of_the_plan_kind_by_kind(plan: Plan) -> None:
    rows = costs.by_payer_and_period(plan)
    assert rows["discounted"].sum() == pytest.approx(sum(plan.costs_by_kind.values()), rel=1e-12)
    assert rows["discounted"].sum() == pytest.approx(plan.expected_cost, rel=1e-12)


def test_each_cost_falls_on_the_country_where_it_arises(plan: Plan) -> None:
    rows = costs.by_payer_and_period(plan).set_index(["payer", "kind", "period"])["cost"]
    assert rows["C", "Production", "2026"] == 200
    assert rows["A", "Tariffs", "2027"] == pytest.approx(0.9 * 40 + 0.1 * 40)  # the destination
    assert rows["B", "Freight", "2026"] == 30  # magnets sent to B
    assert rows["B", "Damage from shortage", "2027"] == pytest.approx(0.1 * 1000)
    assert rows["A", "Investment", "2026"] == pytest.approx(500 * KAPPA)  # A pays for the mine in B
    assert rows["B", "Protections", "2027"] == pytest.approx(0.9 * 10 + 0.1 * 5 + 0.1 * 5)
    assert rows["A", "Refilling stock", "2027"] == pytest.approx(0.1 * 20 * 2)  # 20 t short of 50 at the end


def test_kinds_and_payers_come_largest_first_with_shares_of_the_total(plan: Plan) -> None:
    kinds = costs.by_kind(plan)
    payers = costs.by_payer(plan, costs.by_payer_and_period(plan))
    assert kinds["kind"][0] == "Production"
    assert kinds["share"].sum() == pytest.approx(1)
    assert list(payers["payer"]) == ["A", "B", "C"]
    assert payers["share"].sum() == pytest.approx(1)


def test_small_kinds_share_a_column_by_period(plan: Plan) -> None:
    wide = costs.by_period(plan, costs.by_payer_and_period(plan))
    assert wide.shape == (2, 1 + costs.MOST_KINDS)
    assert wide.columns[-1] == costs.OTHERS
    assert wide.drop(columns="period").to_numpy().sum() == pytest.approx(plan.expected_cost)


def test_the_headers_carry_the_currency(plan: Plan) -> None:
    assert costs.content(plan).left[0].headers[3] == "Expected cost, discounted (USD thousand)"


def test_the_chart_says_what_costs_most(plan: Plan) -> None:
    assert costs.kind_figure(plan).title == "Production is 81% of the expected cost"

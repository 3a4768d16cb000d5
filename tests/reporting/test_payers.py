"""The split of costs by country, kind by kind, against the plan's own account of costs."""

import dataclasses

import pytest

from friendshore.models.plan import Plan
from friendshore.models.tables import Event
from friendshore.optimizer.reporting.cost_rows import activity_costs
from friendshore.optimizer.reporting.named_payers import UNASSIGNED
from friendshore.optimizer.reporting.payers import counted_kinds, expected, ledger
from tests.reporting import plans


def test_every_kind_of_cost_at_every_node_agrees_with_the_plan(plan: Plan) -> None:
    keys = ["scenario", "period", "step", "kind"]
    ours = ledger(plan).groupby(keys)["cost"].sum()
    theirs = plan.costs.groupby(keys)["cost"].sum()
    for key, cost in theirs.items():
        assert ours[key] == pytest.approx(cost, rel=1e-12), key
    assert ours.drop(theirs.index).abs().max() < 1e-6  # what is left of a shortage of 1e-12


def test_the_sum_agrees_with_the_expected_costs_by_kind(plan: Plan) -> None:
    sums = expected(plan).groupby("kind")["discounted"].sum()
    for kind, cost in plan.costs_by_kind.items():
        assert sums[kind] == pytest.approx(cost, rel=1e-10), kind
    assert UNASSIGNED not in set(expected(plan)["payer"])


def test_what_cannot_be_assigned_is_told_and_kept_in_the_sum(plan: Plan) -> None:
    more = plan.costs.copy()
    more.loc[(more["kind"] == "tariff") & (more["period"] == "2026"), ["cost", "discounted"]] += 7.0
    rows = expected(dataclasses.replace(plan, costs=more))
    rest = rows[rows["payer"] == UNASSIGNED]
    assert rest[["kind", "period", "cost"]].to_numpy().tolist() == [["tariff", "2026", pytest.approx(7.0)]]


def test_tariffs_that_are_no_costs_are_not_counted(plan: Plan) -> None:
    tables = plan.problem.tables
    settings = dataclasses.replace(tables.settings, tariffs_are_costs=False)
    problem = dataclasses.replace(plan.problem, tables=dataclasses.replace(tables, settings=settings))
    free = dataclasses.replace(plan, problem=problem)
    assert "tariff" not in counted_kinds(free)
    assert "tariff" not in set(expected(free)["kind"])


def test_cost_events_raise_the_unit_cost_where_they_act(plan: Plan) -> None:
    tables = plan.problem.tables
    dear = Event(scenario="ban", kind="cost", plant="mag_A", years=1, remaining=1.5)
    problem = dataclasses.replace(plan.problem, tables=dataclasses.replace(tables, events=(*tables.events, dear)))
    rows = activity_costs(dataclasses.replace(plan, problem=problem))
    rows = rows[rows["plant"] == "mag_A"].set_index(["scenario", "step"])["unit_cost"]
    assert rows["base"].tolist() == [10, 10]
    assert (rows["ban", 1], rows["ban", 2]) == (15, 10)
    assert rows["mine/C@2027", 1] == 10


def test_releases_abroad_pay_freight_at_their_destination() -> None:
    base = plans.plan()
    abroad = plans.frame("scenario period step stockpile destination quantity", [(*plans.FIRST, "ore_A", "B", 4.0)])
    tables = base.problem.tables
    lane = dataclasses.replace(tables.lanes[2], commodity="*")
    problem = dataclasses.replace(base.problem, tables=dataclasses.replace(tables, lanes=(*tables.lanes[:2], lane)))
    rows = ledger(dataclasses.replace(base, releases=abroad, problem=problem))
    paid = rows[(rows["kind"] == "transport") & (rows["payer"] == "B") & (rows["period"] == "2026")]
    assert paid["cost"].tolist() == [30 + 4]

"""Plan Shortages: what goes short, and nothing else."""

import dataclasses

import pytest

from friendshore.models.codes import make_finding
from friendshore.models.plan import Plan
from friendshore.optimizer.reporting import shortages, shortfalls


def test_only_needs_that_go_short_are_listed_and_dust_is_not(plan: Plan) -> None:
    rows = shortages.short(plan).drop(columns="unit").to_numpy().tolist()
    assert rows == [
        ["ban", "2027", 1, "B", "general", "magnet", 30, 10, pytest.approx(1 / 3), 1000],
        ["mine/C@2027", "2027", 1, "A", "defence", "magnet", 100, 30, 0.3, 30000],
    ]


def test_sums_are_over_the_own_nodes_of_a_scenario(plan: Plan) -> None:
    rows = shortages.by_scenario(plan).set_index(["scenario", "tier"])
    assert rows["share"]["ban", "general"] == pytest.approx(10 / 60)
    assert rows["share"]["mine/C@2027", "defence"] == pytest.approx(0.3)


def test_the_worst_step_comes_first_then_the_event_then_the_path(plan: Plan) -> None:
    """Ban: 10 of the 30 that B needs in its first year, which is all of the event, and 10 of 60 in both years. The test
    of C: one step of two years, 30 of 100."""
    rows = shortfalls.shortfalls(plan).drop(columns=["unit", "commodity"])
    third = pytest.approx(1 / 3)
    assert rows.to_numpy().tolist() == [
        ["ban", "B", "general", third, 10, 30, "2027", 12, 12, 10, third, 10, pytest.approx(1 / 6)],
        ["mine/C@2027", "A", "defence", 0.3, 30, 100, "2027", 24, 24, 30, 0.3, 30, 0.3],
    ]


def test_of_equal_shares_that_of_a_stress_test_comes_last_whatever_its_damage(plan: Plan) -> None:
    """All of B's 30 on the ban at 100 each, all of A's 100 at 1,000 on the test of C, which has no probability."""
    table = plan.shortages.copy()
    table.loc[table["shortage"] > 1, "shortage"] = table["demand"]
    rows = shortfalls.shortfalls(dataclasses.replace(plan, shortages=table))
    assert rows[["scenario", "worst_share"]].to_numpy().tolist() == [["ban", 1.0], ["mine/C@2027", 1.0]]
    paths = plan.paths.assign(probability=plan.paths["probability"].where(plan.paths["scenario"] != "ban", 0.0))
    alike = shortfalls.shortfalls(dataclasses.replace(plan, shortages=table, paths=paths))
    assert alike["scenario"].tolist() == ["mine/C@2027", "ban"]


def test_the_chart_has_the_worst_scenario_first_and_says_so(plan: Plan) -> None:
    figure = shortfalls.figure(plan, shortfalls.shortfalls(plan))
    assert figure is not None
    assert figure.title == "Worst: ban, 33% of magnet missing"
    worst = "33% of the magnet that B (general) needs is missing (10 of 30 kg) from 2027 for 1 year"
    assert (
        shortfalls.worst_words(plan, shortfalls.shortfalls(plan))
        == f"Something goes short on 2 of 3 paths; worst in ban: {worst}"
    )
    assert figure.block.frame["scenario"].tolist() == ["ban", "mine (C stops from 2027)"]
    assert figure.block.frame["c0"].tolist() == pytest.approx([10 / 30, 30 / 100])


def test_months_that_are_worse_than_the_years_around_them(plan: Plan) -> None:
    """6 of 30 short in the second year too: the worst step stays, with how long in all and the event beside it."""
    table = plan.shortages.copy()
    later = (table["scenario"] == "ban") & (table["step"] == 2) & (table["country"] == "B")
    table.loc[later, "shortage"] = 6.0
    first = shortfalls.shortfalls(dataclasses.replace(plan, shortages=table)).iloc[0]
    assert (first["worst_quantity"], first["months_short"], first["path_quantity"]) == (10, 24, 16)
    assert "something for 2 years in all" in shortfalls.words(plan, first)


def test_dust_is_not_told_but_where_a_policy_looks_closer(plan: Plan) -> None:
    """0.05 of 100 that defence needs are dust; a limit of 0.02 % is less, so that they are told."""
    table = plan.shortages.assign(shortage=0.0)
    table.loc[(table["scenario"] == "mine/C@2027") & (table["tier"] == "defence"), "shortage"] = 0.05
    little = dataclasses.replace(plan, shortages=table)
    assert shortages.short(little).empty and shortfalls.shortfalls(little).empty
    tight = tuple(
        dataclasses.replace(row, limit=2e-4) if row.policy == "mine" else row for row in plan.problem.tables.policies
    )
    tables = dataclasses.replace(plan.problem.tables, policies=tight)
    asked = dataclasses.replace(little, problem=dataclasses.replace(plan.problem, tables=tables))
    assert shortfalls.shortfalls(asked)["worst_quantity"].tolist() == [0.05]


def test_a_shortage_with_nothing_wrong_names_the_policy_that_causes_it(plan: Plan) -> None:
    """In 2026 nothing can be built yet; check has warned of the cap."""
    table = plan.shortages.copy()
    table.loc[(table["scenario"] == "base") & (table["period"] == "2026"), "shortage"] = 5.0
    assert shortfalls.without_disruption(plan, shortfalls.shortfalls(plan)) == ""
    short = dataclasses.replace(plan, shortages=table)
    said = shortfalls.without_disruption(short, shortfalls.shortfalls(short))
    assert said.startswith(
        "With nothing wrong something goes short: base plan: 17% of the magnet that B (general) needs"
    )
    finding = make_finding("FS548", "Policies", "found a cap of 0.6 on C", 1, "limit")
    warned = dataclasses.replace(short, problem=dataclasses.replace(plan.problem, warnings=(finding,)))
    assert shortfalls.without_disruption(warned, shortfalls.shortfalls(warned)).endswith(
        "A policy causes it: found a cap of 0.6 on C."
    )


def test_a_plan_without_shortage_says_so(plan: Plan) -> None:
    met = dataclasses.replace(plan, shortages=plan.shortages.assign(shortage=0.0))
    assert shortages.short(met).empty
    assert shortfalls.figure(met, shortfalls.shortfalls(met)) is None
    assert shortages.content(met).finding == "No demand goes unmet on any of the 3 paths."

"""Plan Stockpiles: levels, fills and releases as they are, cover in days of use, targets from the policies."""

import dataclasses

import pytest

from friendshore.models.plan import Plan
from friendshore.optimizer.reporting import stockpiles


def test_cover_is_the_level_in_days_of_use_at_that_time(plan: Plan) -> None:
    rows = stockpiles.levels(plan).set_index(["scenario", "period", "step"])
    assert rows["cover"]["base", "2026", 1] == pytest.approx(60 / 160 * 365)  # 80 magnets of 2 t of ore each
    assert rows["cover"]["base", "2027", 1] == pytest.approx(60 / 160 * 365)  # 320 t over two years
    assert rows["cover"]["ban", "2027", 1] == pytest.approx(20 / 140 * 365)


def test_use_counts_demand_of_all_tiers_and_process_input(plan: Plan) -> None:
    use = stockpiles.use_per_year(plan).set_index(["scenario", "period", "step", "country", "commodity"])["use"]
    assert use["base", "2027", 1, "A", "magnet"] == 50
    assert use["base", "2027", 1, "A", "ore"] == 160


def test_the_target_is_the_cover_asked_for_and_holds_on_the_base_plan_only(plan: Plan) -> None:
    rows = stockpiles.levels(plan).set_index(["scenario", "period", "step"])
    assert rows["target"]["base", "2026", 1] == pytest.approx(120 / 365 * 160)
    assert rows["above"]["base", "2026", 1] == pytest.approx(60 - 120 / 365 * 160)
    assert rows.loc[rows.index.get_level_values("scenario") != "base", "target"].isna().all()


def test_without_a_policy_the_last_level_has_the_least_final_level_as_its_target(plan: Plan) -> None:
    tables = dataclasses.replace(plan.problem.tables, policies=())
    rows = stockpiles.levels(dataclasses.replace(plan, problem=dataclasses.replace(plan.problem, tables=tables)))
    base = rows[rows["scenario"] == "base"].set_index("period")["target"]
    assert base.isna()["2026"]
    assert base["2027"] == 50


def test_releases_are_told_with_what_goes_abroad(plan: Plan) -> None:
    more = plan.releases.assign(destination=["B", "A"])
    rows = stockpiles.levels(dataclasses.replace(plan, releases=more)).set_index(["scenario", "step"])
    assert rows[["filled", "released", "abroad"]].loc[("ban", 1)].tolist() == [0, 40, 40]
    assert rows[["filled", "released", "abroad"]].loc[("mine/C@2027", 1)].tolist() == [0, 60, 0]
    assert rows[["filled", "released", "abroad"]].loc[("ban", 2)].tolist() == [10, 0, 0]


def test_the_chart_says_whether_the_target_is_met(plan: Plan) -> None:
    figure = stockpiles.content(plan).right[0]
    assert figure.title == "ore_A holds 60 t and meets its target throughout"
    assert figure.series == ("level", "target")
    low = plan.stocks.assign(level=plan.stocks["level"].where(plan.stocks["period"] != "2026", 10.0))
    told = stockpiles.content(dataclasses.replace(plan, stocks=low))
    assert told.right[0].title == "ore_A holds 10 to 60 t, below its target in 2026"
    assert told.finding == "1 stockpile in use. Below target: ore_A."


def test_a_stock_that_only_a_disruption_fills_is_told_and_not_drawn(plan: Plan) -> None:
    emptied = plan.stocks.assign(level=plan.stocks["level"].where(plan.stocks["scenario"] != "base", 0.0))
    told = stockpiles.content(dataclasses.replace(plan, stocks=emptied))
    assert told.finding.startswith("1 stockpile in use, 1 of them after a disruption alone.")
    assert told.right == ()


def test_the_unit_of_the_commodity_stands_in_the_headers(plan: Plan) -> None:
    headers = stockpiles.content(plan).left[0].headers
    assert "Level at the end (t)" in headers
    assert "Cover (days of use)" in headers

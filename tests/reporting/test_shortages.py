"""Plan Shortages: what goes short, and nothing else."""

import dataclasses

import pytest

from friendshore.models.plan import Plan
from friendshore.optimizer.reporting import shortages


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


def test_the_chart_has_the_worst_scenario_first_and_says_so(plan: Plan) -> None:
    figure = shortages.share_figure(plan)
    assert figure is not None
    assert figure.title == "Worst of 3 paths: mine (C stops from 2027) leaves 19% of magnet unmet"
    assert figure.block.frame["scenario"].tolist() == ["mine (C stops from 2027)", "ban"]
    assert figure.block.frame["c0"].tolist() == pytest.approx([30 / 160, 10 / 160])


def test_a_plan_without_shortage_says_so(plan: Plan) -> None:
    met = dataclasses.replace(plan, shortages=plan.shortages.assign(shortage=0.0))
    assert shortages.short(met).empty
    assert shortages.share_figure(met) is None
    assert shortages.content(met).finding == "No demand goes unmet on any of the 3 paths."

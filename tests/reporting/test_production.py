"""Plan Production: what is made, and the share of nominal capacity that takes."""

import dataclasses

import pytest

from friendshore.models.plan import Plan
from friendshore.optimizer.reporting import production


def test_activity_capacity_and_their_ratio(plan: Plan) -> None:
    rows = production.use_of_plants(plan).set_index(["scenario", "period", "plant"])
    assert rows.loc[("base", "2027", "mine_B"), ["activity", "capacity", "made"]].tolist() == [150, 200, 150]
    assert rows["utilisation"]["base", "2027", "mine_B"] == 0.75
    assert rows["utilisation"]["base", "2026", "mag_A"] == 0.8
    assert rows["activity"]["ban", "2027", "mag_A"] == 150  # both steps


def test_a_plant_that_stands_idle_is_told_one_that_does_not_exist_is_not(plan: Plan) -> None:
    rows = production.use_of_plants(plan).set_index(["scenario", "period", "plant"])
    assert rows["utilisation"]["mine/C@2027", "2027", "mine_C"] == 0
    assert ("base", "2026", "mine_B") not in rows.index


def test_the_main_product_is_worth_most(plan: Plan) -> None:
    tables = plan.problem.tables
    slag = dataclasses.replace(tables.recipes[1], commodity="ore", amount=5)
    problem = dataclasses.replace(plan.problem, tables=dataclasses.replace(tables, recipes=(*tables.recipes, slag)))
    assert production.main_product(dataclasses.replace(plan, problem=problem), "mag_A") == "magnet"  # 30 against 10


def test_use_by_product_tells_the_coalition_from_the_rest(plan: Plan) -> None:
    rows = production.by_product(plan, production.use_of_plants(plan)).set_index("product")
    assert rows["inside"]["magnet"] == pytest.approx(240 / 300)
    assert rows["inside"]["ore"] == pytest.approx(150 / 200)
    assert rows["outside"]["ore"] == pytest.approx(400 / 3000)


def test_the_chart_and_the_finding(plan: Plan) -> None:
    content = production.content(plan)
    assert content.right[0].title == "In the coalition, plants for magnet are used most: 80%"
    assert content.finding == "None of 3 plants runs at full capacity throughout the base plan; none stands idle."

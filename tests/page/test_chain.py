"""Stages and flows: chains run from raw material to use, recycling closes no circle, each stage adds up to one."""

from __future__ import annotations

import dataclasses

import pytest

from friendshore.models.plan import Plan
from friendshore.models.tables import Plant, RecipeLine
from friendshore.optimizer.page.sections import chain
from friendshore.optimizer.page.tables import PlanTables, of_plan


def test_stages_of_the_plan_by_hand(tables: PlanTables) -> None:
    assert chain.chains(tables) == [(("", "ore"), ("", "magnet"))]
    assert chain.finals(tables) == [("/magnet", "magnet")]


def recycled(plan: Plan) -> Plan:
    """Magnet works also leave scrap, which a plant turns back into ore that magnet works take in."""
    old = plan.problem.tables
    scrap = dataclasses.replace(old.commodities[0], commodity="scrap", price=1.0)
    tables = dataclasses.replace(
        old,
        commodities=(*old.commodities, scrap),
        recipes=(
            *old.recipes,
            RecipeLine(recipe="sinter", commodity="scrap", role="output", amount=0.5),
            RecipeLine(recipe="recycle", commodity="scrap", role="input", amount=1),
            RecipeLine(recipe="recycle", commodity="ore", role="output", amount=1),
        ),
        plants=(*old.plants, Plant(plant="again", country="A", recipe="recycle", capacity=1, unit_cost=1)),
    )
    problem = dataclasses.replace(plan.problem, tables=tables)
    rows = plan.production
    more = rows[rows["plant"] == "mag_A"].assign(plant="again", activity=1.0)
    return dataclasses.replace(
        plan, problem=problem, production=type(rows)([*rows.to_dict("records"), *more.to_dict("records")])
    )


def test_the_thinnest_link_of_a_circle_is_left_out(drawn: Plan) -> None:
    """ore → scrap → ore: what the recycler takes in is worth less than what the works take in, so it yields."""
    tables = of_plan(recycled(drawn))
    before = chain.stage_links(tables)
    assert before == {("", "magnet"): {("", "ore")}, ("", "scrap"): {("", "ore")}}
    assert chain.chains(tables) == [(("", "ore"), ("", "magnet"))]
    (drawn_chart,) = chain.charts(tables)
    assert "scrap" in drawn_chart.note


def test_each_stage_adds_up_to_one(tables: PlanTables) -> None:
    (flows,) = chain.charts(tables)
    (drawn_chain,) = flows.data["chains"].values()  # type: ignore[attr-defined]
    for period in drawn_chain["periods"].values():
        for column in (0, 1):
            parts = [value for source, _, value in period["links"] if source.startswith(f"{column}/")]
            assert sum(parts) == pytest.approx(1.0)
        assert {link[0] for link in period["links"]} <= {node["id"] for node in period["nodes"]}


def test_goods_without_price_count_by_quantity(drawn: Plan) -> None:
    """A price of 0 for one good of a stage would make its flows vanish: the whole stage goes by quantity."""
    old = drawn.problem.tables
    free = tuple(dataclasses.replace(row, price=0.0) for row in old.commodities)
    problem = dataclasses.replace(drawn.problem, tables=dataclasses.replace(old, commodities=free))
    (flows,) = chain.charts(of_plan(dataclasses.replace(drawn, problem=problem)))
    (drawn_chain,) = flows.data["chains"].values()  # type: ignore[attr-defined]
    links = {(a, b): v for a, b, v in drawn_chain["periods"]["2027"]["links"]}
    assert links["0/C", "1/A"] == pytest.approx(200 / 350)

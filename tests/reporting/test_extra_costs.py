"""What a disruption costs beyond the base path from its onset on, by kind, and why one is cheaper."""

import dataclasses

import pytest

from friendshore.models.plan import Plan
from friendshore.optimizer.reporting.extra_costs import extra_costs


def test_the_parts_are_those_of_the_own_years_beyond_the_base_path(plan: Plan) -> None:
    """Ban leaves the base path for its two years: cost of the nodes of both, kind by kind, at what they are worth."""
    rows = extra_costs(plan).set_index("scenario")
    worth = plan.costs.groupby(["scenario", "period", "kind"])["discounted"].sum()
    assert rows.loc["base", ["extra", "supply", "stock", "damage", "building"]].tolist() == [0, 0, 0, 0, 0]
    ban = rows.loc["ban"]
    assert ban["damage"] == pytest.approx(worth["ban", "2027", "shortage"])
    held = worth["ban", "2027", "holding"] + worth["ban", "2027", "refill"] - worth["base", "2027", "holding"]
    assert ban["stock"] == pytest.approx(held)
    cost = plan.paths.set_index("scenario")["cost"]
    assert rows["extra"]["ban"] == pytest.approx(cost["ban"] - cost["base"])
    assert sum(ban[part] for part in ("supply", "stock", "damage", "building")) == pytest.approx(ban["extra"])


def test_a_path_that_is_cheaper_says_why(plan: Plan) -> None:
    """Without its damage the ban is cheaper: nothing falls in price, nobody needs less, rules do not hold; with some
    damage less is bought."""
    rows = extra_costs(plan).set_index("scenario")
    assert rows["extra"]["ban"] > 0 and rows["why"]["ban"] == ""
    for harm, said in ((0.0, "rules that hold on the base plan do not hold here"), (1.0, "less is bought")):
        costs = plan.costs.copy()
        costs.loc[(costs["scenario"] == "ban") & (costs["kind"] == "shortage"), "discounted"] = harm
        found = extra_costs(dataclasses.replace(plan, costs=costs)).set_index("scenario")
        assert found["extra"]["ban"] < 0 and found["why"]["ban"].startswith(said)


def test_falling_prices_and_needs_are_named(plan: Plan) -> None:
    tables = plan.problem.tables
    for kind, said in (("cost", "prices fall"), ("demand", "less is needed")):
        events = tuple(dataclasses.replace(event, kind=kind, remaining=0.5) for event in tables.events)
        problem = dataclasses.replace(plan.problem, tables=dataclasses.replace(tables, events=events))
        costs = plan.costs[(plan.costs["scenario"] != "ban") | (plan.costs["kind"] != "shortage")]
        found = extra_costs(dataclasses.replace(plan, problem=problem, costs=costs)).set_index("scenario")
        assert found["why"]["ban"].startswith(said)

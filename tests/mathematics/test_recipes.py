"""Plants that divide their capacity among several recipes, and recipes with a cost of their own."""

from __future__ import annotations

import dataclasses

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.findings import InvalidProblem
from friendshore.optimizer.certify import certify
from friendshore.optimizer.reporting import production
from tests.mathematics.cases import Sheets, about, fails, island, optimum, plan_of, quantity, stop, under


def line(**cells: object) -> Sheets:
    """12 p are wanted: a line of 10 makes 1 of 1 a at 1, or of 1 b at 2; there are 6 a and 20 b at 1."""
    sheets = island(1, demand=12)
    sheets["Commodities"] = [{"commodity": name, "unit": "t", "price": 5} for name in "abp"]
    sheets["Recipes"] = [
        {"recipe": "r1", "commodity": "a", "role": "input", "amount": 1, "unit_cost": 1},
        {"recipe": "r1", "commodity": "p", "role": "output", "amount": 1},
        {"recipe": "r2", "commodity": "b", "role": "input", "amount": 1, "unit_cost": 2},
        {"recipe": "r2", "commodity": "p", "role": "output", "amount": 1},
    ]
    sheets["Plants"] = [
        {"plant": "a", "country": "Home", "commodity": "a", "capacity": 6, "unit_cost": 1},
        {"plant": "b", "country": "Home", "commodity": "b", "capacity": 20, "unit_cost": 1},
        {"plant": "line", "country": "Home", "recipe": "r1, r2", "capacity": 10, "unit_cost": 0} | cells,
    ]
    sheets["Demand"] = [{"country": "Home", "commodity": "p", "shortage_cost": 100, "per_year": 12}]
    return sheets


def test_a_line_divides_its_capacity() -> None:
    """6·(1 + 1) + 4·(1 + 2) + 2·100."""
    plan = plan_of(line())
    assert plan.objective == about(224)
    assert quantity(plan.production, "activity", recipe="r1") == about(6)
    assert quantity(plan.production, "activity", recipe="r2") == about(4)


def test_the_cost_of_the_plant_is_added() -> None:
    """3 a unit more on 10 units."""
    assert optimum(line(unit_cost=3)) == about(224 + 30)


def test_a_recipe_alone_costs_what_it_says() -> None:
    """r2 on a line of its own: 10·(1 + 2) and 2 short."""
    plan = plan_of(line(recipe="r2"))
    assert plan.objective == about(30 + 200)
    assert "recipe" not in plan.production.columns


def test_events_strike_the_line_and_all_its_costs() -> None:
    """A stop of half leaves 5; a rise doubles the costs of plant and recipe, not those of what goes in."""
    struck = line() | stop(1e-9, onset="y0", kind="capacity", plant="line", remaining=0.5)
    assert plan_of(struck).paths.set_index("scenario").loc["stop", "cost"] == about(5 * 2 + 7 * 100)
    dear = line() | stop(1e-9, onset="y0", kind="cost", commodity="p", remaining=2)
    assert plan_of(dear).paths.set_index("scenario").loc["stop", "cost"] == about(6 * 3 + 4 * 5 + 200)


def test_emissions_are_of_activity_whatever_the_recipe() -> None:
    """At 1 a unit and at most 7: 6 by r1, 1 by r2."""
    assert optimum(under(line(emissions=1), kind="max_emissions", limit=7)) == about(12 + 3 + 500)


def test_least_use_is_of_the_line_as_a_whole() -> None:
    """Half of 10 at least, by any recipe, though nothing is wanted; without a and b there is no plan."""
    sheets = line(min_use=0.5)
    sheets["Demand"][0]["per_year"] = 1
    assert optimum(sheets) == about(5 * 2)
    sheets["Plants"][0]["capacity"] = sheets["Plants"][1]["capacity"] = 2
    assert fails(sheets)


@pytest.mark.parametrize(("limit", "cost"), [(0.2, 2 * 3 + 8 * 2), (0.5, 5 * 3 + 5 * 2)])
def test_clean_by_recipe(limit: float, cost: float) -> None:
    """a comes from a country of concern, b from home: what is clean is what r2 makes; 10 are wanted."""
    sheets = line()
    sheets["Countries"].append({"country": "Far", "bloc": "concern"})
    sheets["Plants"][0] |= {"country": "Far", "capacity": 20}
    sheets["Lanes"] = [{"from": "Far", "to": "Home"}]
    sheets["Demand"][0]["per_year"] = 10
    clean = under(sheets, kind="clean_origin", suppliers="Far", commodity="*", limit=limit)
    assert optimum(clean) == about(cost)


def test_nominal_capacity_is_that_of_the_best_recipe() -> None:
    """The line is abroad, and half of what it could make at best, 20 a year by r2, may still be sent: 10, by any."""
    sheets = line()
    sheets["Countries"].append({"country": "Far", "bloc": "concern"})
    for row in sheets["Plants"]:
        row["country"] = "Far"
    sheets["Recipes"][3]["amount"] = 2
    sheets["Plants"][1]["capacity"] = 3
    sheets["Lanes"] = [{"from": "Far", "to": "Home"}]
    struck = plan_of(sheets | stop(1e-9, onset="y0", remaining=0.5))
    assert quantity(struck.sourcing, "quantity", scenario="stop", commodity="p") == about(10)


def test_a_policy_finds_a_plant_by_any_of_its_outputs() -> None:
    """An event on q strikes the line that may make it, and p with it."""
    sheets = line()
    sheets["Commodities"].append({"commodity": "q", "unit": "t"})
    sheets["Recipes"][3]["commodity"] = "q"
    problem = problem_from_sheets(sheets)
    assert problem.plants_matching("*", "q", "*") == problem.plants_matching("*", "p", "*") == ("line",)


def test_an_expansion_serves_all_recipes() -> None:
    """2 more for 10 make good what is short, by r2."""
    sheets = line() | {"Expansions": [{"expansion": "new", "plant": "line", "size": 2, "capex": 10}]}
    assert optimum(sheets) == about(24 + 10 + 2 * 3)


@pytest.mark.parametrize("change", [{"recipe": "r1"}, {"recipe": ""}, {"recipe": "r3"}])
def test_the_certificate_knows_the_recipes(change: dict[str, object]) -> None:
    """All by the cheaper one, by none, or by one that the line does not run."""
    plan = plan_of(line())
    rows = plan.production.assign(
        **{k: plan.production[k].where(plan.production["plant"] != "line", v) for k, v in change.items()}
    )
    assert not certify(dataclasses.replace(plan, production=rows)).holds()


def test_two_costs_of_one_recipe_are_refused() -> None:
    """The same cost twice is said twice; two costs are an error at the later row."""
    sheets = line()
    sheets["Recipes"][1]["unit_cost"] = 1
    assert optimum(sheets) == about(224)
    sheets["Recipes"][1]["unit_cost"] = 3
    with pytest.raises(InvalidProblem) as refused:
        problem_from_sheets(sheets)
    found = {(each.code, each.sheet, each.column, each.row) for each in refused.value.findings}
    assert ("FS347", "Recipes", "unit_cost", 3) in found


def test_the_sheet_of_production_tells_the_recipe() -> None:
    """A row for each recipe, beside the line's whole capacity; the line counts once."""
    plan = plan_of(line())
    frame = production.use_of_plants(plan)
    rows = frame[frame["plant"] == "line"].set_index("recipe")
    assert rows.loc["r1", ["activity", "capacity", "made"]].tolist() == pytest.approx([6, 10, 6])
    assert rows.loc["r2", ["activity", "capacity", "made"]].tolist() == pytest.approx([4, 10, 4])
    assert production.content(plan).finding.startswith("2 of 3 plants run at full capacity")
    assert "recipe" not in production.use_of_plants(plan_of(line(recipe="r1"))).columns

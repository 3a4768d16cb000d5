"""What planners ask that has no word of its own, said with the words there are: budgets over all years, disposal as an
input, a slow start."""

from __future__ import annotations

from tests.mathematics.cases import Row, Sheets, about, island, plan_of, quantity


def budget() -> Sheets:
    """10 a year from a dirty plant at 1 (1 t CO2e), or a clean one at 5 in a (5 years) and 20 in b (10 years); 60 t may
    be emitted in all 15 years: a stockpile of permits that the dirty recipe uses up."""
    sheets = island(1, demand=10)
    sheets["Periods"] = [{"period": "a", "years": 5}, {"period": "b", "years": 10}]
    sheets["Commodities"] = [
        {"commodity": "metal", "unit": "t", "price": 10},
        {"commodity": "permit", "unit": "t CO2e"},
    ]
    sheets["Recipes"] = [
        {"recipe": "dirty", "commodity": "permit", "role": "input", "amount": 1},
        {"recipe": "dirty", "commodity": "metal", "role": "output", "amount": 1},
    ]
    row: Row = {"country": "Home", "capacity": 99}
    sheets["Plants"] = [
        row | {"plant": "dirty", "recipe": "dirty", "unit_cost": 1},
        row | {"plant": "clean", "commodity": "metal", "unit_cost": 5},
    ]
    sheets["Profiles"] = [{"table": "Plants", "id": "clean", "column": "unit_cost", "b": 20}]
    permits: Row = {"stockpile": "permits", "country": "Home", "commodity": "permit"}
    sheets["Stockpiles"] = [permits | {"initial": 60, "max_level": 60, "final_min": 0}]
    return sheets


def test_a_budget_over_all_years_is_a_stockpile_of_permits() -> None:
    """All 60 t in b, where they save 19 each: 50·5 + 60·1 + 40·20."""
    plan = plan_of(budget())
    assert plan.objective == about(1110)
    assert quantity(plan.production, "activity", plant="dirty", period="b") == about(60)


def test_disposal_is_an_input_that_somebody_makes() -> None:
    """10 runs at 1 leave 3 of waste each: the landfill takes 20 at 2, abroad 10 more at 5 and 1 of freight."""
    sheets = island(1, demand=10)
    sheets["Countries"].append({"country": "Far", "bloc": "partner"})
    sheets["Commodities"] = [{"commodity": "metal", "unit": "t", "price": 10}, {"commodity": "disposal", "unit": "t"}]
    sheets["Recipes"] = [
        {"recipe": "r", "commodity": "disposal", "role": "input", "amount": 3},
        {"recipe": "r", "commodity": "metal", "role": "output", "amount": 1},
    ]
    sheets["Plants"] = [
        {"plant": "works", "country": "Home", "recipe": "r", "capacity": 99, "unit_cost": 1},
        {"plant": "landfill", "country": "Home", "commodity": "disposal", "capacity": 20, "unit_cost": 2},
        {"plant": "abroad", "country": "Far", "commodity": "disposal", "capacity": 99, "unit_cost": 5},
    ]
    sheets["Lanes"] = [{"from": "Far", "to": "Home", "commodity": "disposal", "cost": 1}]
    assert plan_of(sheets).objective == about(110)


def test_a_slow_start_is_three_expansions_that_follow_the_first() -> None:
    """30 of 100 from the second year, 60 from the third, all from the fourth: 500, and 100 + 70 + 40 short at 10."""
    sheets = island(4, demand=100, capacity=0, cost=0)
    sheets["Demand"][0]["shortage_cost"] = 10
    sheets["Expansions"] = [
        {"expansion": "e1", "plant": "works", "size": 30, "capex": 500, "lead_years": 1, "latest": "y0"},
        {"expansion": "e2", "plant": "works", "size": 30, "capex": 0, "lead_years": 2, "requires": "e1"},
        {"expansion": "e3", "plant": "works", "size": 40, "capex": 0, "lead_years": 3, "requires": "e1"},
    ]
    assert plan_of(sheets).objective == about(500 + 1000 + 700 + 400)

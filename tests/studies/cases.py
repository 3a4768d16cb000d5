"""Small problems for the studies, and short ways to them."""

from __future__ import annotations

from friendshore.models.examine import problem_from_sheets
from friendshore.models.problem import Problem
from friendshore.optimizer.studies.vulnerabilities.base_year import BaseYear, base_year_of
from friendshore.optimizer.studies.vulnerabilities.flows import Flows, least_cost_flows
from tests.mathematics.cases import Row, Sheets, island


def problem(sheets: Sheets) -> Problem:
    """The problem of some sheets."""
    return problem_from_sheets(sheets)


def base_year(sheets: Sheets, period: int = 0) -> BaseYear:
    """One year as things stand."""
    return base_year_of(problem(sheets), period)


def flows(sheets: Sheets) -> Flows:
    """Its least-cost flows."""
    return least_cost_flows(base_year(sheets))


def plant(name: str, country: str, capacity: float, cost: float, **cells: object) -> Row:
    """A plant that makes metal from nothing, unless told otherwise."""
    made = {} if "recipe" in cells else {"commodity": "metal"}
    return {"plant": name, "country": country, "capacity": capacity, "unit_cost": cost} | made | cells


def three_suppliers() -> Sheets:
    """Home needs 10: its own works make 2 at 1, Near (ally) 3 at 2, Far (concern) the rest at 4; no freight."""
    sheets = island(demand=10.0)
    sheets["Countries"] += [
        {"country": "Near", "bloc": "ally"},
        {"country": "Far", "bloc": "concern", "recover_years": 2},
    ]
    sheets["Plants"] = [
        plant("works", "Home", 2, 1),
        plant("near works", "Near", 3, 2),
        plant("far works", "Far", 20, 4),
    ]
    sheets["Lanes"] = [{"from": "Near, Far", "to": "Home", "routes": "strait"}]
    return sheets


def magnets() -> Sheets:
    """Home makes 10 magnets a year of 5 oxide: 4 from Near, 1 from Far, which digs all the ore (2 for an oxide).

    Prices: ore 1, oxide 10, magnet 20.
    """
    return {
        "Settings": [{"setting": "discount_rate", "value": 0}],
        "Periods": [{"period": "y0", "years": 1}],
        "Countries": [
            {"country": "Home", "bloc": "ally"},
            {"country": "Near", "bloc": "partner"},
            {"country": "Far", "bloc": "concern"},
        ],
        "Commodities": [
            {"commodity": "ore", "unit": "t", "stage": "ore", "price": 1},
            {"commodity": "oxide", "unit": "t", "stage": "oxide", "price": 10},
            {"commodity": "magnet", "unit": "t", "stage": "magnet", "price": 20},
        ],
        "Recipes": [
            {"recipe": "refine", "commodity": "ore", "role": "input", "amount": 2},
            {"recipe": "refine", "commodity": "oxide", "role": "output", "amount": 1},
            {"recipe": "press", "commodity": "oxide", "role": "input", "amount": 0.5},
            {"recipe": "press", "commodity": "magnet", "role": "output", "amount": 1},
        ],
        "Plants": [
            {"plant": "mine", "country": "Far", "commodity": "ore", "capacity": 100, "unit_cost": 1},
            {"plant": "near refinery", "country": "Near", "recipe": "refine", "capacity": 4, "unit_cost": 1},
            {"plant": "far refinery", "country": "Far", "recipe": "refine", "capacity": 10, "unit_cost": 2},
            {"plant": "press", "country": "Home", "recipe": "press", "capacity": 10, "unit_cost": 1},
        ],
        "Demand": [{"country": "Home", "commodity": "magnet", "shortage_cost": 1000, "per_year": 10}],
        "Lanes": [
            {"from": "Near, Far", "to": "Home", "commodity": "oxide"},
            {"from": "Far", "to": "Near", "commodity": "ore", "cost": 0.1},
        ],
    }


def recycling() -> Sheets:
    """Home presses 10 magnets of oxide, half a unit each; each leaves 0.2 scrap, of which all is made oxide again.

    Scrap gives oxide one for one: 2 a year. The other 3 come from Far, which makes oxide from nothing.
    """
    sheets = magnets()
    sheets["Commodities"].append({"commodity": "scrap", "unit": "t", "stage": "scrap", "price": 5})
    sheets["Recipes"] = [
        {"recipe": "press", "commodity": "oxide", "role": "input", "amount": 0.5},
        {"recipe": "press", "commodity": "magnet", "role": "output", "amount": 1},
        {"recipe": "press", "commodity": "scrap", "role": "output", "amount": 0.2},
        {"recipe": "recycle", "commodity": "scrap", "role": "input", "amount": 1},
        {"recipe": "recycle", "commodity": "oxide", "role": "output", "amount": 1},
    ]
    sheets["Plants"] = [
        {"plant": "press", "country": "Home", "recipe": "press", "capacity": 10, "unit_cost": 1},
        {"plant": "recycler", "country": "Home", "recipe": "recycle", "capacity": 10, "unit_cost": 1},
        {"plant": "far oxide", "country": "Far", "commodity": "oxide", "capacity": 100, "unit_cost": 8},
    ]
    sheets["Lanes"] = [{"from": "Far", "to": "Home", "commodity": "oxide"}]
    return sheets

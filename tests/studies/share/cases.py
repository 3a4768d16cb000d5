"""Small coalitions whose costs are worked out by hand."""

from __future__ import annotations

import random

from friendshore.models.examine import problem_from_sheets
from friendshore.models.problem import Problem
from friendshore.optimizer.studies.share.groups import Outside
from tests.mathematics.cases import Sheets, island, under


def line(country: str, size: float = 30, capex: float = 60) -> dict[str, object]:
    return {"expansion": f"line {country}", "plant": f"site {country}", "size": size, "capex": capex}


def three_sheets(size: float = 30) -> Sheets:
    """A and B may each build a line for 60 that makes at 1; C has no site, and a damage of 8 a unit short; each needs
    10; what goes to another costs 0.5 more."""
    sheets = island()
    sheets["Countries"] = [{"country": country, "bloc": "ally"} for country in "ABC"]
    sheets["Plants"] = [
        {"plant": f"site {country}", "country": country, "commodity": "metal", "capacity": 0, "unit_cost": 1}
        for country in "AB"
    ]
    sheets["Expansions"] = [line(country, size) for country in "AB"]
    sheets["Lanes"] = [{"from": "*", "to": "*", "cost": 0.5}]
    sheets["Demand"] = [
        {"country": country, "commodity": "metal", "shortage_cost": 8 if country == "C" else 100, "per_year": 10}
        for country in "ABC"
    ]
    return sheets


def three(size: float = 30) -> Problem:
    return problem_from_sheets(three_sheets(size))


COSTS = {"A": 70, "B": 70, "C": 80, "AB": 85, "AC": 85, "BC": 85, "ABC": 100}
"""Of ``three``: a line for 60 and 10 at 1 alone; C is short of 10 at 8. Two: one line, 20 at 1, 10 sent at 0.5. All:
one line, 30 at 1, 20 sent."""


def buyers_sheets() -> Sheets:
    """A needs 10 and B 30, at a damage of 5; Far makes 20 in all at 1, sent at 1; neither can make anything."""
    sheets = island()
    sheets["Countries"] = [{"country": country, "bloc": "ally"} for country in "AB"]
    sheets["Countries"].append({"country": "Far", "bloc": "concern"})
    sheets["Plants"] = [{"plant": "far", "country": "Far", "commodity": "metal", "capacity": 20, "unit_cost": 1}]
    sheets["Lanes"] = [{"from": "Far", "to": "*", "cost": 1}]
    sheets["Demand"] = [
        {"country": country, "commodity": "metal", "shortage_cost": 5, "per_year": need}
        for country, need in (("A", 10), ("B", 30))
    ]
    return sheets


def drawn_allies(draw: random.Random) -> Sheets:
    """Random allies with works, lines and a seller outside, under a cap."""
    sheets = three_sheets(draw.randint(8, 25))
    sheets["Countries"].append({"country": "Far", "bloc": "concern"})
    needs = {country: draw.randint(5, 15) for country in "ABC"}
    for row in sheets["Demand"]:
        row["per_year"] = needs[row["country"]]
    far = {"plant": "far", "country": "Far", "commodity": "metal", "capacity": draw.randint(8, 20), "unit_cost": 2}
    sheets["Plants"].append(far)
    return under(sheets, kind="max_share", limit=draw.choice((0.4, 0.7)), suppliers="@concern")


def by_hand(sheets: Sheets, members: str, outside: Outside) -> Sheets:
    """The workbook of some of these allies, had the others never been: the rows of the others are not there, the seller
    outside has the capacity that is theirs by their part of demand."""
    needs = {row["country"]: row["per_year"] for row in sheets["Demand"]}
    part = 1.0 if outside is Outside.OPEN else sum(needs[country] for country in members) / sum(needs.values())
    far = next(row for row in sheets["Plants"] if row["plant"] == "far")
    return sheets | {
        "Countries": [row for row in sheets["Countries"] if row["country"] in {*members, "Far"}],
        "Demand": [row for row in sheets["Demand"] if row["country"] in members],
        "Plants": [
            *(row for row in sheets["Plants"] if row["country"] in members),
            far | {"capacity": part * far["capacity"]},
        ],
        "Expansions": [row for row in sheets["Expansions"] if row["plant"].removeprefix("site ") in members],
    }

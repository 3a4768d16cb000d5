"""Small problems without a plan, and short ways to ask about them."""

from __future__ import annotations

from random import Random
from typing import Any

from scipy.optimize import Bounds, LinearConstraint, milp

from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.problem import Problem
from friendshore.models.rules import every_disruption
from friendshore.optimizer.program.assemble import assemble
from friendshore.optimizer.search.limits import Limits
from friendshore.optimizer.studies.explain import Asks, Explanation, explain_problem
from friendshore.optimizer.studies.explain.conflicts import Conflicts, find_conflicts
from friendshore.optimizer.studies.explain.probes import Probes
from friendshore.optimizer.studies.explain.work import working

Row = dict[str, Any]
Sheets = dict[str, list[Row]]

FED = {"policy": "fed", "kind": "max_shortage", "limit": 0}


def trade(*policies: Row, **plants: Any) -> Sheets:
    """Home needs 10 a year for two years; Far makes 8 at 1, Near 8 at 2."""
    return {
        "Settings": [{"setting": "discount_rate", "value": 0}, {"setting": "mip_gap", "value": 0}],
        "Periods": [{"period": "y0"}, {"period": "y1"}],
        "Countries": [
            {"country": "Home", "bloc": "ally"},
            {"country": "Far", "bloc": "x"},
            {"country": "Near", "bloc": "x"},
        ],
        "Commodities": [{"commodity": "good", "unit": "t"}],
        "Plants": [
            {"plant": "far", "country": "Far", "commodity": "good", "capacity": 8, "unit_cost": 1, **plants},
            {"plant": "near", "country": "Near", "commodity": "good", "capacity": 8, "unit_cost": 2},
        ],
        "Demand": [{"country": "Home", "commodity": "good", "shortage_cost": 100, "per_year": 10}],
        "Lanes": [{"from": "*", "to": "Home"}],
        "Policies": list(policies),
    }


def cap(name: str, limit: float, suppliers: str, **cells: Any) -> Row:
    """A most share of what is taken in."""
    return {"policy": name, "kind": "max_share", "limit": limit, "suppliers": suppliers, **cells}


def lines_of(sheets: Sheets, *, integer: str = "yes") -> Sheets:
    """Near has no works, but may build lines of 10 a year at 120 each, paid by Home; Far makes 20."""
    sheets["Plants"][0]["capacity"] = 20
    sheets["Plants"][1]["capacity"] = 0
    sheets["Expansions"] = [
        {"expansion": "line", "plant": "near", "size": 10, "capex": 120, "payer": "Home", "integer": integer}
    ]
    return sheets


def explained(sheets: Sheets, why: str = "", what_would_it_take: str = "") -> Explanation:
    """What is told about a problem, solved to no gap."""
    return explain_problem(problem_from_sheets(sheets), Asks(why, what_would_it_take), Limits(0.0, threads=1))


def conflicts_of(problem: Problem) -> Conflicts:
    """What cannot hold together."""
    with working(Limits(0.0, threads=1), None) as work:
        return find_conflicts(Probes(problem, work), work)


def told(found: Conflicts) -> set[frozenset[str]]:
    """The conflicts, each as the places of its rows: ``Policies 2``."""
    return {frozenset(f"{found.demands[i].sheet} {found.demands[i].row}" for i in rows) for rows in found.conflicts}


# -- at random --------------------------------------------------------------------------------------------------------


def drawn(draw: Random) -> Sheets:
    """A problem of up to six demands, whole lines among what may be built."""
    offered = [
        cap("far_cap", draw.choice([0.2, 0.4, 0.6]), "Far"),
        cap("near_cap", draw.choice([0.2, 0.4, 0.6]), "Near"),
        {"policy": "fed", "kind": "max_shortage", "limit": draw.choice([0, 0.3])},
        {"policy": "half", "kind": "min_share", "limit": draw.choice([0.3, 0.5]), "suppliers": "Near"},
        {"policy": "budget", "kind": "max_capex", "limit": draw.choice([60, 130])},
    ]
    sheets = trade(*draw.sample(offered, 4))
    if draw.random() < 0.6:
        sheets = lines_of(sheets)
    if draw.random() < 0.5:
        sheets["Lanes"].append({"from": "Far", "to": "Home", "least": draw.choice([5, 9])})
    if draw.random() < 0.5:
        store = {"stockpile": "store", "country": "Home", "commodity": "good", "max_level": 9, "min_level": 6}
        sheets["Stockpiles"] = [store | {"final_min": 9}]
    return sheets


def least_cost(problem: Problem) -> float | None:
    """The least cost of a problem by another door to a solver; None where it has no plan."""
    program = assemble(build_model_data(problem, every_disruption(problem))).program
    answer = milp(
        program.cost,
        constraints=LinearConstraint(program.matrix, program.row_lower, program.row_upper),
        bounds=Bounds(program.column_lower, program.column_upper),
        integrality=program.integer.astype(int),
    )
    assert answer.status in (0, 2)
    return None if answer.status == 2 else float(answer.fun) + program.offset


def feasible(problem: Problem) -> bool:
    """Whether it has a plan."""
    return least_cost(problem) is not None

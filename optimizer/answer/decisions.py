"""What a solution decides: investments, protections, plants closed for good."""

from __future__ import annotations

import numpy as np
import pandas as pd

from friendshore.models.formulation.keys import Closed, Decided, Protected
from friendshore.models.plan import plan_table
from friendshore.models.tree.closing import closings
from friendshore.models.tree.investment import decisions
from friendshore.optimizer.answer.solution import NOISE, Solution, solution_table

CHOSEN = 0.5
"""A choice of 0 or 1 above this is a yes, whatever the solver's tolerance leaves of it."""


def read_investments(solution: Solution) -> pd.DataFrame:
    """Units by the node at which they are decided; those that are integer are rounded."""
    assembled = solution.assembled
    model_data = assembled.model_data
    offered = decisions(model_data.problem, model_data.tree).offered
    places = np.array([assembled.link_column[Decided.of(d)] for d in offered], dtype=np.int64)
    units = np.where(assembled.program.integer[places], np.round(solution.x[places]), solution.x[places])
    chosen = [(d, float(u)) for d, u in zip(offered, units, strict=True) if u > NOISE]
    nodes = np.array([d.node for d, _ in chosen], dtype=np.int64)
    columns = {"expansion": [d.expansion for d, _ in chosen], "units": [u for _, u in chosen]}
    return solution_table(solution, "investments", nodes, columns, {"units": "units"})


def read_protections(solution: Solution) -> pd.DataFrame:
    """Every protection, whether it is bought, and when where any may be bought later."""
    assembled = solution.assembled
    problem = assembled.model_data.problem
    names, bought, since = [], [], []
    for name, row in problem.protections.items():
        chosen = {
            t: round(float(solution.x[assembled.link_column[Protected(name, t)]])) for t in problem.bought_in(row)
        }
        names.append(name)
        bought.append(sum(chosen.values()))
        since.append(next((problem.periods[t].period for t, taken in chosen.items() if taken), ""))
    table = plan_table("protections", {"protection": names, "bought": bought}, {})
    return table.assign(period=since) if any(row.from_period for row in problem.protections.values()) else table


def read_closings(solution: Solution) -> pd.DataFrame:
    """Plants closed for good, by the base node at whose start they close."""
    assembled = solution.assembled
    offered = closings(assembled.model_data.problem, assembled.model_data.tree)
    chosen = [each for each in offered if solution.x[assembled.link_column[Closed.of(each)]] > CHOSEN]
    nodes = np.array([each.node for each in chosen], dtype=np.int64)
    return solution_table(solution, "closings", nodes, {"plant": [each.plant for each in chosen]}, {})

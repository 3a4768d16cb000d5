"""The floor: the arrays of one family of problems written by hand in numpy.

As whoever does without a modelling language would: one block of triplets a constraint, put together once. It knows
what ``BUILD`` leaves in the real workbook: plants, lanes, stocks, projects, events on exports, capacities, demand and
costs, CVaR, budgets and limits on shortage. Anything else is refused, so that it can never be compared with a problem
that it has not built. Tree and index sets are taken as given (they take a hundredth of the time).
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array

from benchmarks.floor_family import Block, Family
from benchmarks.floor_limits import policies
from benchmarks.floor_rows import bounds, capacity, costs, investments, risk, stocks, trade
from friendshore.models.problem import Problem
from friendshore.optimizer.program.linear_program import LinearProgram

BUILD = (
    "clean_origin",
    "max_hhi",
    "max_share",
    "min_share",
    "stock_cover",
    "survive",
    "protections",
    "route",
    "look_ahead",
    "ways",
    "min_level",
    "profiles",
)
"""What ``scaled(…, without=BUILD)`` leaves out for the comparison of ways to build."""


def build(problem: Problem) -> LinearProgram:
    """The arrays of a problem."""
    of, block = Family(problem), Block()
    capacity(of, block)
    stocks(of, block)
    trade(of, block)
    investments(of, block)
    cost, of_units = costs(of)
    objective = np.concatenate([risk(of, block, cost, of_units), policies(of, block)])
    lower, upper = bounds(of, len(objective))
    integer = np.zeros(len(objective), dtype=bool)
    integer[of.at["decided"]] = [problem.expansions[d.expansion].integer for d in of.decisions]
    shape = (block.count, len(objective))
    rows, columns, values = (np.concatenate(parts) for parts in (block.rows, block.columns, block.values))
    block.rows, block.columns, block.values = [], [], []
    matrix = coo_array((values, (rows, columns)), shape=shape).tocsr()
    return LinearProgram(
        objective, 0.0, matrix, np.concatenate(block.lower), np.concatenate(block.upper), lower, upper, integer
    )

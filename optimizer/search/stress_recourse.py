"""Recourse on stress branches: those of probability 0 carry no weight in the search, so each is solved by itself.

It is done once the plan stands, parents first: every weighted node and every investment is held, the rows of a branch's
descendants are kept, and no policy of a branch may be violated more than in the first solve (formulation, P.1). What is
reported for such a branch is then what one would do on it.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csc_array, csr_array

from friendshore.models.node.costs import COUNTED
from friendshore.models.tree.scenario_tree import Tree
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.program.subprogram import Part, branch_part
from friendshore.optimizer.search.tangent_planes import cone_clauses, tangent_planes_at
from friendshore.optimizer.solver import SolverFault, solve_lp


def solve_stress_recourse(assembled: Assembled, x: FloatArray) -> FloatArray:
    """A solution in which every branch of probability 0 stands at its own least cost.

    Nodes of such a branch may have weight, as where a sequel follows it for sure: until it does, they are as they are.

    Parameters
    ----------
    assembled
        The program.
    x
        A solution of it, shape (columns of the program).

    Returns
    -------
    FloatArray
        The same solution but for the own columns of those branches.

    Raises
    ------
    SolverFault
        Where such a branch cannot be solved although a plan for it is known.
    """
    tree = assembled.model_data.tree
    stress_branches = [s for s in tree.scenarios if tree.probability(s) == 0]
    if not stress_branches:
        return x
    columns = csc_array(assembled.program.matrix)
    rows = csr_array(assembled.program.matrix)
    solved = x.copy()
    for scenario in stress_branches:
        part = branch_part(assembled, columns, rows, scenario, weightless=True)
        if part.free.size:
            solved[part.free] = _least_cost(assembled, rows, part, solved, x, scenario)
            _keep_within_cones(assembled, solved, x, scenario)
    return solved


def _keep_within_cones(assembled: Assembled, solved: FloatArray, first: FloatArray, scenario: str) -> None:
    """Solve a branch again, with tangent planes, until it leaves no cone of max_hhi that holds on it."""
    own = set(assembled.model_data.tree.own_nodes[scenario])
    cones = tuple(own_cones for clause in cone_clauses(assembled) if (own_cones := clause.among(own)).nodes)
    while cones and (planes := tangent_planes_at(assembled, solved, cones)):
        assembled = assembled.with_rows(planes)
        rows = csr_array(assembled.program.matrix)
        part = branch_part(assembled, csc_array(rows), rows, scenario, weightless=True)
        solved[part.free] = first[part.free]  # within the cones: what holds there is not relaxed
        solved[part.free] = _least_cost(assembled, rows, part, solved, first, scenario)


def _least_cost(
    assembled: Assembled, rows: csr_array, part: Part, solved: FloatArray, first: FloatArray, scenario: str
) -> FloatArray:
    program = assembled.program
    body = csr_array(rows[part.rows])
    local = csr_array(csc_array(body)[:, part.free])
    activity = body @ solved
    held = activity - local @ solved[part.free]
    upper = program.column_upper[part.free].copy()
    lower = program.column_lower[part.free].copy()
    is_slack = np.isin(part.free, part.slacks)
    upper[is_slack] = first[part.free][is_slack]
    values = solved[part.free]
    sub = LinearProgram(
        cost=_own_cost(assembled, scenario)[part.free],
        offset=0.0,
        matrix=local,
        row_lower=np.minimum(program.row_lower[part.rows], activity) - held,  # what holds to 1e-9 stays within reach
        row_upper=np.maximum(program.row_upper[part.rows], activity) - held,
        column_lower=np.minimum(lower, values),
        column_upper=np.maximum(upper, values),
        integer=np.zeros(len(part.free), dtype=bool),
    )
    answer = solve_lp(sub)
    if answer.columns is None:
        raise SolverFault(f"the stress path {scenario} could not be solved at its own least cost: {answer.status}")
    return answer.columns


def _own_cost(assembled: Assembled, scenario: str) -> FloatArray:
    """Coefficients of the discounted cost of a scenario's own nodes."""
    tree: Tree = assembled.model_data.tree
    nodes = np.array(tree.own_nodes[scenario])
    counted = assembled.expressions[nodes * len(assembled.node.expressions) + assembled.expression_place[COUNTED]]
    return np.asarray(counted.T @ tree.discount[nodes])

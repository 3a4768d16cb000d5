"""Units of work of the study: a plan for a world, a plan held in a world, and the plan of least greatest regret."""

from __future__ import annotations

import dataclasses
from functools import partial
from typing import Any

import numpy as np
from scipy.sparse import csr_array, hstack, vstack

from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.node.costs import COUNTED
from friendshore.models.plan import Outcome
from friendshore.models.problem import Problem
from friendshore.optimizer.engines.task import Task, as_it_is, unless_interrupted
from friendshore.optimizer.program.assemble import Assembled, assemble
from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.search.cumulative_units import decided_before, solve_cumulative
from friendshore.optimizer.search.hold import Held, base_levels, decided_in, held_decisions, hold
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.solver import solve_program
from friendshore.optimizer.studies.worth.worlds import among, known_beforehand

ALL = ""
"""In place of a world: the whole tree."""

Shared = tuple[Problem, dict[str, Any]]


def _in(problem: Problem, world: str) -> Problem:
    return problem if world == ALL else known_beforehand(problem, world)


def _work(shared: Shared, unit: dict[str, Any]) -> dict[str, Any]:
    problem, how = shared
    if "known" in unit:
        return _least_regret(problem, how, unit["known"])
    world = _in(problem, unit["world"])
    if "held" not in unit:
        return _told(solve_problem(world, **how))
    held, levels = Held.of_lists(unit["held"]), tuple((n, p, float(v)) for n, p, v in unit["levels"])
    fixed = partial(hold, held=held, until=unit["until"], levels=levels)
    return _told(solve_problem(world, hold=fixed, **how))


def _told(outcome: Outcome) -> dict[str, Any]:
    """What is proven, and what the plan decides on its base path."""
    plan = outcome.certified
    held = None if plan is None else held_decisions(plan).on_base_path()
    return {
        "status": str(outcome.status),
        "stopped": outcome.run.stopped,
        "low": outcome.bound,
        "high": None if plan is None else plan.objective,
        "held": None if held is None else held.as_lists(),
        "levels": [] if plan is None else [list(row) for row in base_levels(plan)],
    }


def _least_regret(problem: Problem, how: dict[str, Any], known: dict[str, float]) -> dict[str, Any]:
    """The plan whose greatest regret over some worlds is least: least r with the cost of each path − ``known`` ≤ r.

    (L. J. Savage, The theory of statistical decision, JASA 46, 1951.) One program over the base path and these paths,
    each known once it has left it, as wherever a plan is held in a world. Its gap is a share of what the dearest of
    them costs, like that of any search: of the regret itself it would be a hundred times as fine.
    """
    assembled, level = assemble(build_model_data(among(problem, known), {})), max(0.0, *known.values())
    options = {name: value for name, value in how.items() if value is not None}
    program = dataclasses.replace(regret_program(assembled, known), offset=level)
    solve = partial(solve_program, **{"gap": problem.settings.mip_gap, **options})
    answer = solve_cumulative(program, np.append(decided_before(assembled), -1), solve)
    held, levels = (None, ()) if answer.columns is None else decided_in(assembled, answer.columns[:-1])
    return {
        "status": str(answer.status),
        "stopped": answer.stopped,
        "low": None if answer.bound is None else answer.bound - level,
        "high": None if answer.objective is None else answer.objective - level,
        "held": None if held is None else held.as_lists(),
        "levels": [list(row) for row in levels],
    }


def regret_program(assembled: Assembled, known: dict[str, float]) -> LinearProgram:
    """The program whose last column is the greatest regret, which it makes least.

    Parameters
    ----------
    assembled
        A tree with these paths.
    known
        By path, what its best plan would cost were it known beforehand.

    Returns
    -------
    LinearProgram
        With a row for each of these paths.
    """
    program, rows, right = assembled.program, [], []
    for world, best in known.items():
        cost, constant = path_cost(assembled, world)
        rows.append(np.append(cost, -1.0))
        right.append(best - constant)
    wider = csr_array(hstack([program.matrix, csr_array((program.rows, 1))], format="csr"))
    return LinearProgram(
        cost=np.append(np.zeros(program.columns), 1.0),
        offset=0.0,
        matrix=csr_array(vstack([wider, csr_array(np.array(rows))], format="csr")),
        row_lower=np.concatenate([program.row_lower, np.full(len(rows), -np.inf)]),
        row_upper=np.concatenate([program.row_upper, np.array(right)]),
        column_lower=np.append(program.column_lower, -np.inf),
        column_upper=np.append(program.column_upper, np.inf),
        integer=np.append(program.integer, False),
    )


def path_cost(assembled: Assembled, scenario: str) -> tuple[FloatArray, float]:
    """Discounted cost of a path: coefficients of all columns, and the constant."""
    tree = assembled.model_data.tree
    weights = np.zeros(assembled.expressions.shape[0])
    for n in tree.paths[scenario]:
        weights[n * len(assembled.node.expressions) + assembled.expression_place[COUNTED]] = tree.discount[n]
    return np.asarray(assembled.expressions.T @ weights), float(assembled.expression_constants @ weights)


UNITS = Task("worth", 2, as_it_is, _work, unless_interrupted)

"""Units of work of the study: today's plan, prices of its rows, derivatives, a figure at an end of its range."""

from __future__ import annotations

import dataclasses
from base64 import b64decode, b64encode
from collections.abc import Sequence
from functools import partial
from math import isfinite
from typing import Any
from zlib import compress, decompress

import numpy as np

from friendshore.models.clauses.rule import Disruptions
from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.plan import Outcome, Status
from friendshore.models.problem import Problem
from friendshore.optimizer.engines.task import Task, as_it_is, unless_interrupted
from friendshore.optimizer.program.assemble import Assembled, assemble
from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.benders.pool import Memory
from friendshore.optimizer.search.benders.search import search_by_decomposition
from friendshore.optimizer.search.constraint_generation import search_by_constraint_generation
from friendshore.optimizer.search.extensive import search_extensive_form
from friendshore.optimizer.search.hold import Held, held_decisions, hold, not_offered
from friendshore.optimizer.search.limits import Limits, Stopwatch
from friendshore.optimizer.search.result import SearchResult
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.studies.learnt import solve_and_learn
from friendshore.optimizer.studies.sensitivity.ends import reach, reached, within
from friendshore.optimizer.studies.sensitivity.figures import Figure, figure_of, with_cells
from friendshore.optimizer.studies.sensitivity.lagrangian import Lagrangian, Moves, Optimum, Plane, planes_of
from friendshore.optimizer.studies.sensitivity.together import moved_by_each

STEP = 1e-6
"""Share by which a figure is made smaller to see how the Lagrangian moves."""

PRICED = 1e-5
"""Relative gap to which a linear program is brought whose prices tell derivatives, where the tree is searched by parts;
at once it is solved to its end whatever the gap."""

Answer = dict[str, Any]
CANNOT_BE_KEPT: Answer = {"status": str(Status.INFEASIBLE), "stopped": "", "low": None, "high": None}
Shared = tuple[Problem, dict[str, Any]]


def _work(shared: Shared, unit: Answer) -> Answer:
    problem, how = shared
    if unit["what"] == "prices":
        return _prices(problem, how, Held.of_lists(unit["held"]))
    if unit["what"] == "plan":
        outcome, learnt = solve_and_learn(problem, how)
        return told(outcome) | learnt
    if unit["what"] == "held":
        return _held(problem, how, unit)
    end = reached(problem, figure_of(unit["figure"]), unit["factor"])
    if end is None:
        return {"cells": None, "stopped": ""}
    place = {"cells": end.cells, "cut": end.cut}
    if unit["what"] == "search":
        return place | told(solve_problem(end.problem, **how))
    return place | _bounds(end.problem, how, unit)


def told(outcome: Outcome) -> Answer:
    """What is proven, and what the plan decides."""
    plan = outcome.certified
    return {
        "status": str(outcome.status),
        "stopped": outcome.run.stopped,
        "begun": outcome.begun,
        "low": outcome.bound,
        "high": None if plan is None else plan.objective,
        "held": None if plan is None else held_decisions(plan).as_lists(),
        "columns": outcome.run.size.columns,
    }


# -- the plan that is kept ----------------------------------------------------------------------------------------


def _held(problem: Problem, how: dict[str, Any], unit: Answer, *, whole_alone: bool = False) -> Answer:
    """What decisions of the base path cost, the rest as well as can be, to the gap that the unit says.

    A decision that is not offered any more, as its units would never serve within the plan, is left out.
    """
    held = Held.of_lists(unit["held"]).on_base_path()
    return told(solve_problem(problem, hold=partial(hold, held=held, whole_alone=whole_alone), **how | unit["fine"]))


def _bounds(problem: Problem, how: dict[str, Any], unit: Answer) -> Answer:
    """What today's decisions cost in another problem, and between what the least cost there lies.

    Above it lies the plan in which the whole numbers alone are those of today, as far as they are offered; below it the
    linear relaxation. Of a large tree today's decisions tell what the least cost is at most where they can be kept, and
    the relaxation, begun from what that has taught, is brought to the gap of a search.
    """
    lost, large = not_offered(problem, Held.of_lists(unit["held"])), unit["fine"]["gap"] > 0.0
    memory = Memory(how["memory"].pool if "memory" in how else None)
    whole = kept = CANNOT_BE_KEPT if lost else _held(problem, how | {"memory": memory}, unit)
    parts = any(not row.integer for row in problem.tables.expansions)
    if lost or (parts and not (large and kept["high"] is not None)):
        whole = _held(problem, how, unit, whole_alone=True)
    finer = {} if large else unit["fine"]
    relaxed = searched(problem, how | {"memory": memory.fixed()} | finer, released, {}, bound_alone=True)
    stopped = next((each for each in (kept["stopped"], whole["stopped"], relaxed.answer.stopped) if each), "")
    return {
        "kept": {name: kept[name] for name in ("status", "low", "high")},
        "whole": {name: whole[name] for name in ("status", "low", "high")},
        "relaxed": {"status": relaxed.answer.status, "low": _finite(relaxed.answer.bound)},
        "stopped": stopped,
    }


def released(assembled: Assembled) -> Assembled:
    """The program without whole numbers."""
    program = assembled.program
    relaxed = dataclasses.replace(program, integer=np.zeros(program.columns, dtype=bool))
    return dataclasses.replace(assembled, program=relaxed)


def searched(
    problem: Problem,
    how: dict[str, Any],
    change: Any,
    built: dict[str, Any],
    *,
    all_prices: bool = False,
    bound_alone: bool = False,
) -> SearchResult:
    """Search a problem whose program is changed; no plan is made of what is found.

    Parameters
    ----------
    problem
        A valid problem.
    how
        Options of each search.
    change
        What is done to its program.
    built
        Takes the ``disruptions`` of its last program.
    all_prices
        Whether the answer has the prices of all rows of the tree, where it is searched by parts too.
    bound_alone
        Whether only what no plan can be below is wanted.

    Returns
    -------
    SearchResult
        The program and its answer.
    """
    settings = problem.settings
    gap = settings.mip_gap if how["gap"] is None else how["gap"]
    limit = settings.time_limit if how["time_limit"] is None else how["time_limit"]
    memory, watch = how.get("memory"), Stopwatch()
    limits = Limits(gap, limit, how["threads"], how["seed"], memory=memory, bound_alone=bound_alone)

    def build(disruptions: Disruptions) -> Assembled:
        built["disruptions"] = {policy: [list(each) for each in chosen] for policy, chosen in disruptions.items()}
        assembled = assemble(build_model_data(problem, disruptions))
        built["rows"] = len(assembled.model_data.linking.rows)
        return change(assembled)  # type: ignore[no-any-return]

    def search(assembled: Assembled) -> SearchResult:
        by_parts = search_by_decomposition(assembled, limits, watch, all_prices=all_prices)
        return search_extensive_form(assembled, limits, watch) if by_parts is None else by_parts

    return search_by_constraint_generation(problem, build, search, watch, lambda _: True)


# -- prices and derivatives ---------------------------------------------------------------------------------------


def _prices(problem: Problem, how: dict[str, Any], held: Held) -> Answer:
    """Plan and prices of the linear program that is left when whole numbers are held."""
    built: dict[str, Any] = {}

    def fixed(assembled: Assembled) -> Assembled:
        return released(hold(assembled, held, whole_alone=True))

    result = searched(problem, {**how, "gap": PRICED}, fixed, built, all_prices=True)
    answer = result.answer
    if answer.columns is None or answer.row_duals is None or answer.stopped:
        return {"status": answer.status, "stopped": answer.stopped, "columns": None}
    planes = planes_of(result.assembled, built["rows"])
    return {
        "status": answer.status,
        "stopped": answer.stopped,
        "columns": _packed(answer.columns),
        "prices": _packed(answer.row_duals),
        "disruptions": built["disruptions"],
        "planes": [dataclasses.asdict(plane) for plane in planes],
    }


def optimum_of(answer: Answer) -> Optimum:
    """What the unit of prices found."""
    chosen = {policy: tuple(tuple(each) for each in lists) for policy, lists in answer["disruptions"].items()}
    planes = tuple(Plane(**plane) for plane in answer["planes"])
    return Optimum(_unpacked(answer["columns"]), _unpacked(answer["prices"]), chosen, planes)


def _begin(shared: tuple[Problem, Answer]) -> tuple[Problem, Lagrangian]:
    problem, prices = shared
    return problem, Lagrangian(problem, optimum_of(prices))


def _slopes(state: tuple[Problem, Lagrangian], unit: list[Answer]) -> list[Answer]:
    """By how much each figure of a group moves the cost, to the first order."""
    problem, lagrangian = state
    figures = [figure_of(each) for each in unit]
    if all(figure.time for figure in figures):
        low, high = (_at_ends(problem, lagrangian, figures, high=high) for high in (False, True))
        return [{"relative": None, "low": a, "high": b} for a, b in zip(low, high, strict=True)]

    def tried(places: Sequence[int]) -> Moves | None:
        changed = problem
        for each in (figures[place] for place in places):
            changed = with_cells(changed, each, each.times(1.0 - STEP))
        return lagrangian.moves(changed)

    return [
        _sloping(problem, figure, moved)
        for figure, moved in zip(figures, moved_by_each(len(figures), tried), strict=True)
    ]


def _sloping(problem: Problem, figure: Figure, moved: float | None) -> Answer:
    """What a figure does of which it is known by how much the cost moves when it is a little smaller."""
    if moved is None:
        return {"relative": None, "low": None, "high": None}
    relative = 0.0 - moved / STEP
    low, high = (relative * (reach(problem, figure, factor) - 1.0) + 0.0 for factor in (figure.low, figure.high))
    return {"relative": relative, "low": low, "high": high}


def _at_ends(problem: Problem, lagrangian: Lagrangian, figures: Sequence[Figure], *, high: bool) -> list[float | None]:
    """By how much lengths of time move the cost at one end of their ranges, as far as their columns allow it."""

    def at_end(places: Sequence[int]) -> Problem:
        changed = problem
        for each in (figures[place] for place in places):
            cells = within(problem, each, each.times(each.high if high else each.low))
            changed = with_cells(changed, each, cells)
        return changed

    told = [place for place in range(len(figures)) if lagrangian.speaks_of(at_end([place]))]
    moved = moved_by_each(len(told), lambda places: lagrangian.moves(at_end([told[place] for place in places])))
    found = dict(zip(told, moved, strict=True))
    return [found.get(place) for place in range(len(figures))]


def _packed(array: FloatArray) -> str:
    return b64encode(compress(np.ascontiguousarray(array, dtype="<f8").tobytes())).decode("ascii")


def _unpacked(text: str) -> FloatArray:
    return np.frombuffer(decompress(b64decode(text)), dtype="<f8").astype(np.float64)


def _finite(bound: float | None) -> float | None:
    return bound if bound is not None and isfinite(bound) else None


def possible(status: str) -> bool | None:
    """Whether there is a plan, as a status tells; None where it does not."""
    if status == Status.INFEASIBLE:
        return False
    return True if status in (Status.OPTIMAL, Status.FEASIBLE) else None


UNITS = Task("sensitivity", 5, as_it_is, _work, unless_interrupted)
SLOPES = Task("derivatives", 2, _begin, _slopes)

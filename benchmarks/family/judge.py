"""Whether columns of a problem are a plan: its rows, bounds and whole numbers, and the certificate of the plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.family.names import column_meanings, row_meanings
from friendshore.models.plan import Run
from friendshore.optimizer.answer.extract import extract_plan
from friendshore.optimizer.answer.scorecard import scorecard
from friendshore.optimizer.certify import certify
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram

HOLDS = 1e-6
"""Relative violation up to which a row, a bound, a whole number and the certificate hold."""


@dataclass(frozen=True)
class Judged:
    """What was found of a solution.

    Parameters
    ----------
    objective
        Of the plan that it stands for, whole numbers rounded.
    violation
        Relative, see ``certify``: the worst of bounds and whole numbers where they do not hold, else that of the rows,
        else that of the certificate; where all hold the worst of all.
    where
        The column, row or constraint that has it.
    """

    objective: float
    violation: float
    where: str

    @property
    def holds(self) -> bool:
        """Whether it is a plan."""
        return self.violation <= HOLDS


def judge(assembled: Assembled, x: FloatArray) -> Judged:
    """A solution, shape (columns of the program), held against the program and certified outside of it."""
    program = assembled.program
    if not np.isfinite(x).all():
        place = int(np.flatnonzero(~np.isfinite(x))[0])
        return Judged(np.nan, np.inf, f"column {column_meanings(assembled)[place].name} is {x[place]}")
    found = [_worst_column(assembled, x)]
    whole = np.where(program.integer, np.round(x), x)
    found.append(_worst_row(assembled, whole))
    plan = extract_plan(assembled, whole, scorecard(assembled, whole, None), Run())
    certificate = certify(plan)
    found.append((certificate.max_violation, f"certificate: {certificate.worst}"))
    found.append((certificate.objective_difference, "certificate: the objective"))
    broken = [each for each in found if not each[0] <= HOLDS]
    violation, where = broken[0] if broken else max(found, key=lambda each: each[0])
    return Judged(plan.objective, violation, where)


def _worst_column(assembled: Assembled, x: FloatArray) -> tuple[float, str]:
    """The worst bound, or number that is not whole, relative to max(1, the value)."""
    program = assembled.program
    beyond = np.maximum(program.column_lower - x, x - program.column_upper)
    apart = np.where(program.integer, np.abs(x - np.round(x)), 0.0)
    lacks = np.maximum(beyond, apart) / np.maximum(1.0, np.abs(x))
    place = int(np.argmax(lacks)) if lacks.size else 0
    if not lacks.size or lacks[place] <= 0:
        return 0.0, ""
    return float(lacks[place]), f"column {column_meanings(assembled)[place].name} is {x[place]:.12g}"


def _worst_row(assembled: Assembled, x: FloatArray) -> tuple[float, str]:
    """The worst row, relative to max(1, the sum of its absolute terms)."""
    lacks = row_violations(assembled.program, x)
    place = int(np.argmax(lacks)) if lacks.size else 0
    if not lacks.size or lacks[place] <= 0:
        return 0.0, ""
    return float(lacks[place]), f"row {row_meanings(assembled)[place].name}"


def row_violations(program: LinearProgram, x: FloatArray) -> FloatArray:
    """By how much each row is violated, relative to max(1, the sum of its absolute terms)."""
    activity = program.matrix @ x
    beyond = np.maximum(program.row_lower - activity, activity - program.row_upper)
    return np.asarray(np.maximum(0.0, beyond) / np.maximum(1.0, abs(program.matrix) @ np.abs(x)))

"""A solution of any solver held against its problem: certified, its rest polished where asked, set beside the best."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from benchmarks.family.catalogue import Definition
from benchmarks.family.judge import Judged, judge
from benchmarks.family.names import column_meanings, unique
from benchmarks.family.table import Known
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.stress_recourse import solve_stress_recourse
from friendshore.optimizer.search.tangent_planes import polish_with_tangent_planes
from friendshore.optimizer.solver import Answer, Basis, SolverFault, polish


class NoPlan(RuntimeError):
    """With these whole numbers there is no plan."""


@dataclass(frozen=True)
class Checked:
    """A solution, what was found of it, and what was known before."""

    judged: Judged
    known: Known | None

    @property
    def gap_to_best(self) -> float | None:
        """(objective − best known) / |best known|; below 0 where it is better."""
        if self.known is None or self.known.objective is None:
            return None
        return (self.judged.objective - self.known.objective) / max(abs(self.known.objective), 1e-9)

    @property
    def gap(self) -> float | None:
        """(objective − bound proven) / |objective|."""
        if self.known is None or self.known.bound is None:
            return None
        return (self.judged.objective - self.known.bound) / max(abs(self.judged.objective), 1e-9)

    def lines(self) -> list[str]:
        """As it is told."""
        judged = self.judged
        told = [
            f"{'objective':<20}{judged.objective:.12g}",
            f"{'worst violation':<20}{judged.violation:.2e}{f' ({judged.where})' if judged.where else ''}",
            f"{'a plan':<20}{'yes: certified' if judged.holds else 'no'}",
        ]
        if self.known is not None and self.known.objective is not None and self.gap_to_best is not None:
            told.append(f"{'best known':<20}{self.known.objective:.12g}{_beside(judged, self.gap_to_best)}")
        if self.known is not None and self.known.bound is not None and self.gap is not None:
            gap = f", a gap of {max(self.gap, 0.0):.4%}" if judged.holds else ""
            told.append(f"{'proven bound':<20}{self.known.bound:.12g}{gap}")
        return told


def check(definition: Definition, columns: FloatArray, known: Known | None) -> Checked:
    """A solution as it is, shape (columns of the problem)."""
    return Checked(judge(definition.assembled, columns), known)


def polished(definition: Definition, columns: FloatArray) -> FloatArray:
    """The columns with their whole numbers held, as near as they are, and the LP that is left solved to 1e-9.

    Branches of probability 0, which the objective does not see, stand at their own least cost.

    Raises
    ------
    NoPlan
        Where there is none with these whole numbers.
    """
    near = np.clip(columns, definition.assembled.program.column_lower, definition.assembled.program.column_upper)
    try:
        found = polish_with_tangent_planes(definition.assembled, partial(_polish, near))
    except SolverFault as reason:
        raise NoPlan(f"{definition.name}: no plan with these whole numbers ({reason})") from reason
    if found.answer.columns is None:
        raise NoPlan(f"{definition.name}: no plan with these whole numbers within the rule on concentration")
    return solve_stress_recourse(found.assembled, found.answer.columns)


def held(definition: Definition, whole: Mapping[str, int]) -> FloatArray:
    """Columns that are 0 but for these whole numbers, by the names of their columns; KeyError for another name."""
    names = unique(meaning.name for meaning in column_meanings(definition.assembled))
    place = {name: i for i, name in enumerate(names)}
    columns = np.zeros(len(names))
    for name, value in whole.items():
        columns[place[name]] = value
    return columns


def _polish(columns: FloatArray, assembled: Assembled, basis: Basis | None) -> Answer:
    objective = assembled.program.objective(columns)
    start = Answer(status="feasible", objective=objective, columns=columns, basis=basis)
    return polish(assembled.program, start, threads=1)


def _beside(judged: Judged, gap: float) -> str:
    if not judged.holds:
        return ""
    if abs(gap) <= 1e-9:
        return ", the same"
    return f", {abs(gap):.4%} {'below' if gap > 0 else 'above: this one is better'}"

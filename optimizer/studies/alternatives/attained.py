"""Ends that no plan can pass and that some solution of the relaxation attains: no program need be solved for them.

No project has fewer units than none, or more than the workbook allows; where a solution of the relaxation within the
limit has just as many, its linear program can prove no more. On problems with room to spare that is most of all ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, isfinite

import numpy as np
from scipy.sparse import csr_array

from friendshore.models.problem import Problem
from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.search.relaxation import Relaxation
from friendshore.optimizer.studies.alternatives.measures import Measure, per_unit
from friendshore.optimizer.studies.alternatives.questions import About, Question
from friendshore.optimizer.studies.alternatives.verdicts import least_told, most_told

NEAR = 1e-6
"""What tolerances leave of a bound that is kept."""

Ends = tuple[FloatArray, FloatArray]
"""By question, no plan has less than the first or more than the second."""

Kept = Sequence[tuple[int, float, float]]
"""Of decisions: question, least and most, as proven."""


class Amounts:
    """All that is asked, over the columns of a relaxation.

    Parameters
    ----------
    relaxation
        Of whose solutions it is.
    questions, measures
        All that is asked.
    """

    def __init__(self, relaxation: Relaxation, questions: Sequence[Question], measures: Sequence[Measure]) -> None:
        self.questions = tuple(questions)
        rows = [relaxation.row(each.slope) for each in measures]
        wholes = [relaxation.row(np.zeros(relaxation.width) if each.of is None else each.of) for each in measures]
        self._amounts, self._wholes = csr_array(np.array(rows)), csr_array(np.array(wholes))
        self._is_share = np.array([each.of is not None for each in measures])
        low, high = _within_columns(relaxation.program, self._amounts)
        most = np.array([each.most for each in questions])
        self.ends: Ends = (
            np.where(self._is_share, 0.0, np.maximum(low, 0.0)),
            np.minimum(np.where(self._is_share, 1.0, high), most),
        )
        """What no plan passes, by the bounds of columns and what the questions say."""

    def values(self, x: FloatArray) -> FloatArray:
        """The answers in a solution, shape (questions); not a number for a share of nothing."""
        amounts, wholes = self._amounts @ x, self._wholes @ x
        nothing = self._is_share & (wholes <= 0)
        values = np.divide(amounts, wholes, out=np.array(amounts), where=self._is_share & ~nothing)
        return np.where(nothing, np.nan, values)


class Attained:
    """What solutions of a relaxation have of each question, with some decisions kept within bounds.

    Parameters
    ----------
    amounts
        All that is asked.
    problem
        The problem.
    kept
        The decisions that are kept, and what follows of them for capacity and spending.
    """

    def __init__(self, amounts: Amounts, problem: Problem, kept: Kept) -> None:
        self._amounts, self._kept = amounts, tuple(kept)
        least, most = _by_units(problem, amounts.questions, kept)
        self._ends = np.maximum(amounts.ends[0], least), np.minimum(amounts.ends[1], most)
        self._least, self._most = np.full(len(least), inf), np.full(len(most), -inf)
        self.seen: list[FloatArray] = []
        """What solutions have had, whether or not it was what is kept, shape (questions) each."""
        self.fresh = True
        """Whether many ends have not been sought at once yet."""

    def see(self, x: FloatArray) -> None:
        """Take note of a solution within the limit, shape (columns of the relaxation), if it has what is kept."""
        self.see_values(self._amounts.values(x))

    def see_values(self, values: FloatArray) -> None:
        """The same of what a solution has, shape (questions)."""
        self.seen.append(values)
        if all(low - NEAR <= values[place] <= high + NEAR for place, low, high in self._kept):
            self._least, self._most = np.fmin(self._least, values), np.fmax(self._most, values)

    def end(self, place: int, side: str) -> float | None:
        """The end that no plan passes, where a solution attains it as nearly as is told; else None.

        Parameters
        ----------
        place, side
            Of which question, and whether the least or the most.
        """
        question = self._amounts.questions[place]
        end = float(self._ends[0 if side == "least" else 1][place])
        if not isfinite(self._least[place]):
            return None  # nothing was seen
        if side == "least":
            return end if least_told(question, self._least[place]) <= end else None
        return end if most_told(question, self._most[place]) >= end else None

    def left(self, places: Sequence[int], side: str) -> dict[int, float]:
        """Of some questions those whose end no solution attains yet, with the most that they may have.

        Parameters
        ----------
        places, side
            Which questions, and whether the least or the most.

        Returns
        -------
        dict[int, float]
            Without those that may have any number.
        """
        most = self._ends[1]
        return {place: float(most[place]) for place in places if isfinite(most[place]) and not self._has(place, side)}

    def _has(self, place: int, side: str) -> bool:
        return self.end(place, side) is not None


def _within_columns(program: LinearProgram, rows: csr_array) -> Ends:
    """The least and the most of each row that the bounds of columns allow."""
    up, down = rows.maximum(0), (-rows).maximum(0)
    return _times(up, program.column_lower) - _times(down, program.column_upper), (
        _times(up, program.column_upper) - _times(down, program.column_lower)
    )


def _times(rows: csr_array, bounds: FloatArray) -> FloatArray:
    """Rows of numbers from 0 on times bounds that may be without end, where 0 times that is 0."""
    endless = ~np.isfinite(bounds)
    sums = np.asarray(rows @ np.where(endless, 0.0, bounds))
    with_end = np.asarray(rows @ np.where(endless, np.sign(bounds), 0.0))
    return np.where(with_end != 0, np.copysign(inf, with_end), sums)


def _by_units(problem: Problem, questions: Sequence[Question], kept: Kept) -> Ends:
    """Ends of capacity and spending that follow from what is proven of the units of projects; else -inf and inf."""
    least, most = np.full(len(questions), -inf), np.full(len(questions), inf)
    units = {each.name: (0.0, each.most) for each in questions if each.about is About.PROJECT}
    units |= {questions[i].name: (low, high) for i, low, high in kept if questions[i].about is About.PROJECT}
    for place, question in enumerate(questions):
        if question.about in (About.CAPACITY, About.SPENDING):
            added = per_unit(problem, question)
            least[place] = sum(of[0] * units[name][0] for name, of in added.items())
            most[place] = sum(of[1] * units[name][1] for name, of in added.items())
    return least, most

"""Ends that no plan can pass and that some solution of the relaxation attains: no program need be solved for them.

No project has fewer units than none, or more than the workbook allows; where a solution of the relaxation within the
limit has just as many, its linear program can prove no more. On problems with room to spare that is most of all ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf

import numpy as np
from scipy.sparse import csr_array

from friendshore.models.problem import Problem
from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.search.relaxation import Relaxation
from friendshore.optimizer.studies.alternatives.measures import Measure, per_unit
from friendshore.optimizer.studies.alternatives.questions import About, Question
from friendshore.optimizer.studies.alternatives.verdicts import least_told, most_told

Ends = tuple[FloatArray, FloatArray]
"""By question, no plan has less than the first or more than the second."""


class Attained:
    """What solutions of a relaxation have of each question.

    Parameters
    ----------
    relaxation
        Of whose solutions it is.
    questions, measures
        All that is asked.
    """

    def __init__(self, relaxation: Relaxation, questions: Sequence[Question], measures: Sequence[Measure]) -> None:
        self.questions = questions
        rows = [relaxation.row(each.slope) for each in measures]
        wholes = [relaxation.row(np.zeros(relaxation.width) if each.of is None else each.of) for each in measures]
        self._amounts, self._wholes = csr_array(np.array(rows)), csr_array(np.array(wholes))
        self._is_share = np.array([each.of is not None for each in measures])
        low, high = _within_columns(relaxation.program, self._amounts)
        most = np.array([each.most for each in questions])
        self._ends = np.where(self._is_share, 0.0, np.maximum(low, 0.0)), np.where(self._is_share, most, high)
        self._ends = self._ends[0], np.minimum(self._ends[1], most)
        self._least, self._most = np.full(len(questions), inf), np.full(len(questions), -inf)

    def see(self, x: FloatArray) -> None:
        """Take note of a solution within the limit, shape (columns of the relaxation)."""
        amounts, wholes = self._amounts @ x, self._wholes @ x
        some = ~self._is_share | (wholes > 0)
        values = np.divide(amounts, wholes, out=amounts.copy(), where=self._is_share & some)
        self._least = np.where(some, np.minimum(self._least, values), self._least)
        self._most = np.where(some, np.maximum(self._most, values), self._most)

    def end(self, place: int, side: str, units: Ends) -> float | None:
        """The end that no plan passes, where a solution attains it as nearly as is told; else None.

        Parameters
        ----------
        place, side
            Of which question, and whether the least or the most.
        units
            Ends that follow from what is proven of projects (``ends_by_units``).
        """
        question = self.questions[place]
        if side == "least":
            end = float(max(self._ends[0][place], units[0][place]))
            return end if least_told(question, self._least[place]) <= max(0.0, end) else None
        end = float(min(self._ends[1][place], units[1][place]))
        attained = bool(np.isfinite(end)) and most_told(question, self._most[place]) >= min(end, question.most)
        return end if attained and self._most[place] > -inf else None


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


def ends_by_units(problem: Problem, questions: Sequence[Question], kept: Iterable[tuple[int, float, float]]) -> Ends:
    """Ends of capacity and spending that follow from what is proven of the units of projects.

    Parameters
    ----------
    problem
        A valid problem.
    questions
        All that is asked.
    kept
        Of decisions: question, least and most, as proven.

    Returns
    -------
    Ends
        -inf and inf for other questions.
    """
    least, most = np.full(len(questions), -inf), np.full(len(questions), inf)
    units = {each.name: (0.0, each.most) for each in questions if each.about is About.PROJECT}
    units |= {questions[i].name: (low, high) for i, low, high in kept if questions[i].about is About.PROJECT}
    for place, question in enumerate(questions):
        if question.about in (About.CAPACITY, About.SPENDING):
            added = per_unit(problem, question)
            least[place] = sum(of[0] * units[name][0] for name, of in added.items())
            most[place] = sum(of[1] * units[name][1] for name, of in added.items())
    return least, most

"""LinearProgram: a mixed-integer linear program as arrays, the form in which a model reaches the solver."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

LARGEST = 1e15
"""No finite number may reach this: the solver would drop it or take it for infinite without a word."""


class BadNumber(ValueError):
    """A number in the arrays that no solver may be given; the message names its row and column."""


@dataclass(frozen=True, eq=False)
class LinearProgram:
    """Minimise ``cost``·x + ``offset`` with ``row_lower`` ≤ ``matrix``·x ≤ ``row_upper`` and x within its bounds.

    ``matrix`` is a scipy ``csr_array`` or ``csc_array`` (m × n); columns marked ``integer`` take whole numbers; a bound
    that is not there is ±inf.
    """

    cost: FloatArray
    offset: float
    matrix: Any
    row_lower: FloatArray
    row_upper: FloatArray
    column_lower: FloatArray
    column_upper: FloatArray
    integer: BoolArray

    @property
    def rows(self) -> int:
        """Number of rows m."""
        return int(self.matrix.shape[0])

    @property
    def columns(self) -> int:
        """Number of columns n."""
        return int(self.matrix.shape[1])

    @property
    def nonzeros(self) -> int:
        """Number of stored entries of the matrix."""
        return int(self.matrix.nnz)

    @property
    def integers(self) -> int:
        """Number of integer columns."""
        return int(np.count_nonzero(self.integer))

    def objective(self, x: FloatArray) -> float:
        """Objective at ``x``."""
        return inner_product(self.cost, x) + self.offset

    def violation(
        self, x: FloatArray, row_units: FloatArray | float = 1.0, column_units: FloatArray | float = 1.0
    ) -> float:
        """Worst violation of a row or bound.

        Parameters
        ----------
        x
            Values of the columns, shape (columns).
        row_units, column_units
            What counts as one in each row, shape (rows), and in each column, shape (columns).

        Returns
        -------
        float
            Relative to the largest of that unit, the bound, and the sum of the absolute terms of the row.
        """
        rows = _excess(self.matrix @ x, self.row_lower, self.row_upper, row_units)
        worst = np.flatnonzero(rows > 0)
        if worst.size:
            terms = abs(self.matrix.tocsr()[worst]) @ np.abs(x)
            units = np.broadcast_to(row_units, rows.shape)[worst]
            sides = self.row_lower[worst], self.row_upper[worst]
            rows = _excess(self.matrix.tocsr()[worst] @ x, *sides, np.maximum(units, terms))
        columns = _excess(x, self.column_lower, self.column_upper, column_units)
        return max(float(rows.max(initial=0.0)), float(columns.max(initial=0.0)))

    def relaxed_copy(self) -> LinearProgram:
        """The program without integrality, in arrays of its own."""
        return LinearProgram(
            cost=self.cost.copy(),
            offset=self.offset,
            matrix=self.matrix.copy(),
            row_lower=self.row_lower.copy(),
            row_upper=self.row_upper.copy(),
            column_lower=self.column_lower.copy(),
            column_upper=self.column_upper.copy(),
            integer=np.zeros(self.columns, dtype=bool),
        )

    def check(self) -> None:
        """Raise BadNumber for shapes that do not fit and numbers that a solver would silently misread."""
        self._check_shapes()
        _check_finite("cost", "column", self.cost)
        if not np.isfinite(self.offset) or abs(self.offset) >= LARGEST:
            raise BadNumber(f"offset of the objective is {self.offset}; a finite number below {LARGEST:g} is wanted")
        self._check_entries()
        _check_bounds("row", self.row_lower, self.row_upper)
        _check_bounds("column", self.column_lower, self.column_upper)

    def _check_shapes(self) -> None:
        if self.matrix.format not in ("csr", "csc"):
            raise BadNumber(f"matrix is stored as {self.matrix.format}; csr or csc is wanted")
        m, n = self.matrix.shape
        wanted = {
            "cost": (self.cost, n),
            "column_lower": (self.column_lower, n),
            "column_upper": (self.column_upper, n),
            "integer": (self.integer, n),
            "row_lower": (self.row_lower, m),
            "row_upper": (self.row_upper, m),
        }
        for name, (array, length) in wanted.items():
            if np.shape(array) != (length,):
                raise BadNumber(f"{name} has shape {np.shape(array)}; ({length},) is wanted for a {m} × {n} matrix")

    def _check_entries(self) -> None:
        """Without a copy of something so large; NaN fails both comparisons."""
        data = self.matrix.data
        if not data.size or (data.max() < LARGEST and data.min() > -LARGEST):
            return
        entries = self.matrix.tocoo()
        place = int(np.flatnonzero(~(np.abs(entries.data) < LARGEST))[0])
        row, column = (int(index[place]) for index in entries.coords)
        raise BadNumber(
            f"coefficient in row {row}, column {column} is {entries.data[place]}; a number below {LARGEST:g} is wanted"
        )


def inner_product(left: FloatArray, right: FloatArray) -> float:
    """Σ left·right in this thread alone: beyond 10,000 numbers @ starts others, which takes 50 times as long."""
    return float(np.einsum("i,i", left, right))


def _excess(values: FloatArray, lower: FloatArray, upper: FloatArray, units: FloatArray | float) -> FloatArray:
    below = (lower - values) / np.maximum(units, np.abs(np.where(np.isfinite(lower), lower, 0.0)))
    above = (values - upper) / np.maximum(units, np.abs(np.where(np.isfinite(upper), upper, 0.0)))
    return np.asarray(np.maximum(0.0, np.maximum(below, above)))


def _check_finite(name: str, what: str, values: FloatArray) -> None:
    bad = np.flatnonzero(~(np.abs(values) < LARGEST))
    if bad.size:
        raise BadNumber(f"{name} of {what} {bad[0]} is {values[bad[0]]}; a number below {LARGEST:g} is wanted")


def _check_bounds(what: str, lower: FloatArray, upper: FloatArray) -> None:
    for name, values, forbidden in (("lower", lower, np.inf), ("upper", upper, -np.inf)):
        wrong = np.isnan(values) | (values == forbidden) | (np.isfinite(values) & (np.abs(values) >= LARGEST))
        bad = np.flatnonzero(wrong)
        if bad.size:
            raise BadNumber(
                f"{name} bound of {what} {bad[0]} is {values[bad[0]]}; "
                f"a number below {LARGEST:g} is wanted, or {-forbidden} for none"
            )
    crossed = np.flatnonzero(lower > upper)
    if crossed.size:
        i = crossed[0]
        raise BadNumber(f"bounds of {what} {i} cross: lower {lower[i]} is above upper {upper[i]}")

"""Rows, columns and objective scaled by powers of two on the way to the solver, and back on the way out.

The tolerances of a solver are absolute: 1e-6 and less for rows, bounds, reduced costs and objectives. Money counted in
units or in billions, and tons counted in grams, would mean other plans, or none. So rows and columns whose typical
sizes (``typical_sizes``) are far from the ordinary are brought to ``ORDINARY``, and the typical cost near 1, as long as
the largest then stays at or below 2**20. A power of two changes no digit of any number.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.solver.equilibrate import typical_sizes

Exponents = NDArray[np.int32]

LARGEST_EXPONENT = 20

ORDINARY = 7
"""Quantities of about 2**7 are what tolerances are made for: they see a hundred-millionth of them, and rounding does
not reach them."""

BAND = 10
"""A program all of whose sizes are within 2**±10 of the ordinary (an eighth to 130,000) is left as it is."""


@dataclass(frozen=True, eq=False)
class Scaling:
    """Exponents of two: row i is handed over times 2**rows[i], column j in units of 2**columns[j].

    Parameters
    ----------
    rows, columns
        Shapes (rows) and (columns), the exponent 0 for integer columns; None where all are 0.
    objective
        The objective is handed over times 2**objective.
    """

    rows: Exponents | None
    columns: Exponents | None
    objective: int

    # -- on the way in --------------------------------------------------------------------------------------------

    def scaled(self, program: LinearProgram) -> LinearProgram:
        """The program as the solver gets it."""
        cost, offset = self.scaled_cost(program.cost), float(np.ldexp(program.offset, self.objective))
        if self.rows is None or self.columns is None:
            return dataclasses.replace(program, cost=cost, offset=offset)
        return LinearProgram(
            cost=cost,
            offset=offset,
            matrix=scaled_matrix(program.matrix, self.rows, self.columns),
            row_lower=np.ldexp(program.row_lower, self.rows),
            row_upper=np.ldexp(program.row_upper, self.rows),
            column_lower=np.ldexp(program.column_lower, -self.columns),
            column_upper=np.ldexp(program.column_upper, -self.columns),
            integer=program.integer,
        )

    def scaled_cost(self, cost: FloatArray) -> FloatArray:
        """Costs, shape (columns), as the solver gets them."""
        exponents = self.objective if self.columns is None else self.objective + self.columns
        return np.asarray(np.ldexp(cost, exponents))

    def scaled_sides(self, rows: NDArray[np.int64], sides: FloatArray) -> FloatArray:
        """Right-hand sides of some rows as the solver gets them."""
        return sides if self.rows is None else np.asarray(np.ldexp(sides, self.rows[rows]))

    def scaled_bounds(self, columns: NDArray[np.int64], bounds: FloatArray) -> FloatArray:
        """Bounds of some columns as the solver gets them."""
        return bounds if self.columns is None else np.asarray(np.ldexp(bounds, -self.columns[columns]))

    def scaled_entry(self, row: int, column: int, value: float) -> float:
        """One entry of the matrix as the solver gets it.

        Parameters
        ----------
        row, column
            Where it stands.
        value
            In the units of the program.

        Returns
        -------
        float
            In those of the solver.
        """
        if self.rows is None or self.columns is None:
            return value
        return float(np.ldexp(value, self.rows[row] + self.columns[column]))

    def scaled_rows(self, matrix: Any, first: int) -> FloatArray:
        """Entries of a csr matrix of rows, the first of which is row ``first``, as the solver gets them."""
        if self.rows is None or self.columns is None:
            return np.asarray(matrix.data)
        mine = self.rows[first : first + matrix.shape[0]]
        return np.asarray(scaled_matrix(matrix, mine, self.columns).data)

    def with_rows(self, matrix: Any) -> Scaling:
        """The scaling with further rows, shape (k, columns), each brought to the ordinary by its own entries."""
        if self.rows is None or self.columns is None:
            return self
        entries = matrix.tocoo()
        there = entries.data != 0
        i, j = entries.coords[0][there], entries.coords[1][there]
        sizes = np.log2(np.abs(entries.data[there])) + self.columns[j]
        count = np.bincount(i, minlength=matrix.shape[0])
        mean = np.bincount(i, sizes, minlength=matrix.shape[0]) / np.maximum(count, 1)
        return dataclasses.replace(self, rows=np.concatenate([self.rows, -np.round(mean).astype(np.int32)]))

    def with_some_rows(self, stay: NDArray[np.bool_]) -> Scaling:
        """The scaling of some of the rows, shape (rows)."""
        return self if self.rows is None else dataclasses.replace(self, rows=self.rows[stay])

    def with_cost(self, cost: FloatArray) -> Scaling:
        """The scaling for other costs of the columns."""
        return dataclasses.replace(self, objective=objective_exponent(_in_units(cost, self.columns)))

    # -- on the way back ------------------------------------------------------------------------------------------

    def values(self, columns: FloatArray) -> FloatArray:
        """Values of the columns in the units of the program."""
        return columns if self.columns is None else np.asarray(np.ldexp(columns, self.columns))

    def duals(self, duals: FloatArray) -> FloatArray:
        """Prices of the rows in those of the program."""
        exponents = -self.objective if self.rows is None else self.rows[: len(duals)] - self.objective
        return np.asarray(np.ldexp(duals, exponents))

    def violation(self, program: LinearProgram, columns: FloatArray) -> float:
        """The worst violation of a row or bound of the program, as the solver would see it, relative to its terms."""
        if self.rows is None or self.columns is None:
            return program.violation(columns)
        return program.violation(columns, np.exp2(-self.rows), np.exp2(self.columns))

    def objective_value(self, value: float) -> float:
        """A value of the objective as the program counts it."""
        return float(np.ldexp(value, -self.objective))


def scaling_of(program: LinearProgram) -> Scaling:
    """The scaling of a program; rows and columns stay as they are where their sizes are ordinary."""
    if not _plainly_ordinary(program):
        sizes = typical_sizes(program)
        rows, columns = ORDINARY - sizes.rows, np.where(program.integer, 0.0, sizes.columns - ORDINARY)
        if max(np.abs(rows).max(initial=0.0), np.abs(columns).max(initial=0.0)) > BAND:
            return _rounded(program, rows, columns)
    return Scaling(None, None, objective_exponent(program.cost))


def other_scaling(program: LinearProgram) -> Scaling:
    """Another scaling than ``scaling_of``, for a second opinion: everything is brought to 1."""
    sizes = typical_sizes(program)
    return _rounded(program, -sizes.rows, np.where(program.integer, 0.0, sizes.columns))


def _rounded(program: LinearProgram, rows: FloatArray, columns: FloatArray) -> Scaling:
    of_columns = np.round(columns).astype(np.int32)
    objective = objective_exponent(_in_units(program.cost, of_columns))
    return Scaling(np.round(rows).astype(np.int32), of_columns, objective)


def _in_units(cost: FloatArray, columns: Exponents | None) -> FloatArray:
    return cost if columns is None else np.asarray(np.ldexp(cost, columns))


def _plainly_ordinary(program: LinearProgram) -> bool:
    """Whether nothing is far from the ordinary, so that sizes need not be looked for."""
    low, high = 2.0 ** (ORDINARY - BAND), 2.0 ** (ORDINARY + BAND)
    sides = (program.row_lower, program.row_upper, program.column_lower, program.column_upper)
    return _all_between(program.matrix.data, 1.0 / 2.0**ORDINARY, 2.0**ORDINARY) and all(
        _all_between(bounds[np.isfinite(bounds)], low, high) for bounds in sides
    )


def _all_between(values: FloatArray, low: float, high: float) -> bool:
    sizes = np.abs(values[values != 0])
    return not sizes.size or bool(low <= sizes.min() and sizes.max() <= high)


def scaled_matrix(matrix: Any, rows: Exponents, columns: Exponents) -> Any:
    """A matrix with each entry times 2**(rows[i] + columns[j]).

    Parameters
    ----------
    matrix
        A ``csr_array`` or ``csc_array`` (m × n); it stays as it is.
    rows, columns
        Exponents, shapes (m) and (n).

    Returns
    -------
    csr_array or csc_array
        In the format of ``matrix``.
    """
    along = np.repeat(np.arange(len(matrix.indptr) - 1, dtype=np.int32), np.diff(matrix.indptr))
    i, j = (along, matrix.indices) if matrix.format == "csr" else (matrix.indices, along)
    scaled = matrix.copy()
    scaled.data = np.ldexp(matrix.data, rows[i] + columns[j])
    return scaled


def objective_exponent(cost: FloatArray) -> int:
    """The k for which the costs are handed over as cost · 2**k."""
    sizes = np.abs(cost[cost != 0.0])
    if sizes.size == 0:
        return 0
    typical = -round(float(np.mean(np.log2(sizes))))
    limit = LARGEST_EXPONENT - int(np.ceil(np.log2(sizes.max())))
    return min(typical, limit)

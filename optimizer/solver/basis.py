"""Basis: where a simplex solve ended, to start another from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

STATUSES = tuple(highspy.HighsBasisStatus(i) for i in range(5))
"""What a column or row can be, by its number."""


@dataclass(frozen=True, eq=False)
class Basis:
    """Which columns and rows of an LP are basic, and at which bound the others stand, as HiGHS keeps it."""

    of_highs: highspy.HighsBasis

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and of columns of the LP it belongs to."""
        return len(self.of_highs.row_status), len(self.of_highs.col_status)

    def as_numbers(self) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
        """What every row and every column is, as numbers, to be kept."""
        rows, columns = self.of_highs.row_status, self.of_highs.col_status
        return np.array([int(s) for s in rows], dtype=np.int8), np.array([int(s) for s in columns], dtype=np.int8)

    @classmethod
    def of_numbers(cls, rows: NDArray[np.int8], columns: NDArray[np.int8]) -> Basis:
        """What ``as_numbers`` gave; HiGHS checks it, and mends it where it is singular, before it starts from it."""
        basis = highspy.HighsBasis()  # alien by birth
        basis.row_status = [STATUSES[i] for i in rows.tolist()]
        basis.col_status = [STATUSES[i] for i in columns.tolist()]
        basis.valid = True
        return cls(basis)

    def __reduce__(self) -> tuple[Any, ...]:
        """What HiGHS keeps does not travel between processes; numbers do."""
        return Basis.of_numbers, self.as_numbers()

    def with_rows(self, count: int) -> Basis:
        """The basis with ``count`` further rows at the end, basic, as a violated row enters the dual simplex method."""
        longer = self.to_check()
        longer.row_status = [*longer.row_status, *[highspy.HighsBasisStatus.kBasic] * count]
        return Basis(longer)

    def of_rows(self, stay: NDArray[np.bool_]) -> Basis:
        """The basis without some rows, shape (rows): the status of those that stay."""
        fewer = self.to_check()
        fewer.row_status = [status for status, stays in zip(fewer.row_status, stay.tolist(), strict=True) if stays]
        return Basis(fewer)

    def basic_rows(self) -> NDArray[np.bool_]:
        """Which rows are basic, shape (rows)."""
        basic = highspy.HighsBasisStatus.kBasic
        return np.array([status == basic for status in self.of_highs.row_status], dtype=bool)

    def to_check(self) -> highspy.HighsBasis:
        """A copy that HiGHS checks, and mends where it is singular, before it starts from it."""
        copy = highspy.HighsBasis()  # alien by birth
        copy.col_status = self.of_highs.col_status
        copy.row_status = self.of_highs.row_status
        copy.valid = True
        return copy

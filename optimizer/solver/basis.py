"""Basis: where a simplex solve ended, to start another from."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

Statuses = NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class Basis:
    """Which columns and rows of an LP are basic, and at which bound the others stand, as HiGHS keeps it."""

    of_highs: highspy.HighsBasis

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and of columns of the LP it belongs to."""
        return len(self.of_highs.row_status), len(self.of_highs.col_status)

    def with_rows(self, count: int) -> Basis:
        """The basis with ``count`` further rows at the end, basic, as a violated row enters the dual simplex method."""
        longer = self.to_check()
        longer.row_status = [*longer.row_status, *[highspy.HighsBasisStatus.kBasic] * count]
        return Basis(longer)

    def statuses(self) -> tuple[Statuses, Statuses]:
        """Of each column and of each row where it stands, as HiGHS counts it: what ``of_statuses`` makes a basis of."""
        columns, rows = self.of_highs.col_status, self.of_highs.row_status
        return np.array([int(s) for s in columns], dtype=np.int8), np.array([int(s) for s in rows], dtype=np.int8)

    @classmethod
    def of_statuses(cls, columns: Statuses, rows: Statuses) -> Basis:
        """A basis of where columns and rows stand; ValueError for what HiGHS does not know."""
        basis = highspy.HighsBasis()
        basis.col_status = [highspy.HighsBasisStatus(int(status)) for status in columns]
        basis.row_status = [highspy.HighsBasisStatus(int(status)) for status in rows]
        basis.valid = True
        return cls(basis)

    def to_check(self) -> highspy.HighsBasis:
        """A copy that HiGHS checks, and mends where it is singular, before it starts from it."""
        copy = highspy.HighsBasis()  # alien by birth
        copy.col_status = self.of_highs.col_status
        copy.row_status = self.of_highs.row_status
        copy.valid = True
        return copy

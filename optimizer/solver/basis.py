"""Basis: where a simplex solve ended, to start another from."""

from __future__ import annotations

from dataclasses import dataclass

import highspy


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

    def to_check(self) -> highspy.HighsBasis:
        """A copy that HiGHS checks, and mends where it is singular, before it starts from it."""
        copy = highspy.HighsBasis()  # alien by birth
        copy.col_status = self.of_highs.col_status
        copy.row_status = self.of_highs.row_status
        copy.valid = True
        return copy

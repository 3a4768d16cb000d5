"""The ledger of constraints: how far each is from holding, and which is furthest.

A constraint is written as the sum of its signed terms, at most or exactly zero. Its violation is relative: what the
sum exceeds zero by, divided by max(1, the largest absolute term of the row).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf, isnan

import numpy as np

from friendshore.optimizer.certify.numbers import Array, Marks, Places

TOLERANCE = 1e-6
"""A constraint that is violated by more does not hold."""

MOST = 20
"""So many that do not hold are named at most."""


def listed(names: Sequence[str], after: str = "") -> Callable[[int], str]:
    """The name of a row from a list, with words after it."""
    return lambda row: names[row] + after


class Tally:
    """Rows of one constraint at some nodes: the sum of the signed terms of each, and its largest absolute term."""

    def __init__(self, nodes: int, rows: int) -> None:
        self.total: Array = np.zeros((nodes, rows))
        self.largest: Array = np.zeros((nodes, rows))

    @classmethod
    def of(cls, *terms: Array) -> Tally:
        """Rows whose terms stand column by column in arrays of the same shape."""
        tally = cls(*terms[0].shape)
        for term in terms:
            tally.total += term
            tally.largest = np.maximum(tally.largest, np.abs(term))
        return tally

    def negated(self) -> Tally:
        """The same rows with every sign turned."""
        tally = Tally(*self.total.shape)
        tally.total, tally.largest = -self.total, self.largest
        return tally

    def add(self, terms: Array, rows: Places) -> None:
        """Add terms: column i of ``terms`` to row ``rows[i]``."""
        if rows.size == 0:
            return
        order = np.argsort(rows, kind="stable")
        touched, starts = np.unique(rows[order], return_index=True)
        sorted_terms = terms[:, order]
        self.total[:, touched] += np.add.reduceat(sorted_terms, starts, axis=1)
        largest = np.maximum.reduceat(np.abs(sorted_terms), starts, axis=1)
        self.largest[:, touched] = np.maximum(self.largest[:, touched], largest)


class Ledger:
    """Every constraint checked so far: how many, the worst violation and its name, and names of those that fail."""

    def __init__(self) -> None:
        self.constraints = 0
        self.max_violation = 0.0
        self.worst = ""
        self.failures: list[str] = []

    def at_most_zero(
        self, tally: Tally, name: Callable[[int], str], nodes: Sequence[str], active: Marks | None = None
    ) -> None:
        """Check that each row, where it is active, is at most zero.

        Parameters
        ----------
        tally
            Signed terms, nodes × rows.
        name
            Name of the constraint in each row.
        nodes
            Name of each node.
        active
            Where the constraint holds, nodes × rows; None for everywhere.
        """
        self._check(tally, np.maximum(tally.total, 0.0), name, nodes, active)

    def zero(self, tally: Tally, name: Callable[[int], str], nodes: Sequence[str]) -> None:
        """Check that each row is zero.

        Parameters
        ----------
        tally
            Signed terms, nodes × rows.
        name
            Name of the constraint in each row.
        nodes
            Name of each node.
        """
        self._check(tally, np.abs(tally.total), name, nodes, None)

    def note(self, name: str, lack: float, size: float = 1.0) -> None:
        """Check one constraint.

        Parameters
        ----------
        name
            Name of the constraint.
        lack
            What it lacks, in the unit of its terms; at most 0 where it holds.
        size
            Its largest absolute term.
        """
        self.constraints += 1
        relative = float(lack / max(1.0, size)) if lack > 0 else 0.0
        self._remember(relative, name, lack)
        if not relative <= TOLERANCE:
            self._fail(name, lack)

    def equal(self, name: str, reported: float, wanted: float, size: float = 0.0) -> None:
        """Check that a number is what was recomputed.

        Parameters
        ----------
        name
            Name of the number.
        reported
            What the plan reports.
        wanted
            What was recomputed.
        size
            The largest of the parts that it was added up from.
        """
        self.note(name, abs(reported - wanted), max(abs(reported), abs(wanted), size))

    def _check(
        self, tally: Tally, lack: Array, name: Callable[[int], str], nodes: Sequence[str], active: Marks | None
    ) -> None:
        if lack.size == 0:
            return
        relative = np.nan_to_num(lack / np.maximum(1.0, tally.largest), nan=inf)
        if active is not None:
            relative = np.where(active, relative, 0.0)
        self.constraints += int(active.sum()) if active is not None else relative.size
        node, row = divmod(int(relative.argmax()), relative.shape[1])
        if relative[node, row] > self.max_violation:
            self._remember(float(relative[node, row]), f"{name(row)} at {nodes[node]}", float(lack[node, row]))
        for failed in np.argwhere(relative > TOLERANCE)[:MOST].tolist():
            self._fail(f"{name(failed[1])} at {nodes[failed[0]]}", float(lack[failed[0], failed[1]]))

    def _fail(self, name: str, lack: float) -> None:
        if len(self.failures) < MOST:
            self.failures.append(f"{name} (by {lack:.6g})")

    def _remember(self, violation: float, name: str, lack: float) -> None:
        violation = inf if isnan(violation) else violation
        if violation > self.max_violation:
            self.max_violation = violation
            self.worst = f"{name} (by {lack:.6g})"

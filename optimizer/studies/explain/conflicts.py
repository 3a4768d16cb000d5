"""Every smallest set of sheet rows that cannot hold together, by MARCO.

Liffiton, Previti, Malik and Marques-Silva 2016, Fast, flexible MUS enumeration: a map of the subsets that are not known
yet gives the largest of them. Where its rows hold together, what is left out is a smallest set to give up, and with
every subset it is known. Where they do not, a deletion filter makes a smallest conflict of it, and every larger set is
known. The map is a 0/1 program, so that sets to give up come in order of their size. When it is empty, all are found.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from friendshore.optimizer.answer.elastic import Demand
from friendshore.optimizer.program.linear_program import LinearProgram
from friendshore.optimizer.solver import solve_program
from friendshore.optimizer.studies.explain.probes import Probes, Rows
from friendshore.optimizer.studies.explain.work import Enough, Work

MOST = 200
"""Sets of either kind after which the search for further ones ends."""


@dataclass(frozen=True)
class Conflicts:
    """What cannot hold together.

    Parameters
    ----------
    demands
        The sheet rows that demand something.
    conflicts
        The smallest sets that cannot hold together, by place in ``demands``, small ones first.
    corrections
        The smallest sets without which all others can hold, small ones first.
    complete
        Whether these are all that there are.
    probes, searches
        How often rows were tried, and how often that took a search for whole numbers.
    """

    demands: tuple[Demand, ...]
    conflicts: tuple[Rows, ...]
    corrections: tuple[Rows, ...]
    complete: bool
    probes: int = 0
    searches: int = 0

    @property
    def clashing(self) -> Rows:
        """Every row of any conflict."""
        return frozenset[int]().union(*self.conflicts)


def find_conflicts(probes: Probes, work: Work, most: int = MOST) -> Conflicts:
    """The smallest conflicts among the demands of a problem.

    Parameters
    ----------
    probes
        The demands, and whether some of them can hold together.
    work
        Limits and signals.
    most
        Sets of either kind after which the search ends.

    Returns
    -------
    Conflicts
        What was found; not ``complete`` where the time was up before all was known.
    """
    found = _Found(probes)
    complete = False
    try:
        while len(found.conflicts) < most and len(found.corrections) < most:
            work.tell(f"conflicts, {len(found.conflicts)} so far")
            seed = _largest_unknown(len(probes.demands), found.conflicts, found.corrections)
            if seed is None:
                complete = True
                break
            found.look_at(seed)
    except Enough:
        pass
    return Conflicts(
        probes.demands,
        tuple(sorted(found.conflicts, key=_small_first)),
        tuple(sorted(found.corrections, key=_small_first)),
        complete,
        probes.probed,
        probes.searched,
    )


def _small_first(rows: Rows) -> tuple[int, list[int]]:
    return len(rows), sorted(rows)


class _Found:
    """The conflicts and corrections found so far."""

    def __init__(self, probes: Probes) -> None:
        self.conflicts: list[Rows] = []
        self.corrections: list[Rows] = []
        self._probes = probes
        self._everything: Rows = frozenset(range(len(probes.demands)))

    def look_at(self, seed: Rows) -> None:
        """Learn a conflict or a correction from the largest set that is not known."""
        if self._probes.hold(seed):
            self.corrections.append(self._everything - seed)
        else:
            self.conflicts.append(self._shrunk(seed))

    def _shrunk(self, rows: Rows) -> Rows:
        """A smallest conflict within rows that cannot hold together."""
        priced = self._probes.suspects(rows)
        kept = priced if priced != rows and not self._hold(priced) else rows
        for i in sorted(kept):
            if not self._hold(kept - {i}):
                kept -= {i}
        return kept

    def _hold(self, rows: Rows) -> bool:
        known = any(not rows & correction for correction in self.corrections)
        return known or self._probes.hold(rows)


def _largest_unknown(count: int, conflicts: list[Rows], corrections: list[Rows]) -> Rows | None:
    """The largest set of rows that contains no conflict and lies in no set that holds; None where there is none."""
    known = [*conflicts, *corrections]
    if not known:
        return frozenset(range(count))
    if frozenset() in known:
        return None
    entries = [(k, i) for k, rows in enumerate(known) for i in sorted(rows)]
    at = np.array([k for k, _ in entries]), np.array([i for _, i in entries])
    most = [len(rows) - 1.0 for rows in conflicts]
    program = LinearProgram(
        cost=np.full(count, -1.0),
        offset=0.0,
        matrix=csr_array((np.ones(len(entries)), at), shape=(len(known), count)),
        row_lower=np.array([-np.inf] * len(conflicts) + [1.0] * len(corrections)),
        row_upper=np.array(most + [np.inf] * len(corrections)),
        column_lower=np.zeros(count),
        column_upper=np.ones(count),
        integer=np.ones(count, dtype=bool),
    )
    answer = solve_program(program, gap=0.0, threads=1)
    if answer.stopped:
        raise Enough
    return None if answer.columns is None else frozenset(np.flatnonzero(answer.columns > 0.5).tolist())

"""Breaking a plan: one linear program handed to the solver once, its bounds changed for each removal.

Each solve begins at the basis of the last one. Where the solution before a stop still satisfies the bounds after it, it
is still the cheapest (a stop takes away, it never adds), and nothing is solved.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.solver import Answer, SolverFault
from friendshore.optimizer.solver.persistent import PersistentLp
from friendshore.optimizer.studies.negligible import negligible
from friendshore.optimizer.studies.stress.bench import Bench
from friendshore.optimizer.studies.stress.limits import Places, Stop, means_of, stopped_share

SAME = 1e-9
"""A bound exceeded by less, relative to its size, is kept."""

NONE_SHORT = 1e-6
"""A tier is short when it lacks more than this share of its need, beyond what it lacks undisturbed."""


@dataclass(frozen=True, eq=False)
class Struck:
    """Bounds under a stop: columns and rows with their upper bounds, and the stops they come from."""

    stops: tuple[Stop, ...]
    columns: Places
    column_upper: FloatArray
    rows: Places
    row_upper: FloatArray


@dataclass(frozen=True)
class Broken:
    """What one break does.

    ``removals`` are positions; ``extra_cost`` is discounted, against the undisturbed branch; ``damage`` of shortage
    not discounted; ``share`` of each tier's demand that is not met over the nodes the stop meets; ``lacking`` the
    weighted shortage of each tier over the whole branch.
    """

    removals: tuple[int, ...]
    extra_cost: float
    damage: float
    share: tuple[float, ...]
    lacking: tuple[float, ...]


class HotLp:
    """One LP under changing stops."""

    def __init__(self, bench: Bench, program: LinearProgram) -> None:
        self.bench = bench
        self._base = program
        self._lp = PersistentLp(program)
        self._columns = np.zeros(0, dtype=np.int64)
        self._rows = np.zeros(0, dtype=np.int64)
        self.solves = 0
        self.undisturbed = self._solve()
        self._start = self.undisturbed.basis

    def struck(self, stops: Sequence[Stop]) -> Struck:
        """The bounds under some stops together."""
        limits, count = self.bench.limits, self.bench.limits.columns
        means = means_of(stops, self.bench.starts, self.bench.lengths)
        touched = limits.touched(means)
        slots, upper = limits.slots[touched], limits.upper(touched, means)
        of_columns = slots < count
        columns, rows = slots[of_columns], slots[~of_columns] - count
        least = self._base.column_lower[columns]
        return Struck(tuple(stops), columns, np.maximum(upper[of_columns], least), rows, upper[~of_columns])

    def keeps(self, solved: Answer, struck: Struck) -> bool:
        """Whether a solution satisfies the bounds of a stop."""
        if not _within(solved.plan[struck.columns], struck.column_upper):
            return False
        return not struck.rows.size or _within(self._base.matrix[struck.rows] @ solved.plan, struck.row_upper)

    def solve(self, struck: Struck) -> Answer:
        """The cheapest course under a stop, from the basis of the last solve; its cost is that from the onset on."""
        base = self._base
        columns = np.union1d(self._columns, struck.columns)
        upper = base.column_upper[columns]
        upper[np.searchsorted(columns, struck.columns)] = struck.column_upper
        self._lp.set_column_bounds(columns, base.column_lower[columns], upper)
        rows = np.union1d(self._rows, struck.rows)
        most = base.row_upper[rows]
        most[np.searchsorted(rows, struck.rows)] = struck.row_upper
        self._lp.set_row_bounds(rows, base.row_lower[rows], most)
        self._columns, self._rows = struck.columns, struck.rows
        return self._solve()

    def restart(self) -> None:
        """Forget what was solved: the bounds and the basis are those with nothing stopped."""
        base = self._base
        self._lp.set_column_bounds(self._columns, base.column_lower[self._columns], base.column_upper[self._columns])
        self._lp.set_row_bounds(self._rows, base.row_lower[self._rows], base.row_upper[self._rows])
        self._columns, self._rows = self._columns[:0], self._rows[:0]
        self._lp.start_over(self._start)

    def _solve(self) -> Answer:
        answer = self._lp.solve()
        self.solves += 1
        if answer.columns is None:
            raise SolverFault(f"a stop could not be solved although everything may go short: {answer.status}")
        return answer


def _within(values: FloatArray, upper: FloatArray) -> bool:
    with np.errstate(invalid="ignore"):
        return bool((values <= upper + SAME * np.maximum(1.0, np.where(np.isfinite(upper), upper, 1.0))).all())


class Breaker:
    """Answers about the breaks of one bench."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self._cost = HotLp(bench, bench.program)
        self._tiers: dict[int, _Tier] = {}

    def restart(self) -> None:
        """Begin as if nothing had been asked yet, so that the next answers do not depend on those before."""
        self._cost.restart()
        for tier in self._tiers.values():
            tier.restart()

    @property
    def undisturbed(self) -> Broken:
        """The branch with nothing stopped; its shares are over the whole branch."""
        return self._told((), self._cost.undisturbed, ())

    def starting_with(self, first: int, size: int) -> Iterator[Broken]:
        """All breaks of up to ``size`` removals whose first is ``first``, the others after it in order."""
        yield from self._beyond((first,), self._cost.undisturbed, size)

    def _beyond(self, chosen: tuple[int, ...], before: Answer, size: int) -> Iterator[Broken]:
        stops = tuple(self.bench.stops[i] for i in chosen)
        struck = self._cost.struck(stops)
        solved = before if self._cost.keeps(before, struck) else self._cost.solve(struck)
        yield self._told(chosen, solved, stops)
        if len(chosen) < size:
            for other in range(chosen[-1] + 1, len(self.bench.stops)):
                yield from self._beyond((*chosen, other), solved, size)

    def _told(self, chosen: tuple[int, ...], solved: Answer, stops: Sequence[Stop]) -> Broken:
        bench, needs = self.bench, self.bench.needs
        years = max((stop.years for stop in stops), default=inf)
        meets = stopped_share(bench.starts, bench.lengths, years) > SAME
        short, needed = needs.short(solved.plan), needs.needed(needs.demand)
        wanted = needed[:, meets].sum(axis=1)
        share = np.divide(short[:, meets].sum(axis=1), wanted, out=np.zeros(len(wanted)), where=wanted > 0)
        share[share < NONE_SHORT] = 0.0
        extra = solved.cost - self._cost.undisturbed.cost
        small = negligible(SAME, self._cost.undisturbed.cost)
        return Broken(
            chosen,
            0.0 if abs(extra) < small else extra,
            needs.harm(solved.plan),
            tuple(share.tolist()),
            tuple(short.sum(axis=1).tolist()),
        )

    def survives(self, removal: int, tier: int) -> float:
        """Time to survive (TTS): the longest stop in years that leaves a tier, and those that hurt more, no shorter.

        Lesser tiers and money give way. Tried are the ends of the nodes, so that the true value lies between this one
        and the next end; inf where even a stop to the end of the horizon is borne. (D. Simchi-Levi et al., Identifying
        risks and mitigating disruptions in the automotive supply chain, Interfaces 45(5), 2015.)
        """
        if tier not in self._tiers:
            self._tiers[tier] = _Tier(self.bench, tier)
            self._tiers[tier].restart()
        return self._tiers[tier].longest(self.bench.stops[removal].targets)


class _Tier:
    """The least shortage of a tier and of those that hurt more, as shares of need, under stops of any length."""

    def __init__(self, bench: Bench, tier: int) -> None:
        needs = bench.needs
        needed = needs.needed(needs.demand).sum(axis=1)
        scale = np.divide(1.0, needed, out=np.zeros(len(needed)), where=needed > 0)
        cost = np.zeros(bench.program.columns)
        mine = needs.tier <= tier
        np.add.at(cost, needs.column[mine], needs.weight[mine] * scale[needs.tier[mine]])
        self._lp = HotLp(bench, dataclasses.replace(bench.program, cost=cost, offset=0.0))
        self._ends = bench.starts + bench.lengths
        self._most = self._lp.undisturbed.cost + NONE_SHORT

    def restart(self) -> None:
        """Begin as if nothing had been asked yet."""
        self._lp.restart()

    def longest(self, targets: Places) -> float:
        """The longest stop of these targets without more shortage, at the ends of nodes."""
        last = len(self._ends) - 1
        low, high, good = -1, last + 1, self._lp.undisturbed  # borne to the end of node low, not to that of node high
        guess = last
        while high - low > 1:
            tried = self._try(targets, guess, good)
            if tried is None:
                high = guess
            else:
                low, good = guess, tried
            guess = (low + high) // 2
        if low == last:
            return inf
        return float(self._ends[low]) if low >= 0 else 0.0

    def _try(self, targets: Places, node: int, good: Answer) -> Answer | None:
        """A course without more shortage for a stop to the end of a node; None where there is none."""
        struck = self._lp.struck([Stop(targets, float(self._ends[node]))])
        if self._lp.keeps(good, struck):
            return good
        solved = self._lp.solve(struck)
        return solved if solved.cost <= self._most else None

"""Breaking a plan: one linear program handed to the solver once, its bounds changed for each removal.

Each solve begins at the basis of the last one. Where the solution before an outage still satisfies the bounds after it,
it is still the cheapest (an outage takes away, it never adds), and nothing is solved.
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
from friendshore.optimizer.studies.stress.bench import Bench
from friendshore.optimizer.studies.stress.limits import Outage, Places, means_of, outage_share
from friendshore.optimizer.studies.stress.needs import NONE_SHORT

SAME = 1e-9
"""A bound exceeded by less, relative to its size, is kept."""


@dataclass(frozen=True, eq=False)
class DisruptedBounds:
    """Bounds under some outages: columns and rows with their upper bounds, and the outages they come from."""

    outages: tuple[Outage, ...]
    columns: Places
    column_upper: FloatArray
    rows: Places
    row_upper: FloatArray


@dataclass(frozen=True)
class BreakResult:
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


class WarmStartedLp:
    """One linear program under changing outages, each solve from the basis of the last."""

    def __init__(self, bench: Bench, program: LinearProgram) -> None:
        self.bench = bench
        self._base = program
        self._lp = PersistentLp(program)
        self._columns = np.zeros(0, dtype=np.int64)
        self._rows = np.zeros(0, dtype=np.int64)
        self.solves = 0
        self.undisturbed = self._solve()
        self._start = self.undisturbed.basis

    def bounds_under(self, outages: Sequence[Outage]) -> DisruptedBounds:
        """The bounds under some outages together."""
        limits, count = self.bench.limits, self.bench.limits.columns
        means = means_of(outages, self.bench.starts, self.bench.lengths)
        touched = limits.touched(means)
        slots, upper = limits.slots[touched], limits.upper(touched, means)
        of_columns = slots < count
        columns, rows = slots[of_columns], slots[~of_columns] - count
        least = self._base.column_lower[columns]
        return DisruptedBounds(tuple(outages), columns, np.maximum(upper[of_columns], least), rows, upper[~of_columns])

    def keeps(self, answer: Answer, bounds: DisruptedBounds) -> bool:
        """Whether a solution satisfies the bounds of an outage."""
        if not _within(answer.plan[bounds.columns], bounds.column_upper):
            return False
        return not bounds.rows.size or _within(self._base.matrix[bounds.rows] @ answer.plan, bounds.row_upper)

    def solve(self, bounds: DisruptedBounds) -> Answer:
        """The cheapest course under an outage, from the basis of the last solve; its cost is that from the onset on."""
        base = self._base
        columns = np.union1d(self._columns, bounds.columns)
        upper = base.column_upper[columns]
        upper[np.searchsorted(columns, bounds.columns)] = bounds.column_upper
        self._lp.set_column_bounds(columns, base.column_lower[columns], upper)
        rows = np.union1d(self._rows, bounds.rows)
        most = base.row_upper[rows]
        most[np.searchsorted(rows, bounds.rows)] = bounds.row_upper
        self._lp.set_row_bounds(rows, base.row_lower[rows], most)
        self._columns, self._rows = bounds.columns, bounds.rows
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


def extra_cost(cost: float, undisturbed: float) -> float:
    """What a disrupted branch costs more than the undisturbed one; 0 where it is rounding."""
    extra = cost - undisturbed
    return 0.0 if abs(extra) < SAME * max(1.0, abs(undisturbed)) else extra


class Breaker:
    """What the breaks of one bench do, each solved from the one before."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self._cost = WarmStartedLp(bench, bench.program)
        self._tiers: dict[int, _Tier] = {}

    def restart(self) -> None:
        """Begin as if nothing had been solved yet, so that the next answers do not depend on those before."""
        self._cost.restart()
        for tier in self._tiers.values():
            tier.restart()

    @property
    def undisturbed(self) -> BreakResult:
        """The branch with nothing stopped; its shares are over the whole branch."""
        return self._result((), self._cost.undisturbed, ())

    def starting_with(self, first: int, size: int) -> Iterator[BreakResult]:
        """All breaks of up to ``size`` removals whose first is ``first``, the others after it in order."""
        yield from self._beyond((first,), self._cost.undisturbed, size)

    def _beyond(self, chosen: tuple[int, ...], before: Answer, size: int) -> Iterator[BreakResult]:
        outages = tuple(self.bench.outages[i] for i in chosen)
        bounds = self._cost.bounds_under(outages)
        answer = before if self._cost.keeps(before, bounds) else self._cost.solve(bounds)
        yield self._result(chosen, answer, outages)
        if len(chosen) < size:
            for other in range(chosen[-1] + 1, len(self.bench.outages)):
                yield from self._beyond((*chosen, other), answer, size)

    def _result(self, chosen: tuple[int, ...], answer: Answer, outages: Sequence[Outage]) -> BreakResult:
        bench, needs = self.bench, self.bench.needs
        years = max((outage.years for outage in outages), default=inf)
        meets = outage_share(bench.starts, bench.lengths, years) > SAME
        return BreakResult(
            chosen,
            extra_cost(answer.cost, self._cost.undisturbed.cost),
            needs.harm(answer.plan),
            tuple(needs.unmet(answer.plan, meets).tolist()),
            tuple(needs.short(answer.plan).sum(axis=1).tolist()),
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
        return self._tiers[tier].longest(self.bench.outages[removal].targets)


class _Tier:
    """The least shortage of a tier and of those that hurt more, as shares of need, under outages of any length."""

    def __init__(self, bench: Bench, tier: int) -> None:
        needs = bench.needs
        needed = needs.needed(needs.demand).sum(axis=1)
        scale = np.divide(1.0, needed, out=np.zeros(len(needed)), where=needed > 0)
        cost = np.zeros(bench.program.columns)
        mine = needs.tier <= tier
        np.add.at(cost, needs.column[mine], needs.weight[mine] * scale[needs.tier[mine]])
        self._lp = WarmStartedLp(bench, dataclasses.replace(bench.program, cost=cost, offset=0.0))
        self._ends = bench.starts + bench.lengths
        self._most = self._lp.undisturbed.cost + NONE_SHORT

    def restart(self) -> None:
        """Begin as if nothing had been solved yet."""
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
        bounds = self._lp.bounds_under([Outage(targets, float(self._ends[node]))])
        if self._lp.keeps(good, bounds):
            return good
        answer = self._lp.solve(bounds)
        return answer if answer.cost <= self._most else None

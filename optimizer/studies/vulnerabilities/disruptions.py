"""Stops: what one costs, and how long a tier lasts, by one linear program solved again and again.

The program of ``today.py`` is handed over once; a stop changes bounds only, and each solve starts at the basis of the
undisturbed one, so that no answer depends on the order of the questions.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import expm1, inf, log1p

import numpy as np
from scipy.optimize import brentq

from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.solver import Answer, SolverFault
from friendshore.optimizer.solver.persistent import PersistentLp
from friendshore.optimizer.studies.vulnerabilities.base_year import (
    COALITION,
    Need,
    Today,
    consumers,
    needs_of,
    tiers_of,
)
from friendshore.optimizer.studies.vulnerabilities.flows import without_least_use

_ROOM = 1e-7  # share of a need that a shortage may grow by and still count as none
_ENDLESS = 1e-7  # a pace below this, stops above ten million years, has no end
_LONGEST_LOSS = 500.0  # δ·T beyond which nothing is left of a stock
_LEAST = 1e-9  # the smallest entry a matrix keeps apart from rounding errors


def usable(held: float, loss_rate: float, years: float) -> float:
    """What a stockpile can give at a constant rate over ``years`` when it loses a share of itself a year.

    From the level held, v' = -δ·v - g with δ = -ln(1 - loss rate) and v = 0 at the end: g·T = held·δT/(exp(δT) - 1).

    Parameters
    ----------
    held
        Stock held, in the unit of the commodity.
    loss_rate
        Share lost a year.
    years
        Length of the stop.

    Returns
    -------
    float
        In the unit of the commodity.
    """
    lost = -log1p(-loss_rate) * years
    if lost <= 0:
        return held
    return 0.0 if lost > _LONGEST_LOSS else held * lost / expm1(lost)


@dataclass(frozen=True, eq=False)
class Year:
    """A year's rates under a stop: its cost, and the shortage of each row of demand, a year."""

    cost: float
    shortage: FloatArray

    def of(self, rows: Iterable[int]) -> float:
        """Shortage of some rows of demand together."""
        return float(sum(self.shortage[i] for i in rows))


class Stops:
    """Answers about stops of one ``Today``."""

    def __init__(self, today: Today) -> None:
        self.today = today
        self._rows = {consumer: needs_of(today.problem, consumer) for consumer, _ in consumers(today.problem)}
        self.needs = self._rows[COALITION]
        self.tiers = tiers_of(today.problem)
        self._lossy = {h: rate for h, rate in today.loss_rates.items() if rate > 0}
        program = without_least_use(today)
        self._short = np.array([today.place["shortage", i] for i in today.sets.demand], dtype=np.int64)
        self._cost = _Lp(program)
        self._time = _Lp(_for_time(program, today.pace))
        self.undisturbed = self.year((), inf)

    def year(self, stopped: Sequence[int], years: float) -> Year:
        """The cheapest year of a stop of ``stopped`` columns that lasts ``years`` (inf: for good).

        Raises
        ------
        SolverFault
            Where the solver gives up.
        """
        pace = 0.0 if years == inf else 1.0 / years
        lp = self._cost.lp
        lp.set_column_bounds(np.array([self.today.pace]), pace, pace)
        self._set_losses(lp, years)
        answer = self._cost.solve(stopped)
        if answer.columns is None:
            raise SolverFault("a stop has no solution although everything may go short")
        return Year(answer.cost, answer.columns[self._short])

    def time_to_survive(self, stopped: Sequence[int], tier: str, consumer: str = COALITION) -> float:
        """T, the longest stop in years during which no need of a tier, nor of one that hurts more, is short.

        Short means: short by more than as things stand without any stop. inf: it can be borne for good; 0: it is short
        at once. Other tiers and, for a single member, all other countries give way. The program maximises T as it
        minimises θ = 1/T (Simchi-Levi et al. 2015, the TTS model); with losses from stocks, whose S depends on T, T is
        the root of T - (time with S(T)), unique since S falls as T grows.

        Parameters
        ----------
        stopped
            Columns that stop.
        tier
            Tier of demand.
        consumer
            A country.

        Returns
        -------
        float
            Years.
        """
        self._hold(tier, consumer)
        longest = self._time_with(stopped, None)
        if not self._lossy or longest in (0.0, inf):
            return longest
        if self._excess(stopped, longest) <= _ROOM * longest:
            return longest
        return float(brentq(lambda t: -self._excess(stopped, t), longest * 1e-9, longest, xtol=1e-9 * longest))

    def worst(self, now: Year, before: Year) -> Need | None:
        """The need whose shortage grows most as a share of what is needed, of equals the one that hurts most."""
        growth = {need: (now.of(rows) - before.of(rows)) / self.needed(need) for need, rows in self.needs.items()}
        rank = {tier: place for place, tier in enumerate(self.tiers)}
        need = min(growth, key=lambda each: (-round(growth[each], 6), rank[each[1]], each), default=None)
        return need if need is not None and growth[need] > _ROOM else None

    def needed(self, need: Need) -> float:
        """What the coalition needs a year."""
        return self._needed(COALITION, need)

    def _needed(self, consumer: str, need: Need) -> float:
        return sum(self.today.problem.demand[i].per_year or 0.0 for i in self._rows[consumer][need])

    # -- inside ---------------------------------------------------------------------------------------------------

    def _excess(self, stopped: Sequence[int], years: float) -> float:
        """How much longer than it lasts a stop of ``years`` is, its stocks as usable as over ``years``."""
        return years - min(self._time_with(stopped, years), 1e12)

    def _time_with(self, stopped: Sequence[int], losing_over: float | None) -> float:
        self._set_losses(self._time.lp, losing_over)
        answer = self._time.solve(stopped)
        if answer.objective is None:
            return 0.0
        return inf if answer.objective <= _ENDLESS else 1.0 / answer.objective

    def _hold(self, tier: str, consumer: str) -> None:
        """Let no need of the consumer in the tier, or in those that hurt more, be shorter than it is undisturbed."""
        kept = set(self.tiers[: self.tiers.index(tier) + 1])
        rows = self.today.need_rows
        limits = np.full(len(rows), inf)
        for place, (who, need) in enumerate(rows):
            if who == consumer and need[1] in kept:
                limits[place] = self.undisturbed.of(self._rows[who][need]) + _ROOM * self._needed(who, need)
        self._time.lp.set_row_bounds(np.array(list(rows.values()), dtype=np.int64), -inf, limits)

    def _set_losses(self, lp: PersistentLp, years: float | None) -> None:
        for h, rate in self._lossy.items():
            held = self.today.held[h]
            left = held if years is None else usable(held, rate, years) if years < inf else 0.0
            lp.set_coefficient(self.today.stock_rows[h], self.today.pace, -max(left, _LEAST))


class _Lp:
    """One LP and the basis of its undisturbed solution."""

    def __init__(self, program: LinearProgram) -> None:
        self.lp = PersistentLp(program)
        self._upper = program.column_upper.copy()
        self._lower = program.column_lower.copy()
        self._start = self.lp.solve().basis

    def solve(self, stopped: Sequence[int]) -> Answer:
        """The LP with some columns at 0, which are let go again afterwards."""
        places = np.array(stopped, dtype=np.int64)
        self.lp.set_column_bounds(places, 0.0, 0.0)
        if self._start is not None:
            self.lp.set_basis(self._start)
        answer = self.lp.solve()
        self.lp.set_column_bounds(places, self._lower[places], self._upper[places])
        return answer


def _for_time(program: LinearProgram, pace: int) -> LinearProgram:
    """Minimise θ, free upwards."""
    cost, upper = np.zeros(program.columns), program.column_upper.copy()
    cost[pace], upper[pace] = 1.0, inf
    return dataclasses.replace(program, cost=cost, offset=0.0, column_upper=upper)

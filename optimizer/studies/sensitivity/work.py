"""Working the study out: rounds of units, each known in whole before the next begins."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from math import isfinite
from typing import Any

from friendshore.models.plan import Status
from friendshore.models.plan.baselines import Interval
from friendshore.models.problem import Problem
from friendshore.optimizer.engines.rounds import Rounds
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.search.hold import Held
from friendshore.optimizer.studies.learnt import memory_after
from friendshore.optimizer.studies.sensitivity.figures import Figure, figures_of
from friendshore.optimizer.studies.sensitivity.sensitivity import SAME, Asks, End, Moved, Sensitivity, Slope
from friendshore.optimizer.studies.sensitivity.together import MOST
from friendshore.optimizer.studies.sensitivity.units import SLOPES, UNITS, Answer, possible
from friendshore.optimizer.system.interrupts import watching
from friendshore.optimizer.system.progress import OnProgress

UNKNOWN = Slope(None, None, None)

LARGE = 15_000
"""Columns from which on a plan with its decisions held is not brought to the last digit, which would take as long as
a search for one."""

FINER = 0.1
"""Share of the gap of a search to which it is brought there."""


class Unknown(ValueError):
    """No plan of the problem is known, so that there is nothing to vary; the message says why."""


def work_out(
    problem: Problem, asks: Asks | None = None, *, runner: Runner | None = None, on_progress: OnProgress | None = None
) -> Sensitivity:
    """Which figures of a problem matter.

    Parameters
    ----------
    problem
        A valid problem.
    asks
        How it is worked out.
    runner
        The engine that searches, and the ledger of what is done.
    on_progress
        Called with the phase, how much of it is ``done`` and of how much (``total``).

    Returns
    -------
    Sensitivity
        With what was known when it was interrupted, where it was.

    Raises
    ------
    Unknown
        Where the problem has no plan, or none was found.
    ValueError
        Where no figure has a source.
    KeyboardInterrupt
        Where it is interrupted before there is a plan.
    friendshore.optimizer.solver.SolverFault
        Where the solver contradicts itself.
    friendshore.optimizer.engines.EngineFault
        Where the engine fails.
    """
    asks = asks or Asks()
    figures = tuple(each for each in figures_of(problem) if not asks.sheets or each.sheet in asks.sheets)
    if not figures and asks.sheets:
        raise ValueError(f"no figure of {' and '.join(asks.sheets)} has a source whose range leaves anything open")
    if not figures:
        raise ValueError("no figure has a source: give rows a source_id, and name the sources on sheet Sources")
    with watching() as signals:
        rounds = Rounds(runner or Runner(), on_progress, signals)
        study = _Work(problem, asks, rounds).study(figures)
        signals.taken = signals.taken or rounds.stopped
    stopped = "interrupted" if rounds.stopped else study.stopped
    return dataclasses.replace(study, searches=study.searches, stopped=stopped)


class _Work:
    """One study in the making."""

    def __init__(self, problem: Problem, asks: Asks, rounds: Rounds) -> None:
        self._problem, self._asks, self._rounds = problem, asks, rounds
        self._shared = problem, asks.how
        self._searches = 0
        self._decisions: dict[str, Any] = {}
        self._fine: dict[str, float] = {"gap": 0.0}

    def study(self, figures: tuple[Figure, ...]) -> Sensitivity:
        """Today's plan, derivatives, then the largest at both ends, and the best plan where a decision may turn."""
        today = self._today()
        prices = self._of("prices", [{"what": "prices", "held": self._decisions}])
        if not prices or prices[0]["columns"] is None:
            stopped = prices[0]["stopped"] if prices else ""
            moved = tuple(Moved(figure, UNKNOWN) for figure in figures)
            return self._told(today, moved, stopped=stopped or "no prices")
        shared = self._problem, prices[0]
        groups = _alike(figures)
        units = [[dataclasses.asdict(figure) for figure in group] for group in groups]
        answers = self._rounds.of("derivatives", SLOPES, shared, units)
        found = {
            figure: Slope(**told)
            for group, of in zip(groups, answers, strict=False)
            for figure, told in zip(group, of, strict=True)
        }
        slopes = [found.get(figure, UNKNOWN) for figure in figures]
        least = SAME * max(1.0, abs(today.plan.high))
        moved = tuple(sorted(map(Moved, figures, slopes), key=lambda each: _rank(each.slope, least)))
        if self._rounds.stopped:
            return self._told(today, moved)
        priced = self._searched(self._priced(moved[: self._asks.top]))
        return self._told(today, (*priced, *moved[len(priced) :]), ranked=True)

    def _of(self, phase: str, units: Sequence[Answer]) -> list[Answer]:
        answers = self._rounds.of(phase, UNITS, self._shared, units)
        self._searches += len(answers)
        return answers

    def _today(self) -> Sensitivity:
        """The plan as the workbook stands, and what its decisions cost."""
        found = self._of("plan", [{"what": "plan"}])
        if not found:
            raise KeyboardInterrupt
        plan = found[0]
        if plan["high"] is None:
            if self._rounds.stopped:
                raise KeyboardInterrupt
            if plan["status"] == Status.INFEASIBLE:
                raise Unknown("no plan satisfies the workbook: friendshore explain tells why")
            raise Unknown(f"no plan is known: {plan['stopped'] or plan['status']}")
        self._asks = dataclasses.replace(self._asks, memory=memory_after(plan, self._asks.memory))
        self._shared = self._problem, self._asks.how
        self._decisions = plan["held"]
        if plan["columns"] >= LARGE:
            self._fine["gap"] = FINER * self._gap
        kept = self._of("plan held", [{"what": "held", "held": self._decisions, "fine": self._fine}])
        low = plan["low"]
        if low is None or not isfinite(low):
            raise Unknown(f"nothing is proven about the least cost: {plan['stopped'] or plan['status']}")
        held = _interval(kept[0]["low"], kept[0]["high"], low) if kept else None
        high = plan["high"] if held is None else min(plan["high"], held.high)
        cost = Interval(min(low, high), high)
        decisions = Held.of_lists(self._decisions)
        return Sensitivity(self._problem, self._asks, cost, held or Interval(cost.low, plan["high"]), decisions)

    @property
    def _gap(self) -> float:
        """The gap of a search."""
        return self._problem.settings.mip_gap if self._asks.gap is None else self._asks.gap

    def _told(
        self, today: Sensitivity, figures: tuple[Moved, ...], *, ranked: bool = False, stopped: str = ""
    ) -> Sensitivity:
        return dataclasses.replace(today, figures=figures, ranked=ranked, searches=self._searches, stopped=stopped)

    # -- ends ------------------------------------------------------------------------------------------------------

    def _unit(self, what: str, figure: Figure, factor: float) -> Answer:
        unit = {"what": what, "figure": dataclasses.asdict(figure), "factor": factor}
        return unit if what == "search" else unit | {"held": self._decisions, "fine": self._fine}

    def _priced(self, chosen: Sequence[Moved]) -> list[Moved]:
        """Figures at both ends, whole numbers held, and what no plan can be below."""
        units = [self._unit("end", each.figure, factor) for each in chosen for factor in _factors(each.figure)]
        answers = self._of("ends of ranges", units)
        ends = [_end(unit["factor"], answer) for unit, answer in zip(units, answers, strict=False)]
        ends += [None] * (len(units) - len(ends))
        return [dataclasses.replace(each, low=ends[2 * i], high=ends[2 * i + 1]) for i, each in enumerate(chosen)]

    def _searched(self, priced: list[Moved]) -> list[Moved]:
        """The same with the best plan searched for where a decision may turn, the widest question first."""
        asked = [(width, i, side) for i, each in enumerate(priced) for side, width in _questions(each, self._gap)]
        asked = sorted(asked, key=lambda one: (-one[0], one[1:]))[: self._asks.searches]
        units = [
            self._unit("search", priced[i].figure, _factors(priced[i].figure)[side == "high"]) for _, i, side in asked
        ]
        for (_, i, side), answer in zip(asked, self._of("best plans", units), strict=False):
            each = priced[i]
            if side == "low" and each.low is not None:
                priced[i] = dataclasses.replace(each, low=_with_search(each.low, answer))
            elif side == "high" and each.high is not None:
                priced[i] = dataclasses.replace(each, high=_with_search(each.high, answer))
        return priced


def _alike(figures: Sequence[Figure]) -> list[list[Figure]]:
    """Figures of one column in groups: they stand in rows of their own, and so seldom move the same numbers."""
    columns: dict[tuple[str, str, str], list[Figure]] = {}
    for figure in figures:
        columns.setdefault((figure.sheet, figure.column, figure.unit), []).append(figure)
    return [group[first : first + MOST] for group in columns.values() for first in range(0, len(group), MOST)]


def _rank(slope: Slope, least: float) -> tuple[int, float]:
    """What moves the cost to the first order, the most first; then what is not known; last what moves nothing."""
    if slope.size > least:
        return 0, -slope.size
    return (1, 0.0) if slope.low is None or slope.high is None else (2, 0.0)


def _factors(figure: Figure) -> tuple[float, float]:
    return figure.low, figure.high


def _interval(low: float | None, high: float | None, least: float) -> Interval | None:
    """What a search tells of a cost that cannot be below ``least``."""
    if high is None:
        return None
    proven = least if low is None or not isfinite(low) else max(low, least)
    return Interval(min(proven, high), high)


def _end(factor: float, answer: Answer) -> End | None:
    """A figure at an end, as far as plans with today's whole numbers and the relaxation tell."""
    if answer["cells"] is None:
        return None
    kept, low = answer["kept"], answer["relaxed"]["low"]
    costs = [each["high"] for each in (kept, answer["whole"]) if each["high"] is not None]
    best = Interval(min(low, *costs), min(costs)) if costs and low is not None else None
    held = None if best is None else _interval(kept["low"], kept["high"], best.low)
    some = True if costs else False if answer["relaxed"]["status"] == Status.INFEASIBLE else None
    cells = tuple((name, value) for name, value in answer["cells"].items())
    return End(factor, cells, answer["cut"], held, best, possible(kept["status"]), some)


def _questions(each: Moved, gap: float) -> list[tuple[str, float]]:
    """Ends of a figure at which other decisions may be better by more than a search tells apart, and by how much."""
    found = []
    for side, end in (("low", each.low), ("high", each.high)):
        if end is None or end.possible is False:
            continue
        if end.regret is None or end.best is None:
            found.append((side, float("inf")))
        elif end.regret.high > max(gap, SAME) * max(1.0, abs(end.best.high)):
            found.append((side, end.regret.high))
    return found


def _with_search(end: End, answer: Answer) -> End:
    """The end with what a search for the best plan found."""
    if answer["status"] == Status.INFEASIBLE:
        return dataclasses.replace(end, possible=False, searched=True)
    known = (None, None) if end.best is None else (end.best.low, end.best.high)
    lows = [each for each in (answer["low"], known[0]) if each is not None and isfinite(each)]
    highs = [each for each in (answer["high"], known[1]) if each is not None]
    best = Interval(min(max(lows), *highs), min(highs)) if lows and highs else None
    held = None if end.held is None or best is None else _interval(end.held.low, end.held.high, best.low)
    some = True if highs else end.possible
    return dataclasses.replace(end, best=best, held=held, possible=some, searched=True)

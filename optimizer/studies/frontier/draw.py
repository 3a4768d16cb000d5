"""Drawing a frontier: searches in waves, the same whatever the number of workers, until nothing is left to narrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite

from friendshore.models.plan.baselines import Interval
from friendshore.models.problem import Problem
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.studies.frontier.axis import Axis, Over
from friendshore.optimizer.studies.frontier.boxes import Boxes
from friendshore.optimizer.studies.frontier.frontier import Asks, Band, Frontier, Point
from friendshore.optimizer.studies.frontier.knee import Knee, knee_of
from friendshore.optimizer.studies.frontier.lines import Lines
from friendshore.optimizer.studies.frontier.points import POINTS, SAME, Found, found_of
from friendshore.optimizer.studies.frontier.pools import Pools
from friendshore.optimizer.studies.negligible import negligible
from friendshore.optimizer.system.interrupts import Abandoned, Signals, watching
from friendshore.optimizer.system.progress import OnProgress, Progress

WAVE = 4
"""Searches that are chosen at once, so that as many may run side by side; not by the number of workers, on which the
answer must not depend."""


def draw_frontier(
    problem: Problem,
    axis: Axis,
    asks: Asks | None = None,
    *,
    runner: Runner | None = None,
    on_progress: OnProgress | None = None,
) -> Frontier:
    """Draw the frontier of a problem.

    Parameters
    ----------
    problem
        A valid problem.
    axis
        What is varied, and from where to where.
    asks
        How many points, how near.
    runner
        The engine that searches, each setting a unit of work, and the ledger of what is done.
    on_progress
        Called with the phase, how many searches are ``done`` and how many there are at most (``total``).

    Returns
    -------
    Frontier
        With what was known when it was interrupted, where it was.

    Raises
    ------
    KeyboardInterrupt
        Where it is interrupted before the first plan.
    friendshore.optimizer.solver.SolverFault
        Where the solver contradicts itself.
    friendshore.optimizer.engines.EngineFault
        Where the engine fails.
    """
    with watching() as signals:
        searches = _Searches(problem, axis, asks or Asks(), runner or Runner(), on_progress, signals)
        frontier = _over_risk(searches) if axis.over is Over.RISK else _over_limits(searches)
        if searches.stopped and not frontier.points:
            raise KeyboardInterrupt
        signals.taken = signals.taken or searches.stopped
    return frontier


class _Searches:
    """The searches of one frontier, in the order in which they were asked for."""

    def __init__(
        self, problem: Problem, axis: Axis, asks: Asks, runner: Runner, on_progress: OnProgress | None, signals: Signals
    ) -> None:
        self.problem, self.axis, self.asks = problem, axis, asks
        self.found: list[Found] = []
        self.stopped = False
        self.pools = Pools().with_memory(axis.own(problem), asks.memory)
        self._runner, self._on_progress, self._signals = runner, on_progress, signals

    @property
    def wave(self) -> int:
        """How many searches may be asked for next; none where they were stopped."""
        return 0 if self.stopped else min(WAVE, self.asks.points - len(self.found))

    def at(self, places: Sequence[float]) -> list[Found]:
        """What is found at some settings, in order; fewer where it is interrupted."""
        found: list[Found] = []
        at_once = max(1, self._runner.engine.workers)
        shared, learnt = (self.problem, self.axis, self.asks.how, self.pools), self.pools
        units = [[place, self._next_tighter(place)] for place in places]
        for first in range(0, len(units), at_once):
            self._tell(len(found))
            try:
                answers = self._runner.run(POINTS, shared, units[first : first + at_once])
            except Abandoned:
                raise
            except KeyboardInterrupt:
                self.stopped = True
                break
            for answer in answers:
                learnt = learnt.with_answer(answer)
            found += map(found_of, answers)
            if self._signals.seen:
                self.stopped = True
                break
        self.pools = learnt  # not within a wave: what a search begins from does not depend on how many work
        self.found += found
        return found

    def _next_tighter(self, place: float) -> float:
        """The loosest setting tighter than this at which something is known, the tight end where nothing is."""
        known = [each.at if each.held is None else each.reached for each in self.found]
        return max((ease for ease in known if ease < place), default=self.axis.tight)

    def _tell(self, more: int) -> None:
        if self._on_progress is not None:
            done, most = len(self.found) + more, self.asks.points
            self._on_progress(Progress("search", done=done, total=most))


def _over_limits(searches: _Searches) -> Frontier:
    """The frontier over a limit or months: boxes."""
    axis, asks = searches.axis, searches.asks
    proven = Boxes(axis.tight, axis.loose, asks.tolerance, axis.resolution)
    own = axis.own(searches.problem)
    if searches.pools.learnt and axis.tight < own < axis.loose:  # all but known: the others begin from what it proves
        proven = proven.with_trials(each.trial for each in searches.at([own]))
    while places := proven.next(searches.wave):
        proven = proven.with_trials(each.trial for each in searches.at(places))
    bands = (
        Band(
            axis.setting(box.tight),
            axis.setting(box.loose),
            Interval(box.low, box.high) if isfinite(box.high) else None,
            proven.closed(box),
            proven.jumps(box),
        )
        for box in proven.boxes()
    )
    knee = knee_of(proven)
    impossible = axis.setting(proven.impossible) if isfinite(proven.impossible) else None
    return _frontier(searches, tuple(_undominated(searches, proven)), tuple(bands), impossible, knee)


def _undominated(searches: _Searches, proven: Boxes) -> Iterator[Point]:
    """The plans that no other betters, from the one that asks least on: none that asks as much costs less."""
    axis, best = searches.axis, None
    for each in sorted((each for each in searches.found if each.held), key=lambda one: (one.reached, one.objective)):
        cheaper = best is None or each.objective < best - negligible(SAME, best)
        if cheaper and each.held is not None:
            best = each.objective
            low = min(proven.low(each.reached), best)
            yield _point(axis.setting(each.reached), axis.setting(each.at), Interval(low, best), each)


def _over_risk(searches: _Searches) -> Frontier:
    """The frontier over the weight of risk: lines."""
    axis, asks = searches.axis, searches.asks
    drawn = Lines(-axis.loose, -axis.tight, asks.tolerance)
    while weights := drawn.next(searches.wave):
        drawn = drawn.with_trials(each.weighed for each in searches.at([-weight for weight in weights]))
    bands, points = [], []
    for span in drawn.spans():
        cost, widest = drawn.known(span), drawn.known((place := drawn.widest(span), place))
        bands.append(Band(span[1], span[0], cost, drawn.closed(span), widest=widest))
    best = None
    for each in sorted((each for each in searches.found if each.held), key=lambda one: (one.expected_cost, one.cvar)):
        better = best is None or each.cvar < best - negligible(SAME, best)
        if better and each.held is not None:
            best, weight = each.cvar, axis.setting(each.at)
            cost = Interval(min(drawn.low(weight), each.objective), each.objective)
            points.append(_point(weight, weight, cost, each))
    return _frontier(searches, tuple(points), tuple(reversed(bands)), None, None)


def _point(setting: float, asked: float, cost: Interval, found: Found) -> Point:
    if found.held is None:
        raise ValueError("a point has a plan")
    return Point(setting, asked, cost, found.expected_cost, found.cvar, found.held, found.stopped)


def _frontier(
    searches: _Searches, points: tuple[Point, ...], bands: tuple[Band, ...], impossible: float | None, knee: Knee | None
) -> Frontier:
    """The study; points from the one that asks least on, bands from the one that asks most on."""
    axis = searches.axis
    return Frontier(
        problem=searches.problem,
        axis=axis,
        asks=searches.asks,
        points=tuple(sorted(points, key=lambda point: -axis.sign * point.setting)),
        bands=bands,
        impossible=impossible,
        knee=None if knee is None else knee.told(axis.setting),
        searches=len(searches.found),
        operated=sum(each.probes for each in searches.found),
        stopped=searches.stopped,
        pools=searches.pools,
    )

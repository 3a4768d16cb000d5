"""Bounds: least and most of some questions over all that costs no more than the limit.

What they prove holds for every plan: a linear relaxation has every plan among its solutions. Dives bring candidates
for plans: one for each bound, or one that is as far as can be from what plans have so far, in many questions at once.
"""

from __future__ import annotations

from math import inf, isfinite
from typing import Any

import numpy as np

from friendshore.optimizer.engines.task import INTERRUPTED
from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.hold import decided_in
from friendshore.optimizer.studies.alternatives.asked import SIGN, Asked
from friendshore.optimizer.studies.alternatives.attained import Attained
from friendshore.optimizer.studies.alternatives.extremes import Extremes, Stopped
from friendshore.optimizer.studies.alternatives.state import State
from friendshore.optimizer.studies.alternatives.together import attain_together
from friendshore.optimizer.system.interrupts import watching


def bounds_of(state: State, unit: dict[str, Any]) -> dict[str, Any]:
    """Bounds of some ``questions``, with candidates where ``dives``; of ``pairs`` together; a candidate ``toward``.

    ``units`` are kept: question, least and most, as proven before.
    """
    told: dict[str, Any] = {"bounds": [], "found": [], "pairs": [], "stopped": ""}
    with watching() as signals, signals.deferred():
        extremes = state.ready(signals)
        if extremes is None or signals.seen:
            return told | {"stopped": INTERRUPTED if signals.seen else "time limit"}
        try:
            _begin(state, extremes, unit["units"])
            attained = state.attained(unit["units"])
            if attained.fresh and set(state.decided) & set(unit.get("questions", ())):
                attained.fresh = False
                attain_together(extremes, attained, state.measures, state.decided)
                _begin(state, extremes, unit["units"])  # what follows depends on this unit alone, whoever was first
            for place in unit.get("questions", ()):
                _ask(state, extremes, place, attained, told, dives=unit["dives"])
            for first, second in unit.get("pairs", ()):
                told["pairs"].append([first, second, _together(state, extremes, (first, second))])
            if "toward" in unit:
                _toward(state, extremes, unit, told)
        except Stopped:
            told["stopped"] = INTERRUPTED if signals.seen else "time limit"
    return told


def _begin(state: State, extremes: Extremes, units: list[tuple[int, float, float]]) -> None:
    """Forget what was asked before, and keep decisions within what is proven of them."""
    extremes.begin()
    place_of = {place: i for i, place in enumerate(state.decided)}
    kept = [(place_of[place], low, high) for place, low, high in units]
    places, low, high = (np.array([row[i] for row in kept]) for i in range(3))
    if kept:
        extremes.keep(places.astype(np.int64), low, high)


def _ask(
    state: State, extremes: Extremes, place: int, attained: Attained, told: dict[str, Any], *, dives: bool
) -> None:
    """Bounds of one question on both sides, and what dives find there.

    Where a solution has as little, or as much, as any plan can have, that is the bound, and no program is solved.
    """
    asked = Asked(extremes, state.questions[place], state.measures[place], state.known["values"][place])
    for side, sign in SIGN.items():
        extremes.free()
        bound = attained.end(place, side)
        if bound is None and (solution := asked.solution(sign)) is not None:
            attained.see(solution[1])
            end = attained.end(place, side)
            bound = solution[0] if end is None else end
        told["bounds"].append([place, side, bound if bound is not None and isfinite(bound) else None])
        if bound is None or not dives or asked.reached(sign, bound, asked.best):
            continue
        found = asked.found(sign, bound, state.best)
        if found is not None:
            told["found"].append(_candidate(state, extremes, place, side, found, decides=asked.decides))


def _together(state: State, extremes: Extremes, places: tuple[int, int]) -> float:
    """No plan has less of two amounts together."""
    row = extremes.relaxation.row(state.measures[places[0]].slope + state.measures[places[1]].slope)
    extremes.free()
    answer = extremes.least(row)
    return -inf if answer is None or answer.columns is None else float(row @ answer.columns)


def _toward(state: State, extremes: Extremes, unit: dict[str, Any], told: dict[str, Any]) -> None:
    """A candidate as far as can be towards some sides at once: ``toward`` has question, side and what counts as one.

    ``decides``: whole numbers are free, else those of the best plan are held; ``part`` of what may be spent beyond the
    best plan is, where the relaxation may take plans for cheaper than they are.
    """
    best, limit = state.known["cost"], state.known["limit"]
    if extremes.relaxation.by_parts:
        extremes.within(best + unit["part"] * (limit - best))
    row = np.zeros(extremes.relaxation.width)
    for place, side, one in unit["toward"]:
        row += SIGN[side] / one * state.measures[place].beyond(state.known["values"][place])
    bounds = extremes.bounds if unit["decides"] else (state.best[0].copy(), state.best[1].copy())
    x = extremes.dive(extremes.relaxation.row(row), *bounds)
    if x is not None:
        place, side, _ = unit["toward"][0]
        told["found"].append(_candidate(state, extremes, place, side, x, decides=unit["decides"]))


def _candidate(
    state: State, extremes: Extremes, place: int, side: str, x: FloatArray, *, decides: bool
) -> dict[str, Any]:
    """What a solution in whole numbers decides, and every amount in it; ``decides``: otherwise than the best plan."""
    whole = extremes.relaxation.lifted(x)
    values = [measure.value(whole) for measure in state.measures]
    held = decided_in(state.assembled, whole)[0].as_lists() if decides else state.known["aim"]["held"]
    return {"question": place, "side": side, "values": values, "held": held}

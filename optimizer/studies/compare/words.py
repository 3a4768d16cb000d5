"""What changed from the first plan to another in sentences, those that matter first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Literal

import pandas as pd

from friendshore.models.tree.branch import BASE
from friendshore.optimizer.reporting import summary
from friendshore.optimizer.reporting.calendar import last_year
from friendshore.optimizer.studies.compare.comparison import Comparison
from friendshore.optimizer.studies.compare.resilience import is_share
from friendshore.optimizer.studies.compare.sections import TINY
from friendshore.optimizer.wording.counts import counted
from friendshore.optimizer.wording.names import Names
from friendshore.optimizer.wording.numbers import say, signed
from friendshore.optimizer.wording.shares import percent

MOST = 5
SAME_ASKED = "The same was asked: the plans are as good as each other within the gaps of their searches."
SMALL_SHARE = 0.0005
"""Shares that differ by less are not told in sentences."""


Topic = Literal["cost", "built", "short", "policy", "supply", "stock"]


@dataclass(frozen=True)
class Change:
    """A sentence about one change: its topic, and its weight among those of the topic."""

    topic: Topic
    weight: float
    text: str


TOPICS: tuple[Topic, ...] = ("cost", "built", "short", "policy", "supply", "stock")


def findings(found: Comparison, place: int, most: int = MOST) -> tuple[Change, ...]:
    """The changes of one plan against the first, at most ``most``.

    The greatest of each topic in turn (cost, what is built, what goes short, policies, supply, stock), then the next
    greatest of each: so no topic hides another.

    Parameters
    ----------
    found
        What differs between the plans.
    place
        Position of the plan that is compared.
    most
        How many at most.

    Returns
    -------
    tuple[Change, ...]
        The largest first.
    """
    queues = {topic: sorted(_of(found, place, topic), key=lambda c: (-c.weight, c.text)) for topic in TOPICS}
    chosen: list[Change] = []
    while len(chosen) < most and any(queues.values()):
        chosen += [queues[topic].pop(0) for topic in TOPICS if queues[topic]][: most - len(chosen)]
    return tuple(sorted(chosen, key=lambda change: TOPICS.index(change.topic)))


def _of(found: Comparison, place: int, topic: Topic) -> list[Change]:
    make = {"cost": _costs, "built": _built, "short": _short, "policy": _policies, "supply": _supply, "stock": _stocks}[
        topic
    ]
    return [change for change in make(found, place) if isfinite(change.weight)]


def _costs(found: Comparison, place: int) -> Iterator[Change]:
    figures = found.figures.frame.set_index("figure")
    if found.figures.frame.empty:
        return
    currency, gap = found.figures.unit, _uncertain(found, place)
    for figure, rank in ((summary.EXPECTED, 2.0), (summary.PENALTIES, 1.5)):
        before, after = float(figures["p0"][figure]), float(figures[f"p{place}"][figure])
        if _differs(before, after):
            share = f", {signed(after / before - 1, percent)}" if before > 0 else ""
            text = f"{figure}: {say(before)} -> {say(after)} {currency} ({signed(after - before, say)}{share})"
            if figure == summary.EXPECTED:
                text += _kind_words(found, place) if abs(after - before) > gap else "; within the gaps of the searches"
            yield Change("cost", rank, text)


def _uncertain(found: Comparison, place: int) -> float:
    """How much of a difference in cost may come from plans that are not quite the cheapest."""
    figures, gaps = found.figures.frame.set_index("figure"), found.gaps.frame
    total = 0.0
    for column in ("p0", f"p{place}"):
        gap = float(gaps[column].to_numpy(float)[0])
        total += abs(gap * float(figures[column][summary.OBJECTIVE])) if isfinite(gap) else 0.0
    return total


def _kind_words(found: Comparison, place: int) -> str:
    """Which kinds of cost moved most."""
    moved = found.kinds.frame.assign(size=found.kinds.frame[f"d{place}"].abs())
    top = moved[moved["size"] > 0].sort_values("size", ascending=False, kind="stable").head(2)
    parts = [f"{row['kind']} {signed(float(row[f'd{place}']), say)}" for _, row in top.iterrows()]
    return f": {', '.join(parts)}" if parts else ""


def _built(found: Comparison, place: int) -> Iterator[Change]:
    rows, names = found.investments.frame, _names(found, place)
    rows = rows[rows["scenario"] == BASE]
    prices = {
        n: row.capex for plan in (found.plans[0], found.plans[place]) for n, row in plan.problem.expansions.items()
    }
    for name, own in rows.groupby("expansion", sort=False):
        before, after = _when(own, "p0"), _when(own, f"p{place}")
        if before != after:
            moved = sum(abs(after.get(p, 0.0) - before.get(p, 0.0)) for p in {*before, *after})
            weight = max(abs(sum(after.values()) - sum(before.values())), moved / 4) * (prices.get(str(name)) or 1.0)
            yield Change("built", weight, _built_words(names.of("Expansions", str(name)), before, after))
    for _, row in found.protections.frame.iterrows():
        if row["p0"] != row[f"p{place}"]:
            bought = row[f"p{place}"] == "bought"
            cost = found.plans[place if bought else 0].problem.protections[row["protection"]].cost
            horizon = found.plans[0].problem.horizon
            name = names.of("Protections", str(row["protection"]))
            yield Change("built", cost * horizon, f"{name} is {'' if bought else 'no longer '}bought")
    yield from _closed(found, place)


def _names(found: Comparison, place: int) -> Names:
    """What things are called: by the names of the plan at ``place``, else by those of the first."""
    first, other = found.plans[0].problem.names, found.plans[place].problem.names
    return Names({sheet: {**first[sheet], **other[sheet]} for sheet in first})


def all_names(found: Comparison) -> Names:
    """What the things of all plans are called, by the names of the last plan that gives one."""
    given: dict[str, dict[str, str]] = {}
    for plan in found.plans:
        for sheet, named in plan.problem.names.items():
            given.setdefault(sheet, {}).update(named)
    return Names(given)


def _closed(found: Comparison, place: int) -> Iterator[Change]:
    """Plants that one plan closes and the other keeps, or closes at another time."""
    names = _names(found, place)
    for _, row in found.closings.frame.iterrows():
        before, after = str(row["p0"]), str(row[f"p{place}"])
        if before != after:
            spared = found.plans[0 if after == "kept" else place].problem.plants[row["plant"]].fixed_cost
            said = "kept open" if after == "kept" else f"closed from {after} on"
            was = "" if before == "kept" else f" (was closed from {before} on)"
            yield Change(
                "built",
                spared * found.plans[0].problem.horizon,
                f"{names.of('Plants', str(row['plant']))} is {said}{was}",
            )


def _when(rows: pd.DataFrame, column: str) -> dict[str, float]:
    return {
        str(period): float(units) for period, units in zip(rows["period"], rows[column], strict=True) if units > TINY
    }


def _built_words(name: str, before: dict[str, float], after: dict[str, float]) -> str:
    if not before:
        return f"{name} is built: {_units(after)}"
    if not after:
        return f"{name} is no longer built (was {_units(before)})"
    if list(before) == list(after) and len(before) == 1:
        period = next(iter(before))
        return f"{name}: {after[period]:,.4g} instead of {before[period]:,.4g} in {period}"
    return f"{name}: {_units(after)} instead of {_units(before)}"


def _units(periods: dict[str, float]) -> str:
    return ", ".join(f"{units:,.4g} in {period}" for period, units in periods.items())


def _short(found: Comparison, place: int) -> Iterator[Change]:
    names = _names(found, place)
    for _, row in found.shortages.frame.iterrows():
        before, after = float(row["p0"]), float(row[f"p{place}"])
        if isfinite(before) and isfinite(after) and abs(after - before) > SMALL_SHARE:
            path = str(row["scenario"])
            where = names.path(path) if path == BASE or names.has(path) else path
            need = f"{where}: {names.of('Commodities', str(row['commodity']))} ({row['tier']})"
            if after <= SMALL_SHARE:
                text = f"{need} no longer short (was {percent(before)} of demand)"
            elif before <= SMALL_SHARE:
                text = f"{need} short by {percent(after)} of demand (was served)"
            else:
                text = f"{need} short by {percent(after)} of demand instead of {percent(before)}"
            yield Change("short", abs(after - before), text)


def _policies(found: Comparison, place: int) -> Iterator[Change]:
    states, values = found.scorecard["state"].frame, found.scorecard["value"].frame
    names = _names(found, place)
    for (_, state), (_, value) in zip(states.iterrows(), values.iterrows(), strict=True):
        before, after = str(state["p0"]), str(state[f"p{place}"])
        if before == after or "not asked" in (before, after):
            continue
        stands = [_limit(str(state["kind"]), value[column]) for column in ("p0", f"p{place}")]
        name = names.of("Policies", str(state["policy"]))
        text = f"Policy {name}: {after} (was {before}); stands at {stands[1]} instead of {stands[0]}"
        yield Change("policy", 2.0 if "not met" in (before, after) else 1.0, text)


def _limit(kind: str, value: float) -> str:
    if pd.isna(value):
        return "nothing"
    return percent(float(value)) if is_share(kind) else say(float(value))


def _supply(found: Comparison, place: int) -> Iterator[Change]:
    inside, names = set(found.plans[0].problem.coalition), _names(found, place)
    for _, row in found.sourcing.frame.iterrows():
        before, after = float(row["p0"]), float(row[f"p{place}"])
        if abs(after - before) > SMALL_SHARE:
            home = "itself" if row["origin"] == row["destination"] else row["origin"]
            good = names.of("Commodities", str(row["commodity"]))
            text = f"{row['destination']} takes {percent(after)} of its {good} from {home} instead of "
            weight = abs(after - before) * (1.0 if row["destination"] in inside else 0.1)
            yield Change("supply", weight, text + percent(before))


def _stocks(found: Comparison, place: int) -> Iterator[Change]:
    frame, names = found.stocks.frame, _names(found, place)
    size = frame[f"d{place}"].abs()
    frame = frame.assign(size=size)[size > 0]
    for name, own in frame.groupby("stockpile", sort=False):
        row = own.iloc[int(own["size"].to_numpy(float).argmax())]
        before, after = float(row["p0"]), float(row[f"p{place}"])
        if _differs(before, after) and abs(after - before) > SMALL_SHARE * max(before, after):
            room = found.plans[0].problem.stockpiles[str(name)].max_level or 1.0
            end = last_year(found.plans[0].problem, str(row["period"]))
            held = f"{say(after)} {row['unit']} at the end of {end} instead of {say(before)}"
            text = f"{names.of('Stockpiles', str(name))} holds {held}"
            yield Change("stock", abs(after - before) / room, text)


def input_lines(found: Comparison, place: int, most: int = 3) -> tuple[str, ...]:
    """What was asked otherwise, in a few lines.

    Parameters
    ----------
    found
        What differs between the plans.
    place
        Position of the plan that is compared.
    most
        How many at most.

    Returns
    -------
    tuple[str, ...]
        Lines of text.
    """
    changes = found.pairs[place - 1].inputs
    if not changes:
        return ("the same",)
    lines = [str(change) for change in changes[:most]]
    if len(changes) > most:
        sheets = ", ".join(dict.fromkeys(change.sheet for change in changes[most:]))
        lines.append(f"and {counted(len(changes) - most, 'more change')} ({sheets})")
    return tuple(lines)


def lines(found: Comparison, most: int = MOST) -> Iterator[str]:
    """What a planner reads on the terminal."""
    yield from found.scope.refused
    yield from found.scope.remarks
    for pair in found.pairs:
        if pair.place > 1 or found.scope.refused or found.scope.remarks:
            yield ""
        yield f"{found.names[0]} -> {found.names[pair.place]}"
        first, *rest = input_lines(found, pair.place)
        yield f"  Inputs: {first}"
        yield from (f"          {line}" for line in rest)
        changes = findings(found, pair.place, most)
        yield from (f"  {number}. {change.text}" for number, change in enumerate(changes, 1))
        if not changes:
            yield "  The plans are the same in all that is compared."
        elif not pair.inputs:
            yield f"  {SAME_ASKED}"


def _differs(before: float, after: float) -> bool:
    return abs(after - before) > TINY * max(abs(before), abs(after), TINY)

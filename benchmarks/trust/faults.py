"""Faults in plans: one cell of one table, or one figure of the whole plan, changed by an amount that matters."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
import pandas as pd

from friendshore.models.plan import PLAN_TABLES, Plan

FIGURES = ("objective", "expected_cost", "cvar", "penalties")
SCORES = ("limit", "value", "violation")
FACTORS = (0.0, 0.5, 0.9, 1.1, 2.0, -1.0)
TRIES = 20
MATTERS = 1e-4
"""A number is changed by at least this share of the largest of its column, and of one unit."""


@dataclass(frozen=True)
class Fault:
    """A plan with one cell changed, and in words which."""

    where: str
    plan: Plan


def fault(plan: Plan, chance: random.Random) -> Fault | None:
    """One fault of a plan; None where the cell that was drawn cannot be changed so that it means something.

    Table, column and row are drawn one after the other, so that short tables are hit as often as long ones. A number is
    multiplied, or, where it is 0, set to a share of the largest of its column; a name is replaced by another of its
    column, or by one that does not exist. Names of rows whose numbers are all 0 are let be, as these rows say nothing.
    """
    tables = [name for name in PLAN_TABLES if len(vars(plan)[name])]
    table = chance.choice([*tables, "figures", *(["scorecard"] if plan.policies else [])])
    if table == "figures":
        return _of_figures(plan, chance)
    if table == "scorecard":
        return _of_scorecard(plan, chance)
    return _of_table(plan, table, chance.choice(list(vars(plan)[table].columns)), chance)


def of_every_kind(plan: Plan, each: int, chance: random.Random) -> Iterator[Fault]:
    """Faults of every column of every table, of every figure of the whole plan and of every line of the scorecard.

    Parameters
    ----------
    plan
        Which is changed.
    each
        How many of each kind, their rows drawn by chance; fewer where no row that is drawn can be changed.
    chance
        Draws.
    """
    figures = [*FIGURES, *plan.costs_by_kind]
    places = [(place, name) for place in range(len(plan.policies)) for name in SCORES]
    for table in PLAN_TABLES:
        rows = vars(plan)[table]
        for column in rows.columns if len(rows) else ():
            drawn = (_of_table(plan, table, column, chance) for _ in range(TRIES * each))
            yield from islice((fault for fault in drawn if fault is not None), each)
    for name in figures:
        yield from islice(filter(None, (_of_figure(plan, name, chance) for _ in range(TRIES * each))), each)
    for place, name in places:
        yield from islice(filter(None, (_of_line(plan, place, name, chance) for _ in range(TRIES * each))), each)


def _of_table(plan: Plan, table: str, column: str, chance: random.Random) -> Fault | None:
    rows = vars(plan)[table]
    row = chance.randrange(len(rows))
    numbers = [name for name, type_ in PLAN_TABLES[table].items() if type_ is float and name in rows.columns]
    was = rows[column].iloc[row]
    if column in numbers:
        now = _other_number(float(was), float(np.abs(rows[column]).max()), chance)
    elif numbers and not rows[numbers].iloc[row].any():
        return None
    else:
        now = _other_name(was, rows[column], chance)
    if now is None:
        return None
    changed = rows.copy()
    changed[column] = changed[column].astype(object)
    changed.iloc[row, changed.columns.get_loc(column)] = now
    if PLAN_TABLES[table].get(column, str) is not str:
        changed[column] = changed[column].astype(rows[column].dtype)
    return Fault(f"{table} row {row} {column}: {was!r} → {now!r}", dataclasses.replace(plan, **{table: changed}))


def _other_number(was: float, largest: float, chance: random.Random) -> float | None:
    now = was * chance.choice(FACTORS) if was else chance.choice((0.1, 1.0)) * (largest or 1.0)
    return now if abs(now - was) >= MATTERS * max(1.0, largest) else None


def _other_name(was: object, column: pd.Series, chance: random.Random) -> object:
    if isinstance(was, int | np.integer):
        return int(was) + chance.choice((-1, 1))
    others = sorted({str(name) for name in column} - {str(was)})
    return chance.choice([*others, "nowhere"])


def _of_figures(plan: Plan, chance: random.Random) -> Fault | None:
    return _of_figure(plan, chance.choice([*FIGURES, *plan.costs_by_kind]), chance)


def _of_figure(plan: Plan, name: str, chance: random.Random) -> Fault | None:
    was = plan.costs_by_kind[name] if name in plan.costs_by_kind else vars(plan)[name]
    now = _other_number(was, abs(plan.objective), chance)
    if now is None:
        return None
    if name in plan.costs_by_kind:
        changed = dataclasses.replace(plan, costs_by_kind={**plan.costs_by_kind, name: now})
    else:
        changed = dataclasses.replace(plan, **{name: now})
    return Fault(f"{name}: {was!r} → {now!r}", changed)


def _of_scorecard(plan: Plan, chance: random.Random) -> Fault | None:
    return _of_line(plan, chance.randrange(len(plan.policies)), chance.choice(SCORES), chance)


def _of_line(plan: Plan, place: int, name: str, chance: random.Random) -> Fault | None:
    line = plan.policies[place]
    was = vars(line)[name]
    now = None if was is None else _other_number(was, abs(was), chance)
    if now is None:
        return None
    lines = list(plan.policies)
    lines[place] = dataclasses.replace(line, **{name: now})
    where = f"scorecard {line.policy} ({line.kind}) {name}: {was!r} → {now!r}"
    return Fault(where, dataclasses.replace(plan, policies=tuple(lines)))

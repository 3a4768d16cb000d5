"""What to decide: now, and what can wait and until when – what, where, with whom, how much, who pays."""

from __future__ import annotations

from collections.abc import Sequence

from friendshore.optimizer.page.parts import Column, Grid, Section, Steps, cells
from friendshore.optimizer.page.tables import PlanTables
from friendshore.optimizer.reporting.decisions import Decision, by_when, decisions, now_and_later, waits_words
from friendshore.optimizer.wording.counts import counted
from friendshore.optimizer.wording.money import money
from friendshore.optimizer.wording.names import capital

MOST_STEPS, MOST_NOW, MOST_LATER = 5, 20, 12


def section(tables: PlanTables) -> Section:
    """What to decide in the first period as a table, and what can wait as another."""
    now, later = now_and_later(decisions(tables.problem, tables.frames))
    first = tables.problem.periods[0].period
    grids = []
    if now:
        grids.append(_grid(tables, f"Decide now, in {first}", now, MOST_NOW))
    if later:
        grids.append(_grid(tables, "What can wait, and until when", later, MOST_LATER))
    return Section("decide", "What to decide", sentences(tables), grids=tuple(grids))


def steps(tables: PlanTables) -> Steps:
    """The dearest decisions of the first period, a line each, and how many more there are."""
    now, _ = now_and_later(decisions(tables.problem, tables.frames))
    first, told = tables.problem.periods[0].period, now[:MOST_STEPS]
    more = f"{counted(len(now) - len(told), 'further decision')} in {first}: see What to decide."
    rest = f"Nothing has to be decided in {first}." if not now else more if len(now) > len(told) else ""
    return Steps(f"Decide now, in {first}", tuple(f"{row.words}." for row in told), rest)


def waits(tables: PlanTables) -> str:
    """How many decisions can wait, and until when; blank where none can."""
    _, later = now_and_later(decisions(tables.problem, tables.frames))
    return waits_words(tables.problem, later)


def sentences(tables: PlanTables) -> tuple[str, ...]:
    """How much is to be decided now and for how much, and until when the rest can wait."""
    problem = tables.problem
    now, later = now_and_later(decisions(problem, tables.frames))
    first = problem.periods[0].period
    waits = waits_words(problem, later)
    if not now:
        said = f"Nothing has to be decided in {first}."
    else:
        spent = sum(each.amount for each in now if each.act == "Build")
        cost = f", {money(spent, problem.settings.currency)} of it to build" if spent else ""
        said = f"{counted(len(now), 'decision')} fall{'s' if len(now) == 1 else ''} due in {first}{cost}."
    return (said, waits) if waits else (said,)


def _grid(tables: PlanTables, caption: str, rows: Sequence[Decision], most: int) -> Grid:
    heads = ("What", "Where", "With", "Decide by", "Who pays", "How much", "Serves from")
    made = [
        cells(
            [
                f"{row.act} {row.what}",
                row.where,
                capital(row.partner),
                by_when(tables.problem, row),
                row.payer,
                row.price,
                row.serves or "at once",
            ]
        )
        for row in rows[:most]
    ]
    cut = f"Told are the first {most} of {len(rows):,}." if len(rows) > most else ""
    return Grid(caption, tuple(Column(head) for head in heads), tuple(made), cut)

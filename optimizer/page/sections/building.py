"""What to build, and when: each decision on a time line."""

from __future__ import annotations

from math import isfinite

import pandas as pd

from friendshore.models.plan.settled import Verdict
from friendshore.models.tree.branch import BASE
from friendshore.optimizer.page.parts import Chart, Column, Grid, Section, cells
from friendshore.optimizer.page.tables import PlanTables, records
from friendshore.optimizer.page.words import Names, exact
from friendshore.optimizer.reporting import settled, summary, undecided
from friendshore.optimizer.reporting.calendar import BEGINNINGS
from friendshore.optimizer.wording.counts import counted, listed
from friendshore.optimizer.wording.names import capital, label
from friendshore.optimizer.wording.numbers import number_cell
from friendshore.optimizer.wording.shares import percent

MOST_BARS = 40
MOST_ROWS = 300  # of the table


def section(tables: PlanTables) -> Section:
    """The time line of the base plan, all decisions, protections bought and plants closed."""
    names, rows = Names(tables.problem), tables["Investments"]
    base = rows[rows["scenario"] == BASE]
    charts = (_timeline(names, base, rows),) if len(base) else ()
    grids = () if charts or rows.empty else (_decisions(names, rows),)
    bought = tables["Protections_bought"]
    ends_told = bool(names.first_year) and bool(rows["ends"].notna().any())
    return Section(
        "build",
        "What to build, and when",
        sentences(tables),
        charts=charts,
        grids=(*grids, *((_protections(names, bought),) if len(bought) else ()), *_closings(names, tables)),
        notes=_notes(len(base), branches=len(rows) > len(base), ends_told=ends_told),
    )


def sentences(tables: PlanTables) -> tuple[str, ...]:
    """What is built, which plants are closed and which protections are bought."""
    names, rows, bought = Names(tables.problem), tables["Investments"], tables["Protections_bought"]
    said = (sentence(names, rows[rows["scenario"] == BASE]), *_closed(tables))
    if not tables.problem.protections:
        return (*said, *undecided_sentences(tables))
    if bought.empty:
        return (*said, "None of the protections on offer is bought.", *undecided_sentences(tables))
    called = [names.protection(str(name)) for name in bought["protection"]]
    return (*said, f"Bought for protection: {listed(called)}.", *undecided_sentences(tables))


def undecided_sentences(tables: PlanTables) -> tuple[str, ...]:
    """Which choices that are not taken the gap of the plan does not decide."""
    objective, bound = tables.figure(summary.OBJECTIVE), tables.figure(summary.BOUND)
    if objective is None or bound is None:
        return ()
    taken = {*map(str, tables["Investments"]["expansion"]), *map(str, tables["Protections_bought"]["protection"])}
    rows = tables[settled.NAME]
    taken |= {*map(str, rows.loc[rows["verdict"] != str(Verdict.OPEN), "choice"])}
    said = undecided.sentence(tables.problem, taken, objective, objective - bound)
    return (said,) if said else ()


def _closed(tables: PlanTables) -> tuple[str, ...]:
    """Which plants are closed, where any may close."""
    if not any(row.may_close for row in tables.problem.plants.values()):
        return ()
    rows = tables["Plants_closed"]
    if rows.empty:
        return ("None of the plants that may close is closed.",)
    names = Names(tables.problem)
    closed = [f"{names.plant(str(row['plant']))} from {row['period']} on" for row in records(rows)]
    return (f"Closed for good: {listed(closed)}.",)


def sentence(names: Names, base: pd.DataFrame) -> str:
    """How much is decided, and where most of it goes."""
    if base.empty:
        return "The plan builds nothing."
    spent = float(base["capex"].sum())
    said = f"The plan decides {counted(len(base), 'investment')} for {names.money(spent)}, before discounting"
    where = base.groupby("country", sort=False)["capex"].sum().sort_values(ascending=False, kind="stable")
    if spent <= 0 or len(where) < 2:
        return f"{said}, in {listed([names.country(str(c)) for c in where.index])}."
    top = [f"{names.country(str(c))} ({percent(float(v) / spent)})" for c, v in where.head(3).items() if v > 0]
    first = base["period"].iloc[0]
    early = float(base.loc[base["period"] == first, "capex"].sum())
    return f"{said}: {percent(early / spent)} of it in {first}. Most is spent in {listed(top)}."


def _timeline(names: Names, base: pd.DataFrame, rows: pd.DataFrame) -> Chart:
    shown = base.sort_values(["begins", "expansion"], kind="stable").head(MOST_BARS)
    starts, end = names.starts, names.first_year + names.problem.horizon
    bars = []
    for row in records(shown):
        at, units = starts[row["period"]], float(row["units"])
        begins = min(float(row["begins"]), end)
        until = min(float(row["ends"]), end) if isfinite(row["ends"]) else end
        count = "" if units == 1.0 else f"{number_cell(units)} × "
        bars.append(
            {
                "name": capital(count + names.expansion(row["expansion"])),
                "where": names.country(row["country"]),
                "decided": exact(at),
                "building": exact(begins - at),
                "serving": exact(until - begins),
                "from": names.when(row["begins"]) if row["begins"] < end else "after the plan's end",
            }
        )
    first = shown.iloc[0]
    title = (
        f"First in service: {names.expansion(str(first['expansion']))}, {names.country(str(first['country']))}, "
        f"{names.when(float(first['begins']))}"
    )
    alt = f"Time line of {counted(len(shown), 'investment')}: for each when it is decided, being built, and in service."
    data = {"bars": bars, "start": names.first_year, "end": exact(end), "calendar": bool(names.first_year)}
    return Chart("timeline", title, alt, "timeline", data, _decisions(names, rows), len(bars))


def _decisions(names: Names, rows: pd.DataFrame) -> Grid:
    branches = bool((rows["scenario"] != BASE).any())
    heads = ["What", "Where", "Makes", *(["Decided on"] if branches else []), "Payer"]
    figures = [
        "Decided in",
        "Units",
        "Capacity added a year",
        "In service from",
        "In service until",
        f"Price ({names.currency})",
    ]
    made = [
        cells(
            [
                names.expansion(row["expansion"]),
                names.country(row["country"]),
                names.goods(row["makes"]),
                *([names.scenario(row["scenario"])] if branches else []),
                names.country(row["payer"]),
                row["period"],
                number_cell(row["units"]),
                number_cell(row["added"]),
                names.when(row["begins"]),
                names.when(row["ends"]),
                number_cell(row["capex"]),
            ]
        )
        for row in records(rows.head(MOST_ROWS))
    ]
    heading = (*(Column(head) for head in heads), *(Column(head, True) for head in figures))
    cut = f" Told are the first {MOST_ROWS} of {len(rows):,}." if len(rows) > MOST_ROWS else ""
    return Grid("Every decision to build", heading, tuple(made), f"Capacity is in units of the plant's activity.{cut}")


def _protections(names: Names, bought: pd.DataFrame) -> Grid:
    offered = names.problem.protections.values()
    later, shorter = any(row.from_period for row in offered), any(row.shortens is not None for row in offered)
    heading = (
        Column("Protection bought"),
        Column("Against"),
        Column("Payer"),
        Column("Share of the loss it prevents", True),
        *((Column("Share by which it shortens", True),) if shorter else ()),
        Column(f"Cost a year ({names.currency})", True),
        *((Column("Bought in"),) if later else ()),
    )
    made = [
        cells(
            [
                names.protection(row["protection"]),
                label(row["hazard"]),
                names.country(row["payer"]),
                percent(row["effectiveness"]),
                *((percent(row["shortens"]),) if shorter else ()),
                number_cell(row["cost"]),
                *((label(row["since"]),) if later else ()),
            ]
        )
        for row in records(bought)
    ]
    return Grid("Protections", heading, tuple(made))


def _closings(names: Names, tables: PlanTables) -> tuple[Grid, ...]:
    rows = tables["Plants_closed"]
    if rows.empty:
        return ()
    heading = (
        Column("Plant closed"),
        Column("Where"),
        Column("From"),
        Column(f"Cost of closing it ({names.currency})", True),
        Column(f"Fixed cost saved ({names.currency})", True),
    )
    made = [
        cells(
            [
                names.plant(row["plant"]),
                names.country(row["country"]),
                row["period"],
                number_cell(row["cost"]),
                number_cell(row["saved"]),
            ]
        )
        for row in records(rows)
    ]
    return (Grid("Plants closed for good", heading, tuple(made)),)


def _notes(drawn: int, *, branches: bool, ends_told: bool) -> tuple[str, ...]:
    cut = (f"Drawn are the {MOST_BARS} that come first of {drawn} decisions.",) if drawn > MOST_BARS else ()
    more = ("Decisions that are taken only once a disruption has struck are in the table.",) if branches else ()
    return (*cut, *more, *((BEGINNINGS,) if ends_told else ()))

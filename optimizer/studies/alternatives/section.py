"""The section of alternatives: what all good plans have in common, and how far each decision and amount may move."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from friendshore.optimizer.page.parts import Chart, Folded, Section
from friendshore.optimizer.page.study_parts import (
    Bars,
    Marks,
    Picture,
    between,
    column,
    grid,
    multiple,
    sentences,
    shares_between,
    with_rows,
)
from friendshore.optimizer.page.study_tables import Row, StudyTable, StudyTables, number, text
from friendshore.optimizer.wording.numbers import precise

NOTE = (
    "The bar reaches from the least to the most that any plan within the limit may have, as far as is proven; the "
    "strokes are the least and the most that a certified plan has, the diamond is the best plan found. In all plans, "
    "in none: proven. Open: one certified plan has it, and another has not. Amounts are those of the plan as it runs "
    "if nothing goes wrong."
)
SPENDING = "Spending on new capacity"
MOST = 30
"""Bars of one picture."""


def section(study: StudyTables) -> Section:
    """The alternatives as a section.

    Parameters
    ----------
    study
        What ``alternatives`` wrote.

    Returns
    -------
    Section
        The finding, a picture each of decisions, spending and suppliers, and the tables.
    """
    drawn = (_decisions(study), _spending(study), _suppliers(study))
    decided = study["Alternatives_decisions"]
    keys = ("what", "kind", "verdict", "best", "least", "most", "instead")
    tables = (grid(study, study["Alternatives_decisions"], "Each decision in all plans within the limit", keys),)
    return Section(
        "alternatives",
        "What is settled, and what is open",
        sentences(study.said.get("Alternatives", "")),
        charts=tuple(chart for chart in drawn if chart is not None),
        grids=tables if decided.rows else (),
        folded=tuple(_folded(study)),
        notes=(NOTE,) if decided.rows else (),
    )


def _folded(study: StudyTables) -> Sequence[Folded]:
    made = []
    if study["Alternatives_allies"].rows:
        caption = "Least and most that each ally might be asked for"
        made.append(Folded(caption, (grid(study, study["Alternatives_allies"], caption),)))
    if study["Alternatives_plans"].rows:
        told = study.said.get("Alternatives Plans", "")
        made.append(Folded("Plans that differ most, side by side", (grid(study, study["Alternatives_plans"], told),)))
    return made


def _drawn(table: StudyTable, divisor: float, names: list[str], told: list[str], axis: str, *, share: bool) -> Picture:
    least, most = column(table, "least", divisor), column(table, "most", divisor)
    return Picture(
        names,
        (Bars("Least to most, proven", 4, least, most, told),),
        (
            Marks("Reached by a certified plan", "tick", column(table, "from", divisor)),
            Marks("", "tick", column(table, "to", divisor)),
            Marks("Best plan found", "diamond", column(table, "best", divisor)),
        ),
        axis,
        share,
    )


def _ends(row: Row) -> tuple[float, float]:
    return number(row["least"]), number(row["most"])


def _decisions(study: StudyTables) -> Chart | None:
    table = study["Alternatives_decisions"]
    known = [row for row in table.rows if isfinite(number(row["most"]))]
    rows = known[:MOST]
    if not rows:
        return None
    told = [_units(*_ends(row), text(row["verdict"])) for row in rows]
    picture = _drawn(with_rows(table, rows), 1.0, [text(row["what"]) for row in rows], told, "units", share=False)
    title = f"Projects, protections and closings: least and most in all plans within the limit{_part(rows, known)}"
    alt = f"A bar for each of {len(rows)} decisions, from the least to the most units in a plan within the limit."
    figures = grid(study, study["Alternatives_decisions"], "Decisions, in units")
    return picture.chart("alternatives_decisions", title, alt, figures)


def _part(shown: Sequence[Row], known: Sequence[Row]) -> str:
    """How many of all are shown; blank where all are."""
    return f"; {len(shown)} of {len(known)}, the others in the table" if len(shown) < len(known) else ""


def _units(low: float, high: float, verdict: str) -> str:
    amount = precise(low) if low == high else f"{precise(low)} to {precise(high)}"
    return f"{amount}, {verdict}" if verdict else amount


def _spending(study: StudyTables) -> Chart | None:
    table = study["Alternatives_allies"]
    rows = [row for row in table.rows if row["what"] == SPENDING and isfinite(number(row["most"]))]
    if not rows:
        return None
    units = dict.fromkeys(("least", "most"), study.currency)
    priced = StudyTable(table.title, table.fields, units, tuple(rows))
    divisor, unit = multiple(study, priced, ("least", "most"))
    told = [between(*_ends(row), study.currency) for row in rows]
    picture = _drawn(priced, divisor, [text(row["ally"]) for row in rows], told, unit, share=False)
    alt = f"A bar for each of {len(rows)} allies, from the least to the most that it spends on new capacity."
    figures = grid(study, study["Alternatives_spending"], f"From the proven least, {study.currency}")
    return picture.chart("alternatives_spending", f"{SPENDING}: least and most of each ally", alt, figures)


def _suppliers(study: StudyTables) -> Chart | None:
    table = study["Alternatives_suppliers"]
    rows = [row for row in table.rows if isfinite(number(row["most"]))][:MOST]
    if not rows:
        return None
    names = [": ".join(each for each in (text(row["supplier"]), text(row["commodity"])) if each) for row in rows]
    told = [shares_between(*_ends(row)) for row in rows]
    picture = _drawn(with_rows(table, rows), 1.0, names, told, "", share=True)
    alt = f"A bar for each of {len(rows)} suppliers and goods, from the least to the most share of supply."
    figures = grid(study, study["Alternatives_suppliers"], "Share in what the coalition takes in")
    return picture.chart("alternatives_suppliers", "Share of each supplier: least and most", alt, figures)

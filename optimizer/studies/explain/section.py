"""The section of an explanation: rows that clash and what would mend it, or why a plan is as it is."""

from __future__ import annotations

from math import isfinite

from friendshore.optimizer.page.parts import Chart, Grid, Section
from friendshore.optimizer.page.study_parts import (
    Bars,
    Marks,
    Picture,
    between,
    column,
    decided_and_open,
    grid,
    multiple,
    sentences,
    with_rows,
)
from friendshore.optimizer.page.study_tables import StudyTables, number, text
from friendshore.optimizer.wording.money import money

SHEETS = ("Explain Summary", "Explain Repairs", "Explain Why", "Explain Prices")
TABLES = (
    ("Explain_conflicts", "Rows that clash: leave any one of a set out, and the rest of the set can hold"),
    ("Explain_repairs", "What would mend it; the rows of one repair belong together"),
    ("Explain_why", "What the other plan does otherwise: units of projects, then cost by kind"),
    ("Explain_prices", "Each price that was searched"),
)
NOTE = (
    "Costs are as the objective counts them: expected, discounted, weighed with risk and with penalties where there "
    "are any. What is known within a gap has a least and a most; what is hatched is not decided."
)


def section(study: StudyTables) -> Section:
    """An explanation as a section.

    Parameters
    ----------
    study
        What ``explain`` wrote.

    Returns
    -------
    Section
        The findings, the price of each repair or the cost at each price, and the tables.
    """
    drawn = (_repairs(study), _prices(study))
    return Section(
        "explain",
        "Why this plan" if _about_a_plan(study) else "What clashes, and what would mend it",
        tuple(line for name in SHEETS for line in sentences(study.said.get(name, ""))),
        charts=tuple(chart for chart in drawn if chart is not None),
        grids=tuple(_grids(study)),
        notes=(NOTE,),
    )


def _about_a_plan(study: StudyTables) -> bool:
    return not study["Explain_conflicts"].rows


def _grids(study: StudyTables) -> list[Grid]:
    return [grid(study, study[name], caption) for name, caption in TABLES if study[name].rows]


def _repairs(study: StudyTables) -> Chart | None:
    """What each repair adds to the cost; several rows of one repair are one bar."""
    table = study["Explain_repairs"]
    changes: dict[float, list[str]] = {}
    for row in table.rows:
        changes.setdefault(number(row["repair"]), []).append(text(row["change"]))
    firsts = [next(row for row in table.rows if number(row["repair"]) == repair) for repair in changes]
    rows = [row for row in firsts if isfinite(number(row["more_high"]))]
    if not rows:
        return None
    shown = with_rows(table, rows)
    divisor, unit = multiple(study, shown, ("more_low", "more_high"))
    low, high = column(shown, "more_low", divisor), column(shown, "more_high", divisor)
    told = [between(number(row["more_low"]), number(row["more_high"]), study.currency) for row in rows]
    names = [" and ".join(changes[number(row["repair"])]) for row in rows]
    bars = decided_and_open(low, high, told)
    title = "What each repair adds to the cost"
    alt = f"Bars of the price of {len(rows)} repairs, with what is not decided of it."
    return Picture(names, bars, (), unit, together=True).chart("explain_repairs", title, alt, grid(study, table, title))


def _prices(study: StudyTables) -> Chart | None:
    """The cost with a project at each price that was searched, dearest last."""
    table = study["Explain_prices"]
    rows = [row for row in table.rows if isfinite(number(row["cost_high"]))]
    if len(rows) < 2:
        return None
    shown = with_rows(table, rows)
    divisor, unit = multiple(study, shown, ("cost_low", "cost_high"))
    low, high = column(shown, "cost_low", divisor), column(shown, "cost_high", divisor)
    names = [f"{money(number(row['price']), study.currency)} a unit: {text(row['verdict'])}" for row in rows]
    told = [between(number(row["cost_low"]), number(row["cost_high"]), study.currency) for row in rows]
    bars = (Bars("Cost of a plan with it, least to most", 4, low, high, told),)
    title = "Cost of the best plan with it, at each price; yes: worth building there"
    alt = f"Bars from the least to the most that a plan with the project costs, at {len(rows)} prices."
    marks = (Marks("Plan found", "diamond", high),)
    return Picture(names, bars, marks, unit).chart("explain_prices", title, alt, grid(study, table, title))

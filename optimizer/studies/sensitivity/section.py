"""The section of sensitivity: which figures move the cost, and which of them would change a decision."""

from __future__ import annotations

from math import isfinite

from friendshore.optimizer.page.parts import Chart, Folded, Section
from friendshore.optimizer.page.study_parts import (
    Bars,
    Picture,
    between,
    column,
    decided_and_open,
    grid,
    multiple,
    sentences,
    with_rows,
    words,
)
from friendshore.optimizer.page.study_tables import StudyTables, number

MOST = 30
"""Bars of one picture."""

NOTE = (
    "Each figure is moved by itself over the range that its source leaves open, all others stay. The bars show what "
    "today's plan costs more or less at both ends, its decisions held. No bar: today's decisions cannot be kept "
    "there, or it is not known."
)
NOTE_REGRET = (
    "Regret is what today's decisions cost at an end of the range beyond the best decisions there. What is hatched is"
    " not decided. A figure would change a decision only where the regret is proven to be above nothing at one end; "
    "between the ends nothing is claimed."
)


def section(study: StudyTables) -> Section:
    """Which figures matter, as a section.

    Parameters
    ----------
    study
        What ``sensitivity`` wrote.

    Returns
    -------
    Section
        The finding, the tornado, the regret of keeping today's plan, and which figures deserve better data.
    """
    drawn = (_tornado(study), _regret(study))
    keys = ("figure", "verdict", "regret_low", "regret_high", "confidence", "source", "told")
    knowing = grid(study, study["Sensitivity_decisions"], "Which figures are most worth knowing better", keys)
    both = grid(study, study["Sensitivity_ends"], "Both ends of the range of each")
    return Section(
        "sensitivity",
        "Which figures matter",
        (
            *sentences(study.said.get("Sensitivity Summary", "")),
            *sentences(study.said.get("Sensitivity Decisions", "")),
        ),
        charts=tuple(chart for chart in drawn if chart is not None),
        grids=(knowing,) if study["Sensitivity_decisions"].rows else (),
        folded=(Folded("Both ends of every figure that was priced", (both,)),)
        if study["Sensitivity_ends"].rows
        else (),
        notes=(NOTE, NOTE_REGRET),
    )


def _tornado(study: StudyTables) -> Chart | None:
    table = study["Sensitivity_tornado"]
    if not table.rows:
        return None
    shown = with_rows(table, table.rows[:MOST])
    divisor, unit = multiple(study, shown, ("low", "high"))
    low, high = column(shown, "low", divisor), column(shown, "high", divisor)
    nothing = [0.0] * len(low)
    bars = (Bars("At its low end", 2, nothing, low), Bars("At its high end", 1, nothing, high))
    one_side = any(isfinite(a) and isfinite(b) and a * b > 0 for a, b in zip(low, high, strict=True))
    picture = Picture(words(shown, "figure"), bars, (), unit, together=not one_side)
    title = "What today's plan costs more or less at both ends of a figure's range"
    alt = (
        f"Two bars for each of {len(low)} figures: what today's plan costs more or less at its low and at its high end."
    )
    return picture.chart("sensitivity", title, alt, grid(study, table, title))


def _regret(study: StudyTables) -> Chart | None:
    table = study["Sensitivity_regret"]
    if not table.rows:
        return None
    shown = with_rows(table, table.rows[:MOST])
    divisor, unit = multiple(study, shown, ("regret_low", "regret_high"))
    low, high = column(shown, "regret_low", divisor), column(shown, "regret_high", divisor)
    told = [between(number(row["regret_low"]), number(row["regret_high"]), study.currency) for row in shown.rows]
    bars = decided_and_open(low, high, told)
    picture = Picture(words(shown, "figure"), bars, (), unit, together=True)
    title = "What keeping today's decisions may cost"
    alt = f"Bars of the larger regret of both ends for {len(low)} figures, with what is not decided of it."
    return picture.chart("sensitivity_regret", title, alt, grid(study, table, title))

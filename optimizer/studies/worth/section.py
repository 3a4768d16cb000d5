"""The section of what planning is worth: intervals of what dangers cost whoever ignores them, and of regret."""

from __future__ import annotations

from math import isfinite

from friendshore.optimizer.page.parts import Chart, Folded, Grid, Section
from friendshore.optimizer.page.study_parts import (
    Picture,
    between,
    cleared,
    column,
    decided_and_open,
    grid,
    multiple,
    sentences,
    with_rows,
    words,
)
from friendshore.optimizer.page.study_tables import StudyTable, StudyTables, number, text

COSTS_MORE, INFORMATION, LEAST = "what that costs more", "Worth of perfect information", "Least greatest regret"
NOTE = (
    "All plans are of least expected cost, damage of shortage included; resilience rules and the weight of risk are "
    "left out everywhere alike. What is hatched is not decided: the amount lies between the end of the full bar and "
    "its end."
)
NOTE_REGRET = (
    "Regret is what a plan costs under a path beyond the best plan for that path; what is built, protected and closed"
    " is held, and the stocks until the first of the two paths leaves the base path."
)


def section(study: StudyTables) -> Section:
    """What planning is worth, as a section.

    Parameters
    ----------
    study
        What ``worth`` wrote.

    Returns
    -------
    Section
        The finding, the figures as bars with what is open of them, and the regret of each plan.
    """
    regret = study.said.get("Worth Regret", "")
    drawn = (_figures(study), _regrets(study))
    paths = grid(
        study, study["Worth_known"], "Best plan for each path, known beforehand", ("words", "chance", "low", "high")
    )
    return Section(
        "worth",
        "What planning for dangers is worth",
        (*sentences(study.said.get("Worth Summary", "")), *sentences(regret)),
        charts=tuple(chart for chart in drawn if chart is not None),
        grids=(grid(study, study["Worth_figures"], "Each between two ends, discounted"),),
        folded=(
            Folded("Each path, known beforehand", (paths,)),
            *(
                (Folded("Regret of each plan under each path", (_matrix(study),)),)
                if study["Worth_regret"].rows
                else ()
            ),
        ),
        notes=(NOTE, NOTE_REGRET) if regret else (NOTE,),
    )


def _intervals(study: StudyTables, table: StudyTable, names: list[str], key: str, title: str, alt: str) -> Chart:
    """Bars up to what is proven at least, and what is open of each hatched beyond."""
    divisor, unit = multiple(study, table, ("low", "high"))
    low, high = column(table, "low", divisor), column(table, "high", divisor)
    told = [between(number(row["low"]), number(row["high"]), study.currency) for row in table.rows]
    bars = decided_and_open(low, high, told)
    return Picture(names, bars, (), unit, together=True).chart(key, title, alt, grid(study, table, title))


def _figures(study: StudyTables) -> Chart | None:
    """What ignoring the dangers costs more, what knowing them beforehand would spare, and the least greatest regret."""
    table = cleared(study, study["Worth_figures"])
    rows = [
        row
        for row in table.rows
        if text(row["what"]).endswith(COSTS_MORE) or text(row["what"]) in (INFORMATION, LEAST)
        if isfinite(number(row["high"]))
    ]
    if not rows:
        return None
    shown = with_rows(table, rows)
    names = [text(row["what"]).removesuffix(f": {COSTS_MORE}") for row in rows]
    alt = f"Bars for {len(rows)} figures: what is proven of each, and what is not decided."
    title = "What ignoring dangers costs more, and what knowing them would be worth"
    return _intervals(study, shown, names, "worth", title, alt)


def _regrets(study: StudyTables) -> Chart | None:
    table = study["Worth_regret"]
    rows = [row for row in table.rows if isfinite(number(row["high"]))]
    if not rows:
        return None
    shown = with_rows(table, rows)
    alt = f"Bars of the greatest regret of {len(rows)} plans."
    return _intervals(study, shown, words(shown, "plan"), "worth_regret", "Greatest regret of each plan", alt)


def _matrix(study: StudyTables) -> Grid:
    return grid(study, study["Worth_regret"], "What is known at most")

"""The section of a plan made again: what changed its cost, cause by cause, and which decisions change."""

from __future__ import annotations

from math import isfinite

from friendshore.optimizer.page.parts import Chart, Folded, Section
from friendshore.optimizer.page.study_parts import Bars, Picture, column, grid, multiple, sentences, with_rows, words
from friendshore.optimizer.page.study_tables import StudyTables, number
from friendshore.optimizer.wording.money import money
from friendshore.optimizer.wording.numbers import signed

NOTE = (
    "All money is of the start of the period as of which the plan is made again. Each cause is what the least cost of"
    " the rest rises by when it is taken in on top of those before it; in another order single causes would be told "
    "other amounts, their sum the same. Found: the difference between the plans found, which adds up. At least, at "
    "most: what is proven of the difference between the best plans."
)


def section(study: StudyTables) -> Section:
    """The plan made again, as a section.

    Parameters
    ----------
    study
        What ``replan`` wrote.

    Returns
    -------
    Section
        The finding, the causes as steps that add up, the decisions that change, and what stands.
    """
    chart = _steps(study)
    table = study["Replan_causes"]
    changed = grid(study, study["Replan_decisions"], "Decisions that change")
    standing = [
        grid(study, study[name], caption)
        for name, caption in (
            ("Replan_units", "Units that stand or are on order"),
            ("Replan_stocks", "Stocks"),
            ("Replan_others", "Protections and closings"),
        )
        if study[name].rows
    ]
    told = study.said.get("Replan Standing", "")
    return Section(
        "replan",
        "What has happened, and the plan made again",
        (*sentences(study.said.get("Replan Causes", "")), *sentences(study.said.get("Replan Decisions", ""))),
        charts=(chart,) if chart else (),
        grids=(grid(study, table, table.title), *((changed,) if study["Replan_decisions"].rows else ())),
        folded=(Folded(told, tuple(standing)),) if standing else (),
        notes=(NOTE,),
    )


def _steps(study: StudyTables) -> Chart | None:
    """From what was expected to what it costs now: each cause begins where those before it end."""
    table = study["Replan_causes"]
    amounts = column(table, "amount")
    if len(amounts) < 2 or not all(isfinite(each) for each in amounts):
        return None
    size = max(abs(amounts[0]), abs(amounts[-1]), 1.0)
    moved = [i for i, each in enumerate(amounts[1:-1], 1) if abs(each) > 1e-9 * size]
    shown = with_rows(table, [table.rows[i] for i in (0, *moved, len(amounts) - 1)])
    divisor, unit = multiple(study, shown, ("amount",))
    reached, low, high = amounts[0], [0.0], [amounts[0]]
    for i in moved:
        low.append(reached)
        reached += amounts[i]
        high.append(reached)
    ends = [True, *(False for _ in moved), True]
    low, high = [*low, 0.0], [*high, amounts[-1]]
    told = [
        money(number(row["amount"]), study.currency)
        if end
        else signed(number(row["amount"]), lambda amount: money(amount, study.currency))
        for row, end in zip(shown.rows, ends, strict=True)
    ]
    bars = [
        Bars(
            name,
            tone,
            [min(a, b) / divisor if keep else float("nan") for a, b, keep in zip(low, high, kept, strict=True)],
            [max(a, b) / divisor if keep else float("nan") for a, b, keep in zip(low, high, kept, strict=True)],
            [words_ if keep else "" for words_, keep in zip(told, kept, strict=True)],
        )
        for name, tone, kept in (
            ("Cost of the rest", 0, ends),
            ("Adds to it", 1, [not end and b > a for a, b, end in zip(low, high, ends, strict=True)]),
            ("Takes off it", 2, [not end and b <= a for a, b, end in zip(low, high, ends, strict=True)]),
        )
    ]
    picture = Picture(
        words(shown, "cause"), [bar for bar in bars if any(isfinite(x) for x in bar.low)], (), unit, together=True
    )
    title = "From what was expected to what the rest costs now"
    alt = (
        f"Steps: {len(moved)} causes, each beginning where those before it end, from the cost expected to the cost now."
    )
    return picture.chart("replan", title, alt, grid(study, shown, title))

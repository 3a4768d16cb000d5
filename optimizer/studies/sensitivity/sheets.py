"""The study as a workbook: a tornado over the largest figures, which of them turn a decision, and every figure."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.plan.baselines import Interval
from friendshore.optimizer.reporting.content import Block, Content, Field, Figure
from friendshore.optimizer.reporting.frames import table
from friendshore.optimizer.reporting.study_sheets import StudySheets
from friendshore.optimizer.studies.sensitivity.figures import WIDTHS
from friendshore.optimizer.studies.sensitivity.sensitivity import Moved, Sensitivity, Verdict
from friendshore.optimizer.studies.sensitivity.words import (
    better_data,
    count_lines,
    end_words,
    gap_line,
    knowing,
    no_bars,
    none_of,
    opening,
    rest_line,
    stopped_line,
)

VERDICTS = {
    Verdict.TURNS: "would change a decision",
    Verdict.STAYS: "changes none at either end",
    Verdict.OPEN: "open within the gaps",
    Verdict.NOTHING: "no plan at an end",
}
AT_ONE_END = VERDICTS | {Verdict.STAYS: "changes none", Verdict.NOTHING: "no plan"}
HOW = (
    "A figure is moved over the range that its source leaves open: low and high on Sources, else by its confidence, "
    + ", ".join(f"{name or 'not said'} ±{width:.0%}" for name, width in WIDTHS.items())
    + "; all others stay as they are. An end beyond what is legal is cut to it.",
    "Bars show what today's plan costs more or less at both ends: its decisions held – what is built, protected and "
    "closed on the base path –, the rest as good as it can be.",
)
HOW_REGRET = (
    "Regret is what today's decisions cost at an end of the range beyond the best decisions there: what it would be "
    "worth to know that the figure is at that end. It lies between its two amounts; blank: not known, or today's "
    "decisions cannot be kept there.",
    "A figure would change a decision only where the regret is proven to be above nothing at one end. Between the ends "
    "nothing is claimed.",
)
NONE_TURNS = "At neither end of any of those that were priced do other decisions cost less."
HOW_ALL = (
    "To the first order, whole numbers held: what one percent more of the figure changes the cost by, from the prices "
    "of the plan's linear program, and what the ends of its range would. Where steps of the plan begin or end with a "
    "figure there is no such derivative; a length of time is told at its ends alone.",
)
_BETWEEN = ("at least", "at most")


def sheets(study: Sensitivity) -> StudySheets:
    """The study as sheets.

    Parameters
    ----------
    study
        The study.

    Returns
    -------
    StudySheets
        In the order of the workbook.
    """
    pages = [("Sensitivity Summary", summary(study))]
    if study.priced:
        pages.append(("Sensitivity Decisions", decisions(study)))
    pages.append(("Sensitivity Figures", every(study)))
    return StudySheets("sensitivity", study.problem, "Which figures matter", tuple(pages))


def _both(key: str, header: str) -> tuple[Field, Field]:
    low, high = (
        Field(f"{key}_{end}", f"{header}, {words}", "number", "currency")
        for end, words in zip(("low", "high"), _BETWEEN, strict=True)
    )
    return low, high


def _ends(key: str, value: Interval | None) -> dict[str, object]:
    low, high = (None, None) if value is None else (value.low, value.high)
    return {f"{key}_low": low, f"{key}_high": high}


def summary(study: Sensitivity) -> Content:
    """The tornado, and both ends of every priced figure."""
    fields = (
        Field("figure", "Figure"),
        Field("end", "End of its range"),
        Field("legal", "Cut to what is legal"),
        *_both("held", "Cost of today's decisions changes by"),
        *_both("cost", "Least cost changes by"),
        *_both("regret", "Regret of today's decisions"),
        Field("verdict", "What is proven"),
    )
    rows = [row for each in study.movers for row in _end_rows(study, each)]
    told = " ".join((opening(study), *count_lines(study), stopped_line(study))).strip()
    block = Block("Sensitivity_ends", "Both ends of the range", table(rows, fields, study.currency), fields)
    notes = (*HOW, no_bars(study)) if no_bars(study) else HOW
    return Content(told, notes, (block,), _tornado(study), opening=_counts(study))


def _end_rows(study: Sensitivity, each: Moved) -> Iterator[dict[str, object]]:
    for end in each.ends:
        yield {
            "figure": each.figure.words,
            "end": end_words(each, end).removeprefix("at its "),
            "legal": "yes" if end.cut else "",
            **_ends("held", study.held_change(end)),
            **_ends("cost", study.cost_change(end)),
            **_ends("regret", end.regret),
            "verdict": "today's decisions cannot be kept" if end.kept is False else AT_ONE_END[end.verdict],
        }


def _counts(study: Sensitivity) -> Block:
    fields = (Field("verdict", "What is proven"), Field("count", "Priced figures", "number"))
    rows = [
        {"verdict": words, "count": sum(each.verdict is verdict for each in study.priced)}
        for verdict, words in VERDICTS.items()
    ]
    return Block("Sensitivity_counts", "", table(rows, fields, study.currency), fields)


def _tornado(study: Sensitivity) -> tuple[Figure, ...]:
    fields = (
        Field("figure", "Figure"),
        Field("low", "At its low end", "number", "currency"),
        Field("high", "At its high end", "number", "currency"),
    )
    rows = []
    for each in study.movers:
        changes = [None if end is None else study.held_change(end) for end in (each.low, each.high)]
        low, high = (None if value is None else value.high for value in changes)
        if max(abs(low or 0.0), abs(high or 0.0)) > none_of(study):
            rows.append({"figure": each.figure.words, "low": low, "high": high})
    if not rows:
        return ()
    rows.sort(key=lambda row: -max(abs(value) for value in (row["low"], row["high"]) if isinstance(value, float)))
    block = Block("Sensitivity_tornado", "What today's plan costs more", table(rows, fields, study.currency), fields)
    title = "What today's plan costs more or less at both ends of a figure's range"
    return (Figure(title, "tornado", block, "figure", ("low", "high"), study.currency),)


def decisions(study: Sensitivity) -> Content:
    """Which figures would change a decision, by what it is worth to know them better."""
    fields = (
        Field("figure", "Figure"),
        Field("source", "Source"),
        Field("confidence", "Confidence"),
        Field("verdict", "What is proven"),
        *_both("regret", "Larger regret of both ends"),
        Field("told", "In words"),
    )
    rows = [
        {
            "figure": each.figure.words,
            "source": each.figure.source_id,
            "confidence": each.figure.confidence or "not said",
            "verdict": VERDICTS[each.verdict],
            **_ends("regret", each.regret),
            "told": knowing(study, each).removeprefix(f"{each.figure.words}: "),
        }
        for each in study.worth_knowing
    ]
    first = next(better_data(study), "")
    told = f"Of those that were priced, most may be worth knowing about {first}." if first else NONE_TURNS
    block = Block("Sensitivity_decisions", "", table(rows, fields, study.currency), fields)
    notes = (*HOW_REGRET, gap_line(study)) if gap_line(study) else HOW_REGRET
    return Content(told, notes, (block,), _regrets(study))


def _regrets(study: Sensitivity) -> tuple[Figure, ...]:
    fields = (Field("figure", "Figure"), *_both("regret", "Regret"))
    shown = [each for each in study.worth_knowing if each.regret is not None and each.regret.high > none_of(study)]
    if not shown:
        return ()
    rows = [{"figure": each.figure.words, **_ends("regret", each.regret)} for each in shown]
    block = Block("Sensitivity_regret", "Larger regret of both ends", table(rows, fields, study.currency), fields)
    title = "What keeping today's decisions may cost"
    return (Figure(title, "bar", block, "figure", ("regret_low", "regret_high"), study.currency),)


def every(study: Sensitivity) -> Content:
    """Every figure with its derivative, the one that moves the cost most first."""
    fields = (
        Field("figure", "Figure"),
        Field("sheet", "Sheet"),
        Field("row", "Row", "number"),
        Field("column", "Column"),
        Field("value", "Value", "number"),
        Field("source", "Source"),
        Field("confidence", "Confidence"),
        Field("percent", "One percent more changes the cost by", "number", "currency"),
        Field("low", "Low end, to the first order", "number", "currency"),
        Field("high", "High end, to the first order", "number", "currency"),
        Field("priced", "Priced at both ends"),
    )
    rows = [
        {
            "figure": each.figure.words,
            "sheet": each.figure.sheet,
            "row": each.figure.row,
            "column": each.figure.column,
            "value": each.figure.value,
            "source": each.figure.source_id,
            "confidence": each.figure.confidence or "not said",
            "percent": each.slope.percent,
            "low": each.slope.low,
            "high": each.slope.high,
            "priced": ("", "one alone", "yes")[len(each.ends)],
        }
        for each in study.figures
    ]
    block = Block("Sensitivity_figures", "", table(rows, fields, study.currency), fields)
    return Content(rest_line(study) or opening(study), HOW_ALL, (block,))

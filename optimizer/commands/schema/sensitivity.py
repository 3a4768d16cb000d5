"""What ``friendshore sensitivity --json`` prints, and how a study fills it. All money is in ``currency``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from friendshore.optimizer.commands.schema.amount import Amount, amount_of, amount_or_none
from friendshore.optimizer.commands.schema.record import Elapsed, Notice, Notices, Record

if TYPE_CHECKING:
    from friendshore.optimizer.studies.sensitivity.sensitivity import End, Moved, Sensitivity

Proven = Literal["turns", "stays", "open", "nothing"]


class EndFigures(Record, frozen=True):
    """A figure at one end of its range."""

    cells: Annotated[dict[str, float], Meta(description="What its cells hold there, by column or period.")]
    cut: Annotated[bool, Meta(description="Whether its range goes beyond what is legal and was cut to it.")]
    kept: Annotated[bool | None, Meta(description="Whether today's decisions can be kept; null: not known.")]
    held_change: Annotated[Amount | None, Meta(description="What today's decisions cost more; null: not known.")]
    cost_change: Annotated[Amount | None, Meta(description="What the least cost grows by; null: not known.")]
    regret: Annotated[Amount | None, Meta(description="What today's decisions cost beyond the best; null: not known.")]
    verdict: Annotated[
        Proven,
        Meta(
            description="turns: others are proven cheaper, or needed; stays: none is cheaper; nothing: no plan at all."
        ),
    ]
    searched: Annotated[bool, Meta(description="Whether the best plan was searched for.")]


class FigureFigures(Record, frozen=True):
    """One figure of the workbook."""

    sheet: Annotated[str, Meta(description="Its sheet.")]
    row: Annotated[int, Meta(description="Its row on the sheet.")]
    column: Annotated[str, Meta(description="Its column; by period: all columns of periods, moved together.")]
    words: Annotated[str, Meta(description="What it is.")]
    source_id: Annotated[str, Meta(description="Where it comes from.")]
    confidence: Annotated[str, Meta(description="high, medium or low, as Sources says; blank where it does not.")]
    value: Annotated[float | None, Meta(description="What its cell holds; null: a series.")]
    derivative: Annotated[float | None, Meta(description="Cost of one unit more, to the first order; null: not known.")]
    percent: Annotated[float | None, Meta(description="Cost of one percent more, to the first order; null: not known.")]
    first_order_low: Annotated[float | None, Meta(description="Move of the cost at the low end, to the first order.")]
    first_order_high: Annotated[float | None, Meta(description="Move of the cost at the high end, to the first order.")]
    low: Annotated[EndFigures | None, Meta(description="Priced at its low end; null: it was not.")]
    high: Annotated[EndFigures | None, Meta(description="Priced at its high end; null: it was not.")]
    verdict: Annotated[Proven | None, Meta(description="turns: at one end; stays: at both; null: it was not priced.")]


class Found(Record, frozen=True):
    """Which figures matter."""

    status: Annotated[
        Literal["done", "stopped"],
        Meta(description="done (exit code 0, or 7 where the study could not be written); stopped: ended early (5)."),
    ]
    currency: Annotated[str, Meta(description="Currency of all money.")]
    plan: Annotated[Amount, Meta(description="The least cost as the workbook stands.")]
    ranked: Annotated[bool, Meta(description="Whether derivatives are known, by which figures are ranked.")]
    figures: Annotated[tuple[FigureFigures, ...], Meta(description="Every figure, what moves the cost most first.")]
    worth_knowing: Annotated[
        tuple[int, ...], Meta(description="Places of priced figures in `figures`, the most worth knowing first.")
    ]
    searches: Annotated[int, Meta(description="How many plans were searched or operated.")]
    workbook: Annotated[str | None, Meta(description="Path of the study; null: it could not be written.")]
    seconds: Elapsed
    problems: Notices


def found(study: Sensitivity, workbook: str | None, seconds: float, problems: tuple[Notice, ...]) -> Found:
    """The study as JSON.

    Parameters
    ----------
    study
        The study.
    workbook
        Path it was written to, None where it could not be.
    seconds
        Elapsed time of the command.
    problems
        Errors and warnings.

    Returns
    -------
    Found
        What the command prints.
    """
    place = {id(each): i for i, each in enumerate(study.figures)}
    return Found(
        status="stopped" if study.stopped else "done",
        currency=study.currency,
        plan=amount_of(study.plan),
        ranked=study.ranked,
        figures=tuple(_figure(study, each) for each in study.figures),
        worth_knowing=tuple(place[id(each)] for each in study.worth_knowing),
        searches=study.searches,
        workbook=workbook,
        seconds=seconds,
        problems=problems,
    )


def _figure(study: Sensitivity, each: Moved) -> FigureFigures:
    figure, slope = each.figure, each.slope
    return FigureFigures(
        sheet=figure.sheet,
        row=figure.row,
        column=figure.column,
        words=figure.words,
        source_id=figure.source_id,
        confidence=figure.confidence,
        value=figure.value,
        derivative=each.derivative,
        percent=slope.percent,
        first_order_low=slope.low,
        first_order_high=slope.high,
        low=None if each.low is None else _end(study, each.low),
        high=None if each.high is None else _end(study, each.high),
        verdict=each.verdict.value if each.ends else None,
    )


def _end(study: Sensitivity, end: End) -> EndFigures:
    return EndFigures(
        cells=dict(end.cells),
        cut=end.cut,
        kept=end.kept,
        held_change=amount_or_none(study.held_change(end)),
        cost_change=amount_or_none(study.cost_change(end)),
        regret=amount_or_none(end.regret),
        verdict=end.verdict.value,
        searched=end.searched,
    )

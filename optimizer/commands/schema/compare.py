"""What ``friendshore compare --json`` prints, and how a comparison fills it."""
# ruff: noqa: PLC0415 - the study is loaded by the command that runs it

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

from msgspec import UNSET, Meta, UnsetType, convert, field

from friendshore.optimizer.commands.schema.compare_rows import (
    ClosingRow,
    FigureRow,
    InvestmentRow,
    KindRow,
    PathRow,
    PayerRow,
    PolicyRow,
    PolicyStateRow,
    ProtectionRow,
    Scorecards,
    ShortageRow,
    SourcingRow,
    StockRow,
    SurvivalRow,
)
from friendshore.optimizer.commands.schema.record import Done, Elapsed, Notice, Notices, Record

if TYPE_CHECKING:
    from friendshore.optimizer.studies.compare import Comparison, Section

Cell = str | bool | int | float | None


class ComparedPlan(Record, frozen=True):
    """A plan that is compared."""

    name: Annotated[str, Meta(description="What it is called here.")]
    file: Annotated[str, Meta(description="Path of its workbook.")]
    plan_status: Annotated[str, Meta(description="What is known of it, in words.")]


class ChangedInput(Record, frozen=True):
    """One difference of the input sheets: a changed cell, or a row that one of the two has."""

    sheet: Annotated[str, Meta(description="The sheet.")]
    what: Annotated[
        Literal["changed", "added", "removed"], Meta(description="A changed cell, or a row that one of the two has.")
    ]
    key: Annotated[str, Meta(description="What names the row; empty on sheets of single values.")]
    column: Annotated[str, Meta(description="The column of a changed cell; empty for whole rows.")]
    before: Annotated[Cell, Meta(description="In the first plan; null: nothing.")]
    after: Annotated[Cell, Meta(description="In the other plan; null: nothing.")]
    row: Annotated[int, Meta(description="Number of the row on its sheet, in the plan that has it.")]
    remark: Annotated[bool, Meta(description="Whether nothing that is computed depends on it.")]


class ChangeInWords(Record, frozen=True):
    """One change, in a sentence."""

    topic: Annotated[
        Literal["cost", "built", "short", "policy", "supply", "stock"], Meta(description="What it is about.")
    ]
    text: Annotated[str, Meta(description="The sentence.")]


class PairOfPlans(Record, frozen=True):
    """A plan against the first."""

    first: Annotated[str, Meta(description="Name of the first plan.")] = field(name="from")
    other: Annotated[str, Meta(description="Name of the other plan.")] = field(name="to")
    inputs: Annotated[tuple[ChangedInput, ...], Meta(description="What differs in the input sheets.")]
    findings: Annotated[tuple[ChangeInWords, ...], Meta(description="What that changed, what matters first.")]


class Compared(Record, frozen=True):
    """Plans side by side."""

    status: Done
    plans: Annotated[
        tuple[ComparedPlan, ...], Meta(description="In the order given; the others are held against the first.")
    ]
    not_compared: Annotated[tuple[str, ...], Meta(description="What cannot be compared and why, in sentences.")]
    remarks: Annotated[tuple[str, ...], Meta(description="What to bear in mind, in sentences.")]
    changes: Annotated[tuple[PairOfPlans, ...], Meta(description="Each plan but the first against it.")]
    investments: Annotated[tuple[InvestmentRow, ...], Meta(description="Units decided.")]
    protections: Annotated[tuple[ProtectionRow, ...], Meta(description="Protections, bought or not.")]
    stocks: Annotated[tuple[StockRow, ...], Meta(description="Levels at the end of each period, base path.")]
    sourcing: Annotated[tuple[SourcingRow, ...], Meta(description="Shares of suppliers, from 0 to 1, base path.")]
    figures: Annotated[tuple[FigureRow, ...], Meta(description="Key figures.")]
    cost_by_kind: Annotated[tuple[KindRow, ...], Meta(description="Expected cost by kind.")]
    cost_by_payer: Annotated[tuple[PayerRow, ...], Meta(description="Expected cost by payer.")]
    scorecard: Annotated[Scorecards, Meta(description="Policies.")]
    shortages: Annotated[tuple[ShortageRow, ...], Meta(description="Shares of demand not met, from 0 to 1.")]
    paths: Annotated[tuple[PathRow, ...], Meta(description="Cost by path.")]
    survival: Annotated[tuple[SurvivalRow, ...], Meta(description="Time to the first shortage by path.")]
    workbook: Annotated[
        str | None, Meta(description="Path of the tables; null: not asked for, or they could not be written.")
    ]
    seconds: Elapsed
    problems: Notices
    closings: Annotated[tuple[ClosingRow, ...] | UnsetType, Meta(description="Plants that some plan closes.")] = UNSET


def compared(comparison: Comparison, workbook: str | None, seconds: float, problems: tuple[Notice, ...]) -> Compared:
    """A comparison as JSON.

    Parameters
    ----------
    comparison
        Plans side by side.
    workbook
        Path its tables were written to, None where they were not.
    seconds
        Elapsed time of the command.
    problems
        Errors and warnings.

    Returns
    -------
    Compared
        What the command prints.
    """
    from friendshore.optimizer.reporting import summary

    return Compared(
        status="done",
        plans=tuple(
            ComparedPlan(name=name, file=str(plan.path), plan_status=plan.about(summary.STATUS))
            for name, plan in zip(comparison.names, comparison.plans, strict=True)
        ),
        not_compared=comparison.scope.refused,
        remarks=comparison.scope.remarks,
        changes=tuple(_pairs(comparison)),
        investments=_rows(comparison.investments, InvestmentRow),
        protections=_rows(comparison.protections, ProtectionRow),
        closings=_rows(comparison.closings, ClosingRow) or UNSET,
        stocks=_rows(comparison.stocks, StockRow),
        sourcing=_rows(comparison.sourcing, SourcingRow),
        figures=_rows(comparison.figures, FigureRow) + _rows(comparison.gaps, FigureRow),
        cost_by_kind=_rows(comparison.kinds, KindRow),
        cost_by_payer=_rows(comparison.payers, PayerRow),
        scorecard=Scorecards(
            limit=_rows(comparison.scorecard["limit"], PolicyRow),
            value=_rows(comparison.scorecard["value"], PolicyRow),
            price=_rows(comparison.scorecard["price"], PolicyRow),
            state=_rows(comparison.scorecard["state"], PolicyStateRow),
        ),
        shortages=_rows(comparison.shortages, ShortageRow),
        paths=_rows(comparison.paths, PathRow),
        survival=_rows(comparison.survival, SurvivalRow),
        workbook=workbook,
        seconds=seconds,
        problems=problems,
    )


def _pairs(comparison: Comparison) -> Iterator[PairOfPlans]:
    from friendshore.optimizer.studies.compare.words import findings

    for pair in comparison.pairs:
        yield PairOfPlans(
            first=comparison.names[0],
            other=comparison.names[pair.place],
            inputs=tuple(convert(asdict(change), ChangedInput) for change in pair.inputs),
            findings=tuple(
                ChangeInWords(topic=change.topic, text=change.text) for change in findings(comparison, pair.place)
            ),
        )


Row = TypeVar("Row", bound=Record)


def _rows(section: Section, row_type: type[Row]) -> tuple[Row, ...]:
    """The rows of a section: its keys, then the value of each plan and the changes against the first."""
    keys = [key for key, _ in section.keys]
    columns = list(section.frame.columns)
    values = [column for column in columns if column[0] == "p" and column[1:].isdigit()]
    changes = [column for column in columns if column[0] == "d" and column[1:].isdigit()]
    rows = (
        {
            **{key: row[key] for key in keys},
            "values": [row[column] for column in values],
            **({"changes": [row[column] for column in changes]} if changes else {}),
        }
        for row in section.frame.to_dict("records")
    )
    return tuple(convert(row, row_type) for row in rows)

"""What ``friendshore replan --json`` prints, and how a study fills it. All money is in ``currency``, of ``as_of``."""
# ruff: noqa: PLC0415 - the study is loaded by the command that runs it

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import UNSET, Meta, UnsetType, convert

from friendshore.optimizer.commands.schema.amount import Amount, amount_or_none
from friendshore.optimizer.commands.schema.record import Elapsed, Notice, Notices, Record

if TYPE_CHECKING:
    from friendshore.optimizer.studies.replan.replan import Replanned


class CauseFigures(Record, frozen=True):
    """What one cause added to the cost of the rest, on top of those before it."""

    cause: Annotated[
        Literal["passing", "building", "stocks", "prices", "demand", "input"],
        Meta(description="Time passing and what struck; building, protections, closings; stocks; and so on."),
    ]
    words: Annotated[str, Meta(description="The same in words.")]
    amount: Annotated[float | None, Meta(description="Difference between the plans found; null: not known.")]
    between: Annotated[Amount | None, Meta(description="What is proven of the best plans; null: not known.")]
    past: Annotated[float, Meta(description="What of it was paid before as_of; below 0: not paid.")]


class ChangeFigures(Record, frozen=True):
    """A decision of the rest that is another now."""

    kind: Annotated[Literal["expansion", "protection", "closing"], Meta(description="What is decided.")]
    name: Annotated[str, Meta(description="Of which row of the workbook.")]
    period: Annotated[str, Meta(description="In which period.")]
    before: Annotated[float, Meta(description="Units planned; 1 or 0 for yes or no.")]
    after: Annotated[float, Meta(description="Units now; 1 or 0 for yes or no.")]
    words: Annotated[str, Meta(description="The same in words.")]
    keeping: Annotated[
        Amount | UnsetType | None, Meta(description="With --keep: what the old one would cost; null: not known.")
    ] = UNSET
    impossible: Annotated[
        bool | UnsetType, Meta(description="With --keep: whether the old one can no longer be kept.")
    ] = UNSET


class Replan(Record, frozen=True):
    """A plan made again."""

    status: Annotated[
        Literal["done", "stopped", "no_plan"],
        Meta(description="done (exit code 0, or 7 where a file could not be written); stopped (5); no_plan (4, 6)."),
    ]
    currency: Annotated[str, Meta(description="Currency of all money.")]
    as_of: Annotated[str, Meta(description="Period at whose start the plan is made again; all money is of then.")]
    path: Annotated[str, Meta(description="The path of the plan that has come true; base: nothing has struck.")]
    lasting: Annotated[str, Meta(description="Scenario that has begun and goes on; empty: none.")]
    rest: Annotated[Amount | None, Meta(description="Cost of the rest by the new plan; null: there is none.")]
    before: Annotated[float | None, Meta(description="What the plan expected the rest to cost; null: not known.")]
    as_planned: Annotated[
        Amount | None, Meta(description="Cost of the rest with all old decisions; null: they cannot be kept.")
    ]
    same: Annotated[bool, Meta(description="Whether all decisions stand.")]
    causes: Annotated[tuple[CauseFigures, ...], Meta(description="From before to rest, in order.")]
    changes: Annotated[tuple[ChangeFigures, ...], Meta(description="Decisions that change.")]
    searches: Annotated[int, Meta(description="How many plans were searched or operated.")]
    plan: Annotated[str | None, Meta(description="Path of the new plan; null: none was written.")]
    workbook: Annotated[str | None, Meta(description="Path of the study; null: it could not be written.")]
    template: Annotated[str | None, Meta(description="Path of the actuals to be filled in, where that was asked for.")]
    seconds: Elapsed
    problems: Notices


def replanned(
    study: Replanned, plan: str | None, workbook: str | None, seconds: float, problems: tuple[Notice, ...]
) -> Replan:
    """The study as JSON.

    Parameters
    ----------
    study
        The study.
    plan, workbook
        Paths they were written to, None where they were not.
    seconds
        Elapsed time of the command.
    problems
        Errors and warnings.

    Returns
    -------
    Replan
        What the command prints.
    """
    early = study.stopped or str(study.outcome.status) != "optimal"
    return Replan(
        status="no_plan" if study.rest is None else "stopped" if early else "done",
        currency=study.currency,
        as_of=study.actuals.as_of,
        path=study.standing.path,
        lasting=study.lasting,
        rest=amount_or_none(study.rest),
        before=study.before,
        as_planned=amount_or_none(study.as_planned),
        same=study.same and not study.changes,
        causes=tuple(_causes(study)),
        changes=tuple(_changes(study)),
        searches=study.searches,
        plan=plan,
        workbook=workbook,
        template=None,
        seconds=seconds,
        problems=problems,
    )


def _causes(study: Replanned) -> list[CauseFigures]:
    from friendshore.optimizer.studies.replan.words import cause_words

    return [
        CauseFigures(
            cause=each.cause,
            words=cause_words(study, each.cause),
            amount=each.amount,
            between=amount_or_none(each.between),
            past=each.past,
        )
        for each in study.causes
    ]


def _changes(study: Replanned) -> list[ChangeFigures]:
    from friendshore.optimizer.studies.replan.words import change_words

    kept = {id(each.change): each for each in study.kept}
    made = []
    for change in study.changes:
        price = kept.get(id(change))
        cells = {**asdict(change), "words": change_words(study, change)}
        if price is not None:
            cells["keeping"] = None if price.cost is None else asdict(price.cost)
            cells["impossible"] = price.impossible
        made.append(convert(cells, ChangeFigures))
    return made


def template_written(path: str, as_of: str, currency: str, seconds: float) -> Replan:
    """What is said where only actuals to be filled in were written.

    Parameters
    ----------
    path
        Where they are.
    as_of
        Period as of which they are.
    currency
        The currency of Settings.
    seconds
        Elapsed time of the command.

    Returns
    -------
    Replan
        Without a plan.
    """
    return Replan(
        status="done",
        currency=currency,
        as_of=as_of,
        path="base",
        lasting="",
        rest=None,
        before=None,
        as_planned=None,
        same=False,
        causes=(),
        changes=(),
        searches=0,
        plan=None,
        workbook=None,
        template=path,
        seconds=seconds,
        problems=(),
    )

"""What ``friendshore explain --json`` prints: about a code, or about a workbook. All money is in ``currency``."""
# ruff: noqa: PLC0415 - the study is loaded by the command that runs it

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from friendshore.optimizer.commands.schema.amount import Amount, amount_of, amount_or_none
from friendshore.optimizer.commands.schema.record import Elapsed, Notice, Notices, Record

if TYPE_CHECKING:
    from friendshore.optimizer.studies.explain.explanation import Explanation
    from friendshore.optimizer.studies.explain.relaxing import Change
    from friendshore.optimizer.studies.explain.repairs import Repair
    from friendshore.optimizer.studies.explain.why import Why
    from friendshore.optimizer.studies.explain.worth_building import WorthBuilding


class Explained(Record, frozen=True):
    """What a code means."""

    status: Annotated[Literal["explained"], Meta(description="There is such a code.")]
    code: Annotated[str, Meta(description="The code, such as FS103.")]
    severity: Annotated[Literal["error", "warning"], Meta(description="Of the findings that carry the code.")]
    title: Annotated[str, Meta(description="The finding in a few words.")]
    cause: Annotated[str, Meta(description="What brings it about.")]
    cure: Annotated[str, Meta(description="What mends it.")]
    problems: Notices


class Clash(Record, frozen=True):
    """A cell that demands something."""

    sheet: Annotated[str, Meta(description="Its sheet.")]
    cell: Annotated[str, Meta(description="Its cell, such as Policies!D4, or sheet and row.")]
    column: Annotated[str, Meta(description="Its column.")]
    name: Annotated[str, Meta(description="What asks for it, in words.")]


class Given(Record, frozen=True):
    """A cell that gives way."""

    sheet: Annotated[str, Meta(description="Its sheet.")]
    cell: Annotated[str, Meta(description="Its cell, such as Policies!D4, or sheet and row.")]
    column: Annotated[str, Meta(description="Its column.")]
    before: Annotated[float, Meta(description="What it says.")]
    after: Annotated[float | None, Meta(description="What it has to say; null: nothing, the demand goes.")]
    least: Annotated[bool, Meta(description="Whether a change smaller by a thousandth was shown not to do.")]


class RepairFigures(Record, frozen=True):
    """A way to make a plan possible."""

    changes: Annotated[tuple[Given, ...], Meta(description="What gives way, all of it together.")]
    cost: Annotated[Amount, Meta(description="Objective of the cheapest plan then.")]
    more: Annotated[Amount | None, Meta(description="Beyond that with none of the rows that clash; null: not known.")]


class Changed(Record, frozen=True):
    """What another plan does otherwise."""

    what: Annotated[Literal["expansion", "kind"], Meta(description="A project (units), or a kind of cost (money).")]
    of: Annotated[str, Meta(description="Its name.")]
    before: Annotated[float, Meta(description="In the plan.")]
    after: Annotated[float, Meta(description="In the other plan.")]


class Reason(Record, frozen=True):
    """Why the plan uses something, or not."""

    sheet: Annotated[str, Meta(description="Sheet of what was asked about.")]
    name: Annotated[str, Meta(description="Its name there; empty where it has none.")]
    used: Annotated[bool, Meta(description="Whether the plan uses it.")]
    other: Annotated[Amount | None, Meta(description="Objective without it, or with it where it is not used.")]
    more: Annotated[Amount | None, Meta(description="What the other plan costs more; null: not known, or none.")]
    changes: Annotated[tuple[Changed, ...], Meta(description="What the other plan does otherwise.")]
    possible: Annotated[bool, Meta(description="Whether there may be another plan; false: proven that there is none.")]
    forbidden: Annotated[tuple[Clash, ...], Meta(description="Why there is no other plan: rows that clash then.")]


class PriceTried(Record, frozen=True):
    """A price that was searched."""

    price: Annotated[float, Meta(description="Price of a unit.")]
    cost: Annotated[Amount, Meta(description="Objective of the cheapest plan with it.")]


class PriceAnswer(Record, frozen=True):
    """What it would take to make a project worth building."""

    sheet: Annotated[str, Meta(description="Sheet of the project.")]
    name: Annotated[str, Meta(description="Its name there.")]
    price: Annotated[float, Meta(description="Its price today: capex of a unit, cost a year of a protection.")]
    pays: Annotated[float | None, Meta(description="The highest price at which it is proven to pay; null: none.")]
    does_not: Annotated[float | None, Meta(description="The lowest at which it is proven not to; null: none found.")]
    without: Annotated[Amount | None, Meta(description="Objective without it; null: no plan, or not known.")]
    tried: Annotated[tuple[PriceTried, ...], Meta(description="Every price that was searched, the lowest first.")]
    forbidden: Annotated[bool, Meta(description="Whether no plan can have it.")]
    complete: Annotated[bool, Meta(description="Whether the search came to its end.")]


class Explanations(Record, frozen=True):
    """What was found about a workbook."""

    status: Annotated[
        Literal["infeasible", "has_plan", "unknown"],
        Meta(description="infeasible: no plan can satisfy it (exit code 4); has_plan (0); unknown: stopped (6)."),
    ]
    currency: Annotated[str, Meta(description="Currency of all money.")]
    cost: Annotated[Amount | None, Meta(description="Objective of its plan; null: not searched, or none.")]
    conflicts: Annotated[tuple[tuple[Clash, ...], ...], Meta(description="Smallest sets that cannot hold together.")]
    complete: Annotated[bool, Meta(description="Whether these are all conflicts that there are.")]
    repairs: Annotated[tuple[RepairFigures, ...], Meta(description="The cheapest ways to mend it, cheapest first.")]
    why: Annotated[Reason | None, Meta(description="The answer to --why; null: not asked, or no plan.")]
    what_would_it_take: Annotated[
        PriceAnswer | None, Meta(description="The answer to it; null: not asked, or no plan.")
    ]
    stopped: Annotated[str, Meta(description="Why the work ended early; empty: it did not.")]
    workbook: Annotated[str | None, Meta(description="Path of the study; null: it could not be written.")]
    seconds: Elapsed
    problems: Notices


def explained(study: Explanation, workbook: str | None, seconds: float, problems: tuple[Notice, ...]) -> Explanations:
    """An explanation of a workbook as JSON.

    Parameters
    ----------
    study
        What was found.
    workbook
        Path it was written to, None where it could not be.
    seconds
        Elapsed time of the command.
    problems
        Errors and warnings.

    Returns
    -------
    Explanations
        What the command prints.
    """
    found = study.conflicts
    return Explanations(
        status="unknown" if study.has_plan is None else "has_plan" if study.has_plan else "infeasible",
        currency=study.currency,
        cost=amount_or_none(study.cost),
        conflicts=()
        if found is None
        else tuple(
            tuple(
                _clash(study, found.demands[i].sheet, found.demands[i].row, found.demands[i].column)
                for i in sorted(rows)
            )
            for rows in found.conflicts
        ),
        complete=found is not None and found.complete,
        repairs=tuple(_repair(study, repair) for repair in study.repairs),
        why=None if study.why is None else _reason(study, study.why),
        what_would_it_take=None if study.worth is None else _price(study.worth),
        stopped=study.stopped,
        workbook=workbook,
        seconds=seconds,
        problems=problems,
    )


def _clash(study: Explanation, sheet: str, row: int, column: str) -> Clash:
    from friendshore.optimizer.studies.explain.edits import own_name, row_of
    from friendshore.optimizer.studies.explain.words import cell_of

    name = own_name(sheet, row_of(study.problem, sheet, row)) or f"row {row}"
    return Clash(sheet=sheet, cell=cell_of(study, sheet, row, column), column=column, name=name)


def _repair(study: Explanation, repair: Repair) -> RepairFigures:
    return RepairFigures(
        changes=tuple(_given(study, change) for change in repair.changes),
        cost=amount_of(repair.cost),
        more=amount_or_none(repair.more),
    )


def _given(study: Explanation, change: Change) -> Given:
    from friendshore.optimizer.studies.explain.words import cell_of

    demand = change.demand
    return Given(
        sheet=demand.sheet,
        cell=cell_of(study, demand.sheet, demand.row, demand.column),
        column=demand.column,
        before=change.before,
        after=change.after,
        least=change.least,
    )


def _reason(study: Explanation, why: Why) -> Reason:
    return Reason(
        sheet=why.target.sheet,
        name=why.target.id,
        used=why.used,
        other=amount_or_none(why.other),
        more=amount_or_none(why.more),
        changes=tuple(Changed(what=one.what, of=one.of, before=one.before, after=one.after) for one in why.changes),
        possible=why.possible,
        forbidden=tuple(_clash(study, one.sheet, one.row, one.column) for one in why.forbidden if one.row),
    )


def _price(worth: WorthBuilding) -> PriceAnswer:
    return PriceAnswer(
        sheet=worth.target.sheet,
        name=worth.target.id,
        price=worth.price,
        pays=worth.pays,
        does_not=worth.does_not,
        without=amount_or_none(worth.without),
        tried=tuple(PriceTried(price=one.factor * worth.price, cost=amount_of(one.cost)) for one in worth.tried),
        forbidden=worth.forbidden,
        complete=worth.complete,
    )

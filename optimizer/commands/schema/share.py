"""What ``friendshore share --json`` prints, and how a study fills it. All money is in ``currency``."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from friendshore.optimizer.commands.schema.record import Elapsed, Notice, Notices, Record

if TYPE_CHECKING:
    from friendshore.models.plan.baselines import Interval
    from friendshore.optimizer.studies.share.share import Division, Share


class CostBetween(Record, frozen=True):
    """What is proven about an amount."""

    low: Annotated[float | None, Meta(description="It is no less; null: nothing is proven.")]
    high: Annotated[float | None, Meta(description="It is no more; null: no plan was found.")]


class GroupCost(Record, frozen=True):
    """What a group of allies costs by itself."""

    members: Annotated[tuple[str, ...], Meta(description="Its allies.")]
    possible: Annotated[bool, Meta(description="Whether it is not proven that it has no plan.")]
    cost: Annotated[CostBetween | None, Meta(description="Its least cost (objective); null: no plan is possible.")]
    stopped: Annotated[str, Meta(description="Why its search ended early; empty where it did not.")]


class AllyFigures(Record, frozen=True):
    """What one ally pays by a rule."""

    share: Annotated[float, Meta(description="Its share of what the plan of all costs.")]
    between: Annotated[
        CostBetween | None, Meta(description="Within what the share lies whatever the true costs; null: not told.")
    ]
    pays_first: Annotated[float, Meta(description="What it pays first in the plan, a year.")]
    bears: Annotated[float, Meta(description="Its share of expected cost, a year.")]


class PaymentFigures(Record, frozen=True):
    """What is paid so that each bears its share, cost of goods included."""

    payer: Annotated[str, Meta(description="The ally that pays.")]
    receiver: Annotated[str, Meta(description="The ally that is paid; empty: suppliers outside the allies.")]
    amount: Annotated[float, Meta(description="Money a year, even over the horizon.")]


class DivisionFigures(Record, frozen=True):
    """What each ally should pay by one rule."""

    rule: Annotated[
        Literal["nucleolus", "per-capita nucleolus", "Shapley value"], Meta(description="How cost is divided.")
    ]
    verdict: Annotated[
        Literal["stable", "blocked", "open within the gap"],
        Meta(description="Whether no group would pay less by itself, one would, or that is not known."),
    ]
    groups: Annotated[
        tuple[tuple[str, ...], ...],
        Meta(description="The groups that block it, the one that gains most first; or of which it is not known."),
    ]
    allies: Annotated[Mapping[str, AllyFigures], Meta(description="By ally.")]
    payments: Annotated[tuple[PaymentFigures, ...], Meta(description="Who pays whom.")]


class SharedOut(Record, frozen=True):
    """Who pays: each group alone, all together, and what each ally should pay."""

    status: Annotated[
        Literal["done", "stopped", "infeasible"],
        Meta(
            description="done (exit code 0, or 7 where the study could not be written); stopped: interrupted, with "
            "what is known (5), or no plan of all was found in time (6); infeasible: all together have no plan (4)."
        ),
    ]
    outside: Annotated[
        Literal["open", "pro_rata"],
        Meta(description="How groups use what stands outside the allies: whole, or in the part of their demand."),
    ]
    currency: Annotated[str, Meta(description="Currency of all money.")]
    demand: Annotated[Mapping[str, float], Meta(description="Each ally's part of the demand of all.")]
    groups: Annotated[tuple[GroupCost, ...], Meta(description="The groups worked out, all together first.")]
    unknown: Annotated[tuple[tuple[str, ...], ...], Meta(description="The groups that were not worked out.")]
    saving: Annotated[CostBetween | None, Meta(description="All together beside each alone; null: not known.")]
    stable: Annotated[
        bool | None, Meta(description="Whether there is a division that no group betters; null: that is open.")
    ]
    divisions: Annotated[tuple[DivisionFigures, ...], Meta(description="What each should pay, by rule.")]
    workbook: Annotated[str | None, Meta(description="Path of the study; null: it could not be written.")]
    seconds: Elapsed
    problems: Notices


def shared_out(study: Share, workbook: str | None, seconds: float, problems: tuple[Notice, ...]) -> SharedOut:
    """A study of who pays as JSON.

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
    SharedOut
        What the command prints.
    """
    whole = study.together
    impossible = whole is not None and not whole.possible
    return SharedOut(
        status="infeasible" if impossible else "stopped" if study.stopped or study.planned is None else "done",
        outside=study.outside.value,
        currency=study.currency,
        demand=dict(study.weights),
        groups=tuple(
            GroupCost(
                members=group.members,
                possible=group.possible,
                cost=_between(group.cost) if group.possible else None,
                stopped=group.stopped,
            )
            for group in study.groups
        ),
        unknown=tuple(study.members(each) for each in study.unknown),
        saving=None if study.saving is None else _between(study.saving),
        stable=study.stable,
        divisions=tuple(_division(study, division) for division in study.divisions),
        workbook=workbook,
        seconds=seconds,
        problems=problems,
    )


def _division(study: Share, division: Division) -> DivisionFigures:
    settlement = study.settlement(division)
    between = division.between or {}
    return DivisionFigures(
        rule=division.rule.value,
        verdict=division.stability.verdict.value,
        groups=tuple(study.members(each) for each in division.stability.groups),
        allies={
            ally: AllyFigures(
                share=share,
                between=_between(between[ally]) if ally in between else None,
                pays_first=settlement.first[ally],
                bears=settlement.bears[ally],
            )
            for ally, share in division.shares.items()
        },
        payments=tuple(
            PaymentFigures(payer=each.payer, receiver=each.receiver, amount=each.amount) for each in settlement.payments
        ),
    )


def _between(known: Interval) -> CostBetween:
    low, high = (end if isfinite(end) else None for end in (known.low, known.high))
    return CostBetween(low=low, high=high)

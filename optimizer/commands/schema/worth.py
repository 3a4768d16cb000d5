"""What ``friendshore worth --json`` prints, and how a study fills it. All money is in ``currency``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from friendshore.optimizer.commands.schema.amount import Amount, amount_of, amount_or_none
from friendshore.optimizer.commands.schema.record import Elapsed, Notice, Notices, Record

if TYPE_CHECKING:
    from friendshore.optimizer.studies.worth.worth import Worth


class StageFigures(Record, frozen=True):
    """The plan that ignores dangers, held up to a period, everything later decided with them in mind."""

    period: Annotated[str, Meta(description="The last period in which it is held.")]
    cost: Annotated[Amount | None, Meta(description="Expected cost; null: it cannot be held, or is not known.")]
    value: Annotated[Amount | None, Meta(description="What that costs beyond planning for dangers.")]


class KnownFigures(Record, frozen=True):
    """A path that is known to come."""

    path: Annotated[str, Meta(description="Its name; base: nothing happens.")]
    probability: Annotated[float, Meta(description="Chance that it is the one that plays out.")]
    cost: Annotated[Amount | None, Meta(description="Cost of its best plan; null: not known.")]


class RegretFigures(Record, frozen=True):
    """A plan under each path: what it costs beyond the best plan for that path."""

    plan: Annotated[str, Meta(description="The path that it was made for, or what it is.")]
    greatest: Annotated[Amount | None, Meta(description="Its greatest regret; null: not known everywhere.")]
    under: Annotated[dict[str, Amount | None], Meta(description="Its regret by path; null: not known.")]


class Weighed(Record, frozen=True):
    """What planning for dangers is worth."""

    status: Annotated[
        Literal["done", "stopped"],
        Meta(description="done (exit code 0, or 7 where the study could not be written); stopped: interrupted (5)."),
    ]
    currency: Annotated[str, Meta(description="Currency of all money.")]
    plan: Annotated[Amount, Meta(description="Expected cost of the plan with all dangers in mind.")]
    stages: Annotated[tuple[StageFigures, ...], Meta(description="The plan that ignores dangers, by period.")]
    stochastic: Annotated[Amount | None, Meta(description="Value of the stochastic solution; null: not known.")]
    known: Annotated[tuple[KnownFigures, ...], Meta(description="Each path known beforehand.")]
    perfect: Annotated[Amount | None, Meta(description="Expected cost were each path known; null: not known.")]
    information: Annotated[Amount | None, Meta(description="Value of perfect information; null: not known.")]
    regrets: Annotated[tuple[RegretFigures, ...], Meta(description="The regret of each plan.")]
    least_regret: Annotated[Amount | None, Meta(description="Least greatest regret of any plan; null: not known.")]
    searches: Annotated[int, Meta(description="How many plans were searched or operated.")]
    workbook: Annotated[str | None, Meta(description="Path of the study; null: it could not be written.")]
    seconds: Elapsed
    problems: Notices


def weighed(study: Worth, workbook: str | None, seconds: float, problems: tuple[Notice, ...]) -> Weighed:
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
    Weighed
        What the command prints.
    """
    return Weighed(
        status="stopped" if study.stopped else "done",
        currency=study.currency,
        plan=amount_of(study.plan),
        stages=tuple(
            StageFigures(period=each.period, cost=amount_or_none(each.cost), value=amount_or_none(each.value))
            for each in study.stages
        ),
        stochastic=amount_or_none(study.stochastic),
        known=tuple(
            KnownFigures(path=each.world.name, probability=each.world.probability, cost=amount_or_none(each.cost))
            for each in study.known
        ),
        perfect=amount_or_none(study.perfect),
        information=amount_or_none(study.information),
        regrets=tuple(
            RegretFigures(
                plan=each.name,
                greatest=amount_or_none(each.greatest),
                under={name: amount_or_none(value) for name, value in each.under.items()},
            )
            for each in study.regrets
        ),
        least_regret=amount_or_none(study.least_regret),
        searches=study.searches,
        workbook=workbook,
        seconds=seconds,
        problems=problems,
    )

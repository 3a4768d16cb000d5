"""What ``friendshore frontier --json`` prints, and how a study fills it. All money is in ``currency``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from friendshore.optimizer.commands.schema.record import Elapsed, Notice, Notices, Record

if TYPE_CHECKING:
    from friendshore.optimizer.studies.frontier.frontier import Frontier


class Between(Record, frozen=True):
    """What is proven about an amount."""

    low: Annotated[float | None, Meta(description="No plan costs less; null: nothing is proven.")]
    high: Annotated[float, Meta(description="A plan costs this.")]


class PlanFigures(Record, frozen=True):
    """One plan of the frontier: none of the others asks as much at less cost."""

    setting: Annotated[float, Meta(description="The tightest setting at which it holds at its cost.")]
    asked: Annotated[float, Meta(description="The setting at which it was searched for.")]
    cost: Annotated[Between, Meta(description="The least cost (objective) at that setting.")]
    expected_cost: Annotated[float, Meta(description="Expected cost of the plan, discounted.")]
    cvar: Annotated[float, Meta(description="CVaR of its path cost.")]
    stopped: Annotated[str, Meta(description="Why its search ended early; empty where it did not.")]
    plan: Annotated[str | None, Meta(description="Path of its plan workbook; null: not written.")]


class BandFigures(Record, frozen=True):
    """What is proven from one setting to the next."""

    tight: Annotated[float, Meta(description="The setting that asks more.")]
    loose: Annotated[float, Meta(description="The setting that asks less.")]
    cost: Annotated[Between | None, Meta(description="The least cost in between; null: maybe there is no plan.")]
    within: Annotated[bool, Meta(description="Whether it is known to within the tolerance.")]
    jump: Annotated[bool, Meta(description="Whether the cost jumps between these two settings.")]


class KneeFigures(Record, frozen=True):
    """Where the cost lies farthest below a straight line between the ends."""

    at: Annotated[float, Meta(description="The setting of the plan that is proven to lie farthest below.")]
    tight: Annotated[float, Meta(description="The knee asks no more than this.")]
    loose: Annotated[float, Meta(description="The knee asks no less than this.")]
    saved: Annotated[float, Meta(description="How far below the line that plan lies, at least.")]


class Drawn(Record, frozen=True):
    """The least cost over a limit, months survived or the weight of risk."""

    status: Annotated[
        Literal["done", "stopped", "infeasible"],
        Meta(
            description="done (exit code 0, or 7 where the study could not be written); stopped: interrupted, with "
            "what is known (5); infeasible: no plan anywhere in the range (4)."
        ),
    ]
    over: Annotated[Literal["limit", "months", "risk aversion"], Meta(description="What is varied.")]
    policy: Annotated[str, Meta(description="The policy that is varied; empty for risk aversion.")]
    currency: Annotated[str, Meta(description="Currency of all money.")]
    tolerance: Annotated[float, Meta(description="Share of the cost within which it was to be known.")]
    within: Annotated[bool, Meta(description="Whether it is, wherever there is a plan, but for jumps.")]
    searches: Annotated[int, Meta(description="How many searches there were.")]
    operated: Annotated[int, Meta(description="How often a plan was operated anew with its whole numbers held.")]
    points: Annotated[tuple[PlanFigures, ...], Meta(description="The plans, from the one that asks least on.")]
    bands: Annotated[tuple[BandFigures, ...], Meta(description="What is proven, from the tightest setting on.")]
    impossible: Annotated[float | None, Meta(description="From this setting on there is no plan; null: not met.")]
    knee: Annotated[KneeFigures | None, Meta(description="The knee; null: none is proven.")]
    workbook: Annotated[str | None, Meta(description="Path of the study; null: it could not be written.")]
    seconds: Elapsed
    problems: Notices


def drawn(
    study: Frontier, workbook: str | None, plans: tuple[str, ...], seconds: float, problems: tuple[Notice, ...]
) -> Drawn:
    """A frontier as JSON.

    Parameters
    ----------
    study
        The frontier.
    workbook
        Path it was written to, None where it could not be.
    plans
        Paths of the plan workbooks of its points, in their order; of the first of them where writing was stopped, none
        where they were not written.
    seconds
        Elapsed time of the command.
    problems
        Errors and warnings.

    Returns
    -------
    Drawn
        What the command prints.
    """
    paths = (*plans, *(None,) * (len(study.points) - len(plans)))
    knee = study.knee
    return Drawn(
        status="stopped" if study.stopped else "done" if study.points else "infeasible",
        over=study.axis.over.value,
        policy=study.axis.policy,
        currency=study.currency,
        tolerance=study.asks.tolerance,
        within=study.within,
        searches=study.searches,
        operated=study.operated,
        points=tuple(
            PlanFigures(
                setting=point.setting,
                asked=point.asked,
                cost=Between(low=point.cost.low, high=point.cost.high),
                expected_cost=point.expected_cost,
                cvar=point.cvar,
                stopped=point.stopped,
                plan=path,
            )
            for point, path in zip(study.points, paths, strict=True)
        ),
        bands=tuple(
            BandFigures(
                tight=band.tight,
                loose=band.loose,
                cost=None if band.cost is None else Between(low=band.cost.low, high=band.cost.high),
                within=band.within,
                jump=band.jump,
            )
            for band in study.bands
        ),
        impossible=study.impossible,
        knee=None if knee is None else KneeFigures(at=knee.at, tight=knee.tight, loose=knee.loose, saved=knee.saved),
        workbook=workbook,
        seconds=seconds,
        problems=problems,
    )

"""What ``friendshore alternatives --json`` prints, and how a study fills it."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from friendshore.optimizer.commands.schema.record import Elapsed, Notice, Notices, Record

if TYPE_CHECKING:
    from friendshore.models.plan.baselines import Interval
    from friendshore.optimizer.studies.alternatives.alternatives import Alternative, Alternatives, Answer
    from friendshore.optimizer.studies.alternatives.questions import Question


class Range(Record, frozen=True):
    """From the least to the most."""

    low: Annotated[float | None, Meta(description="The least; null: nothing is proven.")]
    high: Annotated[float | None, Meta(description="The most; null: nothing is proven.")]


class Subject(Record, frozen=True):
    """What a question is about."""

    about: Annotated[
        Literal["project", "protection", "closing", "capacity", "spending", "stock", "share"],
        Meta(
            description="project: units of an expansion; protection: 1 where it is bought; closing: 1 where a plant is "
            "closed; capacity that an ally builds for a commodity; spending of an ally on new capacity, undiscounted; "
            "stock of a commodity in an ally, on average over time; share of a supplier in what the coalition takes in."
        ),
    ]
    name: Annotated[str, Meta(description="The expansion, protection, plant or country.")]
    commodity: Annotated[str, Meta(description="What is made, stored or delivered; empty for the others.")]


class AnswerFigures(Record, frozen=True):
    """What is known of one question over all plans within the limit."""

    subject: Subject
    unit: Annotated[str, Meta(description="Unit of the amounts; empty for shares and for what is decided once.")]
    best: Annotated[float, Meta(description="The amount in the best plan.")]
    proven: Annotated[Range, Meta(description="No plan within the limit lies outside.")]
    reached: Annotated[Range, Meta(description="Certified plans within the limit reach both ends.")]
    verdict: Annotated[
        Literal["in all plans", "in none", "open", "undecided"] | None,
        Meta(
            description="Of a decision. open: one certified plan has it, another has not; undecided: not known; "
            "null: an amount that follows from decisions."
        ),
    ]
    instead: Annotated[
        tuple[Subject, ...],
        Meta(
            description="Decisions that each do for it: every plan has one of the two, either does without the other."
        ),
    ]


class PlanCosts(Record, frozen=True):
    """One of the plans that differ most."""

    cost: Annotated[float, Meta(description="Its cost (objective).")]
    values: Annotated[tuple[float, ...], Meta(description="Its amounts, in the order of answers.")]
    plan: Annotated[str | None, Meta(description="Path of its plan workbook; null: not written.")]


class Ranged(Record, frozen=True):
    """What the plans have in common that cost no more than a limit."""

    status: Annotated[
        Literal["done", "stopped", "infeasible", "no_plan"],
        Meta(
            description="done (exit code 0, or 7 where the study could not be written); stopped: interrupted, with "
            "what is known (5); infeasible: there is no plan (4); no_plan: none was found (6)."
        ),
    ]
    currency: Annotated[str, Meta(description="Currency of all money.")]
    within: Annotated[float, Meta(description="Share of the best plan's cost by which plans may cost more.")]
    cost: Annotated[Range | None, Meta(description="Least cost: what is proven, and what the best plan costs.")]
    limit: Annotated[float | None, Meta(description="Most that the plans cost.")]
    answers: Annotated[tuple[AnswerFigures, ...], Meta(description="Decisions first.")]
    plans: Annotated[tuple[PlanCosts, ...], Meta(description="Those that differ most, the best one first.")]
    made: Annotated[int, Meta(description="How many certified plans within the limit there are.")]
    searches: Annotated[int, Meta(description="How many searches there were, the first one included.")]
    unbounded: Annotated[int, Meta(description="Of how many questions nothing was proven in the time.")]
    workbook: Annotated[str | None, Meta(description="Path of the study; null: it could not be written.")]
    seconds: Elapsed
    problems: Notices


def ranged(
    study: Alternatives, workbook: str | None, plans: tuple[str, ...], seconds: float, problems: tuple[Notice, ...]
) -> Ranged:
    """A study as JSON.

    Parameters
    ----------
    study
        The study.
    workbook
        Path it was written to, None where it could not be.
    plans
        Paths of the plan workbooks, in their order; none where they were not written.
    seconds
        Elapsed time of the command.
    problems
        Errors and warnings.

    Returns
    -------
    Ranged
        What the command prints.
    """
    paths = plans or (None,) * len(study.plans)
    none: Literal["infeasible", "no_plan"] = "infeasible" if study.status == "infeasible" else "no_plan"
    return Ranged(
        status=none if study.cost is None else "stopped" if study.stopped else "done",
        currency=study.currency,
        within=study.asks.within,
        cost=None if study.cost is None else _range(study.cost),
        limit=study.limit if isfinite(study.limit) else None,
        answers=tuple(_answer(study, answer) for answer in study.answers),
        plans=tuple(_plan(plan, path) for plan, path in zip(study.plans, paths, strict=True)),
        made=study.made,
        searches=study.searches,
        unbounded=study.unbounded,
        workbook=workbook,
        seconds=seconds,
        problems=problems,
    )


def _range(ends: Interval) -> Range:
    low, high = (end if isfinite(end) else None for end in (ends.low, ends.high))
    return Range(low=low, high=high)


def _subject(question: Question) -> Subject:
    return Subject(about=question.about.value, name=question.name, commodity=question.commodity)


def _answer(study: Alternatives, answer: Answer) -> AnswerFigures:
    from friendshore.optimizer.studies.alternatives.words import unit_of  # noqa: PLC0415 - loaded with the study

    return AnswerFigures(
        subject=_subject(answer.question),
        unit=unit_of(study, answer.question),
        best=answer.best,
        proven=_range(answer.proven),
        reached=_range(answer.found),
        verdict=None if answer.verdict is None else answer.verdict.value,
        instead=tuple(map(_subject, answer.instead)),
    )


def _plan(plan: Alternative, path: str | None) -> PlanCosts:
    return PlanCosts(cost=plan.cost, values=plan.values, plan=path)

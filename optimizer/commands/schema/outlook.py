"""Who benefits from a plan, what could change it, and what was settled, as JSON."""
# ruff: noqa: PLC0415 - the rooms of reporting are loaded when there is a plan

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from friendshore.optimizer.commands.schema.record import Record

if TYPE_CHECKING:
    from friendshore.models.plan import Plan
    from friendshore.models.plan.baselines import Interval


class Benefit(Record, frozen=True):
    """What a country gains and pays beside doing nothing, expected and discounted, look-ahead periods included."""

    country: Annotated[
        str,
        Meta(
            description="Id of a country of the coalition; 'Outside the coalition', all others; 'Making and moving, "
            "shared by buyers'; 'All together'."
        ),
    ]
    damage_nothing: Annotated[float, Meta(description="Damage from shortage when nothing is done.")]
    damage: Annotated[float, Meta(description="Damage from shortage with the plan.")]
    paid_more: Annotated[
        float, Meta(description="Capacity, protections, stock beyond doing nothing; in the row of buyers their bill.")
    ]
    net: Annotated[float, Meta(description="Damage spared less paid_more.")]


class Turn(Record, frozen=True):
    """One thing that could change the plan."""

    cause: Annotated[
        Literal["Limit", "Not decided", "Offer used up", "Weak figure"],
        Meta(
            description="A limit at which it stands; a choice its gap leaves open; an offer of which all is taken; "
            "a figure of low confidence or without a source on which much cost rests."
        ),
    ]
    sheet: Annotated[str, Meta(description="Sheet of the row of the workbook.")]
    id: Annotated[str, Meta(description="Its name there; on Demand and Lanes its place, from 0.")]
    stake: Annotated[
        float | None,
        Meta(description="Money at stake: most a step costs, price of a choice, cost on a figure; null: not known."),
    ]
    words: Annotated[str, Meta(description="Why, in a sentence.")]


End = Annotated[float | None, Meta(description="Objective, in the currency of Settings; null: not known, or no plan.")]


class SettledChoice(Record, frozen=True):
    """A protection or project held in and held out (--settle)."""

    sheet: Annotated[str, Meta(description="Protections or Expansions.")]
    id: Annotated[str, Meta(description="Its name there.")]
    verdict: Annotated[
        Literal["decided for", "decided against", "makes no difference", "still open"],
        Meta(description="What the two costs prove: the cheaper of both plans has it, has it not, either; or nothing."),
    ]
    held_in: Annotated[
        tuple[End, End], Meta(description="Cost of the cheapest plan that has it, at least and at most.")
    ]
    held_out: Annotated[tuple[End, End], Meta(description="Cost of the cheapest plan that does not have it, likewise.")]
    gap: Annotated[float, Meta(description="Relative gap to which they were searched last.")]
    words: Annotated[str, Meta(description="The verdict in a sentence or two.")]


def settled(plan: Plan) -> tuple[SettledChoice, ...]:
    """What was settled, in the order of asking."""
    from friendshore.optimizer.reporting.settled import words

    return tuple(
        SettledChoice(
            sheet=each.sheet,
            id=each.id,
            verdict=each.verdict.value,
            held_in=_ends(each.held_in),
            held_out=_ends(each.held_out),
            gap=each.gap,
            words=words(each, plan.problem),
        )
        for each in plan.settled
    )


def _ends(cost: Interval) -> tuple[float | None, float | None]:
    return (cost.low if isfinite(cost.low) else None, cost.high if isfinite(cost.high) else None)


def benefits(plan: Plan) -> tuple[Benefit, ...]:
    """A row for each ally, those outside, buyers and all together; none where it is not known."""
    from friendshore.optimizer.reporting.benefits import table

    rows = table(plan)[["country", "unspared", "damage", "measures", "net"]]
    return tuple(
        Benefit(country=country, damage_nothing=unspared, damage=damage, paid_more=measures, net=net)
        for country, unspared, damage, measures, net in rows.itertuples(index=False, name=None)
    )


def could_change(plan: Plan) -> tuple[Turn, ...]:
    """What could change the plan, all of it."""
    from friendshore.optimizer.reporting.outlook import turns

    return tuple(
        Turn(
            cause=turn.cause,
            sheet=turn.sheet,
            id=turn.id,
            stake=turn.stake if isfinite(turn.stake) else None,
            words=turn.words,
        )
        for turn in turns(plan)
    )

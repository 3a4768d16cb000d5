"""An amount of which it is known between what it lies, as JSON tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from friendshore.optimizer.commands.schema.record import Record

if TYPE_CHECKING:
    from friendshore.models.plan.baselines import Interval


class Amount(Record, frozen=True):
    """What lies from low to high; the same twice where it is known."""

    low: Annotated[float, Meta(description="The least that it can be.")]
    high: Annotated[float, Meta(description="The most that it can be.")]


def amount_of(known: Interval) -> Amount:
    """An interval as JSON tells it."""
    return Amount(low=known.low, high=known.high)


def amount_or_none(known: Interval | None) -> Amount | None:
    """The same, None where nothing is known."""
    return None if known is None else amount_of(known)

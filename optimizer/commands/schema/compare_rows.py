"""The rows of what ``friendshore compare --json`` prints: what they are about, and the values of the plans."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from friendshore.optimizer.commands.schema.record import Record

Values = Annotated[tuple[float | None, ...], Meta(description="Of each plan, in their order; null: not known.")]
Words = Annotated[tuple[str, ...], Meta(description="Of each plan, in their order.")]
Changes = Annotated[tuple[float | None, ...], Meta(description="Of each plan but the first, against it.")]


class InvestmentRow(Record, frozen=True):
    """Units of an expansion decided on a path in a period."""

    expansion: Annotated[str, Meta(description="The expansion.")]
    country: Annotated[str, Meta(description="Where it is built.")]
    scenario: Annotated[str, Meta(description="The path it is decided on.")]
    period: Annotated[str, Meta(description="The period it is decided in.")]
    values: Values
    changes: Changes | UnsetType = UNSET


class ProtectionRow(Record, frozen=True):
    """A protection, bought or not."""

    protection: Annotated[str, Meta(description="The protection.")]
    values: Words


class ClosingRow(Record, frozen=True):
    """A plant that some plan closes: the period from whose start on, or ``kept``."""

    plant: Annotated[str, Meta(description="The plant.")]
    values: Words


class StockRow(Record, frozen=True):
    """Level of a stockpile at the end of a period on the base path."""

    stockpile: Annotated[str, Meta(description="The stockpile.")]
    commodity: Annotated[str, Meta(description="What it holds.")]
    unit: Annotated[str, Meta(description="Unit of the values.")]
    period: Annotated[str, Meta(description="The period at whose end it holds this.")]
    values: Values
    changes: Changes | UnsetType = UNSET


class SourcingRow(Record, frozen=True):
    """Share of a supplier in what a buyer takes in on the base path."""

    destination: Annotated[str, Meta(description="The buyer.")]
    commodity: Annotated[str, Meta(description="What is bought.")]
    origin: Annotated[str, Meta(description="The supplier.")]
    values: Values
    changes: Changes | UnsetType = UNSET


class FigureRow(Record, frozen=True):
    """A key figure; money in the currency of Settings."""

    figure: Annotated[str, Meta(description="The figure.")]
    values: Values
    changes: Changes | UnsetType = UNSET


class KindRow(Record, frozen=True):
    """Expected cost of a kind, discounted, in the currency of Settings."""

    kind: Annotated[str, Meta(description="The kind of cost.")]
    values: Values
    changes: Changes | UnsetType = UNSET


class PayerRow(Record, frozen=True):
    """Expected cost borne by a payer, discounted, in the currency of Settings."""

    payer: Annotated[str, Meta(description="The payer.")]
    values: Values
    changes: Changes | UnsetType = UNSET


class PolicyRow(Record, frozen=True):
    """A figure of a policy."""

    policy: Annotated[str, Meta(description="The policy.")]
    kind: Annotated[str, Meta(description="Its kind.")]
    values: Values
    changes: Changes | UnsetType = UNSET


class PolicyStateRow(Record, frozen=True):
    """The state of a policy, in words."""

    policy: Annotated[str, Meta(description="The policy.")]
    kind: Annotated[str, Meta(description="Its kind.")]
    values: Words


class Scorecards(Record, frozen=True):
    """The scorecards side by side."""

    limit: Annotated[tuple[PolicyRow, ...], Meta(description="Limits.")]
    value: Annotated[tuple[PolicyRow, ...], Meta(description="Where the plans stand, in the unit of the limit.")]
    price: Annotated[tuple[PolicyRow, ...], Meta(description="Price of a limit tighter by one unit, at the margin.")]
    state: Annotated[tuple[PolicyStateRow, ...], Meta(description="Whether the policies are met, in words.")]


class ShortageRow(Record, frozen=True):
    """Share of a demand not met over a scenario's own years."""

    scenario: Annotated[str, Meta(description="The path.")]
    tier: Annotated[str, Meta(description="The tier of demand.")]
    commodity: Annotated[str, Meta(description="The commodity.")]
    values: Values
    changes: Changes | UnsetType = UNSET


class PathRow(Record, frozen=True):
    """Cost of a path, discounted, in the currency of Settings."""

    scenario: Annotated[str, Meta(description="The path.")]
    values: Values
    changes: Changes | UnsetType = UNSET


class SurvivalRow(Record, frozen=True):
    """How long a path goes without shortage."""

    scenario: Annotated[str, Meta(description="The path.")]
    values: Annotated[
        tuple[float | str | None, ...], Meta(description="Of each plan: years to the first shortage, or words.")
    ]

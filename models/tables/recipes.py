"""Recipes: what goes in and what comes out of a unit of activity."""

from dataclasses import dataclass

from friendshore.models.schema import Choice, Identifier, Number, Record, Reference, column, table


@table(
    "Recipes",
    "Inputs and outputs per unit of activity; several outputs are by-products of each other.",
    key=("recipe", "commodity", "role"),
)
@dataclass(frozen=True, kw_only=True)
class RecipeLine(Record):
    """One input or output of a recipe."""

    recipe: str = column(Identifier(), "Name of the recipe; one row for each input and output.")
    commodity: str = column(Reference("Commodities"), "What goes in or comes out.")
    role: str = column(Choice(("input", "output")), "Whether it goes in or comes out.")
    amount: float = column(Number(above=True), "Amount per unit of activity.", unit="unit/activity")
    unit_cost: float | None = column(
        Number(),
        "Cost per unit of activity, besides that of the plant; said on one row of the recipe.",
        default=None,
        unit="currency/activity",
    )

"""Copies of parts of a workbook with shifted numbers: further chains of commodities, further countries, further years.

Works on sheets as rows of dicts (``models/parsing/unparse.py``); what comes out goes through the same reading
and checks as a planner's workbook.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

Row = dict[str, object]
Sheets = dict[str, list[Row]]
Rename = Callable[[str], str]

# Which columns are quantities and which are money a unit; ``both`` is money for a thing of a size.
QUANTITY = {
    "Plants": ("capacity",),
    "Expansions": ("size",),
    "Lanes": ("capacity",),
    "Events": ("quota",),
    "Stockpiles": ("initial", "min_level", "max_level", "max_fill", "max_release", "final_min"),
    "Demand": ("per_year",),
}
PRICE = {
    "Commodities": ("price",),
    "Plants": ("unit_cost",),
    "Lanes": ("cost",),
    "Demand": ("shortage_cost",),
    "Stockpiles": ("holding_cost", "salvage"),
}
BOTH = {"Expansions": ("capex", "fixed_cost")}
FOLLOW = 0.05  # by how much a number of a copied row strays from the factor of its copy


def tidy(value: float) -> float:
    """Six significant digits: what a planner would write."""
    return float(f"{value:.6g}")


def words(cell: object) -> list[str]:
    """The names in a cell that holds one or a comma-separated list."""
    return [word.strip() for word in str(cell or "").split(",") if word.strip()]


class Shift:
    """By how much the numbers of one copy differ from those it is made from."""

    def __init__(self, draw: random.Random) -> None:
        self._draw = draw
        self.quantity = draw.uniform(0.5, 1.5)
        self.price = draw.uniform(0.7, 1.4)

    def __call__(self, sheet: str, row: Row, periods: frozenset[str]) -> Row:
        """The row with its quantities, prices and, on Demand and Profiles, its values by period shifted."""
        shifted = dict(row)
        of_column = dict.fromkeys(QUANTITY.get(sheet, ()), self.quantity)
        of_column |= dict.fromkeys(PRICE.get(sheet, ()), self.price)
        of_column |= dict.fromkeys(BOTH.get(sheet, ()), self.quantity * self.price)
        if sheet == "Demand":
            of_column |= dict.fromkeys(periods, self.quantity)
        if sheet == "Profiles":
            of_column |= dict.fromkeys(
                periods, self.quantity if row["column"] in ("capacity", "max_level") else self.price
            )
        stray = 1.0 + self._draw.uniform(-FOLLOW, FOLLOW)
        for column, factor in of_column.items():
            value = row.get(column)
            if isinstance(value, int | float):
                shifted[column] = tidy(value * factor * stray)
        return shifted


def more_periods(sheets: Sheets, count: int) -> None:
    """Lengthen the horizon to ``count`` periods; what is given by period stays as in the last year given."""
    periods = sheets["Periods"]
    last = periods[-1]
    for sheet in ("Demand", "Profiles"):
        for row in sheets.get(sheet, []):
            for step in range(1, count - len(periods) + 1):
                if str(last["period"]) in row:
                    row[_later(last["period"], step)] = row[str(last["period"])]
    periods.extend({**last, "period": _later(last["period"], step)} for step in range(1, count - len(periods) + 1))


def _later(label: object, step: int) -> str:
    text = str(label)
    return str(int(text) + step) if text.isdigit() else f"{text} + {step} later".replace("+", "plus")


def more_countries(sheets: Sheets, count: int, coalition: str, draw: random.Random) -> None:
    """Add countries outside the coalition until there are ``count``: each like one that is there, its numbers shifted.

    A copy has the plants, projects, stocks, demand and lanes of its model.
    """
    models = [str(row["country"]) for row in sheets["Countries"] if row["bloc"] not in (coalition, "concern")]
    models = models or [str(row["country"]) for row in sheets["Countries"]]
    for number in range(count - len(sheets["Countries"])):
        model, suffix = models[number % len(models)], f"_{2 + number // len(models)}"
        _copy_country(sheets, model, suffix, Shift(draw))


def _copy_country(sheets: Sheets, model: str, suffix: str, shift: Shift) -> None:
    periods = frozenset(str(row["period"]) for row in sheets["Periods"])
    plants = {str(row["plant"]) for row in sheets["Plants"] if row["country"] == model}
    projects = {str(row["expansion"]) for row in sheets.get("Expansions", []) if row["plant"] in plants}
    stocks = {str(row["stockpile"]) for row in sheets.get("Stockpiles", []) if row["country"] == model}
    lanes = {
        str(row["lane"]) for row in sheets.get("Lanes", []) if row.get("lane") and model in (row["from"], row["to"])
    }
    names = {model, *plants, *projects, *stocks, *lanes}

    def rename(cell: object) -> object:
        return f"{cell}{suffix}" if cell in names else cell

    for sheet, columns in (
        ("Countries", ("country",)),
        ("Plants", ("country",)),
        ("Expansions", ("plant",)),
        ("Demand", ("country",)),
        ("Stockpiles", ("country",)),
        ("Profiles", ("id",)),
        ("Lanes", ("from", "to")),
    ):
        rows = sheets.get(sheet, [])
        mine = [row for row in rows if any(row.get(column) in names for column in columns)]
        rows.extend({key: rename(cell) for key, cell in shift(sheet, row, periods).items()} for row in mine)
    for row in sheets.get("Lanes", []):
        for end in ("from", "to"):
            if len(words(row[end])) > 1 and model in words(row[end]):
                row[end] = f"{row[end]}, {model}{suffix}"


def more_chains(sheets: Sheets, count: int, draw: random.Random) -> None:
    """Copy the whole chain of commodities until there are ``count`` of it; budgets and policies are shared.

    Plants, projects, stocks, demand, recipes and what strikes them are copied under new names. Policies speak of the
    copies as well; budgets grow with what there is to buy.
    """
    own = {sheet: [dict(row) for row in rows] for sheet, rows in sheets.items()}
    sizes = 1.0
    for number in range(2, count + 1):
        shift = Shift(draw)
        sizes += shift.quantity * shift.price
        _copy_chain(sheets, own, f"_x{number}", shift)
    for row in sheets.get("Policies", []):
        row["commodity"] = _with_copies(row.get("commodity"), own, count)
        if row["kind"] in ("max_capex", "max_emissions"):
            row["limit"] = tidy(float(str(row["limit"])) * sizes)


def _copy_chain(sheets: Sheets, own: Mapping[str, list[Row]], suffix: str, shift: Shift) -> None:
    periods = frozenset(str(row["period"]) for row in sheets["Periods"])
    keys = {
        "Commodities": "commodity",
        "Plants": "plant",
        "Recipes": "recipe",
        "Expansions": "expansion",
        "Stockpiles": "stockpile",
    }
    names = {str(row[column]) for sheet, column in keys.items() for row in own.get(sheet, [])}

    def rename(cell: object) -> object:
        parts = words(cell) if isinstance(cell, str) else []
        return ", ".join(f"{word}{suffix}" if word in names else word for word in parts) if parts else cell

    chain = ("Commodities", "Plants", "Recipes", "Expansions", "Demand", "Stockpiles")
    named = {sheet: own.get(sheet, []) for sheet in chain}
    named["Lanes"] = [row for row in own.get("Lanes", []) if set(words(row.get("commodity"))) & names]
    names |= {str(row["lane"]) for row in named["Lanes"] if row.get("lane")}
    named["Profiles"] = [row for row in own.get("Profiles", []) if row["id"] in names]
    named["Events"] = [
        row for row in own.get("Events", []) if set(words(row.get("commodity")) + words(row.get("plant"))) & names
    ]
    renamed = ("commodity", "plant", "recipe", "expansion", "stockpile", "requires", "id", "lane")
    for sheet, rows in named.items():
        for row in rows:
            shifted = shift(sheet, row, periods)
            sheets[sheet].append({key: rename(cell) if key in renamed else cell for key, cell in shifted.items()})


def _with_copies(cell: object, own: Mapping[str, list[Row]], count: int) -> object:
    commodities = {str(row["commodity"]) for row in own["Commodities"]}
    if not set(words(cell)) & commodities:
        return cell
    return ", ".join(
        [*words(cell), *(f"{word}_x{i}" for i in range(2, count + 1) for word in words(cell) if word in commodities)]
    )

"""What a workbook says that not every workbook says, by name: for counting what random problems hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Sheets = Mapping[str, list[dict[str, Any]]]

COLUMNS: tuple[tuple[str, str], ...] = (
    ("Lanes", "way"),
    ("Lanes", "shared"),
    ("Lanes", "least"),
    ("Plants", "fixed_cost"),
    ("Plants", "may_close"),
    ("Plants", "closing_cost"),
    ("Commodities", "surplus_value"),
    ("Recipes", "unit_cost"),
    ("Expansions", "ramp"),
    ("Expansions", "opened_by"),
    ("Stockpiles", "min_level"),
    ("Protections", "from_period"),
    ("Protections", "shortens"),
)
"""Columns that are words of their own."""

OLD_PROFILES = {("Plants", "capacity"), ("Plants", "unit_cost")}
"""What has always been able to change with the years."""


def words(sheets: Sheets) -> Iterator[str]:
    """The words that a workbook uses, each once.

    Parameters
    ----------
    sheets
        Rows by the name of their sheet.

    Yields
    ------
    str
        ``Sheet.column`` of each of ``COLUMNS`` that has a value that is not its default; ``lists of recipes``,
        ``stores``, ``requires any`` and ``profiles``.
    """
    for sheet, column in COLUMNS:
        if any(row.get(column) not in (None, 0, "no") for row in sheets.get(sheet, [])):
            yield f"{sheet}.{column}"
    if any("," in str(row.get("recipe", "")) for row in sheets.get("Plants", [])):
        yield "lists of recipes"
    expansions = sheets.get("Expansions", [])
    if any("stockpile" in row for row in expansions):
        yield "stores"
    if any(str(row.get("requires", "")).startswith("any ") for row in expansions):
        yield "requires any"
    if any((row["table"], row["column"]) not in OLD_PROFILES for row in sheets.get("Profiles", [])):
        yield "profiles"

"""From sheets of plain values to records, cell by cell: no Excel, no files, every fault at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from numbers import Integral, Real

from friendshore.models.parsing.cells import UNCALCULATED
from friendshore.models.parsing.grids import Grids, Place

__all__ = ["UNCALCULATED", "Grids", "Place", "grids_of", "plain_value"]


def grids_of(sheets: Mapping[str, Sequence[Mapping[str, object]]]) -> dict[str, tuple[tuple[object, ...], ...]]:
    """Sheets of dict rows as grids: the headers in row 1, then a row each; row 2 is the first."""
    grids: dict[str, tuple[tuple[object, ...], ...]] = {}
    for sheet, rows in sheets.items():
        headers = tuple(dict.fromkeys(header for row in rows for header in row))
        grids[sheet] = (headers, *(tuple(plain_value(row.get(header)) for header in headers) for row in rows))
    return grids


def plain_value(value: object) -> object:
    """A number of any library, or a decimal of a database, as Python's own."""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, Integral):
        return int(value)
    return float(value) if isinstance(value, Real | Decimal) else value

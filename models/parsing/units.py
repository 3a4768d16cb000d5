"""Units in brackets behind headers: told where they are not the unit in which the column is read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.parsing.rows import Sheet
from friendshore.models.schema import Column

_TIME = re.compile(r"\b(months?|mo|weeks?|wk|days?|quarters?|hours?|hrs?|minutes?)\b", re.IGNORECASE)
_PER_DAY = re.compile(r"/\s*[dh]\b")
_PERCENT = re.compile(r"%|\bper\s?cent\b", re.IGNORECASE)
_THOUSANDS = re.compile(
    r"\b(thousands?|millions?|billions?|mio|mn|bn)\b|['’ ]000\b|\b000s?\b|\b(?-i:[kM](?:[A-Z]{3}\b|[$€£¥]))",
    re.IGNORECASE,
)


def check_units(sheet: Sheet, units: Collection[str]) -> Iterator[Finding]:
    """A warning for every header whose unit is not the one that its column is read in.

    Parameters
    ----------
    sheet
        One input sheet as far as it could be read.
    units
        The currency of Settings and the units of Commodities, which a header may name.

    Yields
    ------
    Finding
        FS161: another time than years or per year, per cent for a share, thousands or millions.
    """
    by_period = sheet.table.period_columns
    declared = {column.name: column for column in sheet.table.columns}
    for header, unit in sheet.layout.units.items():
        column = declared.get(header, by_period)
        wanted = "" if column is None else _other(column, unit, units)
        if wanted:
            message = f"found the unit {unit!r} of {header!r}, which is not converted; wanted its numbers {wanted}"
            yield make_finding("FS161", sheet.table.sheet, message, sheet.layout.head.row, header)


def _other(column: Column, unit: str, units: Collection[str]) -> str:
    """How the numbers of a column are wanted, where its header has another unit; blank where it has not."""
    if column.unit == "years" and _TIME.search(unit):
        return "in years"
    if column.unit.endswith("/year") and (_TIME.search(unit) or _PER_DAY.search(unit)):
        return "per year"
    if column.unit == "share" and _PERCENT.search(unit):
        return "as a share (0.08 is 8%)"
    for known in filter(_THOUSANDS.search, units):
        unit = unit.replace(known, "")
    if column.unit and _THOUSANDS.search(unit):
        return "in single units of the commodity and of the currency on Settings"
    return ""

"""Numbers that solvers, or readers, are likely to get wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite

from friendshore.models.checks.protocol import reads
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem
from friendshore.models.schema import Column, Number, Record, Table
from friendshore.models.tables import TABLES, LaneRow, Policy, Profile

SPAN = 1e9

# Above these a fraction is more likely a percentage.
_PERCENT = {
    ("Settings", "discount_rate"): 0.5,
    ("Settings", "mip_gap"): 0.5,
    ("Lanes", "tariff"): 4.0,
    ("Events", "remaining"): 10.0,
}


@reads()
def spans(problem: Problem) -> Iterator[Finding]:
    """FS509: a column whose numbers differ by more than a factor of a billion."""
    for table in TABLES:
        rows = () if table.vertical else problem.tables.by_sheet[table.sheet]
        for declared, alike in _columns(table, rows):
            sizes = sorted((number, row.row) for row in alike for number in _numbers(row, declared))
            if sizes and sizes[-1][0] > SPAN * sizes[0][0]:
                message = (
                    f"found {sizes[0][0]:g} here and {sizes[-1][0]:g} in row {sizes[-1][1]}; wanted numbers of a "
                    f"column within a factor of {SPAN:g} of each other"
                )
                yield make_finding(
                    "FS509", table.sheet, message, sizes[0][1], "" if declared.by_period else declared.name
                )


def _columns(table: Table, rows: Sequence[Record]) -> Iterator[tuple[Column, list[Record]]]:
    """Columns of numbers, each with the rows whose numbers are of one sort."""
    for declared in (column for column in table.columns if rows and isinstance(column.kind, Number)):
        sorts: dict[tuple[str, ...], list[Record]] = {}
        for row in rows:
            sorts.setdefault(_sort(row), []).append(row)
        yield from ((declared, alike) for alike in sorts.values())


def _sort(row: Record) -> tuple[str, ...]:
    """What the numbers of a row are of: on Profiles a constant, on Policies a kind, as money is no share."""
    if isinstance(row, Profile):
        return row.sheet, row.constant
    return (row.kind,) if isinstance(row, Policy) else ()


def _numbers(row: Record, declared: Column) -> Iterator[float]:
    """The positive numbers of a row in a column."""
    value = vars(row)[declared.field]
    for number in value.values() if declared.by_period else (value,):
        if number is not None and isfinite(number) and number > 0:
            yield number


@reads()
def percentages(problem: Problem) -> Iterator[Finding]:
    """FS510: a share that looks like a percentage."""
    settings, tables = problem.settings, problem.tables
    cells = [
        ("Settings", 0, "discount_rate", settings.discount_rate),
        ("Settings", 0, "mip_gap", settings.mip_gap),
        *(("Lanes", row.row, "tariff", row.tariff) for row in tables.lanes),
        *(
            ("Profiles", row.row, label, value)
            for row in tables.profiles
            for label, value in row.by_period.items()
            if (row.sheet, row.constant) == (LaneRow.TABLE.sheet, "tariff")
        ),
        *(("Events", row.row, "remaining", row.remaining or 0.0) for row in tables.events),
    ]
    for sheet, number, column, value in cells:
        if value > _PERCENT[("Lanes", "tariff") if sheet == "Profiles" else (sheet, column)]:
            message = f"found {value:g}, which is {value * 100:g}%; shares are fractions: did you mean {value / 100:g}?"
            yield make_finding("FS510", sheet, message, number, column)

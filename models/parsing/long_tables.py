"""Tables with a row for each period, where periods are columns: told once, with how to pivot them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.parsing.folding import fold_header, header_and_unit, is_blank, label
from friendshore.models.parsing.grids import Row, cell_of
from friendshore.models.parsing.headers import Layout
from friendshore.models.schema import Table

_SHOWN = 3
_TIMES = frozenset({"period", "periods", "year", "years", "time", "time_period", "date"})


def long_table(table: Table, layout: Layout, grid: Sequence[Row], labels: Collection[str]) -> Finding | None:
    """What to say of a sheet that has one period in each row; None where it has not.

    Such a sheet has no column of a period, but an unknown one that is called like a time or holds nothing but labels
    of periods, and rows that differ in that alone. Its unknown columns are then no news of their own.

    Parameters
    ----------
    table
        Declaration of the sheet.
    layout
        Where its columns stand.
    grid
        All rows of the sheet.
    labels
        Labels of the periods.

    Returns
    -------
    Finding or None
        FS121.
    """
    if table.period_columns is None or layout.periods:
        return None
    rows = [row for _, row in layout.data_rows(grid)]
    time = next((header for header, index in layout.unknown.items() if _is_time(header, index, rows, labels)), "")
    value = _value(table, layout, rows, time)
    keys = [declared.name for declared in table.columns if declared.name in layout.columns and declared.name != value]
    if not time or not _repeated([layout.columns[key] for key in keys], layout.unknown[time], rows):
        return None
    shown = ", ".join(list(labels)[:_SHOWN]) + (", …" if len(labels) > _SHOWN else "")
    message = (
        f"found a row for each period, in the column {time!r}; wanted a column for each period, headed by its label"
        f"{f' ({shown})' if shown else ''}, and one row for all of them: {_pivot(keys, time, value or 'value')}"
    )
    return make_finding("FS121", table.sheet, message, layout.head.row)


def _pivot(keys: Sequence[str], time: str, value: str) -> str:
    excel = f"in Excel with Insert > PivotTable (columns: {time!r}, values: {value!r}, rows: all others)"
    pandas = f"frame.pivot_table(index={[*keys]}, columns={time!r}, values={value!r}, aggfunc='sum').reset_index()"
    return f"{excel}; in pandas {pandas}"


def _is_time(header: str, index: int, rows: Sequence[Row], labels: Collection[str]) -> bool:
    """Whether an unknown column says of each row which period it is about."""
    filled = [value for row in rows if not is_blank(value := cell_of(row, index))]
    if len(filled) < 2 or len(filled) < len(rows):
        return False
    named = fold_header(header_and_unit(header)[0]) in _TIMES
    return named or all(label(value) in labels for value in filled)


def _repeated(keys: Sequence[int], time: int, rows: Sequence[Row]) -> bool:
    """Whether there are rows that are alike but for their time and value."""
    times: dict[tuple[object, ...], set[str]] = {}
    for row in rows:
        times.setdefault(tuple(str(cell_of(row, key)) for key in keys), set()).add(label(cell_of(row, time)))
    return any(len(several) > 1 for several in times.values())


def _value(table: Table, layout: Layout, rows: Sequence[Row], time: str) -> str:
    """The column of the values: an unknown one of numbers, else ``per_year``; blank where there is neither."""
    for header, index in layout.unknown.items():
        cells = [cell_of(row, index) for row in rows]
        if header != time and any(isinstance(cell, int | float) for cell in cells):
            return header
    return "per_year" if "per_year" in layout.columns else ""

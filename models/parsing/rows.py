"""The rows of one sheet, cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.parsing.cells import CellFault, placeholder, read_cell
from friendshore.models.parsing.folding import is_blank, label
from friendshore.models.parsing.grids import Row, cell_of
from friendshore.models.parsing.headers import Layout, lay_out, sheet_columns
from friendshore.models.parsing.long_tables import long_table
from friendshore.models.parsing.marked import check_marks
from friendshore.models.parsing.sheets import Origin
from friendshore.models.parsing.wanted import wanted
from friendshore.models.schema import Column, Record, Table


@dataclass
class Line:
    """One row: values by column name and by period label; ``given`` the filled cells, ``faulty`` the bad ones."""

    row: int
    values: dict[str, Any] = field(default_factory=dict)
    periods: dict[str, float] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)
    faulty: set[str] = field(default_factory=set)


@dataclass
class Sheet:
    """One input sheet as far as it could be read; ``refused`` are reserved names that it would define."""

    table: Table
    layout: Layout = field(default_factory=Layout)
    lines: list[Line] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    present: bool = False
    refused: set[str] = field(default_factory=set)

    def records(self) -> tuple[Record, ...]:
        """The rows as records; a faulty cell holds a harmless placeholder."""
        columns = sheet_columns(self.table)
        return tuple(_record(self.table, columns, line) for line in self.lines)

    def names(self) -> list[str]:
        """The names that the sheet defines, in order."""
        return [line.values[self.table.key[0]] for line in self.lines if self.table.key[0] not in line.faulty]


def read_sheet(table: Table, origin: Origin | None, labels: Sequence[str]) -> Sheet:
    """Read all rows of a sheet.

    Parameters
    ----------
    table
        Declaration of the sheet.
    origin
        Where its rows stand; None where the workbook does not have them.
    labels
        Labels of the periods, in order.

    Returns
    -------
    Sheet
        Lines with placeholders where cells are faulty, and every finding.
    """
    if origin is None:
        return Sheet(table)
    grid = origin.grid
    layout, findings = lay_out(table, grid, labels, origin.marks)
    long = long_table(table, layout, grid, labels)
    if long is not None:
        findings = [*(finding for finding in findings if finding.code != "FS152"), long]
    sheet = Sheet(table, layout, [], findings, present=True)
    rows = layout.data_rows(grid)
    if not rows and table.required:
        message = f"found no rows; wanted at least one: {table.help}"
        sheet.findings.append(make_finding("FS115", table.sheet, message))
    readers = [
        _Reader(declared, layout.columns[declared.name])
        for declared in sheet_columns(table)
        if declared.name in layout.columns
    ]
    blank = {declared.name: _blank(declared) for declared in sheet_columns(table)}
    for number, row in rows:
        line = Line(number, dict(blank), faulty=set(layout.missing))
        for reader in readers:
            _read(sheet, line, reader, row)
        _read_periods(sheet, line, row)
        sheet.lines.append(line)
    sheet.findings.extend(_duplicates(sheet) if long is None else ())
    sheet.findings.extend(check_marks(table.sheet, layout, [number for number, _ in rows], origin.marks))
    return sheet


@dataclass
class _Reader:
    """A column at its place; texts that were read before need not be read again."""

    declared: Column
    index: int
    known: dict[str, Any] = field(default_factory=dict)

    def read(self, value: object) -> Any:
        """The typed value of a filled cell; raises CellFault."""
        if not isinstance(value, str):
            return read_cell(self.declared.kind, value, self.declared.unit)
        if value not in self.known:
            self.known[value] = read_cell(self.declared.kind, value, self.declared.unit)
        return self.known[value]


def _blank(declared: Column) -> Any:
    """What stands for a cell that is blank or faulty."""
    return placeholder(declared.kind) if declared.required else declared.default


def _read(sheet: Sheet, line: Line, reader: _Reader, row: Row) -> None:
    name, value = reader.declared.name, cell_of(row, reader.index)
    if is_blank(value):
        if reader.declared.required:
            line.faulty.add(name)
            message = f"found a blank cell; wanted {wanted(reader.declared.kind)}: {reader.declared.help}"
            sheet.findings.append(make_finding("FS105", sheet.table.sheet, message, line.row, name))
        return
    line.given.add(name)
    try:
        line.values[name] = reader.read(value)
    except CellFault as fault:
        line.faulty.add(name)
        sheet.findings.append(make_finding(fault.code, sheet.table.sheet, fault.message, line.row, name))
        if fault.code == "FS113" and name in sheet.table.key[:1]:
            sheet.refused.add(label(value))


def _read_periods(sheet: Sheet, line: Line, row: Row) -> None:
    declared = sheet.table.period_columns
    for name, index in sheet.layout.periods.items() if declared else ():
        value = cell_of(row, index)
        if declared is None or is_blank(value):
            continue
        line.given.add(name)
        try:
            line.periods[name] = read_cell(declared.kind, value, declared.unit)
        except CellFault as fault:
            line.faulty.add(name)
            sheet.findings.append(make_finding(fault.code, sheet.table.sheet, fault.message, line.row, name))


def _duplicates(sheet: Sheet) -> list[Finding]:
    own = sheet.table.name_column
    key = sheet.table.key or ((own.name,) if own else ())
    first: dict[tuple[object, ...], int] = {}
    repeats: list[Finding] = []
    for line in sheet.lines if key else ():
        if line.faulty.isdisjoint(key):
            entry = tuple(line.values[name] for name in key)
            if any(entry) and entry in first:
                names = " / ".join(str(part) for part in entry)
                message = f"found {names!r} again, which row {first[entry]} has; wanted each {' / '.join(key)} once"
                repeats.append(make_finding("FS114", sheet.table.sheet, message, line.row, key[0]))
            first.setdefault(entry, line.row)
    return repeats


def _record(table: Table, columns: Sequence[Column], line: Line) -> Record:
    fields: dict[str, Any] = {declared.field: line.values[declared.name] for declared in columns}
    if table.period_columns:
        fields[table.period_columns.field] = line.periods
    return table.record(row=line.row, given=frozenset(line.given), **fields)

"""The header row: which column stands where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.parsing.cells import UNCALCULATED
from friendshore.models.parsing.folding import fold_header, header_and_unit, is_blank, label
from friendshore.models.parsing.grids import NO_MARKS, Marks, Row, cell_of, data_rows
from friendshore.models.parsing.header_row import Head, column_of, find_head, known_headers
from friendshore.models.parsing.nearest import suggestion
from friendshore.models.parsing.quoted import shown
from friendshore.models.schema import Column, Table


@dataclass
class Layout:
    """Where the columns of a sheet stand: by name, by period label, unknown ones, ones without header.

    ``units`` has what stood in brackets behind the headers of known columns and of periods.
    """

    head: Head = field(default_factory=Head)
    columns: dict[str, int] = field(default_factory=dict)
    periods: dict[str, int] = field(default_factory=dict)
    unknown: dict[str, int] = field(default_factory=dict)
    headless: dict[str, int] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    units: dict[str, str] = field(default_factory=dict)

    def data_rows(self, grid: Sequence[Row]) -> list[tuple[int, Row]]:
        """The rows of data below the headers, with their numbers."""
        return data_rows(grid, self.head.row, self.head.first, self.head.skipped)

    @property
    def places(self) -> dict[str, int]:
        """Every header's index."""
        return {**self.headless, **self.unknown, **self.periods, **self.columns}


def sheet_columns(table: Table) -> tuple[Column, ...]:
    """The columns that have a header of their own (period columns have one for each label)."""
    return tuple(declared for declared in table.columns if not declared.by_period)


def lay_out(
    table: Table, grid: Sequence[Row], labels: Sequence[str], marks: Marks = NO_MARKS
) -> tuple[Layout, list[Finding]]:
    """Find the columns of a table in the headers of its sheet.

    Parameters
    ----------
    table
        Declaration of the sheet.
    grid
        All rows of the sheet.
    labels
        Labels of the periods, in order.
    marks
        What is marked on the sheet.

    Returns
    -------
    tuple[Layout, list[Finding]]
        Where each column stands, and every fault of the headers.
    """
    columns = sheet_columns(table)
    required = [declared.name for declared in columns if declared.required]
    head, head_findings = find_head(table.sheet, columns, grid, required, marks)
    layout, findings = locate(table.sheet, columns, grid, labels if table.period_columns else (), head)
    findings.extend(_missing(table.sheet, columns, layout, grid))
    return layout, [*head_findings, *findings]


def locate(
    sheet: str, columns: Sequence[Column], grid: Sequence[Row], labels: Sequence[str], head: Head
) -> tuple[Layout, list[Finding]]:
    """Sort the headers of a sheet into columns, period labels and unknown ones.

    Parameters
    ----------
    sheet
        Name of the input sheet, for findings.
    columns
        Columns that the sheet may have.
    grid
        All rows of the sheet.
    labels
        Labels of the periods that columns may be headed by; none where the sheet has no such columns.
    head
        The header row.

    Returns
    -------
    tuple[Layout, list[Finding]]
        Index of each column, from 0, and every fault of the headers.
    """
    known = known_headers(columns)
    layout, findings, dated = Layout(head), list[Finding](), set[str]()
    for index, value in enumerate(grid[head.row - 1] if grid else ()):
        if is_blank(value):
            findings.extend(_headless(sheet, layout, grid, index))
            continue
        if value is UNCALCULATED:
            message = f"found a formula without a result as the header of column {index + 1}; wanted its text"
            findings.append(make_finding("FS108", sheet, message, head.row))
            continue
        text = shown(value) if isinstance(value, date) else label(value)
        name, period = column_of(known, text), _period(text, labels)
        where = layout.columns if name else layout.periods if period else layout.unknown
        header = name or period or text
        if header in where and where is not layout.unknown:
            message = f"found {text!r}, but {header!r} already stands in column {where[header] + 1}; wanted one of them"
            findings.append(make_finding("FS116", sheet, message, head.row, header))
        where.setdefault(header, index)
        if name or period:
            _note_unit(layout, header, text)
        if isinstance(value, date) and str(value.year) in labels:
            message = (
                f"found the date {text} as a header; did you mean the period {value.year}? wanted its label: format "
                "the cell as Text, and type it"
            )
            findings.append(make_finding("FS112", sheet, message, head.row, text))
            dated.add(text)
    names = [declared.name for declared in columns] + list(labels)
    for text in [text for text in layout.unknown if text not in dated]:
        near = suggestion(header_and_unit(text)[0], names)
        message = f"found the unknown column {text!r}, which is not read{near}"
        findings.append(make_finding("FS152", sheet, message, head.row, text))
    return layout, findings


def _period(text: str, labels: Sequence[str]) -> str:
    """The period label a header stands for: the same text, else the same header."""
    if text in labels:
        return text
    folded, bare = fold_header(text), fold_header(header_and_unit(text)[0])
    by_header = {fold_header(name): name for name in reversed(labels)}
    return by_header.get(folded) or by_header.get(bare, "")


def _note_unit(layout: Layout, header: str, text: str) -> None:
    """Keep what stands in brackets, unless the brackets belong to the name itself."""
    bare, unit = header_and_unit(text)
    if unit and fold_header(bare) in (fold_header(header), fold_header(header_and_unit(header)[0])):
        layout.units.setdefault(header, unit)


def _headless(sheet: str, layout: Layout, grid: Sequence[Row], index: int) -> Iterator[Finding]:
    row = next((number for number, row in layout.data_rows(grid) if not is_blank(cell_of(row, index))), 0)
    if row:
        name = f"column {index + 1}"
        layout.headless[name] = index
        message = (
            f"found a value below a blank header in {name}, which is not read; wanted a header in row {layout.head.row}"
        )
        yield make_finding("FS154", sheet, message, row, name)


def _missing(sheet: str, columns: Sequence[Column], layout: Layout, grid: Sequence[Row]) -> Iterator[Finding]:
    layout.missing = [
        declared.name for declared in columns if declared.required and declared.name not in layout.columns
    ]
    if not layout.missing or not layout.data_rows(grid):
        return
    for name in layout.missing:
        near = suggestion(name, layout.unknown) if layout.unknown else ""
        message = (
            f"found no column {name!r}; wanted it in row {layout.head.row}"
            f"{near.replace('known are', 'unknown there are')}"
        )
        yield make_finding("FS102", sheet, message, layout.head.row, name)

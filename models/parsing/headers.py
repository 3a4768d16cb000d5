"""Row 1: which column stands where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from models.codes import finding
from models.findings import Finding
from models.parsing.cells import UNCALCULATED
from models.parsing.folding import fold_header, is_blank, label
from models.parsing.grids import HEADER_ROW, Grids, Row, cell_of, data_rows
from models.parsing.nearest import nearest, suggestion
from models.schema import Column, Table

_LOOKED_AT = 10


@dataclass
class Layout:
    """Where the columns of a sheet stand: by name, by period label, unknown ones, ones without header."""

    columns: dict[str, int] = field(default_factory=dict)
    periods: dict[str, int] = field(default_factory=dict)
    unknown: dict[str, int] = field(default_factory=dict)
    headless: dict[str, int] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    @property
    def places(self) -> dict[str, int]:
        """Every header's index."""
        return {**self.headless, **self.unknown, **self.periods, **self.columns}


def sheet_columns(table: Table) -> tuple[Column, ...]:
    """The columns that have a header of their own (period columns have one for each label)."""
    return tuple(declared for declared in table.columns if not declared.by_period)


def known_headers(columns: Sequence[Column]) -> dict[str, str]:
    """Column names by every folded header that stands for them."""
    return {fold_header(header): declared.name for declared in columns for header in (declared.name, *declared.aliases)}


def lay_out(table: Table, grid: Sequence[Row], labels: Sequence[str]) -> tuple[Layout, list[Finding]]:
    """Find the columns of ``table`` in the headers of its sheet; ``labels`` are those of the periods."""
    columns = sheet_columns(table)
    layout, findings = locate(table.sheet, columns, grid, labels if table.period_columns else ())
    findings.extend(_missing(table.sheet, columns, layout, grid))
    return layout, findings


def locate(
    sheet: str, columns: Sequence[Column], grid: Sequence[Row], labels: Sequence[str]
) -> tuple[Layout, list[Finding]]:
    """Sort the headers of a sheet into columns, period labels and unknown ones."""
    known = known_headers(columns)
    layout, findings = Layout(), list[Finding]()
    for index, value in enumerate(grid[0] if grid else ()):
        if is_blank(value):
            findings.extend(_headless(sheet, layout, grid, index))
            continue
        if value is UNCALCULATED:
            message = f"found a formula without a result as the header of column {index + 1}; wanted its text"
            findings.append(finding("FS108", sheet, message, HEADER_ROW))
            continue
        text = label(value)
        name, period = known.get(fold_header(text), ""), _period(text, labels)
        where = layout.columns if name else layout.periods if period else layout.unknown
        header = name or period or text
        if header in where and where is not layout.unknown:
            message = f"found {text!r}, but {header!r} already stands in column {where[header] + 1}; wanted one of them"
            findings.append(finding("FS116", sheet, message, HEADER_ROW, header))
        where.setdefault(header, index)
    names = [declared.name for declared in columns] + list(labels)
    for text in layout.unknown:
        message = f"found the unknown column {text!r}, which is not read{suggestion(text, names)}"
        findings.append(finding("FS152", sheet, message, HEADER_ROW, text))
    return layout, findings


def _period(text: str, labels: Sequence[str]) -> str:
    """The period label a header stands for: the same text, else the same header."""
    if text in labels:
        return text
    folded = fold_header(text)
    return next((name for name in labels if fold_header(name) == folded), "")


def _headless(sheet: str, layout: Layout, grid: Sequence[Row], index: int) -> Iterator[Finding]:
    row = next((number for number, row in data_rows(grid) if not is_blank(cell_of(row, index))), 0)
    if row:
        name = f"column {index + 1}"
        layout.headless[name] = index
        message = (
            f"found a value below a blank header in {name}, which is not read; wanted a header in row {HEADER_ROW}"
        )
        yield finding("FS154", sheet, message, row, name)


def _missing(sheet: str, columns: Sequence[Column], layout: Layout, grid: Sequence[Row]) -> Iterator[Finding]:
    layout.missing = [
        declared.name for declared in columns if declared.required and declared.name not in layout.columns
    ]
    if not layout.missing or not data_rows(grid):
        return
    row = _header_row(columns, grid, len(layout.columns))
    if row > HEADER_ROW:
        message = f"found the headers in row {row}; wanted them in row {HEADER_ROW}: delete the rows above them"
        yield finding("FS102", sheet, message, row)
        return
    for name in layout.missing:
        near = suggestion(name, layout.unknown) if layout.unknown else ""
        message = (
            f"found no column {name!r}; wanted it in row {HEADER_ROW}{near.replace('known are', 'unknown there are')}"
        )
        yield finding("FS102", sheet, message, HEADER_ROW, name)


def _header_row(columns: Sequence[Column], grid: Sequence[Row], found: int) -> int:
    """The row among the first ones that holds more headers than row 1 does, or row 1."""
    known = known_headers(columns)
    best, most = HEADER_ROW, max(found, 1)
    for number, row in enumerate(grid[:_LOOKED_AT], start=1):
        hits = len({known[header] for header in map(_header, row) if header in known})
        if hits > most:
            best, most = number, hits
    return best


def _header(value: object) -> str:
    return "" if is_blank(value) else fold_header(label(value))


def find_sheets(grids: Grids, tables: Sequence[Table]) -> tuple[dict[str, str], list[Finding]]:
    """The sheet of each table by its name, and what is missing, unknown or there twice."""
    known = {fold_header(table.sheet): table for table in tables}
    found: dict[str, str] = {}
    findings: list[Finding] = []
    for sheet, grid in grids.items():
        table = known.get(fold_header(sheet))
        if table is None:
            if any(not is_blank(value) for row in grid for value in row):
                near = suggestion(sheet, [table.sheet for table in tables])
                findings.append(finding("FS151", sheet, f"found the unknown sheet {sheet!r}, which is not read{near}"))
        elif table.sheet in found:
            message = f"found the sheet {sheet!r} besides {found[table.sheet]!r}; wanted one of them"
            findings.append(finding("FS117", table.sheet, message))
        else:
            found[table.sheet] = sheet
    others = [sheet for sheet in grids if fold_header(sheet) not in known]
    for table in tables:
        if table.required and table.sheet not in found:
            like = nearest(table.sheet, others)
            near = f"; the nearest is {like!r}" if like else ""
            message = f"found no sheet {table.sheet!r}, which is required{near}: {table.help}"
            findings.append(finding("FS101", table.sheet, message))
    return found, findings

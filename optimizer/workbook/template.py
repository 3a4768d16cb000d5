"""A new workbook: help first, one Excel table a sheet, drop-downs for every name that another sheet defines."""

from __future__ import annotations

import datetime
import io
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from friendshore.models.parsing.folding import fold_header, label
from friendshore.models.parsing.settings import setting_columns
from friendshore.models.parsing.unparse import cell
from friendshore.models.schema import Column, Label, Number, Reference, Table, Whole
from friendshore.models.tables import TABLES
from friendshore.models.tables.settings import Settings
from friendshore.optimizer.system.files import writing
from friendshore.optimizer.workbook.damage_sheet import write_damages
from friendshore.optimizer.workbook.describe import comment, headers, setting_help, sheet_help, units_line
from friendshore.optimizer.workbook.help_sheets import write_help, write_readme
from friendshore.optimizer.workbook.names import README_SHEET
from friendshore.optimizer.workbook.smallest import SMALLEST
from friendshore.optimizer.workbook.styles import Styles, pattern
from friendshore.optimizer.workbook.validation import list_name, validation

Rows = Sequence[Mapping[str, object]]

TITLE, HELP, UNITS, HEADER = range(4)
"""Rows of an input sheet, from 0: its title, what it holds, units and defaults, headers; the table begins there."""
FIRST = HEADER + 1
_BLANK_ROWS = 1
_CHECKED_ROWS = 2000
_MOST_ROWS = 1_048_575
_MOST_TEXT = 32_767
_NARROW, _WIDE, _WIDEST = 9, 42, 70
_CREATED = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)  # the same content is the same file


def write_blank(path: str | Path) -> None:
    """Write a blank workbook with every sheet, its help and drop-downs; FileFault where it cannot be written."""
    sheets: dict[str, Rows] = {table.sheet: () for table in TABLES}
    sheets["Settings"] = [
        {"setting": name, "value": cell(declared.default), "note": setting_help(declared)}
        for name, declared in setting_columns(Settings.TABLE).items()
    ]
    _write(path, workbook_bytes(sheets, damages=True))


def write_smallest(path: str | Path) -> None:
    """Write the six sheets that a plan needs, filled so that it solves; FileFault where it cannot be written."""
    _write(path, workbook_bytes(SMALLEST, damages=True))


def write_sheets(path: str | Path, sheets: Mapping[str, Rows]) -> None:
    """Write a workbook from dict rows keyed by column names and period labels.

    Only the sheets given are written, in the usual order. Text stays text, also where it looks like a formula. Raises
    ValueError where a sheet or column is unknown, FileFault where the file cannot be written.
    """
    _write(path, workbook_bytes(sheets))


def _write(path: str | Path, content: bytes) -> None:
    with writing(path) as temporary:
        temporary.write_bytes(content)


def workbook_bytes(sheets: Mapping[str, Rows], *, damages: bool = False) -> bytes:
    """The workbook that ``write_sheets`` writes; with a sheet of help on the damage of a shortage, or without."""
    chosen = _known(sheets)
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(buffer, options) as book:
        book.set_properties({"created": _CREATED})
        styles = Styles(book)
        title, currency = _setting(chosen, "title", ""), _setting(chosen, "currency", "currency")
        tables = [table for table in TABLES if table.sheet in chosen]
        write_readme(book, styles, tables, title, damages)
        for table in tables:
            _Writer(book, styles, table, chosen, currency).write()
        write_help(book, styles, tables, currency)
        if damages:
            write_damages(book, styles)
        for table in tables:
            if table.key:
                book.define_name(list_name(table.sheet), f"={table.sheet}[{table.key[0]}]")
    return buffer.getvalue()


def _known(sheets: Mapping[str, Rows]) -> dict[str, Rows]:
    tables = {fold_header(table.sheet): table.sheet for table in TABLES}
    unknown = [sheet for sheet in sheets if fold_header(sheet) not in tables]
    if unknown:
        raise ValueError(f"unknown sheet {unknown[0]!r}; known are {', '.join(tables.values())}")
    return {tables[fold_header(sheet)]: rows for sheet, rows in sheets.items()}


def _setting(sheets: Mapping[str, Rows], name: str, default: str) -> str:
    for row in sheets.get("Settings", ()):
        if row.get("setting") == name and row.get("value"):
            return str(row["value"])
    return default


class _Writer:
    """Writes one input sheet."""

    def __init__(self, book: Workbook, styles: Styles, table: Table, sheets: Mapping[str, Rows], currency: str) -> None:
        self.book, self.styles, self.table, self.currency = book, styles, table, currency
        self.rows, self.sheets = sheets[table.sheet], sheets
        self.columns = self._columns()
        self.sheet: Worksheet = book.add_worksheet(table.sheet)
        if len(self.rows) > _MOST_ROWS:
            raise ValueError(f"{table.sheet}: {len(self.rows):,} rows are more than a worksheet holds")

    def _columns(self) -> list[tuple[str, Column]]:
        """Headers with their declarations: the sheet's own columns, the periods, the source, and last the note.

        A note that is longer than its column runs on to the right, where nothing stands.
        """
        declared = list(headers(self.table))
        own = [(column.name, column) for column in declared if column.name not in ("note", "source_id")]
        if self.table.sheet == "Sources":
            own = [(column.name, column) for column in declared if column.name != "note"]
        last = [(column.name, column) for column in reversed(declared) if (column.name, column) not in own]
        periods, by_period = [], self.table.period_columns
        if by_period:
            labels = [label(row["period"]) for row in self.sheets.get("Periods", ()) if row.get("period") is not None]
            periods = [(name, by_period) for name in labels]
        columns = [*own, *periods, *last]
        known = {name for name, _ in columns}
        unknown = [name for row in self.rows for name in map(label, row) if name not in known]
        if unknown:
            raise ValueError(f"{self.table.sheet}: unknown column {unknown[0]!r}; known are {', '.join(sorted(known))}")
        return columns

    def write(self) -> None:
        """Title, help and units; table, cells, comments, input checks and page set-up."""
        sheet, last = self.sheet, len(self.columns) - 1
        rows = max(len(self.rows), _BLANK_ROWS)
        self._head()
        sheet.add_table(
            HEADER,
            0,
            HEADER + rows,
            last,
            {
                "name": self.table.sheet,
                "style": "Table Style Light 1",
                "banded_rows": False,
                "columns": [{"header": name, "header_format": self.styles.header(kept)} for name, kept in self.columns],
            },
        )
        normal = [{label(name): value for name, value in row.items()} for row in self.rows]
        for index, (name, declared) in enumerate(self.columns):
            self._column(index, name, declared, [row.get(name) for row in normal])
        if self.table.vertical:
            self._settings(normal)
        sheet.freeze_panes(FIRST, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, HEADER)
        self._print_area(last)
        sheet.set_footer("&L&F&C&A&R&P / &N")
        sheet.set_comments_author("friendshore")
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{FIRST + rows}"})

    def _print_area(self, last: int) -> None:
        """Whole columns up to the last one: long notes run on over the screen, not over the page.

        Written with its rows, which means the same: the short form ``$A:$H`` is not read by openpyxl.
        """
        area = f"'{self.table.sheet}'!$A$1:{xl_rowcol_to_cell(_MOST_ROWS, last, True, True)}"
        self.book.define_name(f"'{self.table.sheet}'!_xlnm.Print_Area", f"={area}")

    def _head(self) -> None:
        """The rows above the headers, which are not read: only the first cell of title and help is filled."""
        sheet, styles = self.sheet, self.styles
        sheet.set_row(TITLE, 26)
        sheet.write_url(TITLE, 0, f"internal:'{README_SHEET}'!A1", styles.title, self.table.sheet, "Back to Read-me")
        sheet.set_row(HELP, 18)
        sheet.write_string(HELP, 0, sheet_help(self.table), styles.note)
        units = [units_line(declared, self.currency) for _, declared in self.columns]
        lines = [_lines(text, self._width(index)) for index, text in enumerate(units)]
        sheet.set_row(UNITS, 12.5 * max(1, *lines) + 2)
        for index, text in enumerate(units):
            if text:
                sheet.write_string(UNITS, index, text, styles.units)
        sheet.set_row(HEADER, 22)

    def _settings(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Input checks of the single settings, each by its own kind."""
        known = setting_columns(Settings.TABLE)
        for number, row in enumerate(rows):
            declared = known.get(str(row.get("setting")))
            if declared is not None:
                options = validation(self.table, declared, self.sheets, self.currency, cell=f"B{FIRST + number + 1}")
                self.sheet.data_validation(FIRST + number, 1, FIRST + number, 1, options)

    def _column(self, index: int, name: str, declared: Column, values: Sequence[object]) -> None:
        sheet, styles = self.sheet, self.styles
        number_like = isinstance(declared.kind, Number | Whole)
        form = styles.number(pattern(declared, values)) if number_like else styles.plain
        sheet.set_column(index, index, self._width(index), form)
        sheet.write_comment(
            HEADER, index, comment(self.table, declared, self.currency), {"x_scale": 2.2, "y_scale": 1.4}
        )
        last = FIRST + max(len(values), _BLANK_ROWS) + _CHECKED_ROWS
        if not (self.table.vertical and name == "value"):
            place = xl_rowcol_to_cell(FIRST, index)
            options = validation(self.table, declared, self.sheets, self.currency, cell=place, last=last)
            sheet.data_validation(FIRST, index, last - 1, index, options)
        if declared.required and index and not self.table.vertical:
            sheet.conditional_format(
                FIRST,
                index,
                last - 1,
                index,
                {
                    "type": "formula",
                    "criteria": f'=AND($A{FIRST + 1}<>"",LEFT($A{FIRST + 1},1)<>"#",{place}="")',
                    "format": styles.missing,
                },
            )
        for number, value in enumerate(values, start=FIRST):
            self._cell(number, index, _typed(declared, value), form)

    def _width(self, index: int) -> float:
        """Width of a column in characters: its header and its cells, within reason; a note may run over."""
        name = self.columns[index][0]
        values = [value for row in self.rows for key, value in row.items() if label(key) == name]
        content = max((len(_shown(value)) for value in values), default=0)
        if name == "note":
            return min(max(_WIDE, content + 3), _WIDEST)
        return min(max(_NARROW, len(name) + 5, content + 3), _WIDE)

    def _cell(self, row: int, column: int, value: object, form: Any) -> None:
        value = cell(value)
        if value is None or value == "":
            return
        if isinstance(value, int | float):
            self.sheet.write_number(row, column, value, form)
            return
        text = str(value)
        if len(text) > _MOST_TEXT:
            raise ValueError(f"{self.table.sheet}: a text of {len(text):,} characters is longer than a cell holds")
        self.sheet.write_string(row, column, text, form)


def _typed(declared: Column, value: object) -> object:
    """A period label that is a number is written as one, as planners type it."""
    label_like = isinstance(declared.kind, Label) or (
        isinstance(declared.kind, Reference) and declared.kind.sheet == "Periods"
    )
    if label_like and isinstance(value, str) and value.isascii() and value.isdigit() and str(int(value)) == value:
        return int(value)
    return value


def _lines(text: str, width: float) -> int:
    """Lines that a small text takes where it wraps within a column."""
    return sum(len(textwrap.wrap(line, max(int(1.1 * width) - 1, 6))) for line in text.split("\n"))


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.6g}"
    return "" if value is None else str(cell(value))

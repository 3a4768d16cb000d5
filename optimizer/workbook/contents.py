"""Everything of a workbook that is read: the values of its input sheets, and what they are marked with."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import IO

from defusedxml.common import DefusedXmlException
from openpyxl.utils.cell import coordinate_to_tuple

from friendshore.models.parsing import UNCALCULATED
from friendshore.models.parsing.grids import Area, Linked, Marks, NamedTable, Span
from friendshore.models.problem import Grid
from friendshore.optimizer.system.files import FileFault
from friendshore.optimizer.workbook.dates import date_styles
from friendshore.optimizer.workbook.formulas import uncalculated
from friendshore.optimizer.workbook.gate import Package, SheetPart
from friendshore.optimizer.workbook.list_objects import list_objects
from friendshore.optimizer.workbook.markup import Suspicious, count
from friendshore.optimizer.workbook.names import is_input
from friendshore.optimizer.workbook.outside import outside
from friendshore.optimizer.workbook.readers import CalamineReader, OpenpyxlReader, Row, faithful, trimmed
from friendshore.optimizer.workbook.scan import SheetFacts, scan

MOST_CELLS = 20_000_000
FAST_FROM = 20_000
_SHOWN = 5
_UNSAFE = "the workbook cannot be read safely"

Overlay = Mapping[int, Mapping[int, object]]


@dataclass(frozen=True)
class Contents:
    """The input sheets as rows of values, and their marks; a formula without a result is UNCALCULATED."""

    grids: Mapping[str, Grid]
    marks: Mapping[str, Marks]


def read_contents(package: Package, *, fast: bool = False) -> Contents:
    """Read the input sheets; with ``fast`` calamine reads the large ones it is faithful for.

    Raises FileFault where the workbook is damaged, or holds more than can be read safely.
    """
    try:
        return _contents(package, fast)
    except FileFault:
        raise
    except (Suspicious, DefusedXmlException, MemoryError) as error:
        reason = str(error) or "it needs too much memory"
        raise FileFault("FS005", package.path, f"{_UNSAFE}: {reason}") from error
    except Exception as error:  # whatever a damaged file makes the libraries raise
        first = str(error).partition("\n")[0]
        reason = f"{type(error).__name__}: {first}" if first else type(error).__name__
        raise FileFault(
            "FS004", package.path, f"the workbook is damaged ({reason}); open it in Excel, and save it"
        ) from error


def _contents(package: Package, fast: bool) -> Contents:
    with zipfile.ZipFile(package.path) as archive:
        dates = date_styles(archive, package.styles)
        sources = outside(archive, package.workbook).sources
        facts = {sheet.title: scan(archive, sheet.part, dates, sources) for sheet in package.sheets}
        _limit(package, facts)
        inputs = [sheet for sheet in package.sheets if is_input(sheet.title)]
        _refuse_malformed(package, {sheet.title: facts[sheet.title] for sheet in inputs}, archive)
        marks = {sheet.title: _marks(sheet, facts[sheet.title], list_objects(archive, sheet.part)) for sheet in inputs}
    pending = uncalculated(package, facts)
    with package.path.open("rb") as stream:  # opened here: the library would judge the file by its ending
        readers = _Readers(package, stream, fast)
        grids = {
            sheet.title: _overlaid(
                readers.rows(sheet.title, facts[sheet.title]), _overlay(facts[sheet.title], pending[sheet.title])
            )
            for sheet in inputs
        }
    return Contents(grids, marks)


def _limit(package: Package, facts: Mapping[str, SheetFacts]) -> None:
    """Refuse what would fill memory, before any reader makes cells of it."""
    held = 0
    for title, sheet_facts in facts.items():
        held += sheet_facts.rows + sheet_facts.reach
        if held > MOST_CELLS:
            message = f"{_UNSAFE}: with {title} it has over {MOST_CELLS:,} cells"
            raise FileFault("FS005", package.path, message)


def _refuse_malformed(package: Package, facts: Mapping[str, SheetFacts], archive: zipfile.ZipFile) -> None:
    """FileFault FS004 with the cells where the markup holds what no spreadsheet writes and readers take for something.

    Python reads ``1_000`` and digits of other scripts as numbers, and a place of a text below 0 from the end.
    """
    texts = count(archive, package.texts, "si") if package.texts else 0
    damaged: list[str] = []
    for title, fact in facts.items():
        damaged += [f"{title}!{cell} holds {text!r}" for cell, text in fact.malformed.items()]
        place, cell = fact.text
        if place >= texts and cell:
            damaged.append(f"{title}!{cell} points to text {place} of {texts}")
    if damaged:
        more = f", and {len(damaged) - _SHOWN} more such" if len(damaged) > _SHOWN else ""
        message = (
            f"the workbook is damaged: {', '.join(damaged[:_SHOWN])}{more}; type these cells anew in Excel, and save it"
        )
        raise FileFault("FS004", package.path, message)


class _Readers:
    """Both libraries, each opened when a sheet first needs it."""

    def __init__(self, package: Package, stream: IO[bytes], fast: bool) -> None:
        self._package, self._stream, self._fast = package, stream, fast
        self._calamine: CalamineReader | None = None
        self._openpyxl: OpenpyxlReader | None = None

    def rows(self, title: str, facts: SheetFacts) -> list[Row]:
        """The rows of a sheet, by calamine where that is faster and as faithful."""
        if self._fast and facts.cells >= FAST_FROM and faithful(facts):
            try:
                self._calamine = self._calamine or CalamineReader(self._package.path)
                return list(self._calamine.rows(title))
            except Exception:  # noqa: S110 - it can do less than openpyxl, which will tell what is wrong
                pass
        self._openpyxl = self._openpyxl or OpenpyxlReader(self._stream)
        return list(self._openpyxl.rows(title))


# -- what readers do not tell ------------------------------------------------------------------------------------------


def _overlay(facts: SheetFacts, pending: Iterable[str]) -> Overlay:
    """Errors and formulas without a result, by row and column from 1."""
    overlay: dict[int, dict[int, object]] = {}
    for values in (facts.errors, dict.fromkeys(pending, UNCALCULATED)):
        for address, value in values.items():
            row, column = coordinate_to_tuple(address)
            overlay.setdefault(row, {})[column] = value
    return overlay


def _overlaid(rows: list[Row], overlay: Overlay) -> Grid:
    rows.extend(() for _ in range(max(overlay, default=0) - len(rows)))
    for number, cells in overlay.items():
        row = list(rows[number - 1])
        row.extend(None for _ in range(max(cells) - len(row)))
        for column, value in cells.items():
            row[column - 1] = value
        rows[number - 1] = trimmed(row)
    while rows and not rows[-1]:
        rows.pop()
    return tuple(rows)


def _marks(sheet: SheetPart, facts: SheetFacts, tables: Iterable[NamedTable]) -> Marks:
    return Marks(
        sheet.hidden,
        _runs((number, number) for number in facts.hidden_rows),
        _runs(sorted(facts.hidden_columns)),
        tuple(Area(*area) for area in facts.merged),
        tuple(tables),
        tuple(_linked(address, sources) for address, sources in facts.linked.items()),
    )


def _linked(address: str, sources: tuple[str, ...]) -> Linked:
    row, column = coordinate_to_tuple(address)
    return Linked(row, column, sources)


def _runs(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans that follow each other joined."""
    joined: list[Span] = []
    for first, last in spans:
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return tuple(joined)

"""Assumptions and sources: the notes of the workbook with the publications they cite."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from friendshore.models.parsing.header_row import find_head
from friendshore.models.parsing.settings import vertical_columns
from friendshore.models.problem import Grid as RawGrid
from friendshore.models.problem import Problem
from friendshore.models.schema import Choice, CommoditySelection, Group, Record, Reference, Word
from friendshore.optimizer.page.parts import Cell, Folded, Grid, Section, cells, columns
from friendshore.optimizer.page.tables import PlanTables
from friendshore.optimizer.wording.counts import counted
from friendshore.optimizer.wording.names import label

MOST_WORDS = 4
_SPOKEN = (Choice, CommoditySelection, Group, Reference, Word)
MOST_NOTES = 400  # of a sheet
MOST_NAMES = 12  # rows that share a note are named together, as far as there is room


def section(tables: PlanTables) -> Section:
    """Settings, notes sheet by sheet, and the table of sources."""
    problem = tables.problem
    sheets = _sheets(problem)
    folded = tuple(
        Folded(f"{sheet}: {counted(len(rows), 'row')}", (_notes(sheet, rows),))
        for sheet, rows in sheets.items()
        if any(row.note or row.source_id for row in rows)
    )
    sources = (_sources(problem),) if problem.tables.sources else ()
    return Section(
        "assumptions",
        "Assumptions and sources",
        (_sentence(problem, [row for rows in sheets.values() for row in rows]),),
        grids=(_settings(problem),),
        folded=folded
        + ((Folded(f"Sources: {counted(len(problem.tables.sources), 'publication')}", sources),) if sources else ()),
    )


def _sheets(problem: Problem) -> dict[str, tuple[Record, ...]]:
    """Rows of the sheets that hold assumptions: all but Settings, told by itself, and Sources, which they cite."""
    rows = problem.tables.by_sheet
    return {sheet: rows[sheet] for sheet in rows if rows[sheet] and sheet not in ("Settings", "Sources")}


def _sentence(problem: Problem, rows: Sequence[Record]) -> str:
    cited = sum(bool(row.source_id) for row in rows)
    if not cited:
        return f"None of the {len(rows):,} rows of the workbook names a source."
    return (
        f"{cited:,} of {counted(len(rows), 'row')} of the workbook name a source; "
        f"{counted(len(problem.tables.sources), 'source is', 'sources are')} listed."
    )


def _notes(sheet: str, rows: Sequence[Record]) -> Grid:
    """Rows by their notes, in the order of the sheet; those that say the same stand together."""
    said: dict[tuple[str, str], list[str]] = {}
    for row in sorted(rows, key=lambda row: row.row):
        if row.note or row.source_id:
            called = said.setdefault((row.note, row.source_id), [])
            called.append(_named(row))
    made = [cells([_together(called), note, source]) for (note, source), called in said.items()]
    cut = f"Told are the first {MOST_NOTES} of {len(made):,} notes; the workbook has them all."
    heads = columns("Row", "Note", "Source", text=3)
    return Grid(f"Notes of the sheet {sheet}", heads, tuple(made[:MOST_NOTES]), cut if len(made) > MOST_NOTES else "")


def _together(called: Iterable[str]) -> str:
    names = list(dict.fromkeys(called))
    more = len(names) - MOST_NAMES
    return "; ".join(names[:MOST_NAMES]) + (f"; and {more} more" if more > 0 else "")


def _named(row: Record) -> str:
    """A row by its key; on a sheet without one by its first columns of words."""
    values, table = vars(row), row.TABLE
    keys = [column for column in table.columns if column.name in table.key]
    worded = [c for c in table.columns if isinstance(c.kind, _SPOKEN) and c.field != "source_id"]
    spoken = keys or worded[:MOST_WORDS]
    words = [label(str(values[column.field])) for column in spoken if values[column.field] not in ("", None, "*")]
    return ", ".join(words) or f"row {row.row}"


def _sources(problem: Problem) -> Grid:
    used: dict[str, int] = {}
    for rows in _sheets(problem).values():
        for row in rows:
            used[row.source_id] = used.get(row.source_id, 0) + 1
    made = [
        cells(
            [
                row.source_id,
                row.title,
                row.publisher,
                row.year,
                row.confidence,
                Cell(row.url, link=_address(row.url)),
                f"{used.get(row.source_id, 0):,}",
            ]
        )
        for row in problem.tables.sources
    ]
    heads = columns("Source", "Title", "Publisher", "Year", "Confidence", "Address", "Rows", text=6)
    return Grid("Sources", heads, tuple(made))


def _address(url: str) -> str:
    """An address that may be followed: of the web, nothing else."""
    return url if url.lower().startswith(("https://", "http://")) and not any(c.isspace() for c in url) else ""


def _settings(problem: Problem) -> Grid:
    notes = _setting_notes(problem)
    values = vars(problem.settings)
    made = [
        cells([label(column.name), _shown(values[column.field]), notes.get(column.name, column.help)])
        for column in problem.settings.TABLE.columns
        if column.field not in ("title", "note", "source_id") and values[column.field] not in ("", None)
    ]
    return Grid("Settings", columns("Setting", "Value", "Note", text=3), tuple(made))


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _setting_notes(problem: Problem) -> dict[str, str]:
    """Notes that stand beside settings on their sheet."""
    grid: RawGrid = next((g for name, g in problem.grids.items() if name.strip().casefold() == "settings"), ())
    if not grid:
        return {}
    head, _ = find_head("Settings", vertical_columns(problem.settings.TABLE), grid, ("setting", "value"))
    heads = [str(cell or "").strip().casefold() for cell in grid[head.row - 1]]
    if "setting" not in heads or "note" not in heads:
        return {}
    key, note = heads.index("setting"), heads.index("note")
    rows = [row for row in grid[head.row :] if len(row) > max(key, note) and row[note]]
    return {str(row[key]).strip().casefold().replace(" ", "_"): str(row[note]) for row in rows}

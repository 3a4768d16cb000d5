"""Which sheet, or which Excel table, holds the rows of each input table."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.parsing.folding import fold_header, is_blank
from friendshore.models.parsing.foreign import foreign_workbook
from friendshore.models.parsing.grids import NO_MARKS, Area, Grids, Marks, NamedTable, Row
from friendshore.models.parsing.nearest import nearest
from friendshore.models.schema import Table


@dataclass(frozen=True)
class Origin:
    """Where the rows of an input table stand: the title of the sheet, its rows and its marks.

    ``elsewhere`` is true where it is an Excel table of that name on a sheet of another name; its rows and columns are
    numbered as on that sheet, and what stands around the table is left out.
    """

    title: str
    grid: Sequence[Row]
    marks: Marks = NO_MARKS
    elsewhere: bool = False


def find_sheets(
    grids: Grids, tables: Sequence[Table], marks: Mapping[str, Marks]
) -> tuple[dict[str, Origin], list[Finding]]:
    """The sheet of each table.

    Where no sheet has its name, an Excel table of that name on another sheet stands for it.

    Parameters
    ----------
    grids
        Rows of raw values by the title of their sheet.
    tables
        Declarations of the input sheets.
    marks
        What is marked on each sheet, by its title; Excel tables among it.

    Returns
    -------
    tuple[dict[str, Origin], list[Finding]]
        Where the rows of each table stand, by the name of its input sheet; what is missing, unknown or there
        twice.
    """
    origins, findings = _by_title(grids, tables, marks)
    taken = {origin.title for origin in origins.values()}
    for table in tables:
        if table.sheet not in origins:
            named = _by_table(table.sheet, {title: marks.get(title, NO_MARKS) for title in grids if title not in taken})
            if len(named) == 1:
                title, area = named[0]
                origins[table.sheet] = Origin(
                    title, _cut(grids[title], area.area), dataclasses.replace(marks[title], tables=(area,)), True
                )
            elif named:
                titles = " and ".join(repr(title) for title, _ in named)
                findings.append(
                    make_finding(
                        "FS117", table.sheet, f"found the Excel table on the sheets {titles}; wanted one of them"
                    )
                )
    read = {origin.title for origin in origins.values()}
    foreign = foreign_workbook(grids, tables, {sheet: origin.grid for sheet, origin in origins.items()})
    findings.extend(foreign or _unknown(grids, tables, read))
    findings.extend(_absent(grids, tables, origins))
    return origins, findings


def _by_title(
    grids: Grids, tables: Sequence[Table], marks: Mapping[str, Marks]
) -> tuple[dict[str, Origin], list[Finding]]:
    known = {fold_header(table.sheet): table for table in tables}
    origins: dict[str, Origin] = {}
    findings: list[Finding] = []
    for title, grid in grids.items():
        table = known.get(fold_header(title))
        if table is None:
            continue
        if table.sheet in origins:
            message = f"found the sheet {title!r} besides {origins[table.sheet].title!r}; wanted one of them"
            findings.append(make_finding("FS117", table.sheet, message))
        else:
            origins[table.sheet] = Origin(title, grid, marks.get(title, NO_MARKS))
    return origins, findings


def _by_table(name: str, marks: Mapping[str, Marks]) -> list[tuple[str, NamedTable]]:
    wanted = fold_header(name)
    return [
        (title, table) for title, mark in marks.items() for table in mark.tables if fold_header(table.name) == wanted
    ]


def _cut(grid: Sequence[Row], area: Area) -> tuple[Row, ...]:
    """The rows within an area at their places; all around it blank."""
    before = (None,) * (area.first_column - 1)
    return tuple(
        (*before, *row[area.first_column - 1 : area.last_column]) if area.first_row <= number else ()
        for number, row in enumerate(grid[: area.last_row], start=1)
    )


def _unknown(grids: Grids, tables: Sequence[Table], read: set[str]) -> Iterator[Finding]:
    known = {fold_header(table.sheet) for table in tables}
    for title, grid in grids.items():
        if title in read or fold_header(title) in known or all(is_blank(value) for row in grid for value in row):
            continue
        like = nearest(title, [table.sheet for table in tables])
        near = f"; the nearest is {like!r}" if like else ""
        yield make_finding("FS151", title, f"found the unknown sheet {title!r}, which is not read{near}")


def _absent(grids: Grids, tables: Sequence[Table], origins: Mapping[str, Origin]) -> Iterator[Finding]:
    known = {fold_header(table.sheet) for table in tables}
    others = [title for title in grids if fold_header(title) not in known]
    for table in tables:
        if table.required and table.sheet not in origins:
            like = nearest(table.sheet, others)
            near = f"; the nearest is {like!r}" if like else ""
            message = f"found no sheet {table.sheet!r}, which is required{near}: {table.help}"
            yield make_finding("FS101", table.sheet, message)

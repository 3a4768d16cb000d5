"""A workbook that is somebody else's: told first and once, in place of a word on each of its sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.parsing.folding import fold_header, is_blank, label
from friendshore.models.parsing.grids import Grids, Row
from friendshore.models.parsing.header_row import LOOKED_AT, column_of, known_headers
from friendshore.models.schema import Table

WORKBOOK = "workbook"
_BY_CHANCE = 1
_SHOWN = 3


def foreign_workbook(grids: Grids, tables: Sequence[Table], found: Mapping[str, Sequence[Row]]) -> list[Finding]:
    """What to say of a workbook that is not meant for friendshore; nothing where it may be.

    It is not where no sheet has the name of an input sheet, or one alone has, without the headers of that.

    Parameters
    ----------
    grids
        Rows of raw values by the title of their sheet.
    tables
        Declarations of the input sheets.
    found
        Rows of the input sheets that were found, by name.

    Returns
    -------
    list[Finding]
        FS120, and one FS151 for all sheets that are not read.
    """
    filled = [title for title, grid in grids.items() if any(not is_blank(value) for row in grid for value in row)]
    headed = [table for table in tables if table.sheet in found and _headed(table, found[table.sheet])]
    if len(found) > _BY_CHANCE or headed or not filled:
        return []
    none = "none of its sheets has the name of one of friendshore's"
    if len(filled) == 1:
        none = f"its only sheet, {filled[0]!r}, is none of friendshore's"
    if found:
        none = f"of its sheets only {next(iter(found))!r} has the name of one of friendshore's, with other columns"
    message = f"this does not look like a friendshore workbook: {none}; friendshore new FILE writes one"
    findings = [make_finding("FS120", WORKBOOK, message)]
    folded = {fold_header(sheet) for sheet in found}
    unread = [title for title in filled if fold_header(title) not in folded]
    if unread:
        shown = ", ".join(map(repr, unread[:_SHOWN]))
        more = f" and {len(unread) - _SHOWN} more" if len(unread) > _SHOWN else ""
        what = "a sheet that is" if len(unread) == 1 else f"{len(unread)} sheets that are"
        findings.append(make_finding("FS151", WORKBOOK, f"found {what} not read: {shown}{more}"))
    return findings


def _headed(table: Table, grid: Sequence[Row]) -> bool:
    """Whether one of the first rows has more than one header of an input sheet."""
    known = known_headers(table.columns) if not table.vertical else {"setting": "setting", "value": "value"}
    return any(
        len({column_of(known, label(value)) for value in row if isinstance(value, str)} - {""}) > 1
        for row in grid[:LOOKED_AT]
    )

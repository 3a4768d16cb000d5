"""The Excel tables (list objects) of a worksheet: name, area, rows of totals."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from openpyxl.utils.cell import range_boundaries

from friendshore.models.parsing.grids import Area, NamedTable
from friendshore.optimizer.workbook.gate import relations
from friendshore.optimizer.workbook.markup import MAIN, walk


def list_objects(archive: zipfile.ZipFile, sheet_part: str) -> Iterator[NamedTable]:
    """The tables of the worksheet in ``sheet_part``; one without a header row is left out."""
    for _, kind, target in relations(archive, sheet_part):
        if kind.endswith("/table") and target in archive.NameToInfo:
            yield from _table(archive, target)


def _table(archive: zipfile.ZipFile, part: str) -> Iterator[NamedTable]:
    tables: list[dict[str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == f"{MAIN}table":
            tables.append(attributes)

    with archive.open(part) as stream:
        walk(stream, start)
    for attributes in tables:
        area = area_of(attributes.get("ref", ""))
        if area is not None and attributes.get("headerRowCount", "1") == "1":
            name = attributes.get("displayName") or attributes.get("name", "")
            yield NamedTable(name, area, int(attributes.get("totalsRowCount", "0")))


def area_of(text: str) -> Area | None:
    """The area ``B4:H60`` stands for; None where it is not one of cells."""
    try:
        left, top, right, bottom = range_boundaries(text)
    except (TypeError, ValueError):
        return None
    if None in (left, top, right, bottom):
        return None
    return Area(top, left, bottom, right)

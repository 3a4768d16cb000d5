"""The Excel tables of a plan workbook, found by their names wherever on their sheets they stand."""

from __future__ import annotations

import posixpath
import warnings
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from friendshore.optimizer.system.files import FileFault
from friendshore.optimizer.workbook.gate import Package, inspect

PREFIX = "Plan_"
NONE = "(none)"
MOST_CELLS = 2_000_000
AGAIN = "write the plan again with friendshore solve"

Row = tuple[object, ...]
Rows = list[dict[str, object]]
"""Rows of a table by the words of each header without its unit."""


@dataclass(frozen=True)
class PlanTable:
    """An Excel table as it stands: the words of its header, and its rows; one that says ``(none)`` has none."""

    headers: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


@dataclass(frozen=True)
class Leading:
    """The rows at the top of a table: as far as the column under ``header`` holds ``value``.

    Its rows are known to stand in that order where the workbook has the table ``beside``; earlier versions had others.
    """

    header: str
    value: str
    beside: str


@dataclass(frozen=True)
class _Area:
    """Where a table stands; ``sorted`` where the planner has sorted it, so that its rows stand in another order."""

    sheet: str
    left: int
    top: int
    right: int
    bottom: int
    sorted: bool = False


def read_plan_tables(path: Path, names: Collection[str], needed: Collection[str] = ()) -> dict[str, Rows]:
    """Rows of the tables named (``Plan_Costs``), as far as the workbook has them; raises as ``read_tables`` does.

    Parameters
    ----------
    path
        A plan written by solve.
    names
        Names of the tables.
    needed
        Names of those that must be there.

    Returns
    -------
    dict[str, Rows]
        Rows by the name of the table.
    """
    found = read_tables(inspect(path), names, needed)
    return {name: _by_header(table) for name, table in found.items()}


def _by_header(table: PlanTable) -> Rows:
    headers = [header.partition(" (")[0] for header in table.headers]
    return [dict(zip(headers, row, strict=True)) for row in table.rows]


def read_tables(
    package: Package, names: Collection[str], needed: Collection[str] = (), leading: Mapping[str, Leading] | None = None
) -> dict[str, PlanTable]:
    """The tables named (``Plan_Costs``), as far as the workbook has them.

    Raises
    ------
    FileFault
        FS002 where one of ``needed`` is not there: the workbook is no plan; FS004 where the plan sheets are damaged.

    Parameters
    ----------
    package
        The open workbook.
    names
        Names of the tables.
    needed
        Names of those that must be there.
    leading
        Tables of which only the rows at the top are wanted. A sheet is read no further than that; a table that the
        planner has sorted is given whole.

    Returns
    -------
    dict[str, PlanTable]
        Tables by name.
    """
    path = package.path
    try:
        areas = _areas(path, {sheet.part: sheet.title for sheet in package.sheets})
        missing = [name for name in needed if name not in areas]
        tops = {name: top for name, top in (leading or {}).items() if top.beside in areas}
        found = {} if missing else _read(path, {name: areas[name] for name in names if name in areas}, tops)
    except FileFault:
        raise
    except Exception as error:  # whatever a damaged file makes the readers raise
        raise FileFault("FS004", path, f"the plan sheets are damaged ({type(error).__name__}); {AGAIN}") from error
    if missing:
        raise FileFault(
            "FS002",
            path,
            f"this workbook is no plan of friendshore: it has no table {' and no table '.join(missing)}"
            "; solve it first with friendshore solve, and name the plan that is written",
        )
    return found


def _areas(path: Path, titles: Mapping[str, str]) -> dict[str, _Area]:
    """Place of every table of the workbook by its name; ``titles`` of the sheets by their part."""
    found: dict[str, _Area] = {}
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        for part, title in titles.items():
            folder, name = posixpath.split(part)
            relations = posixpath.join(folder, "_rels", f"{name}.rels")
            for target in _targets(archive, relations, folder) if relations in names else ():
                root: Element = fromstring(archive.read(target))
                left, top, right, bottom = range_boundaries(root.get("ref", ""))
                if (bottom - top + 1) * (right - left + 1) > MOST_CELLS:
                    raise FileFault("FS005", path, f"a table of {title!r} claims over {MOST_CELLS:,} cells")
                found[root.get("displayName", "")] = _Area(title, left, top, right, bottom, _is_sorted(root))
    return found


def _targets(archive: zipfile.ZipFile, relations: str, folder: str) -> Iterator[str]:
    root: Element = fromstring(archive.read(relations))
    for relation in root:
        if relation.get("Type", "").endswith("/table"):
            target = relation.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            yield posixpath.normpath(whole)


def _is_sorted(root: Element) -> bool:
    return any(element.tag.endswith("}sortState") for element in root.iter())


def _read(path: Path, areas: Mapping[str, _Area], leading: Mapping[str, Leading]) -> dict[str, PlanTable]:
    """The tables at these places; each sheet is read once, as far down as its tables go."""
    found: dict[str, PlanTable] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about parts of the workbook that are not read
        with path.open("rb") as stream:
            workbook = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            for title in dict.fromkeys(area.sheet for area in areas.values()):
                own = {name: area for name, area in areas.items() if area.sheet == title}
                sheet = workbook[title]
                sheet.reset_dimensions()
                last = max(area.bottom for area in own.values())
                rows = sheet.iter_rows(max_row=last, values_only=True)
                tops = [(area, leading[name]) for name, area in own.items() if name in leading and not area.sorted]
                cells = list(_top(rows, *tops[0]) if len(tops) == len(own) == 1 else rows)
                found.update({name: _table(cells, area) for name, area in own.items()})
    return found


def _top(rows: Iterable[Row], area: _Area, leading: Leading) -> Iterator[Row]:
    """The rows of a sheet down to the last of those at the top of a table."""
    place: int | None = None
    for number, row in enumerate(rows, 1):
        if number == area.top:
            place = row.index(leading.header) if leading.header in row else None
        elif number > area.top and place is not None and (place >= len(row) or row[place] != leading.value):
            return
        yield row


def _table(cells: list[Row], area: _Area) -> PlanTable:
    width = area.right - area.left + 1
    rows = []
    for row in cells[area.top - 1 : area.bottom]:
        part = row[area.left - 1 : area.right]
        rows.append((*part, *(None,) * (width - len(part))))
    head = tuple("" if cell is None else str(cell) for cell in rows[0])
    return PlanTable(head, tuple(row for row in rows[1:] if row[0] not in (None, NONE)))

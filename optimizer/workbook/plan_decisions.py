"""What was decided, read back from the plan sheets of a plan workbook through their tables."""

from __future__ import annotations

import posixpath
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from models.problem import Problem
from models.tree import BASE
from optimizer.files import FileFault
from optimizer.studies.stress_decisions import PlanDecisions
from optimizer.workbook.gate import inspect

INVESTMENTS, STOCKPILES = "Plan_Investments", "Plan_Stockpiles"
PROTECTIONS, COSTS = "Plan_Protections_bought", "Plan_Costs"
NEEDED = (INVESTMENTS, STOCKPILES)
NONE = "(none)"
_SOLVE = "write the plan again with friendshore solve"


@dataclass(frozen=True)
class _Table:
    """An Excel table: the title of its sheet, and its range."""

    sheet: str
    area: str


Rows = list[dict[str, object]]


def read_decisions(path: str | Path, problem: Problem) -> PlanDecisions:
    """The decisions of the plan in a workbook that ``solve`` wrote; ``problem`` is what the same workbook asks.

    Raises
    ------
    FileFault
        Where the file cannot be read (as for any workbook), where it is no plan (FS002), and where its plan sheets are
        incomplete or speak of other things than its input sheets (FS004).
    """
    path = Path(path)
    package = inspect(path)
    try:
        tables = _tables(path, {sheet.part: sheet.title for sheet in package.sheets})
        missing = [name for name in NEEDED if name not in tables]
        rows = {} if missing else _read(path, tables)
    except FileFault:
        raise
    except Exception as error:  # whatever a damaged file makes the readers raise
        raise FileFault("FS004", path, f"the plan sheets are damaged ({type(error).__name__}); {_SOLVE}") from error
    if missing:
        raise FileFault(
            "FS002", path, f"this workbook is no plan of friendshore: it has no table {' and no table '.join(missing)}"
            "; solve it first with friendshore solve, and name the plan that is written",
        )  # fmt: skip
    return _Reading(path, problem).decisions(rows)


# -- tables -------------------------------------------------------------------------------------------------------


def _tables(path: Path, titles: Mapping[str, str]) -> dict[str, _Table]:
    """Every table of the workbook by its name; ``titles`` of the sheets by their part."""
    found: dict[str, _Table] = {}
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        for part, title in titles.items():
            folder, name = posixpath.split(part)
            relations = posixpath.join(folder, "_rels", f"{name}.rels")
            for target in _targets(archive, relations, folder) if relations in names else ():
                root: Element = fromstring(archive.read(target))
                found[root.get("displayName", "")] = _Table(title, root.get("ref", ""))
    return found


def _targets(archive: zipfile.ZipFile, relations: str, folder: str) -> Iterator[str]:
    root: Element = fromstring(archive.read(relations))
    for relation in root:
        if relation.get("Type", "").endswith("/table"):
            target = relation.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            yield posixpath.normpath(whole)


def _read(path: Path, tables: Mapping[str, _Table]) -> dict[str, Rows]:
    """The rows of the tables wanted, by the words of each header without its unit."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about parts of the workbook that are not read
        with path.open("rb") as stream:
            workbook = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            return {
                name: _rows(workbook[tables[name].sheet], tables[name].area)
                for name in (INVESTMENTS, STOCKPILES, PROTECTIONS, COSTS) if name in tables
            }  # fmt: skip


def _rows(sheet: Any, area: str) -> Rows:
    sheet.reset_dimensions()
    left, top, right, bottom = range_boundaries(area)
    cells = sheet.iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right, values_only=True)
    headers = [str(cell or "").partition(" (")[0] for cell in next(cells)]
    return [dict(zip(headers, row, strict=True)) for row in cells if row[0] not in (None, NONE)]


# -- decisions ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Reading:
    """Rows of plan sheets held against the problem of the same workbook."""

    path: Path
    problem: Problem

    def decisions(self, rows: Mapping[str, Rows]) -> PlanDecisions:
        """The decisions that the tables hold."""
        return PlanDecisions(
            self._units(rows[INVESTMENTS]),
            frozenset(
                self._name(row, "Protection bought", self.problem.protections) for row in rows.get(PROTECTIONS, [])
            ),
            self._levels(rows[STOCKPILES]),
            self._cost(rows.get(COSTS)),
        )

    def _units(self, rows: Rows) -> dict[tuple[str, str], float]:
        units: dict[tuple[str, str], float] = {}
        for row in rows:
            if self._cell(row, "Decided on") == BASE:
                key = self._name(row, "What", self.problem.expansions), self._period(row, "Decided in")
                units[key] = units.get(key, 0.0) + self._number(row, "Units")
        return units

    def _levels(self, rows: Rows) -> dict[tuple[str, str], float]:
        levels = {
            (self._name(row, "Stockpile", self.problem.stockpiles), self._period(row, "Period")):
                self._number(row, "Level at the end")
            for row in rows if self._cell(row, "Scenario") == BASE
        }  # fmt: skip
        for name in self.problem.stockpiles:
            for period in self.problem.periods:
                if (name, period.period) not in levels:
                    raise self._fault(f"Plan Stockpiles has no level of {name!r} in {period.period} on the base plan")
        return levels

    def _cost(self, rows: Rows | None) -> float | None:
        if rows is None:
            return None
        return sum(self._number(row, "Expected cost, discounted") for row in rows)

    def _cell(self, row: Mapping[str, object], header: str) -> object:
        if header not in row:
            raise self._fault(f"a plan sheet has no column {header!r}")
        return row[header]

    def _name(self, row: Mapping[str, object], header: str, known: Mapping[str, object]) -> str:
        name = str(self._cell(row, header))
        if name not in known:
            raise self._fault(f"the plan speaks of {name!r}, which the input sheets do not know")
        return name

    def _period(self, row: Mapping[str, object], header: str) -> str:
        return self._name(row, header, {period.period: period for period in self.problem.periods})

    def _number(self, row: Mapping[str, object], header: str) -> float:
        value = self._cell(row, header)
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
            raise self._fault(f"{header!r} of a plan sheet holds {value!r} where a number is wanted")
        return float(value)

    def _fault(self, found: str) -> FileFault:
        return FileFault("FS004", self.path, f"{found}; {_SOLVE}")

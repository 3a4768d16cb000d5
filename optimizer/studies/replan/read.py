"""Actuals read from their workbook and held against the plan: every fault at once, each with its cell and its cure."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding, InvalidProblem
from friendshore.models.parsing.grids import Grids, Marks
from friendshore.models.parsing.nearest import suggestion
from friendshore.models.parsing.rows import Line, Sheet, read_sheet
from friendshore.models.parsing.sheets import find_sheets
from friendshore.models.parsing.wanted import wanted
from friendshore.models.problem import Problem
from friendshore.models.schema import Kind, Number
from friendshore.models.tables import OFFERED, Demand
from friendshore.optimizer.studies.replan.actuals import Actuals, Built, Figure
from friendshore.optimizer.studies.replan.course import path_of
from friendshore.optimizer.studies.replan.sheets_of_actuals import ACTUALS, PROTECTION, SHEETS, no_actuals
from friendshore.optimizer.studies.replan.standing import Struck
from friendshore.optimizer.wording.counts import measured
from friendshore.optimizer.workbook.gate import inspect
from friendshore.optimizer.workbook.read import cell_address, read_sheets

SMALL = 1e-9
NOT_YET = "the first period of the plan, in which nothing has passed yet"
LOOKED_AT = "a period that is only looked ahead at"
FOREIGN = "FS120"
"""Said of workbooks whose sheets are no input sheets."""


def read_actuals(path: str | Path, problem: Problem) -> Actuals:
    """What has happened, as a workbook tells it.

    Parameters
    ----------
    path
        The workbook of actuals.
    problem
        The problem of the plan.

    Returns
    -------
    Actuals
        Checked against the plan's sheets.

    Raises
    ------
    InvalidProblem
        With every finding, where it has errors.
    FileFault
        Where the file cannot be read.
    """
    contents = read_sheets(inspect(Path(path)))
    actuals, findings = examine_actuals(contents.grids, problem, contents.marks)
    if actuals is None:
        raise InvalidProblem(findings)
    return actuals


def examine_actuals(
    grids: Grids, problem: Problem, marks: Mapping[str, Marks] | None = None
) -> tuple[Actuals | None, tuple[Finding, ...]]:
    """Actuals of sheets as rows of values, None where there are errors; and all findings with their cells.

    Parameters
    ----------
    grids
        Rows of raw values by the title of their sheet, headers included.
    problem
        The problem of the plan.
    marks
        What is hidden, merged or an Excel table, by the title of the sheet.

    Returns
    -------
    tuple[Actuals | None, tuple[Finding, ...]]
        Errors before warnings, in the order of the sheets.
    """
    origins, found = find_sheets(grids, SHEETS, marks or {})
    if ACTUALS not in origins:
        return None, (no_actuals(list(grids)),)
    labels = [period.period for period in problem.periods]
    sheets = {table.sheet: read_sheet(table, origins.get(table.sheet), labels) for table in SHEETS}
    found = [finding for finding in found if finding.code != FOREIGN]  # that these are no input sheets is no wonder
    findings = [*found, *(finding for sheet in sheets.values() for finding in sheet.findings)]
    reading = _Reading(problem, sheets)
    actuals = reading.actuals()
    findings = [_placed(finding, sheets) for finding in (*findings, *reading.findings)]
    order = {table.sheet: place for place, table in enumerate(SHEETS)}
    findings.sort(key=lambda each: (each.severity != "error", order.get(each.sheet, -1), each.row))
    faulty = any(finding.severity == "error" for finding in findings)
    return (None if faulty else actuals), tuple(findings)


def _placed(finding: Finding, sheets: Mapping[str, Sheet]) -> Finding:
    sheet = sheets.get(finding.sheet)
    place = None if sheet is None else sheet.layout.places.get(finding.column)
    if place is None or not finding.row:
        return finding
    return dataclasses.replace(finding, cell=cell_address(finding.row, place))


def later_periods(problem: Problem) -> list[str]:
    """Labels of the periods as of which a plan can be made again: those after the first that are planned."""
    return [period.period for period in problem.periods[1:] if not period.look_ahead]


@dataclass
class _Reading:
    """Rows of actuals held against the plan's problem; ``findings`` gathers what does not fit."""

    problem: Problem
    sheets: Mapping[str, Sheet]
    findings: list[Finding] = field(default_factory=list)

    def actuals(self) -> Actuals:
        """What the rows say, as far as they fit."""
        as_of = self._as_of()
        return Actuals(
            as_of=as_of,
            struck=tuple(self._struck(as_of)),
            built=tuple(self._built(as_of)),
            protections=self._choices(protections=True),
            closed=self._choices(protections=False),
            levels=self._levels(as_of),
            demand=self._demand(),
            figures=tuple(self._figures()),
        )

    @property
    def labels(self) -> list[str]:
        """Labels of the plan's periods."""
        return [period.period for period in self.problem.periods]

    def _say(self, code: str, sheet: str, line: Line, column: str, message: str) -> None:
        self.findings.append(make_finding(code, sheet, message, line.row, column))

    def _lines(self, sheet: str, *columns: str) -> Iterator[Line]:
        """The rows of a sheet whose cells in these columns could be read."""
        yield from (line for line in self.sheets[sheet].lines if line.faulty.isdisjoint(columns))

    def _known(self, sheet: str, line: Line, column: str, known: Mapping[str, object], what: str) -> str | None:
        """The name in a cell; None, and a finding, where the plan does not know it."""
        name = str(line.values[column])
        if name in known:
            return name
        self._say(
            "FS802", sheet, line, column, f"found {name!r}, which is no {what} of the plan{suggestion(name, known)}"
        )
        return None

    def _as_of(self) -> str:
        lines = list(self._lines("Actuals", "as_of"))
        labels = self.labels
        if not lines:
            return ""
        label = str(lines[0].values["as_of"])
        possible = later_periods(self.problem)
        if label not in possible:
            later = ", ".join(possible) or "none: the plan has one period"
            why = "no period of it" if label not in labels else NOT_YET if label == labels[0] else LOOKED_AT
            self._say("FS801", "Actuals", lines[0], "as_of", f"found {label!r}, {why}; wanted one of {later}")
            return ""  # later than all: what hangs on it is told once it is mended
        return label

    def _position(self, label: str) -> int:
        return self.problem.period_index(label, len(self.labels))

    def _struck(self, as_of: str) -> Iterator[Struck]:
        rows = {row.scenario: row for row in self.problem.tables.scenarios}
        told: list[tuple[int, Struck, Line]] = []
        for line in self._lines("Struck", "scenario", "onset"):
            name = self._known("Struck", line, "scenario", rows, "scenario")
            label = str(line.values["onset"])
            if name is None or not label:
                continue
            if label not in self.labels or self._position(label) > self._position(as_of):
                until = f"up to {as_of!r}, at whose start you stand" if as_of else "of the plan"
                wanted = f"a period {until}, or blank where it has not begun"
                self._say("FS804", "Struck", line, "onset", f"found {label!r}; wanted {wanted}")
                continue
            told.append((self._position(label), Struck(name, label), line))
        told.sort(key=lambda each: each[0])
        taken: list[Struck] = []
        for _, struck, line in told:
            if path_of(self.problem, (*taken, struck)) is None:
                self._say("FS804", "Struck", line, "onset", self._impossible(struck, taken))
            else:
                taken.append(struck)
        yield from taken

    def _impossible(self, struck: Struck, before: list[Struck]) -> str:
        after = f" after {before[-1].scenario!r} of {before[-1].period!r}" if before else ""
        when = [
            label
            for label in self.labels
            if path_of(self.problem, (*before, Struck(struck.scenario, label))) is not None
        ]
        can = f"it can in {', '.join(when)}" if when else "it cannot in any period: one danger at a time is planned for"
        return f"found {struck.period!r}, in which {struck.scenario!r} cannot begin{after}; {can}"

    def _built(self, as_of: str) -> Iterator[Built]:
        rows = self.problem.expansions
        sums: dict[str, float] = {}
        for line in self._lines("Built", "expansion", "decided_in", "units", "serves_in", "sunk_cost"):
            name = self._known("Built", line, "expansion", rows, "expansion")
            label = str(line.values["decided_in"])
            if label not in self.labels or self._position(label) >= self._position(as_of):
                before = f"a period before {as_of!r}: what is decided later is still to be decided"
                wanted = before if as_of else f"a period of the plan: {', '.join(self.labels)}"
                self._say("FS806", "Built", line, "decided_in", f"found {label!r}; wanted {wanted}")
                continue
            if name is None:
                continue
            row, units = rows[name], float(line.values["units"])
            sums[name] = sums.get(name, 0.0) + units
            if row.integer and abs(units - round(units)) > SMALL:
                self._say("FS803", "Built", line, "units", f"found {units:g}, and units of {name!r} are whole")
            elif sums[name] > row.max_units + SMALL:
                most = f"wanted at most {row.max_units:g} in all (max_units)"
                self._say("FS803", "Built", line, "units", f"found {measured(sums[name], 'unit')} of {name!r}; {most}")
            yield Built(name, label, units, line.values["serves_in"], float(line.values["sunk_cost"]))

    def _choices(self, *, protections: bool) -> dict[str, bool]:
        found: dict[str, bool] = {}
        closable = {name: row for name, row in self.problem.plants.items() if row.may_close}
        for line in self._lines("Choices", "kind", "choice", "done"):
            if (line.values["kind"] == PROTECTION) != protections:
                continue
            known: Mapping[str, object] = self.problem.protections if protections else closable
            what = "protection" if protections else "plant that may close"
            name = self._known("Choices", line, "choice", known, what)
            if name is not None:
                found[name] = bool(line.values["done"])
        return found

    def _levels(self, as_of: str) -> dict[str, float]:
        found: dict[str, float] = {}
        for line in self._lines("Stocks", "stockpile", "level"):
            name = self._known("Stocks", line, "stockpile", self.problem.stockpiles, "stockpile")
            if name is None:
                continue
            level = float(line.values["level"])
            most = self._room(name, self._position(as_of))
            if level > most + SMALL * max(1.0, most):
                self._say(
                    "FS805", "Stocks", line, "level", f"found {level:g}; wanted at most {most:g}, all there is room for"
                )
            found[name] = level
        return found

    def _room(self, name: str, period: int) -> float:
        """The most that a stockpile can hold in a period: its own room and all stores that there may be."""
        then = self.problem.at(min(period, len(self.labels) - 1))
        stores = (row.size * row.max_units for row in then.tables.expansions if row.stockpile == name)
        return float(then.stockpiles[name].max_level + sum(stores))

    def _demand(self) -> dict[int, dict[str, float]]:
        rows = sorted(self.problem.demand, key=lambda row: row.row)
        waiting: dict[tuple[str, str, str], list[Demand]] = {}
        for row in rows:
            waiting.setdefault((row.country, row.commodity, row.tier), []).append(row)
        found: dict[int, dict[str, float]] = {}
        for line in self._lines("Demand", "country", "commodity", "tier"):
            key = tuple(str(line.values[name]) for name in ("country", "commodity", "tier"))
            if not waiting.get((key[0], key[1], key[2])):
                keys = ", ".join(" / ".join(each) for each in list(waiting)[:4])
                message = f"found {' / '.join(key)}, which is no row of Demand of the plan (or stands here once more)"
                self._say("FS802", "Demand", line, "country", f"{message}; rows are {keys} …")
                continue
            found[waiting[key[0], key[1], key[2]].pop(0).row] = dict(line.periods)
        return found

    def _figures(self) -> Iterator[Figure]:
        for line in self._lines("Figures", "table", "id", "column"):
            sheet, column = str(line.values["table"]), str(line.values["column"])
            declared = OFFERED[sheet]
            name = declared.name_column
            rows = self.problem.tables.by_sheet[sheet]
            known = {} if name is None else {str(vars(row)[name.field]): row for row in rows}
            known.pop("", None)
            entry = self._known("Figures", line, "id", known, f"row of {sheet}")
            if column not in declared.varying:
                can = ", ".join(declared.varying)
                self._say("FS802", "Figures", line, "column", f"found {column!r}; of {sheet} there may change {can}")
            elif entry is not None:
                yield Figure(sheet, entry, column, dict(self._in_range(line, declared.varying[column].kind)))

    def _in_range(self, line: Line, kind: Kind) -> Iterator[tuple[str, float]]:
        """The values of a row of Figures that its column may have; a finding for each of the others."""
        for label, value in line.periods.items():
            if isinstance(kind, Number) and not kind.minimum <= value <= kind.maximum:
                self._say("FS104", "Figures", line, label, f"found {value:g}; wanted {wanted(kind)}")
            else:
                yield label, value

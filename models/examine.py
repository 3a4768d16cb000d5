"""All sheets together: parsed, cross-referenced and checked, with every finding at once."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field

from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding, InvalidProblem
from friendshore.models.parsing import grids_of
from friendshore.models.parsing.cells import UNCALCULATED
from friendshore.models.parsing.folding import fold_header
from friendshore.models.parsing.foreign import WORKBOOK
from friendshore.models.parsing.grids import Grids, Marks, Place
from friendshore.models.parsing.references import Names, check_references, check_source
from friendshore.models.parsing.reserved import refusal
from friendshore.models.parsing.rows import Sheet, read_sheet
from friendshore.models.parsing.settings import SettingsRead, read_settings
from friendshore.models.parsing.sheets import Origin, find_sheets
from friendshore.models.parsing.units import check_units
from friendshore.models.parsing.unparse import grids_of_tables
from friendshore.models.parsing.unread import check_unread
from friendshore.models.problem import Checked, Grid, Problem
from friendshore.models.rules import POLICY_KINDS
from friendshore.models.schema import Record
from friendshore.models.tables import TABLES, Tables


@dataclass
class Parsed:
    """What could be read of a workbook: rows with placeholders where cells are faulty, and all findings.

    ``damaged`` names what checks must not rely on: ``Plants.recipe`` for a column with a faulty cell, ``Plants`` for a
    sheet that is missing or not read whole. ``elsewhere`` are the tables found by name on sheets of another name.
    """

    tables: Tables
    findings: list[Finding] = field(default_factory=list)
    damaged: set[str] = field(default_factory=set)
    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    elsewhere: dict[str, Origin] = field(default_factory=dict)

    @property
    def valid(self) -> bool:
        """Whether nothing forbids a plan so far."""
        return not any(finding.severity == "error" for finding in self.findings)


def read_grids(
    grids: Grids, settings: Mapping[str, str] | None = None, marks: Mapping[str, Marks] | None = None
) -> Parsed:
    """Read all sheets, cell by cell, and look up every name that they refer to.

    Parameters
    ----------
    grids
        Rows of raw values by the title of their sheet, headers included.
    settings
        Texts, as typed on a command line, by the name of the setting that they override.
    marks
        What is hidden, merged or an Excel table, by the title of the sheet.

    Returns
    -------
    Parsed
        Records with placeholders where cells are faulty, and every finding so far.
    """
    origins, findings = find_sheets(grids, TABLES, marks or {})
    chosen = read_settings(origins.get("Settings"), settings or {})
    sheets: dict[str, Sheet] = {}
    labels: list[str] = []
    for table in TABLES:
        if not table.vertical:
            sheets[table.sheet] = read_sheet(table, origins.get(table.sheet), labels)
        if table.sheet == "Periods":
            findings.extend(_refuse_labels(sheets["Periods"]))
            labels = list(dict.fromkeys(sheets["Periods"].names()))
    findings.extend(chosen.findings)
    findings.extend(_cross_findings(sheets, chosen))
    findings = [finding for finding in findings if not _period_column(finding, sheets["Periods"])]
    elsewhere = {sheet: origin for sheet, origin in origins.items() if origin.elsewhere}
    return Parsed(_tables(sheets, chosen), findings, _damaged(sheets, findings), _places(sheets, chosen), elsewhere)


def _period_column(finding: Finding, periods: Sheet) -> bool:
    """Whether it speaks of an unknown column that may be that of a period which could not be read."""
    by_period = {table.sheet for table in TABLES if table.period_columns}
    if finding.code != "FS152" or finding.sheet not in by_period:
        return False
    return not periods.names() or finding.column in periods.refused


def _refuse_labels(periods: Sheet) -> Iterator[Finding]:
    """Period labels that are reserved, or headers of columns; they count as refused from here on."""
    headers = {
        fold_header(header)
        for table in TABLES
        for declared in table.columns
        for header in (declared.name, *declared.aliases)
    }
    for line in periods.lines:
        name = line.values["period"]
        message = refusal(name, "label")
        if not message and fold_header(name) in headers:
            message = f"found {name!r}, which is the name of a column; wanted another label"
        if message and "period" not in line.faulty:
            line.faulty.add("period")
            periods.refused.add(name)
            yield make_finding("FS113", "Periods", message, line.row, "period")


def _cross_findings(sheets: Mapping[str, Sheet], chosen: SettingsRead) -> Iterator[Finding]:
    names = Names.of(sheets)
    sources = sheets["Sources"].present
    units = {chosen.settings.currency, *(line.values["unit"] for line in sheets["Commodities"].lines)} - {""}
    for sheet in sheets.values():
        yield from sheet.findings
        yield from check_units(sheet, units)
        yield from check_references(sheet, names, sources=sources)
        yield from check_unread(sheet, POLICY_KINDS)
    for row, text in chosen.sources if sources else ():
        yield from check_source(row, text, names)


def _tables(sheets: Mapping[str, Sheet], chosen: SettingsRead) -> Tables:
    rows: dict[str, tuple[Record, ...]] = {name.lower(): sheet.records() for name, sheet in sheets.items()}
    return Tables(settings=chosen.settings, **rows)  # type: ignore[arg-type]  # each sheet has its own record


def _damaged(sheets: Mapping[str, Sheet], findings: Sequence[Finding]) -> set[str]:
    errors = [finding for finding in findings if finding.severity == "error"]
    damaged = {finding.sheet if not finding.column else f"{finding.sheet}.{finding.column}" for finding in errors}
    damaged.update(f"Settings.{finding.column}" for finding in errors if finding.sheet == "--set")
    damaged.update(f"{name}.by_period" for name in sheets if sheets["Periods"].refused)
    for name, sheet in sheets.items():
        damaged.update(f"{name}.{column}" for line in sheet.lines for column in line.faulty)
        periods = set(sheet.layout.periods)
        if any(finding.sheet == name and finding.column in periods for finding in errors):
            damaged.add(f"{name}.by_period")
        if sheet.table.required and not sheet.present:
            damaged.add(name)
        damaged.update(f"{name}.{column}" for column in sheet.layout.missing if sheet.lines)
    return damaged


def _places(sheets: Mapping[str, Sheet], chosen: SettingsRead) -> dict[tuple[str, str], Place]:
    places = {("Settings", name): place for name, place in chosen.places.items()}
    for name, sheet in sheets.items():
        places.update({(name, column): Place(index) for column, index in sheet.layout.places.items()})
    return places


def plain(grids: Grids) -> dict[str, Grid]:
    """The sheets as values to be carried along; what was never calculated is blank."""
    return {
        sheet: tuple(tuple(None if value is UNCALCULATED else value for value in row) for row in grid)
        for sheet, grid in grids.items()
    }


@dataclass(frozen=True)
class Examined:
    """The outcome of reading sheets: the problem, or None where there are errors; all findings."""

    problem: Problem | None
    findings: tuple[Finding, ...]


def examine(
    grids: Grids,
    settings: Mapping[str, str] | None = None,
    *,
    name: str = "",
    digest: str = "",
    source: str = "",
    address: Callable[[int, int], str] | None = None,
    marks: Mapping[str, Marks] | None = None,
) -> Examined:
    """Read sheets, check them, and make a problem of them; every fault at once.

    Parameters
    ----------
    grids
        Rows of raw values by the title of their sheet, headers included.
    settings
        Texts, as typed on a command line, by the name of the setting that they override.
    name
        What the problem is called, such as the name of its file.
    digest
        SHA-256 of the file that was read, in hexadecimal.
    source
        Path of that file.
    address
        Names the cell at a row (from 1) and a column (from 0), where the sheets come from a spreadsheet.
    marks
        What is hidden, merged or an Excel table, by the title of the sheet.

    Returns
    -------
    Examined
        The problem where no finding is an error; all findings, errors before warnings.
    """
    from friendshore.models.checks import run_checks  # noqa: PLC0415 - checks use what parsing offers

    parsed = read_grids(grids, settings, marks)
    carried = {**grids, **{sheet: origin.grid for sheet, origin in parsed.elsewhere.items()}}
    tables = parsed.tables.canonical()
    problem = Problem(tables, name, digest, plain(carried), source=source, checked=Checked(tables, checked_problem))
    faulty = {_cell(finding) for finding in parsed.findings if finding.severity == "error" and finding.row}
    checked = [finding for finding in run_checks(problem, parsed.damaged) if _cell(finding) not in faulty]
    findings = ordered([*parsed.findings, *checked], parsed.places)
    if address is not None:
        findings = tuple(_placed(finding, parsed.places, address) for finding in findings)
    findings = tuple(_named(finding, parsed.elsewhere) for finding in findings)
    if any(finding.severity == "error" for finding in findings):
        return Examined(None, findings)
    return Examined(_warned(problem, findings), findings)


def _warned(problem: Problem, warnings: tuple[Finding, ...]) -> Problem:
    """The same problem with its warnings; the relations that the checks have worked out stay with it."""
    warned = copy(problem)
    object.__setattr__(warned, "warnings", warnings)  # not yet shared with anybody
    return warned


def _placed(finding: Finding, places: Mapping[tuple[str, str], Place], address: Callable[[int, int], str]) -> Finding:
    """The finding with its cell, where it speaks of one."""
    place = places.get((finding.sheet, finding.column))
    row = finding.row if place is None else place.row or finding.row
    return dataclasses.replace(finding, cell=address(row, place.index)) if place is not None and row else finding


def _named(finding: Finding, elsewhere: Mapping[str, Origin]) -> Finding:
    """The finding with the title of the sheet on which it stands."""
    origin = elsewhere.get(finding.sheet)
    return finding if origin is None else dataclasses.replace(finding, sheet=origin.title)


def _cell(finding: Finding) -> tuple[str, int, str]:
    return finding.sheet, finding.row, finding.column


def ordered(findings: Sequence[Finding], places: Mapping[tuple[str, str], Place]) -> tuple[Finding, ...]:
    """Errors first, then warnings, both in the order of the workbook: sheet, row, column; each once."""
    order = {table.sheet: position for position, table in enumerate(TABLES)}

    order[WORKBOOK] = -2

    def key(finding: Finding) -> tuple[bool, int, str, int, int, str, str]:
        place, sheet = places.get((finding.sheet, finding.column), Place(-1)), finding.sheet
        where = order.get(sheet, -1), sheet, finding.row, place.index
        return finding.severity != "error", *where, finding.code, finding.message

    return tuple(sorted(dict.fromkeys(findings), key=key))


def parse(grids: Grids) -> tuple[Tables | None, tuple[Finding, ...]]:
    """Rows of typed records from raw sheets (name to rows of values, headers in row 1), cell by cell.

    The tables are None where a cell, a name or a sheet is faulty. What sheets must agree on is checked by ``examine``.
    """
    parsed = read_grids(grids)
    return parsed.tables if parsed.valid else None, ordered(parsed.findings, parsed.places)


def checked_problem(tables: Tables, name: str = "") -> Problem:
    """A problem of tables that were made or changed in Python, checked like a workbook.

    Rows keep their numbers, as far as they have numbers of their own. Raises InvalidProblem with all findings.
    """
    examined = examine(grids_of_tables(tables), name=name)
    if examined.problem is None:
        raise InvalidProblem(examined.findings)
    return examined.problem


def problem_from_sheets(sheets: Mapping[str, Sequence[Mapping[str, object]]], name: str = "") -> Problem:
    """A problem from rows as dicts, keyed by column names and period labels.

    The rows go through the same reading and checks as a workbook. Quantities are in the commodity's unit, rates per
    year, durations in years, shares fractions. Raises InvalidProblem with all findings.
    """
    return problem_from_grids(grids_of(sheets), name)


def problem_from_grids(grids: Grids, name: str = "") -> Problem:
    """A problem from rows of plain values, the headers of each sheet in its first row.

    They go through the same reading and checks as a workbook. Raises InvalidProblem with all findings.
    """
    examined = examine(grids, name=name)
    if examined.problem is None:
        raise InvalidProblem(examined.findings)
    return examined.problem

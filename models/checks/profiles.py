"""What changes with the years: profiles of rows and columns that there are, with values that they may have."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.protocol import reads
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.parsing.cells import CellFault, read_cell
from friendshore.models.parsing.nearest import suggestion
from friendshore.models.parsing.references import unknown
from friendshore.models.problem import Problem
from friendshore.models.schema import Record
from friendshore.models.tables import OFFERED, Policy, Profile

_ROWS = ("Profiles.table", "Profiles.id", "Profiles.column", *OFFERED)


def named_rows(problem: Problem, sheet: str) -> dict[str, Record]:
    """The rows of a sheet whose numbers may change, by their own names."""
    column = OFFERED[sheet].name_column
    rows = problem.tables.by_sheet[sheet]
    return {} if column is None else {vars(row)[column.field]: row for row in rows if vars(row)[column.field]}


def cell_of(problem: Problem, sheet: str, name: str, column: str, period: int) -> tuple[str, int, str]:
    """The cell that says what a column of a named row is in a period: sheet, row and column.

    Parameters
    ----------
    problem
        A problem whose profiles are of rows and columns that there are.
    sheet, name, column
        Of the number.
    period
        Position of the period.

    Returns
    -------
    tuple[str, int, str]
        On Profiles where that gives it, else on the row's own sheet.
    """
    label = problem.periods[period].period
    for row in problem.tables.profiles:
        if (row.sheet, row.entry, row.constant) == (sheet, name, column) and label in row.by_period:
            return "Profiles", row.row, label
    return sheet, named_rows(problem, sheet)[name].row, column


@reads(*_ROWS)
def profile_rows(problem: Problem) -> Iterator[Finding]:
    """FS201, FS202: a row that its sheet does not have. FS350: a column whose numbers do not change."""
    for row in problem.tables.profiles:
        for code, message in unknown(row.entry, tuple(named_rows(problem, row.sheet)), row.sheet):
            yield make_finding(code, "Profiles", message, row.row, "id")
        if row.declared is None:
            known = OFFERED[row.sheet].varying
            message = (
                f"found {row.constant!r}, which is no column of {row.sheet} that may change with the years; wanted one "
                f"of {', '.join(known)}{suggestion(row.constant, known)}"
            )
            yield make_finding("FS350", "Profiles", message, row.row, "column")


@reads("Profiles", "Policies.policy", "Policies.kind")
def profile_values(problem: Problem) -> Iterator[Finding]:
    """FS104, FS403: a value that the constant could not have either."""
    policies = {row.policy: row for row in problem.policies}
    for row in problem.tables.profiles:
        if row.declared is None:
            continue
        kind = row.declared.kind
        for label, value in row.by_period.items():
            try:
                read_cell(kind, value)
            except CellFault as fault:
                yield make_finding(fault.code, "Profiles", f"{fault.message} ({_whose(row)})", row.row, label)
                continue
            policy = policies.get(row.entry) if _of_policies(row, "limit") else None
            if policy is not None and value > policy.declared.unit.most:
                most = policy.declared.unit.most
                message = f"found {value:g}; wanted a share from 0 to {most:g} for kind {policy.kind!r}"
                yield make_finding("FS403", "Profiles", message, row.row, label)


@reads("Profiles", "Policies.policy", "Policies.kind", "Policies.scenario", "Policies.over", "Policies.penalty")
def profile_policies(problem: Problem) -> Iterator[Finding]:
    """FS351: a limit or penalty by period of what is summed over periods. FS352: a penalty of what must hold."""
    policies = {row.policy: row for row in problem.policies}
    for row in problem.tables.profiles:
        policy = policies.get(row.entry) if row.sheet == Policy.TABLE.sheet else None
        if policy is None or row.declared is None:
            continue
        if not policy.at_single_steps:
            message = (
                f"found {row.constant} of {row.entry!r}, which is one for all its steps together; wanted policies of "
                "their own for the periods (from_period, to_period), or a rule on every step by itself"
            )
            yield make_finding("FS351", "Profiles", message, row.row, "id")
        elif row.constant == "penalty" and policy.penalty is None:
            message = f"found penalty of {row.entry!r}, which must hold, as its own is blank; wanted a penalty there"
            yield make_finding("FS352", "Profiles", message, row.row, "id")


def _of_policies(row: Profile, column: str) -> bool:
    return row.sheet == Policy.TABLE.sheet and row.constant == column


def _whose(row: Profile) -> str:
    return f"{row.constant} of {row.entry} on {row.sheet}"

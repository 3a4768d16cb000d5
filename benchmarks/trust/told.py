"""What one spoilt workbook ends with: a message, or a plan that is held against what stands in the file."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from benchmarks.trust.second_formulation import CLOSE, differences
from friendshore.models.findings import InvalidProblem
from friendshore.models.parsing import grids_of
from friendshore.models.plan import Outcome
from friendshore.models.problem import Problem
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.system.files import FileFault
from friendshore.optimizer.workbook.read import read_workbook
from tests.parsing.valid import Sheets, valid
from tests.reference.solve import ReferenceResult, solve_reference
from tests.workbook.cell_mutants import Grids, by_openpyxl, by_xlsxwriter, rows_of, spoilt
from tests.workbook.mutants import mutant

AS_IT_WAS = "read, the cells as they were"
PLANNED = "read, and its plan certified"
TWICE = "read, and solved by two formulations"
NO_PLAN = "read, and told that it has no plan"
UNCERTIFIED = "read, and its plan told as uncertified"
INVALID, REFUSED, WRONG = "read, and its cells refused", "file refused", "wrong"
HANGS, END_OF_THE_PROCESS = "hangs", "ends the process"


@dataclass(frozen=True)
class Told:
    """How a workbook ended, and, where that is wrong, in which way."""

    how: str
    said: str = ""


def base() -> Sheets:
    """A problem that uses every sheet and has a plan: rules that it cannot keep cost something."""
    sheets = valid()
    for row in sheets["Policies"]:
        row["penalty"] = 5
    return sheets


def told_of(path: Path, seed: int) -> Told:
    """What the workbook of a seed ends with: odd ones are spoilt in the file, even ones in their cells."""
    if seed % 2:
        path.write_bytes(mutant(_whole(seed // 2 % 2, path), seed))
        return _told(path, None)
    grids = spoilt(base(), grids_of(base()), seed)
    try:
        (by_openpyxl if seed // 2 % 2 else by_xlsxwriter)(path, grids)
    except Exception as fault:  # what was drawn cannot be written: a name of a sheet, mostly
        return Told(REFUSED, f"by the writer: {fault}")
    return _told(path, grids)


@cache
def _whole(writer: int, path: Path) -> bytes:
    (by_openpyxl if writer else by_xlsxwriter)(path, {name: [*map(list, g)] for name, g in grids_of(base()).items()})
    return path.read_bytes()


def _told(path: Path, typed: Grids | None) -> Told:
    """How reading and solving end, and whether the file is as it was."""
    before = path.read_bytes()
    try:
        answer = _answer(path, typed)
    except (InvalidProblem, FileFault) as refusal:
        how = INVALID if isinstance(refusal, InvalidProblem) else REFUSED
        answer = Told(how) if str(refusal).strip() else Told(WRONG, "refused without a message")
    except MemoryError:
        raise
    except Exception as fault:
        answer = Told(WRONG, f"{type(fault).__name__}: {fault}")
    return answer if path.read_bytes() == before else Told(WRONG, "the file is not as it was")


def _answer(path: Path, typed: Grids | None) -> Told:
    """Of a workbook that can be read: as it was, or what its plan is worth."""
    problem = read_workbook(path)
    other = _other_cells(path, problem)
    if other:
        return Told(WRONG, other)
    if typed is None and problem.tables == _tables():
        return Told(AS_IT_WAS)
    outcome = solve_problem(problem, gap=0.0, threads=1)
    wrong = wrong_with(outcome)
    if wrong:
        return Told(WRONG, wrong)
    if typed is None or outcome.status == "uncertified":
        return Told(how_of(outcome))
    return _against_reference(outcome, typed)


def how_of(outcome: Outcome) -> str:
    """How an answer ends that is not wrong."""
    if outcome.status == "uncertified":
        return UNCERTIFIED
    return PLANNED if outcome.plan is not None else NO_PLAN


@cache
def _tables() -> object:
    from friendshore.models.examine import problem_from_sheets  # noqa: PLC0415

    return problem_from_sheets(base()).tables


def wrong_with(outcome: Outcome) -> str:
    """What an answer says wrongly of itself."""
    plan = outcome.plan
    if plan is None:
        return "" if outcome.status in ("infeasible", "unbounded") else f"no plan, status {outcome.status}"
    if outcome.status == "uncertified":  # it says so itself, with the rows that do not hold
        return "" if plan.certificate is not None and plan.certificate.failures else "uncertified, and no row named"
    if plan.certificate is None or not plan.certificate.holds(CLOSE):
        return f"certificate: {plan.certificate}"
    if outcome.bound is None or outcome.bound > plan.objective + CLOSE * max(1.0, abs(plan.objective)):
        return f"a bound of {outcome.bound!r} for {plan.objective!r}"
    return ""


def apart_from(outcome: Outcome, truth: ReferenceResult) -> str:
    """What an answer says otherwise than the second formulation; a search left open has to have it in its interval."""
    if outcome.status == "feasible" and truth.objective is not None and outcome.plan is not None:
        size = CLOSE * max(1.0, abs(truth.objective))
        low, high = (outcome.bound or 0.0) - size, outcome.plan.objective + size
        return "" if low <= truth.objective <= high else f"from {low} to {high}, wanted {truth.objective}"
    return "; ".join(differences(outcome, truth))


def _against_reference(outcome: Outcome, typed: Grids) -> Told:
    """The second formulation's word on the numbers that were typed, where it can read them."""
    try:
        truth = solve_reference(rows_of(typed, grids_of(base())))  # type: ignore[arg-type]
    except Exception:  # it reads tidy sheets alone
        return Told(how_of(outcome))
    apart = apart_from(outcome, truth)
    return Told(WRONG, f"second formulation: {apart}") if apart else Told(TWICE)


def _other_cells(path: Path, problem: Problem) -> str:
    """The first cell that calamine reads as another number or text than stands in the problem; blank where none."""
    try:
        book = CalamineWorkbook.from_path(path)
        read = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in problem.grids}
    except CalamineError:  # it gives up on some that openpyxl reads
        return ""
    for name, grid in problem.grids.items():
        theirs = read[name]
        for row, values in enumerate(grid):
            for column, value in enumerate(values):
                other = theirs[row][column] if row < len(theirs) and column < len(theirs[row]) else ""
                if not _same(value, other):
                    return f"{name}, row {row + 1}, column {column + 1}: {value!r}, calamine {other!r}"
    return ""


def _same(value: object, other: object) -> bool:
    if isinstance(value, int | float) and isinstance(other, int | float):
        return math.isclose(value, other, rel_tol=1e-15) or value == other
    return str("" if value is None else value).strip() == str(other).strip()

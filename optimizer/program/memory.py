"""Whether the program of a problem fits into memory: estimated from its size before it is built."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.lane_numbers import lane_number
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding, InvalidProblem
from friendshore.models.formulation.size import ProblemSize, problem_size
from friendshore.models.problem import Problem
from friendshore.models.tree.scenario_tree import BASE
from friendshore.optimizer.system.memory import free_memory

SHARE = 0.8
"""Share of the free memory that a problem may need where no limit is given."""

GIGABYTE = 1e9
AT_REST = 0.25 * GIGABYTE
BYTES_PER_ENTRY = 60.0
BYTES_PER_COLUMN = 250.0
BYTES_PER_ROW = 200.0
BYTES_PER_NODE = 2_000.0

_LARGE = 0.3
"""Share of the whole from which on a row of a sheet is said to make it large."""


def bytes_needed(size: ProblemSize) -> float:
    """Memory that building a program and handing it to the solver takes, the libraries included."""
    return (
        AT_REST
        + BYTES_PER_ENTRY * size.entries
        + BYTES_PER_COLUMN * size.columns
        + BYTES_PER_ROW * size.rows
        + BYTES_PER_NODE * size.nodes
    )


def refuse_too_large(problem: Problem, memory_limit: float | None = None) -> ProblemSize:
    """The size of a problem, where it fits into memory.

    Parameters
    ----------
    problem
        A valid problem.
    memory_limit
        Bytes that it may take; None: most of what the machine has free, no limit where the system does not say.

    Returns
    -------
    ProblemSize
        The estimate.

    Raises
    ------
    InvalidProblem
        With FS319, which tells the estimate and what makes it large.
    """
    size = problem_size(problem)
    found = _finding(problem, size, memory_limit)
    if found is not None:
        raise InvalidProblem((found, *problem.warnings))
    return size


def too_large(problem: Problem) -> tuple[Finding, ...]:
    """FS319 where a problem would not fit into what this machine has free now; nothing where it would."""
    found = _finding(problem, problem_size(problem), None)
    return () if found is None else (found,)


def _finding(problem: Problem, size: ProblemSize, memory_limit: float | None) -> Finding | None:
    free = free_memory()
    limit = memory_limit if memory_limit is not None else None if free is None else SHARE * free
    needed = bytes_needed(size)
    if limit is None or needed <= limit:
        return None
    causes = sorted(_causes(problem, size), key=lambda cause: -cause[0])
    told = "; ".join(words for _, words, _, _ in causes[:3])
    about = "about" if size.exact else "more than"
    message = (
        f"found {about} {size.columns:,} columns, {size.rows:,} rows and {size.entries:,} entries at {size.nodes:,} "
        f"nodes, which take {needed / GIGABYTE:,.1f} GB of {limit / GIGABYTE:,.1f} GB that may be used"
        f"{f': {told}' if told else ''}"
    )
    _, _, sheet, row = causes[0] if causes else (0.0, "", "Periods", 0)
    return make_finding("FS319", sheet, message, row)


Cause = tuple[float, str, str, int]
"""What share of the whole it makes, in words, and its sheet and row."""


def _causes(problem: Problem, size: ProblemSize) -> Iterator[Cause]:
    yield from _lanes(problem, size)
    yield from _branches(problem, size)


def _lanes(problem: Problem, size: ProblemSize) -> Iterator[Cause]:
    """Rows of Lanes that stand for much of what is at a node."""
    shipped = size.families.get("shipped", 0) / max(1, sum(size.families.values()))
    numbers = {row.row: lane_number(problem, row) for row in problem.tables.lanes}
    total = sum(numbers.values())
    for row, number in numbers.items():
        share = shipped * number / max(1, total)
        if share > _LARGE:
            yield share, f"Lanes row {row} alone makes {number:,} lanes", "Lanes", row


def _branches(problem: Problem, size: ProblemSize) -> Iterator[Cause]:
    """Rows of Policies whose stops make many nodes, single scenarios that do, and all of them together."""
    rows = {row.scenario: row.row for row in problem.tables.scenarios}
    for policy in problem.policies:
        mine = [count for name, count in size.branches.items() if name.startswith(f"{policy.policy}/")]
        share = sum(mine) / size.nodes
        if share > _LARGE:
            words = f"Policies row {policy.row} makes {len(mine):,} branches of {sum(mine):,} nodes"
            yield share, words, "Policies", policy.row
    of_sheet = {name: count for name, count in size.branches.items() if name in rows}
    for name, count in of_sheet.items():
        if count / size.nodes > _LARGE:
            yield count / size.nodes, f"Scenarios row {rows[name]} makes {count:,} nodes", "Scenarios", rows[name]
    share = sum(of_sheet.values()) / size.nodes
    if share > _LARGE and of_sheet:
        largest = max(of_sheet, key=lambda name: of_sheet[name])
        words = f"{len(of_sheet):,} scenarios make {sum(of_sheet.values()):,} nodes"
        yield share, words, "Scenarios", rows[largest]
    base = size.branches[BASE] / size.nodes
    if base > _LARGE:
        yield base, f"{len(problem.periods):,} periods", "Periods", problem.periods[0].row

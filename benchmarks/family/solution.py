"""Solutions as solvers write them: a column and its value a line, under headers of one kind or another.

Read are the files of HiGHS (raw), CBC, SCIP, Gurobi and MIPLIB, and plain lines of a column and a value. A column that
is not named is 0, as solvers mean it; a name that is no column is refused, and so is a column named twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from friendshore.optimizer.program.linear_program import FloatArray

HEADERS = re.compile(r"#|=obj=|objective value|(solution status|optimal|infeasible|stopped|unbounded)\b", re.IGNORECASE)
"""How lines begin that hold no column."""

COLUMNS_BEGIN = re.compile(r"# Columns (\d+)")
ROWS_BEGIN = re.compile(r"# Rows")
"""Between the two a file of HiGHS tells of columns; before them of the run, after them of rows and prices."""


class SolutionFault(ValueError):
    """A file that is no solution of the problem; the message names the line."""


@dataclass(frozen=True, eq=False)
class Read:
    """Values of all columns, and how many of them the file named."""

    columns: FloatArray
    named: int


def read_solution(path: Path, names: Iterable[str]) -> Read:
    """The values of columns from a file.

    Parameters
    ----------
    path
        The solution.
    names
        All columns, in their order.

    Returns
    -------
    Read
        Columns that the file does not name are 0.

    Raises
    ------
    SolutionFault
        Where it cannot be read, names an unknown column or one twice, holds no number where one is wanted, has fewer
        columns than it says, or none at all.
    """
    place = {name: i for i, name in enumerate(names)}
    try:
        lines = list(enumerate(path.read_text(encoding="utf-8").splitlines(), 1))
    except (OSError, UnicodeDecodeError) as reason:
        raise SolutionFault(f"{path} cannot be read: {reason}") from reason
    lines, said = _of_columns(lines)
    values: dict[int, float] = {}
    for number, text in lines:
        pair = _pair(text, place)
        if pair is None:
            continue
        name, value = pair
        if name not in place:
            raise SolutionFault(f"line {number}: found {name!r}, which is no column of the problem")
        if place[name] in values:
            raise SolutionFault(f"line {number}: {name} is named twice")
        values[place[name]] = _number(value, number)
    if not values:
        raise SolutionFault(f"{path} names no column")
    if said is not None and said != len(values):
        raise SolutionFault(f"{path} has {len(values):,} of the {said:,} columns that it announces")
    columns = np.zeros(len(place))
    columns[list(values)] = list(values.values())
    return Read(columns, len(values))


def write_solution(path: Path, names: Iterable[str], columns: FloatArray, objective: float) -> None:
    """A column and its value a line, zeros left out, in the way of MIPLIB (``=obj=`` first)."""
    lines = [f"=obj= {objective:.17g}"]
    lines += [f"{name} {value:.17g}" for name, value in zip(names, columns.tolist(), strict=True) if value]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _of_columns(lines: list[tuple[int, str]]) -> tuple[list[tuple[int, str]], int | None]:
    """The numbered lines that may tell of columns, and how many columns the file announces, if it does."""
    for start, (_, text) in enumerate(lines):
        announced = COLUMNS_BEGIN.match(text)
        if announced:
            after = lines[start + 1 :]
            end = next((i for i, (_, later) in enumerate(after) if ROWS_BEGIN.match(later)), len(after))
            return after[:end], int(announced[1])
    return lines, None


def _pair(text: str, place: Mapping[str, int]) -> tuple[str, str] | None:
    """Name and value of a line; None for a header. CBC puts a number first, and two stars before what does not hold."""
    words = text.removeprefix("**").split()
    if len(words) >= 2 and words[0] in place:
        return words[0], words[1]
    if len(words) >= 3 and words[0].isdigit():
        return words[1], words[2]
    if not words or HEADERS.match(text.strip()):
        return None
    return words[0], words[1] if len(words) > 1 else ""


def _number(text: str, line: int) -> float:
    try:
        return float(text)
    except ValueError:
        raise SolutionFault(f"line {line}: found {text!r}; wanted a number") from None

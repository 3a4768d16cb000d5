"""Numbers that go wrong silently: ``python -m benchmarks.trust.number_traps [--columns TEXT]``.

Every column of numbers of every sheet of a small problem that uses all of them gets, one after the other, numbers that
solvers drop, round away or cannot hold: too small for their tolerances, too great for their rows, beyond what a double
can divide by. Each has to be refused with its cell, or to end with the answer of a second formulation and a plan that
its certificate bears out.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.trust.told import TWICE, WRONG, apart_from, base, how_of, wrong_with
from friendshore.models.examine import examine
from friendshore.models.parsing import grids_of
from friendshore.models.schema import Column, Number, Shares, Whole
from friendshore.models.tables import TABLES
from friendshore.optimizer.solve import solve_problem
from tests.parsing.valid import Sheets
from tests.reference.solve import solve_reference

NUMBERS = (
    *(5e-324, 1e-200, 1e-50, 1e-20, 1e-15, 1e-12, 1e-9, 1e-7, 1e-6),
    *(1e6, 1e7, 1e8, 1e9, 1e12, 9.99e14, 1e15, 1e30, 1e300),
)
SETTINGS = ("discount_rate", "risk_aversion", "cvar_alpha", "rejoin_years", "mip_gap")
DROPPED = 1e-7
"""Coefficients below this the solver of the second formulation leaves out; there only the certificate is asked."""
FIRST, LAST = 0, -1
REFUSED = "refused with its cell"


@dataclass(frozen=True)
class Trap:
    """A number in a cell of the small problem."""

    sheet: str
    column: str
    number: float
    row: int = FIRST

    def __str__(self) -> str:
        return f"{self.sheet}, {self.column} = {self.number:g}{' in the last row' if self.row else ''}"

    def planted(self) -> Sheets:
        """The sheets with the number in the first or last row that has the column, else in the first or last of all."""
        sheets = base()
        if self.sheet == "Settings":
            kept = [row for row in sheets["Settings"] if row["setting"] != self.column]
            sheets["Settings"] = [*kept, {"setting": self.column, "value": self.number}]
            return sheets
        rows = sheets[self.sheet]
        having = [row for row in rows if row.get(self.column) is not None] or rows
        having[self.row][self.column] = self.number
        return sheets


def traps(words: str = "") -> Iterator[Trap]:
    """Every trap whose sheet and column hold the words."""
    columns = [("Settings", name) for name in SETTINGS]
    for table in TABLES:
        if not table.vertical and table.sheet in base():
            columns += [(table.sheet, column.name) for column in table.columns if _of_numbers(column)]
    columns += [("Demand", "2027"), ("Profiles", "2028")]
    for sheet, column in columns:
        if words in f"{sheet}.{column}":
            for row in (FIRST, LAST) if len(base().get(sheet, ())) > 1 and sheet != "Settings" else (FIRST,):
                yield from (Trap(sheet, column, number, row) for number in NUMBERS)


def _of_numbers(column: Column) -> bool:
    return isinstance(column.kind, Number | Whole | Shares) and not column.by_period


def answer(trap: Trap) -> tuple[str, str]:
    """How a trap ends, and what is wrong with it where that is wrong."""
    sheets = trap.planted()
    examined = examine(grids_of(sheets), address=lambda row, index: f"{chr(65 + index)}{row}")
    if examined.problem is None:
        errors = [finding for finding in examined.findings if finding.severity == "error"]
        told = any(finding.cell and trap.sheet in f"{finding.sheet} {finding.message}" for finding in errors)
        return (REFUSED, "") if told else (WRONG, f"refused, and its cell not told: {errors[0]}")
    try:
        outcome = solve_problem(examined.problem, gap=0.0, threads=1)
    except Exception as fault:
        return WRONG, f"{type(fault).__name__}: {fault}"
    wrong = wrong_with(outcome)
    if wrong:
        return WRONG, wrong
    try:
        compared = trap.number >= DROPPED and outcome.status != "uncertified"
        truth = solve_reference(sheets) if compared else None
    except Exception:  # it has no answer for numbers that it divides by
        truth = None
    if truth is None:
        return how_of(outcome), ""
    apart = apart_from(outcome, truth)
    return (WRONG, apart) if apart else (TWICE, "")


def ends(words: str = "") -> Counter[str]:
    """How all traps end; each that ends wrongly is printed.

    Parameters
    ----------
    words
        Part of ``Sheet.column``; blank for all.

    Returns
    -------
    Counter[str]
        By how they end.
    """
    count: Counter[str] = Counter()
    for trap in traps(words):
        how, said = answer(trap)
        count[how] += 1
        if said:
            print(f"{trap}: {said}", flush=True)  # noqa: T201
    return count


def main() -> None:
    """Plant every number in every column and print how many ended how."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.trust.number_traps", description=__doc__)
    parser.add_argument("--columns", default="", help="only those whose Sheet.column holds this")
    asked = parser.parse_args()
    started = time.monotonic()
    count = ends(asked.columns)
    print(f"{count.total() - count[WRONG]} of {count.total()} right, {time.monotonic() - started:.0f} s")  # noqa: T201
    for how, times in count.most_common():
        print(f"{times:6d}  {how}")  # noqa: T201


if __name__ == "__main__":
    main()

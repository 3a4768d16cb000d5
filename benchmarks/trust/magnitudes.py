"""The same workbooks at other magnitudes: ``python -m benchmarks.trust.magnitudes [--workbooks N] [--seed N]``.

Random workbooks with risk aversion, over every feature, are solved as they are and with quantities times 1e-6 … 1e6 and
money times 1e-6 … 1e9; each objective has to be that of the workbook times the factor of money, to 1e-6.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.trust.drawn import drawn
from benchmarks.trust.other_units import Sheets, in_other_units
from friendshore.models.examine import problem_from_sheets
from friendshore.models.findings import InvalidProblem
from friendshore.optimizer.solve import solve_problem
from tests.reference.random_problems import sheets

FACTORS: tuple[tuple[float, float], ...] = (
    *((quantity, 1.0) for quantity in (1e-6, 1e-4, 1e-2, 1e2, 1e4, 1e6)),
    *((1.0, money) for money in (1e-6, 1e-4, 1e-2, 1e2, 1e4, 1e6, 1e9)),
)
"""Of quantities and of money, one of them 1."""

CLOSE = 1e-6


@dataclass(frozen=True)
class Answered:
    """What a workbook came to: its status, and the objective where there is a plan."""

    status: str
    objective: float | None = None

    def times(self, money: float) -> Answered:
        """What it has to come to where money is counted in other units."""
        return Answered(self.status, None if self.objective is None else self.objective * money)

    def near(self, other: Answered) -> bool:
        """Whether both say the same, objectives to ``CLOSE`` of their size."""
        if self.objective is None or other.objective is None:
            return self == other
        size = max(abs(self.objective), abs(other.objective))
        return self.status == other.status and abs(self.objective - other.objective) <= CLOSE * size


def answered(stated: Sheets) -> Answered:
    """The answer to a workbook, searched to the end; a fault of ours is an answer too, by its name."""
    try:
        outcome = solve_problem(problem_from_sheets(stated), gap=0.0, threads=1)
    except InvalidProblem:
        return Answered("refused")
    except (RuntimeError, ValueError, ArithmeticError) as fault:
        return Answered(f"{type(fault).__name__}: {fault}")
    certificate = None if outcome.plan is None else outcome.plan.certificate
    held = certificate is None or certificate.holds()
    return Answered(str(outcome.status) if held else f"certificate refuses: {certificate}", outcome.objective)


def averse(stated: Sheets) -> bool:
    """Whether a workbook has risk aversion."""
    return any(row["setting"] == "risk_aversion" and row["value"] for row in stated.get("Settings", []))


def workbooks(count: int, number: int) -> list[Sheets]:
    """Random workbooks with risk aversion that have a plan, always the same for a seed."""
    kept: list[Sheets] = []

    def keep(stated: Any) -> None:
        if len(kept) < count and averse(stated) and answered(stated).objective is not None:
            kept.append(stated)

    drawn(sheets(), 20 * count, number, keep)
    return kept


def differences(stated: Sheets) -> Iterator[tuple[float, float, Answered, Answered]]:
    """The factors at which a workbook comes to something else, with what it comes to and what it should come to."""
    truth = answered(stated)
    for quantity, money in FACTORS:
        wanted, got = truth.times(money), answered(in_other_units(stated, quantity, money))
        if not got.near(wanted):
            yield quantity, money, got, wanted


def main() -> None:
    """Solve every workbook at every factor and print what differs."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.trust.magnitudes", description=__doc__)
    parser.add_argument("--workbooks", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    started, wrong = time.monotonic(), 0
    drawn = workbooks(asked.workbooks, asked.seed)
    for i, stated in enumerate(drawn):
        for quantity, money, got, wanted in differences(stated):
            wrong += 1
            print(f"workbook {i}, quantities × {quantity:g}, money × {money:g}: {got}, wanted {wanted}")  # noqa: T201
    solved = len(drawn) * len(FACTORS)
    print(f"{solved - wrong} of {solved} right, {time.monotonic() - started:.0f} s")  # noqa: T201


if __name__ == "__main__":
    main()

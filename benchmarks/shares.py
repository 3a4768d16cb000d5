"""What reading the workbook and writing the plan take of the whole, in processor seconds, on a real workbook.

Run: ``python -m benchmarks.shares [WORKBOOK] [--gap 0.005]``.
"""

from __future__ import annotations

import argparse
import itertools
import resource
import tempfile
import time
from pathlib import Path

from benchmarks.bars import Bar, save
from friendshore import read_workbook, solve, write_plan
from friendshore.models.plan import Outcome, Plan

WORKBOOK = Path(__file__).parents[1] / "inputs" / "rare_earth_magnets.xlsx"
TUTORIAL = WORKBOOK.with_name("tutorial.xlsx")


def phases(workbook: Path, gap: float | None) -> dict[str, float]:
    """Processor seconds of reading, solving (build and certificate included) and writing, and the gap proven."""
    with tempfile.TemporaryDirectory() as folder:  # once on the tutorial first: libraries are loaded before the clock
        write_plan(_plan(solve(read_workbook(TUTORIAL))), Path(folder) / "tutorial.xlsx")
        marks = [_used()]
        problem = read_workbook(workbook)
        marks.append(_used())
        outcome = solve(problem, gap=gap)
        marks.append(_used())
        plan = _plan(outcome)
        write_plan(plan, Path(folder) / "plan.xlsx")
        marks.append(_used())
    read, solved, written = (end - begin for begin, end in itertools.pairwise(marks))
    return {
        "read": read,
        "solve": solved,
        "write": written,
        "gap": float(outcome.gap or 0.0),
        "violation": plan.certificate.max_violation if plan.certificate else float("inf"),
    }


def _used() -> float:
    """Processor seconds of this process and of those it has started and seen end."""
    apart = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + apart.ru_utime + apart.ru_stime


def _plan(outcome: Outcome) -> Plan:
    if outcome.plan is None:
        raise SystemExit(f"no plan was found: {outcome.status}")
    return outcome.plan


def bars(*, quick: bool = False) -> list[Bar]:
    """Reading and writing below a tenth of the whole each."""
    found = phases(TUTORIAL if quick else WORKBOOK, None)
    print({name: round(value, 6) for name, value in found.items()})  # noqa: T201
    if not quick:
        save("shares.csv", [found])
    whole = found["read"] + found["solve"] + found["write"]
    shares = [
        Bar("real workbook: reading ÷ whole", found["read"] / whole, 0.1),
        Bar("real workbook: writing ÷ whole", found["write"] / whole, 0.1),
    ]
    certificate = Bar("worst violation in the certificate", found["violation"], 1e-6)
    return [certificate] if quick else [*shares, certificate]


def main() -> None:
    """Print what it takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workbook", nargs="?", type=Path, default=WORKBOOK)
    parser.add_argument("--gap", type=float, default=None)
    asked = parser.parse_args()
    print(phases(asked.workbook, asked.gap))  # noqa: T201


if __name__ == "__main__":
    main()

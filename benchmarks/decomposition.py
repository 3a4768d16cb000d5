"""Many branches: Benders decomposition against HiGHS on the extensive form, and its growth with their number.

The real workbook with branches drawn around its own (``benchmarks.scale``). Each case runs in a process of its own, and
processor seconds count, both cores together. The extensive form is given a cap; where it has not ended by then, the
ratio is a lower bound. Run: ``python -m benchmarks.decomposition [--quick]``; writes decomposition.csv.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
from dataclasses import asdict, dataclass

import numpy as np

from benchmarks.bars import HERE, Bar, save

WORKBOOK = HERE.parent / "inputs" / "rare_earth_magnets.xlsx"
GAP = 0.005
BRANCHES = (50, 100, 200, 400, 1000)
COMPARED = (50, 200)
CAP = 25.5
"""The extensive form may take this many times as long as the decomposition."""


@dataclass(frozen=True)
class Case:
    """One run: processor ``seconds`` from the assembled program to the answer, ``peak`` memory in MB of the process."""

    branches: int
    method: str
    columns: int
    rows: int
    nodes: int
    seconds: float
    peak: float
    status: str
    objective: float | None
    gap: float | None
    violation: float | None


def measure(branches: int, method: str, tight: bool) -> None:
    """Solve one case in this process; print what is known whenever a better plan is, and at the end."""
    from benchmarks.scale import scaled  # noqa: PLC0415 - the parent process needs none of it
    from models.statement import state  # noqa: PLC0415
    from optimizer import read_workbook  # noqa: PLC0415
    from optimizer.asked import Asked, Stopwatch  # noqa: PLC0415
    from optimizer.assemble import assemble  # noqa: PLC0415
    from optimizer.decompose.search import search_by_parts  # noqa: PLC0415
    from optimizer.extensive import search_extensive  # noqa: PLC0415
    from optimizer.method import Method  # noqa: PLC0415

    problem = scaled(read_workbook(WORKBOOK), branches=branches, without=("max_hhi",), tight=tight)
    assembled = assemble(state(problem))
    program, nodes = assembled.program, len(assembled.statement.tree.nodes)
    begun = _seconds()

    def tell(status: str, best: float | None, gap: float | None, violation: float | None = None) -> None:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        case = Case(branches, method, program.columns, program.rows, nodes, _seconds() - begun, peak, status, best, gap,
                    violation)  # fmt: skip
        print(json.dumps(asdict(case)), flush=True)  # noqa: T201

    def progress(phase: str, elapsed: float, best: float | None, bound: float | None, gap: float | None) -> None:
        tell("running", best, gap)

    asked = Asked(GAP, None, 2, 0, progress, Method(method))
    watch = Stopwatch(None)
    found = search_by_parts(assembled, asked, watch) or search_extensive(assembled, asked, watch)
    answer = found[1]
    wrong = None if answer.columns is None else found[0].program.violation(answer.columns)
    tell(answer.status, answer.objective, answer.gap, wrong)


def _seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def apart(branches: int, method: str, cap: float | None = None, *, tight: bool = False) -> Case:
    """One case in a process of its own, ended after ``cap`` processor seconds of solving."""

    def limit() -> None:
        if cap is not None:
            resource.setrlimit(resource.RLIMIT_CPU, (round(cap) + 20, round(cap) + 25))

    command = [sys.executable, "-m", "benchmarks.decomposition", "--one", str(branches), method]
    told = subprocess.run(  # noqa: S603 - this program itself
        [*command, *(["--tight"] if tight else [])], check=False, capture_output=True, text=True, cwd=HERE.parent,
        preexec_fn=limit,
    )  # fmt: skip
    lines = told.stdout.splitlines()
    if not lines:
        raise RuntimeError(told.stderr[-2000:])
    return Case(**json.loads(lines[-1]))


def exponent(cases: list[Case], what: str) -> float:
    """Slope of log ``what`` against log branches."""
    sizes = np.log([case.branches for case in cases])
    return float(np.polyfit(sizes, np.log([asdict(case)[what] for case in cases]), 1)[0])


def bars(*, quick: bool = False) -> list[Bar]:
    """The ratio at 200 branches, growth of time with branches, and memory."""
    sizes = BRANCHES[:2] if quick else BRANCHES
    mine = [_shown(apart(size, "benders")) for size in sizes]
    theirs = [
        _shown(apart(case.branches, "extensive", CAP * case.seconds)) for case in mine if case.branches in COMPARED
    ]
    seconds = {case.branches: case.seconds for case in mine}
    what = "{} branches: extensive form ÷ Benders, processor seconds"
    found = [
        Bar(what.format(case.branches), case.seconds / seconds[case.branches], 25.0, at_least=True) for case in theirs
    ]
    found.append(Bar("Benders, growth with branches: exponent of time", exponent(mine, "seconds"), 1.0))
    found.append(Bar("Benders, growth with branches: exponent of memory", exponent(mine, "peak"), 1.0))
    if not quick:
        save("decomposition.csv", [asdict(case) for case in [*mine, *theirs]])
    return found


def _shown(case: Case) -> Case:
    gap = "–" if case.gap is None else f"{case.gap:.3%}"
    print(  # noqa: T201
        f"{case.branches:>6} {case.method:<10} {case.columns:>10,} columns {case.seconds:>9.1f} s "
        f"{case.peak:>7,.0f} MB {case.status:<9} gap {gap}"
    )
    return case


def main() -> None:
    """Run one case, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.decomposition", description=__doc__)
    parser.add_argument("--one", nargs=2, metavar=("BRANCHES", "METHOD"))
    parser.add_argument("--tight", action="store_true")
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    if asked.one:
        measure(int(asked.one[0]), asked.one[1], asked.tight)
        return
    for bar in bars(quick=asked.quick):
        print(bar.line())  # noqa: T201


if __name__ == "__main__":
    main()

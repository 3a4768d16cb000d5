"""Many branches: Benders decomposition against HiGHS on the extensive form, and its growth with their number.

Three families (``benchmarks.scale``): the real workbook with branches drawn around its own; the same with units a
tenth as large, whose relaxation is close enough for a gap of 0.1 %; and the tutorial over ten years, tight (an
integrality gap of one per cent, rules that tie all branches together). Each case runs in a process of its own, and
processor seconds count, both cores together. The extensive form is given a cap, and two such cases run side by side;
where one has not ended by then, its ratio is a lower bound. Run: ``python -m benchmarks.decomposition [--quick]``;
writes decomposition.csv.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field

import numpy as np

from benchmarks.bars import HERE, Bar, save
from benchmarks.scale import scaled
from friendshore import read_workbook
from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.plan import Run
from friendshore.optimizer.answer.extract import extract_plan
from friendshore.optimizer.answer.scorecard import scorecard
from friendshore.optimizer.certify import certify
from friendshore.optimizer.program.assemble import assemble
from friendshore.optimizer.search.benders.search import search_by_decomposition
from friendshore.optimizer.search.extensive import search_extensive_form
from friendshore.optimizer.search.limits import Limits, Stopwatch
from friendshore.optimizer.search.method import Method
from friendshore.optimizer.search.result import SearchResult
from friendshore.optimizer.search.stress_recourse import solve_stress_recourse
from friendshore.optimizer.system.progress import Progress

INPUTS = HERE.parent / "inputs"


@dataclass(frozen=True)
class Family:
    """A workbook and how it is scaled, the gap to which it is solved, and the numbers of branches."""

    workbook: str
    gap: float
    branches: tuple[int, ...]
    compared: tuple[int, ...]
    scaled: Mapping[str, object] = field(default_factory=dict)


FAMILIES = {
    "real": Family("rare_earth_magnets.xlsx", 0.005, (50, 100, 200, 400, 1000), (200,), {"without": ("max_hhi",)}),
    "fine": Family("rare_earth_magnets.xlsx", 0.001, (50, 200), (200,), {"without": ("max_hhi",), "lump": 0.1}),
    "tutorial": Family("tutorial.xlsx", 0.001, (200, 1000, 5000), (200,), {"periods": 10, "tight": True}),
}

MANY = 5000
"""So many branches are to be held in less than 2 GB."""

SMALL = {"tutorial"}
"""Families whose branches are so small that the whole tree is as quick, as told; there is no bar for them."""

CAP = 25.5
"""The extensive form may take this many times as long as the decomposition."""


@dataclass(frozen=True)
class Case:
    """One run: processor ``seconds`` from the assembled program to the answer, ``peak`` memory in MB of the process.

    ``violation`` and ``difference`` are the worst of the plan's certificate, which is made outside the clock.
    """

    family: str
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
    difference: float | None


def measure(name: str, branches: int, method: str) -> None:
    """Solve one case in this process; print what is known whenever a better plan is, and at the end."""
    family = FAMILIES[name]
    problem = scaled(read_workbook(INPUTS / family.workbook), branches=branches, **family.scaled)  # type: ignore[arg-type]
    assembled = assemble(build_model_data(problem))
    program, nodes = assembled.program, len(assembled.model_data.tree.nodes)
    begun = _seconds()

    def tell(status: str, best: float | None, gap: float | None, used: float, proof: Proof = (None, None)) -> None:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        case = Case(name, branches, method, program.columns, program.rows, nodes, used, peak, status, best, gap, *proof)
        print(json.dumps(asdict(case)), flush=True)  # noqa: T201

    def on_progress(progress: Progress) -> None:
        tell("running", progress.objective, progress.gap, _seconds() - begun)

    limits = Limits(family.gap, threads=2, on_progress=on_progress, method=Method(method))
    watch = Stopwatch()
    result = search_by_decomposition(assembled, limits, watch) or search_extensive_form(assembled, limits, watch)
    answer = result.answer
    used = _seconds() - begun
    tell(answer.status, answer.objective, answer.gap, used)
    tell(answer.status, answer.objective, answer.gap, used, _proof(result))


Proof = tuple[float | None, float | None]


def _proof(result: SearchResult) -> Proof:
    """The worst violation in the certificate of the plan, and by how much its objective is off."""
    assembled, answer = result.assembled, result.answer
    if answer.columns is None:
        return None, None
    columns = solve_stress_recourse(assembled, answer.columns)
    found = certify(extract_plan(assembled, columns, scorecard(assembled, columns, answer.row_duals), Run()))
    return found.max_violation, found.objective_difference


def _seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def apart(family: str, branches: int, method: str, cap: float | None = None) -> Case:
    """One case in a process of its own, ended after ``cap`` processor seconds of solving."""

    def limit() -> None:
        if cap is not None:
            resource.setrlimit(resource.RLIMIT_CPU, (round(cap) + 20, round(cap) + 25))

    command = [sys.executable, "-m", "benchmarks.decomposition", "--one", family, str(branches), method]
    told = subprocess.run(  # noqa: S603 - this program itself
        command, check=False, capture_output=True, text=True, cwd=HERE.parent, preexec_fn=limit
    )
    lines = told.stdout.splitlines()
    if not lines:
        raise RuntimeError(told.stderr[-2000:])
    return Case(**json.loads(lines[-1]))


def exponent(cases: list[Case], what: str) -> float:
    """Slope of log ``what`` against log branches."""
    sizes = np.log([case.branches for case in cases])
    return float(np.polyfit(sizes, np.log([asdict(case)[what] for case in cases]), 1)[0])


def bars(*, quick: bool = False) -> list[Bar]:
    """The ratios, growth of time and memory with branches, and the memory of the most branches."""
    found: list[Bar] = []
    cases: list[Case] = []
    compared: list[Case] = []
    for name, family in FAMILIES.items():
        sizes = family.branches[:2] if quick else family.branches
        mine = [_shown(apart(name, size, "benders")) for size in sizes]
        cases += mine
        compared += [case for case in mine if case.branches in family.compared]
        what = f"{name}, {sizes[0]} to {sizes[-1]} branches: exponent of"
        found.append(Bar(f"{what} time", exponent(mine, "seconds"), 1.0))
        found.append(Bar(f"{what} memory", exponent(mine, "peak"), 1.0))
        if sizes[-1] >= MANY:
            found.append(Bar(f"{name}, {sizes[-1]} branches: peak memory in MB", mine[-1].peak, 2048.0))
        worst = max(np.inf if case.violation is None else case.violation for case in mine)
        found.append(Bar(f"{name}: worst violation in a certificate", worst, 1e-6))
    with ThreadPoolExecutor(2) as side_by_side:
        theirs = list(side_by_side.map(_whole_tree, compared))
    for case, other in zip(compared, theirs, strict=True):
        if case.family in SMALL:
            continue
        what = f"{case.family}, {case.branches} branches: extensive form ÷ Benders, processor seconds"
        found.append(Bar(what, other.seconds / case.seconds, 25.0, at_least=True))
    if not quick:
        save("decomposition.csv", [asdict(case) for case in [*cases, *theirs]])
    return found


def _whole_tree(case: Case) -> Case:
    """The extensive form of a case that was decomposed, to no more than ``CAP`` times its processor seconds."""
    return _shown(apart(case.family, case.branches, "extensive", CAP * case.seconds))


def _shown(case: Case) -> Case:
    gap = "–" if case.gap is None else f"{case.gap:.3%}"
    violation = "–" if case.violation is None else f"{case.violation:.1e}"
    print(  # noqa: T201
        f"{case.family:<9}{case.branches:>6} {case.method:<10} {case.columns:>10,} columns {case.seconds:>9.1f} s "
        f"{case.peak:>7,.0f} MB {case.status:<9} gap {gap}, worst violation {violation}",
        flush=True,
    )
    return case


def main() -> None:
    """Run one case, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.decomposition", description=__doc__)
    parser.add_argument("--one", nargs=3, metavar=("FAMILY", "BRANCHES", "METHOD"))
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    if asked.one:
        measure(asked.one[0], int(asked.one[1]), asked.one[2])
        return
    for bar in bars(quick=asked.quick):
        print(bar.line())  # noqa: T201


if __name__ == "__main__":
    main()

"""From a problem to a model inside HiGHS: ours, hand-written arrays, linopy, and plain Pyomo through its interfaces.

Every way runs in a process of its own and tells processor seconds and peak memory; what all of them need (the problem
read and drawn, libraries loaded) is done before the clock starts. Run: ``python -m benchmarks.build [--columns 100000
1000000 3000000] [--ways ours,floor,linopy,pyomo,appsi]``; plain Pyomo is left out above ``--pyomo-most`` columns.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.bars import Bar, save
from benchmarks.floor import BUILD
from benchmarks.scale import scaled
from friendshore.models.problem import Problem
from friendshore.optimizer.program.linear_program import LinearProgram
from friendshore.optimizer.workbook.read import read_workbook

WORKBOOK = Path(__file__).parents[1] / "inputs" / "rare_earth_magnets.xlsx"
COLUMNS_A_BRANCH = 3100.0
"""About how many columns one more branch of this family has; sizes are told exactly in the table."""


@dataclass(frozen=True)
class Built:
    """What one way took, and what HiGHS then held."""

    way: str
    columns: int
    rows: int
    nonzeros: int
    build: float
    hand_over: float
    peak: float
    grown: float
    cost: float

    @property
    def seconds(self) -> float:
        """Processor seconds of build and hand-over together."""
        return self.build + self.hand_over


def family(columns: int) -> Problem:
    """The problem of the family with about so many columns."""
    return scaled(read_workbook(WORKBOOK), branches=max(1, round((columns - 10_000) / COLUMNS_A_BRANCH)), without=BUILD)


# -- the ways: each gives a HiGHS instance that holds the model ---------------------------------------------------


def ours(problem: Problem) -> tuple[Callable[[], Any], Callable[[Any], Any]]:
    """State, compile, assemble; then ``passModel``."""
    from friendshore.models.formulation.model_data import build_model_data  # noqa: PLC0415 - each way loads its own libraries
    from friendshore.optimizer.program.assemble import assemble  # noqa: PLC0415

    return lambda: assemble(build_model_data(problem)).program, pass_arrays


def floor(problem: Problem) -> tuple[Callable[[], Any], Callable[[Any], Any]]:
    """Hand-written numpy arrays; then ``passModel``."""
    from benchmarks.floor import build  # noqa: PLC0415

    return lambda: build(problem), pass_arrays


def linopy(problem: Problem) -> tuple[Callable[[], Any], Callable[[Any], Any]]:
    """Linopy and its own way into HiGHS."""
    from benchmarks.build_linopy import model, pass_on  # noqa: PLC0415

    return lambda: model(problem), pass_on


def appsi(problem: Problem) -> tuple[Callable[[], Any], Callable[[Any], Any]]:
    """``formulate()`` and the APPSI interface of Pyomo to HiGHS."""
    from pyomo.contrib.appsi.solvers.highs import Highs  # noqa: PLC0415

    from friendshore.models import formulate  # noqa: PLC0415

    def hand_over(model: Any) -> Any:
        solver = Highs()
        solver.set_instance(model)
        return solver._solver_model

    return lambda: formulate(problem), hand_over


def pyomo(problem: Problem) -> tuple[Callable[[], Any], Callable[[Any], Any]]:
    """``formulate()`` and the newer persistent interface of Pyomo to HiGHS."""
    from pyomo.contrib.solver.solvers.highs import Highs  # noqa: PLC0415

    from friendshore.models import formulate  # noqa: PLC0415

    def hand_over(model: Any) -> Any:
        solver = Highs()
        solver.set_instance(model)
        return solver._solver_model

    return lambda: formulate(problem), hand_over


WAYS: dict[str, Callable[[Problem], tuple[Callable[[], Any], Callable[[Any], Any]]]] = {
    "ours": ours,
    "floor": floor,
    "linopy": linopy,
    "pyomo": pyomo,
    "appsi": appsi,
}
LIBRARIES = {
    "ours": (
        "friendshore.models.formulation.model_data",
        "friendshore.optimizer.program.assemble",
        "friendshore.optimizer.solver.engine",
    ),
    "floor": ("benchmarks.floor", "friendshore.optimizer.solver.engine"),
    "linopy": ("linopy", "xarray", "polars", "highspy"),
    "pyomo": ("pyomo.environ", "highspy"),
    "appsi": ("pyomo.environ", "highspy"),
}


def pass_arrays(program: LinearProgram) -> Any:
    """The arrays checked and handed to HiGHS, as a solve does it."""
    from friendshore.optimizer.solver.engine import load  # noqa: PLC0415

    program.check()
    return load(program, {"output_flag": False}, relaxed=False)


def run_one(way: str, columns: int) -> Built:
    """Build and hand over the family once, in this process."""
    return timed(way, family(columns))


def timed(way: str, problem: Problem) -> Built:
    """Build and hand over a problem once, in this process."""
    for library in LIBRARIES[way]:
        importlib.import_module(library)
    build, hand_over = WAYS[way](problem)
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    model = build()
    built = time.process_time()
    highs = hand_over(model)
    ended = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    held = highs.getLp()
    cost = float(sum(map(abs, held.col_cost_)))
    return Built(
        way,
        held.num_col_,
        held.num_row_,
        highs.getNumNz(),
        built - began,
        ended - built,
        peak / 1024,
        (peak - before) / 1024,
        cost,
    )


def run_apart(way: str, columns: int, rounds: int) -> Built:
    """The best of several runs, each in a process of its own."""
    runs = []
    for _ in range(rounds):
        told = subprocess.run(  # noqa: S603 - this program itself
            [sys.executable, "-m", "benchmarks.build", "--one", way, str(columns)],
            check=True,
            capture_output=True,
            text=True,
            cwd=Path(__file__).parents[1],
        )
        runs.append(Built(**json.loads(told.stdout.splitlines()[-1])))
    return min(runs, key=lambda run: run.seconds)


def compare(sizes: Iterable[int], ways: Iterable[str], *, rounds: int = 3, pyomo_most: int = 200_000) -> list[Built]:
    """All ways at all sizes; plain Pyomo up to ``pyomo_most`` columns and once, for it takes minutes."""
    found = []
    for columns in sizes:
        for way in ways:
            if way not in ("pyomo", "appsi") or columns <= pyomo_most:
                found.append(run_apart(way, columns, rounds if way in ("floor", "ours") else 1))
                print(line(found[-1], found), flush=True)  # noqa: T201
    return found


def bars(*, quick: bool = False) -> list[Bar]:
    """What issue and design ask of building: against the floor, linopy and APPSI; in time and memory."""
    print(HEAD)  # noqa: T201
    if quick:
        runs = compare([100_000], ["floor", "ours", "linopy", "appsi"], rounds=1)
        return judged(runs, small=100_000, large=100_000)
    runs = compare([100_000, 1_000_000, 3_000_000], list(WAYS), pyomo_most=120_000)
    runs += compare([1_000_000], ["appsi"], pyomo_most=1_200_000)
    save("build.csv", [vars(run) for run in runs])
    return judged(runs, small=1_000_000, large=3_000_000)


def judged(runs: list[Built], *, small: int, large: int) -> list[Bar]:
    """The bars that a set of runs allows."""

    def of(way: str, columns: int) -> Built | None:
        """The run of a way at about so many columns (plain Pyomo counts columns that others leave out)."""
        return next((run for run in runs if run.way == way and 0.8 * columns < run.columns < 1.2 * columns), None)

    def ratio(above: tuple[str, int], below: tuple[str, int], *, memory: bool = False) -> float | None:
        one, other = of(*above), of(*below)
        if one is None or other is None:
            return None
        return one.peak / other.peak if memory else one.seconds / other.seconds

    ours_large, floor_large = ("ours", large), ("floor", large)
    return [
        Bar(f"build, {large:,} columns: time ÷ hand-written arrays", ratio(ours_large, floor_large), 1.3),
        Bar(
            f"build, {large:,} columns: peak memory ÷ hand-written arrays",
            ratio(ours_large, floor_large, memory=True),
            1.3,
        ),
        Bar(f"build, {large:,} columns: time ÷ linopy", ratio(ours_large, ("linopy", large)), 1.0),
        Bar(f"build, {small:,} columns: APPSI ÷ ours", ratio(("appsi", small), ("ours", small)), 50.0, at_least=True),
    ]


def line(run: Built, runs: list[Built]) -> str:
    """One row of the table, held against the floor of the same size where that has been run."""
    floors = [other for other in runs if other.way == "floor" and other.columns == run.columns]
    times, memory = ("", "")
    if floors:
        times, memory = f"{run.seconds / floors[0].seconds:.2f}", f"{run.peak / floors[0].peak:.2f}"
    return (
        f"{run.way:<8}{run.columns:>11,}{run.rows:>11,}{run.nonzeros:>12,}{run.build:>9.2f}{run.hand_over:>9.2f}"
        f"{times:>9}{run.peak:>9.0f}{memory:>9}"
    )


HEAD = (
    f"{'way':<8}{'columns':>11}{'rows':>11}{'nonzeros':>12}{'build':>9}{'hand over':>10}{'÷ floor':>8}{'peak MB':>9}"
    f"{'÷ floor':>9}"
)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--columns", type=int, nargs="+", default=[100_000, 1_000_000, 3_000_000])
    parser.add_argument("--ways", default="floor,ours,linopy,pyomo,appsi")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pyomo-most", type=int, default=200_000)
    parser.add_argument("--one", nargs=2, metavar=("WAY", "COLUMNS"))
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(vars(run_one(asked.one[0], int(asked.one[1])))))  # noqa: T201
        return
    print(HEAD)  # noqa: T201
    runs = compare(asked.columns, asked.ways.split(","), rounds=asked.rounds, pyomo_most=asked.pyomo_most)
    save("build.csv", [vars(run) for run in runs])


if __name__ == "__main__":
    main()

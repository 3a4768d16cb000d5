"""How building grows: processor seconds and peak memory from a problem to HiGHS, as each dimension of it grows.

Each case runs in a process of its own. Exponents are slopes of log seconds, and of log memory beyond that of an empty
process, against log nonzeros (more years mean more entries a column, for each may build for all later ones).
Run: ``python -m benchmarks.growth [--quick]``; writes growth.csv and growth.svg.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

import numpy as np

from benchmarks.bars import HERE, Bar, save

DIMENSIONS: dict[str, tuple[int, ...]] = {
    "branches": (50, 150, 450, 1350),
    "commodities": (1, 2, 4, 8),
    "countries": (15, 30, 60),
    "periods": (10, 20, 40),
}
FIXED = {"branches": 40}
LEFT_OUT = ("clean_origin", "max_hhi", "protections")


def measure(dimension: str, size: int) -> dict[str, object]:
    """Build one case in this process and tell what it took."""
    from benchmarks import build  # noqa: PLC0415 - the parent process needs none of it
    from benchmarks.scale import scaled  # noqa: PLC0415
    from friendshore import read_workbook  # noqa: PLC0415

    asked = {**FIXED, dimension: size}
    problem = scaled(read_workbook(build.WORKBOOK), without=LEFT_OUT, **asked)  # type: ignore[arg-type]
    run = build.timed("ours", problem)
    return {
        "dimension": dimension,
        "size": size,
        "columns": run.columns,
        "rows": run.rows,
        "nonzeros": run.nonzeros,
        "seconds": run.seconds,
        "peak": run.peak,
        "grown": run.grown,
    }


def apart(dimension: str, size: int) -> dict[str, object]:
    """The same in a process of its own."""
    told = subprocess.run(  # noqa: S603 - this program itself
        [sys.executable, "-m", "benchmarks.growth", "--one", dimension, str(size)],
        check=True,
        capture_output=True,
        text=True,
        cwd=HERE.parent,
    )
    found: dict[str, object] = json.loads(told.stdout.splitlines()[-1])
    return found


def exponent(rows: list[dict[str, object]], what: str) -> float:
    """Slope of log ``what`` against log nonzeros."""
    sizes, values = (np.log([float(str(row[name])) for row in rows]) for name in ("nonzeros", what))
    return float(np.polyfit(sizes, values, 1)[0])


def bars(*, quick: bool = False) -> list[Bar]:
    """Time and memory of building grow no faster than the model, in every dimension."""
    rows = [
        apart(dimension, size) for dimension, sizes in DIMENSIONS.items() for size in (sizes[:2] if quick else sizes)
    ]
    found = []
    for dimension in DIMENSIONS:
        mine = [row for row in rows if row["dimension"] == dimension]
        for row in mine:
            parts = (
                f"{key} {value:,.4g}" if isinstance(value, float) else f"{key} {value}" for key, value in row.items()
            )
            print("  ".join(parts))  # noqa: T201
        found += [
            Bar(f"build, growth with {dimension}: exponent of {name} in nonzeros", exponent(mine, column), 1.1)
            for name, column in (("time", "seconds"), ("memory", "grown"))
        ]
    if not quick:
        save("growth.csv", rows)
        chart(rows, HERE / "growth.svg")
    return found


def _shown(value: object) -> str:
    return f"{value:,.4g}" if isinstance(value, float) else str(value)


def chart(rows: list[dict[str, object]], path: Path) -> None:
    """Time and memory against nonzeros, a line a dimension."""
    import matplotlib  # noqa: PLC0415 - only for the chart

    matplotlib.use("svg")
    from matplotlib import pyplot  # noqa: PLC0415

    figure, (left, right) = pyplot.subplots(1, 2, figsize=(10, 4), layout="constrained")
    for marker, dimension in zip("os^D", DIMENSIONS, strict=True):
        mine = [row for row in rows if row["dimension"] == dimension]
        sizes = [float(str(row["nonzeros"])) for row in mine]
        for axes, name in ((left, "seconds"), (right, "grown")):
            values = [float(str(row[name])) for row in mine]
            axes.loglog(sizes, values, marker=marker, label=f"{dimension}, exponent {exponent(mine, name):.2f}")
    left.set(title="Building grows with the model", xlabel="entries of the matrix", ylabel="processor seconds")
    right.set(title="So does memory", xlabel="entries of the matrix", ylabel="MB beyond an empty process")
    for axes in (left, right):
        axes.grid(visible=True, which="both", alpha=0.25)
        axes.legend(frameon=False)
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    """Print the cases and exponents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--one", nargs=2, metavar=("DIMENSION", "SIZE"))
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measure(asked.one[0], int(asked.one[1]))))  # noqa: T201
        return
    for bar in bars(quick=asked.quick):
        print(bar.line())  # noqa: T201


if __name__ == "__main__":
    main()

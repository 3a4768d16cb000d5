"""All benchmarks in one run: ``python -m benchmarks [NAME …] [--quick]`` prints every bar and saves bars.csv.

``--quick`` runs small cases in a minute or two, to see that everything works; the bars are then indications.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from benchmarks.bars import Bar, record


def _again(quick: bool) -> list[Bar]:
    from benchmarks.again import bars  # noqa: PLC0415 - each loads its own libraries

    return bars(quick=quick)


def _build(quick: bool) -> list[Bar]:
    from benchmarks.build import bars  # noqa: PLC0415

    return bars(quick=quick)


def _decomposition(quick: bool) -> list[Bar]:
    from benchmarks.decomposition import bars  # noqa: PLC0415

    return bars(quick=quick)


def _growth(quick: bool) -> list[Bar]:
    from benchmarks.growth import bars  # noqa: PLC0415

    return bars(quick=quick)


def _shares(quick: bool) -> list[Bar]:
    from benchmarks.shares import bars  # noqa: PLC0415

    return bars(quick=quick)


def _stress(quick: bool) -> list[Bar]:
    from benchmarks.stress_network import bars  # noqa: PLC0415

    return bars(quick=quick)


def _stress_branches(quick: bool) -> list[Bar]:
    from benchmarks.stress_branches import bars  # noqa: PLC0415

    return bars(quick=quick)


BENCHMARKS: dict[str, Callable[[bool], list[Bar]]] = {
    "again": _again,
    "build": _build,
    "decomposition": _decomposition,
    "growth": _growth,
    "shares": _shares,
    "stress": _stress,
    "stress_branches": _stress_branches,
}


def main() -> None:
    """Run what was asked for and print the bars."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *BENCHMARKS], default=[], metavar="NAME")
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    found: dict[str, list[Bar]] = {}
    for name in asked.names or BENCHMARKS:
        print(f"\n== {name}")  # noqa: T201
        found[name] = BENCHMARKS[name](asked.quick)
    print()  # noqa: T201
    for bar in (bar for bars in found.values() for bar in bars):
        print(bar.line())  # noqa: T201
    if not asked.quick:
        record(found)


if __name__ == "__main__":
    main()

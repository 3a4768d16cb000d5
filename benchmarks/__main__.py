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


def _family(quick: bool) -> list[Bar]:
    from benchmarks.family.run import bars  # noqa: PLC0415

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
    "family": _family,
    "growth": _growth,
    "shares": _shares,
    "stress": _stress,
    "stress_branches": _stress_branches,
}


LISTED = {
    "again": "one number changed: solved from nothing, and from what the first run has left",
    "build": "from a problem to HiGHS: ours, hand-written arrays, linopy, Pyomo's two interfaces",
    "decomposition": "many branches: Benders decomposition, HiGHS on the extensive form",
    "family": "problems to cite: as solve decides, bare HiGHS on the extensive form, mpi-sppy",
    "growth": "seconds and memory against branches, commodities, countries and years",
    "shares": "reading and writing beside the whole",
    "stress": "a network broken everywhere: stress, bare HiGHS from a basis",
    "stress_branches": "every country and plant lost: all at once, as needed, whole tree",
}
"""What each compares; ``python -m benchmarks --list``."""

BY_THEMSELVES = {
    "branch_investment": "branches that invest in whole units: the whole tree, mpi-sppy's hedging and L-shaped method",
    "reading": "100,000 rows: ours, openpyxl, calamine",
    "trust": "random problems, spoilt files and faults: python -m benchmarks.trust.NAME, see docs/trust.md",
}
"""Without bars, run as ``python -m benchmarks.NAME``."""


def listed() -> list[str]:
    """A line for each benchmark."""
    lines = [f"{name:<20}{what}" for name, what in LISTED.items()]
    return [
        *lines,
        "",
        "without bars, each by python -m benchmarks.NAME:",
        *(f"{n:<20}{w}" for n, w in BY_THEMSELVES.items()),
    ]


def main() -> None:
    """Run what was asked for and print the bars."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *BENCHMARKS], default=[], metavar="NAME")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--list", action="store_true", help="what each of them compares")
    asked = parser.parse_args()
    if asked.list:
        print("\n".join(listed()))  # noqa: T201
        return
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

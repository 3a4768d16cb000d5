"""All ways on problems of the family, in one run on one machine, each case in a process of its own with a cap."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from benchmarks.family.catalogue import define
from benchmarks.family.measure import Case
from benchmarks.family.table import Known, read_table, with_case, write_table, write_whole_numbers
from friendshore.optimizer.system.version import versions

ROOT = Path(__file__).parents[2]

GAP = 1e-4
"""Relative gap at which a way may end."""

SECONDS = 75.0
"""Seconds after which a way ends with what it has; the process is ended at twice as many of the processor."""

HEAD = f"{'name':<24}{'way':<10}{'objective':>17}{'bound':>17}{'gap':>10}{'processor s':>12}{'MB':>8}  certificate"


def run(
    names: Iterable[str], ways: Iterable[str], *, gap: float = GAP, seconds: float = SECONDS, keep: bool = False
) -> list[Case]:
    """Run and print every case; with ``keep`` the table is brought up to date after each.

    Parameters
    ----------
    names, ways
        Problems, and ways to solve them (``measure.WAYS``).
    gap, seconds
        Relative gap at which a way may end, and the seconds that it has.
    keep
        Whether plans that cost less and bounds that are higher are kept in the table.

    Returns
    -------
    list of Case
        In the order in which they were run.

    Raises
    ------
    Contradiction
        Where a plan and a bound cannot both be right.
    """
    print(HEAD, flush=True)  # noqa: T201
    ways, found = list(ways), []
    for name in names:
        for way in ways:
            case = apart(name, way, gap, seconds)
            print(line(case), flush=True)  # noqa: T201
            if keep:
                keep_case(case)
            found.append(case)
    return found


def keep_case(case: Case) -> Known:
    """The table with what a case has added to it."""
    rows = read_table()
    before = rows.get(case.name) or Known.of(define(case.name))
    after = with_case(before, case, version_in_words())
    if after.objective != before.objective:
        write_whole_numbers(case.name, case.whole)
    write_table({**rows, case.name: after})
    return after


def apart(name: str, way: str, gap: float, seconds: float) -> Case:
    """One case in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.family", "one", name, way, "--gap", str(gap), "--seconds", str(seconds)]
    told = subprocess.run(  # noqa: S603 - this program itself
        command, check=False, capture_output=True, text=True, cwd=ROOT, preexec_fn=_limit(seconds)
    )
    lines = [text for text in told.stdout.splitlines() if text.startswith("{")]
    if not lines:
        reason = told.stderr.strip().splitlines()[-1:] or [f"ended by the cap, code {told.returncode}"]
        return Case(name, way, note=reason[0])
    plain = json.loads(lines[-1])
    return replace(Case(**plain), whole=tuple((column, value) for column, value in plain["whole"]))


def _limit(seconds: float) -> Callable[[], None]:
    def limit() -> None:
        most = round(2 * seconds) + 60  # building and the certificate
        resource.setrlimit(resource.RLIMIT_CPU, (most, most + 5))

    return limit


def line(case: Case) -> str:
    """A case in a line."""
    figures = "".join(f"{'–' if value is None else format(value, ',.4f'):>17}" for value in (case.objective, case.bound))
    gap = "–" if case.gap is None else f"{max(case.gap, 0.0):.3%}"
    certificate = case.note if case.objective is None else "none" if case.violation is None else f"{case.violation:.0e}"
    return f"{case.name:<24}{case.way:<10}{figures}{gap:>10}{case.seconds:>12.1f}{case.peak:>8,.0f}  {certificate}"


def version_in_words() -> str:
    """The versions that a figure was had with."""
    known = versions()
    return ", ".join(f"{name} {known[name]}" for name in ("friendshore", "highspy") if name in known)

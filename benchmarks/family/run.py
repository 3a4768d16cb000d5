"""All ways on problems of the family, in one run on one machine, each case in a process of its own with a cap."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from math import exp, log
from pathlib import Path

from benchmarks.bars import Bar, save
from benchmarks.family.catalogue import NAMES, UnknownProblem, define
from benchmarks.family.judge import HOLDS
from benchmarks.family.measure import Case
from benchmarks.family.table import Known, read_table, with_case, write_table, write_whole_numbers
from friendshore.optimizer.system.version import versions

ROOT = Path(__file__).parents[2]

GAP = 1e-4
"""Relative gap at which a way may end."""

SECONDS = 75.0
"""Seconds after which a way ends with what it has; the process is ended at twice as many of the processor."""

CERTIFIED = ("ours", "tree", "highs")
"""Ways whose plans are certified and whose bounds count; mpi-sppy tells rounded figures of its own."""

LEAST = 0.1
"""Fewer processor seconds than this are not told apart."""

SHORT = ("tut-b200-p10-tight-s1", "tut-b40-p6-whole-s1", "cyb-b20-s1", "gage-b5-s1", "chip-b5-s1", "ai-b10-whole-s1")
"""Six of the family, on which ``python -m benchmarks family`` runs all ways."""

SHORT_WAYS = ("ours", "highs", "mpi-sppy")
SHORT_SECONDS = 20.0
"""The ways and the cap of that run."""

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
            if keep and way in CERTIFIED:
                keep_case(case)
            found.append(case)
    return found


def bars(*, quick: bool = False) -> list[Bar]:
    """All ways on six problems of the family, written to ways.csv, and what they say together."""
    names, seconds = (SHORT[:3], 10.0) if quick else (SHORT, SHORT_SECONDS)
    cases = run(names, SHORT_WAYS, seconds=seconds)
    if not quick:
        save("ways.csv", [_row(case) for case in cases], Path(__file__).parent)
    return judged(cases)


def judged(cases: list[Case]) -> list[Bar]:
    """The bars that a run of all ways allows: certificates, and times where both ways came within the gap."""
    violations = [case.violation for case in cases if case.violation is not None]
    ours = {case.name: case for case in cases if case.way == "ours" and _done(case)}
    ratios = [
        max(case.seconds, LEAST) / max(ours[case.name].seconds, LEAST)
        for case in cases
        if case.way == "highs" and _done(case) and case.name in ours
    ]
    asked = sum(case.way == "ours" for case in cases)
    lost = sum(case.way == "highs" and _done(case) and case.name not in ours for case in cases)
    mean = exp(sum(map(log, ratios)) / len(ratios)) if ratios else None
    return [
        Bar("family: worst violation in a certificate", max(violations, default=None), 1e-6),
        Bar(f"family: bare HiGHS ÷ ours, geometric mean where both came to {GAP:.2%}", mean, 1.0, at_least=True),
        Bar(f"family: of {asked} problems, those that only bare HiGHS brought to {GAP:.2%}", float(lost), 0.0),
    ]


def _done(case: Case) -> bool:
    return case.gap is not None and abs(case.gap) <= GAP and case.violation is not None and case.violation <= HOLDS


def _row(case: Case) -> dict[str, object]:
    figures = {"objective": case.objective, "bound": case.bound}
    told: dict[str, object] = {key: "" if value is None else f"{value:.10g}" for key, value in figures.items()}
    gap = "" if case.gap is None else max(case.gap, 0.0)
    used: dict[str, object] = {"seconds": round(case.seconds, 1), "peak": round(case.peak)}
    return {
        "name": case.name,
        "way": case.way,
        **told,
        "gap": gap,
        **used,
        "violation": case.violation,
        "note": case.note,
    }


def keep_case(case: Case) -> Known:
    """The table with what a case has added to it; UnknownProblem for one that is not of the thirty."""
    if case.name not in NAMES:
        raise UnknownProblem(f"{case.name} is not one of the thirty, of which alone a table is kept")
    rows = read_table()
    before = rows.get(case.name) or Known.of(define(case.name))
    after = with_case(before, case, version_in_words())
    if after.objective != before.objective:
        write_whole_numbers(case.name, case.whole)
    write_table({**rows, case.name: after})
    return after


def apart(name: str, way: str, gap: float, seconds: float) -> Case:
    """One case in a process of its own."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.family",
        "one",
        name,
        way,
        "--gap",
        str(gap),
        "--seconds",
        str(seconds),
    ]
    found = {**os.environ, "PYTHONPATH": str(ROOT)}  # benchmarks/ is not installed
    told = subprocess.run(  # noqa: S603 - this program itself
        command, check=False, capture_output=True, text=True, cwd=ROOT, env=found, preexec_fn=_limit(seconds)
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
    figures = "".join(
        f"{'–' if value is None else format(value, ',.4f'):>17}" for value in (case.objective, case.bound)
    )
    gap = "–" if case.gap is None else f"{max(case.gap, 0.0):.3%}"
    certificate = (
        case.note if case.objective is None else "not certified" if case.violation is None else f"{case.violation:.0e}"
    )
    return f"{case.name:<24}{case.way:<10}{figures}{gap:>10}{case.seconds:>12.1f}{case.peak:>8,.0f}  {certificate}"


def version_in_words() -> str:
    """The versions that a figure was had with."""
    known = versions()
    return ", ".join(f"{name} {known[name]}" for name in ("friendshore", "highspy") if name in known)

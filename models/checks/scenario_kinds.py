"""Each row of Scenarios is a danger, a sequel of one, or dated, and its chance, onset and parent fit that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from friendshore.models.checks.protocol import reads
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem
from friendshore.models.tables import Scenario
from friendshore.models.tree.branch import BASE
from friendshore.models.tree.onsets import ANY, SPAN, is_danger, is_sequel, parents_of, years_after

FEW_PERIODS = 3
"""Up to so many periods a scenario for each date is soon written down."""
_READS = ("Scenarios", "Periods.period")
_BETWEEN = re.compile(r"(.+?)\s*(?:\.{3,}|[-–—:]|to)\s*(.+)")
"""What else people write between the ends of a span."""
_ONSET_WANTED = "blank, any, a period or a span such as {first}..{last}"


@reads(*_READS)
def scenario_kinds(problem: Problem) -> Iterator[Finding]:
    """FS320, FS321, FS322, FS205, FS309: rows that are no danger, no sequel and not dated."""
    yield from kind_faults(problem)


@lru_cache(maxsize=8)
def kind_faults(problem: Problem) -> tuple[Finding, ...]:
    """All that keeps rows of Scenarios from being what they seem; empty where each has its kind."""
    rows = problem.tables.scenarios if problem.periods else ()
    return tuple(fault for row in rows for fault in _faults(problem, row))


def _faults(problem: Problem, row: Scenario) -> Iterator[Finding]:
    if row.per_year is not None and row.probability is not None:
        message = (
            f"found {row.per_year:g} a year beside the probability {row.probability:g}; wanted one of them: per_year "
            "for a danger that may begin at any time, probability for a known date or a sequel"
        )
        yield make_finding("FS320", "Scenarios", message, row.row, "per_year")
    elif row.per_year is None and row.probability is None:
        message = (
            "found neither per_year nor probability; wanted per_year for a danger that may begin at any time, or "
            "probability for a known date or a sequel"
        )
        yield make_finding("FS320", "Scenarios", message, row.row, "per_year")
    elif is_danger(row):
        yield from _danger(problem, row)
    elif is_sequel(problem, row):
        yield from _sequel(problem, row)
    else:
        yield from _dated(problem, row)


def _danger(problem: Problem, row: Scenario) -> Iterator[Finding]:
    labels = [period.period for period in problem.periods]
    wanted = "wanted " + _ONSET_WANTED.format(first=labels[0], last=labels[-1])
    if row.onset not in ANY:
        ends = [end.strip() for end in row.onset.split(SPAN)]
        unknown = [end for end in ends if end not in labels]
        if len(ends) > 2 or unknown:
            meant = _span_meant(row.onset, labels)
            hint = f"did you mean {meant}? {wanted}" if meant else wanted
            message = f"found {row.onset!r}, and {unknown[0] if unknown else row.onset!r} is no period; {hint}"
            yield make_finding("FS321", "Scenarios", message, row.row, "onset")
        elif labels.index(ends[0]) > labels.index(ends[-1]):
            message = f"found {row.onset!r}, a span that runs backwards; did you mean {ends[-1]}{SPAN}{ends[0]}?"
            yield make_finding("FS309", "Scenarios", message, row.row, "onset")
    rows = {other.scenario: other for other in problem.tables.scenarios}
    for parent in parents_of(row):
        above = rows.get(parent)
        if above is not None and (is_danger(above) or is_sequel(problem, above)):
            message = (
                f"found {parent!r}, which is no path that a danger may strike; wanted base or dated scenarios: one "
                "danger at a time is modelled, and what follows one is a sequel (probability, and an onset +N)"
            )
            yield make_finding("FS322", "Scenarios", message, row.row, "parent")


def _span_meant(text: str, labels: list[str]) -> str:
    """The onset that somebody may have meant who wrote ``2028-2032``, ``2028 … 2032`` or ``Any``; empty where none."""
    if text.casefold() in ANY:
        return text.casefold()
    between = _BETWEEN.fullmatch(text)
    ends = between.groups() if between else ()
    return SPAN.join(ends) if ends and set(ends) <= set(labels) else ""


def _sequel(problem: Problem, row: Scenario) -> Iterator[Finding]:
    if len(parents_of(row)) > 1:
        message = f"found the list {row.parent!r}; wanted the one danger, or sequel, that it follows"
        yield make_finding("FS322", "Scenarios", message, row.row, "parent")
    labels = {period.period for period in problem.periods}
    if years_after(row) is None or (row.onset in labels and not row.onset.startswith("+")):
        example = "+1"
        message = (
            f"found {row.onset!r}; wanted {example}, the years after the onset of {row.parent!r}, which may begin in "
            "any period"
        )
        yield make_finding("FS321", "Scenarios", message, row.row, "onset")


def _dated(problem: Problem, row: Scenario) -> Iterator[Finding]:
    labels = [period.period for period in problem.periods]
    if len(parents_of(row)) > 1:
        message = f"found the list {row.parent!r}; wanted one path: only a danger may strike several"
        yield make_finding("FS322", "Scenarios", message, row.row, "parent")
    if row.onset in labels:
        return
    if row.onset.startswith("+"):
        message = (
            f"found {row.onset!r}, the onset of a sequel, and the parent {parents_of(row)[0]!r} is no danger; wanted a "
            "danger as parent, or a period as onset"
        )
        yield make_finding("FS321", "Scenarios", message, row.row, "onset")
    elif not row.onset or row.onset in ANY or SPAN in row.onset:
        said = f"found {row.onset!r}" if row.onset else "found a blank cell"
        message = (
            f"{said} beside a probability; wanted the period in which it begins. For a danger that may begin at any "
            "time fill per_year, the chance a year, instead of probability"
        )
        yield make_finding("FS321", "Scenarios", message, row.row, "onset")
    else:
        message = (
            f"found {row.onset!r}, which is outside the horizon {labels[0]} … {labels[-1]}; wanted a name from Periods"
        )
        yield make_finding("FS205", "Scenarios", message, row.row, "onset")


@reads(*_READS)
def single_dates(problem: Problem) -> Iterator[Finding]:
    """FS540: every scenario that can happen begins on a date that the plan knows."""
    likely = sorted((row for row in problem.tables.scenarios if row.per_year or row.probability), key=_position)
    dates = ", ".join(dict.fromkeys(row.onset for row in likely if parents_of(row) == (BASE,)))
    if dates and not any(is_danger(row) for row in likely) and len(problem.periods) > FEW_PERIODS:
        message = (
            f"found single dates only ({dates}): the plan knows them, prepares for them and for no others; for a "
            "danger that may begin in any period fill per_year, its chance a year, in place of probability and onset"
        )
        yield make_finding("FS540", "Scenarios", message, likely[0].row, "onset")


def _position(row: Scenario) -> int:
    """Where the row stands on the sheet."""
    return row.row

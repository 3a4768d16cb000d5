"""Scenarios leave their parents' paths: later, not in a circle, and not more likely than a path that cannot happen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from friendshore.models.checks.circles import circles
from friendshore.models.checks.protocol import reads
from friendshore.models.checks.scenario_kinds import kind_faults
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem
from friendshore.models.tree.branch import Branch
from friendshore.models.tree.dangers import chances
from friendshore.models.tree.onsets import is_danger, is_sequel, parents_of, period_after


@reads("Scenarios.scenario", "Scenarios.parent")
def parent_circles(problem: Problem) -> Iterator[Finding]:
    """FS303: scenarios that are each other's parents."""
    around = circles({row.scenario: parents_of(row)[0] for row in problem.tables.scenarios})
    for row in problem.tables.scenarios:
        if row.scenario in around:
            message = f"found the circle {' → '.join(around[row.scenario])}; wanted parents that lead to base"
            yield make_finding("FS303", "Scenarios", message, row.row, "parent")


def sound(problem: Problem) -> bool:
    """Whether the sheet Scenarios can be read as branches: every row has its kind, and parents lead to base."""
    return bool(problem.periods) and not kind_faults(problem) and not list(parent_circles.run(problem))


@lru_cache(maxsize=8)
def readable(problem: Problem) -> Problem:
    """The problem with those rows of Scenarios alone that can be read as branches: the faults of a row hide no others.

    A row that has not its kind, whose parents lead round in a circle, or that follows such a row is left out.
    """
    if sound(problem):
        return problem
    at_fault = {finding.row for finding in (*kind_faults(problem), *parent_circles.run(problem))}
    rows = [row for row in problem.tables.scenarios if problem.periods and row.row not in at_fault]
    known = {row.scenario for row in problem.tables.scenarios}
    while True:
        left = {row.scenario for row in rows}
        kept = [row for row in rows if known & {*parents_of(row)} <= left]
        if len(kept) == len(rows):
            return replace(problem, tables=replace(problem.tables, scenarios=tuple(kept)))
        rows = kept


@reads("Scenarios", "Periods.period")
def onsets(problem: Problem) -> Iterator[Finding]:
    """FS302: a dated scenario whose onset is not after its parent's, or a danger that can never strike a path."""
    problem = readable(problem)
    known = {row.scenario: row for row in problem.tables.scenarios}
    for row in known.values():
        for parent in (known[name] for name in parents_of(row) if name in known):
            if is_sequel(problem, row):
                continue
            begun = problem.period_index(parent.onset, 0)
            if is_danger(row):
                if not any(branch.parent == parent.scenario for branch in _branches(problem, row.scenario)):
                    message = (
                        f"found no period in which it may strike {parent.scenario!r}, which begins in {parent.onset}"
                    )
                    yield make_finding("FS302", "Scenarios", message, row.row, "onset")
            elif problem.period_index(row.onset, 0) <= begun:
                message = (
                    f"found {row.onset!r}; wanted a period after {parent.onset!r}, the onset of its parent "
                    f"{parent.scenario!r}"
                )
                yield make_finding("FS302", "Scenarios", message, row.row, "onset")


@reads("Scenarios", "Periods")
def late_sequels(problem: Problem) -> Iterator[Finding]:
    """FS551: a sequel that would begin past the horizon whenever its parent does."""
    problem = readable(problem)
    for row in problem.tables.scenarios:
        if not is_sequel(problem, row):
            continue
        parents = _branches(problem, parents_of(row)[0])
        if parents and all(period_after(problem, branch.onset, row) is None for branch in parents):
            message = (
                f"found {row.onset!r}: whenever {row.parent!r} begins it would begin past the horizon, and its parent "
                "keeps that chance"
            )
            yield make_finding("FS551", "Scenarios", message, row.row, "onset")


def _branches(problem: Problem, scenario: str) -> list[Branch]:
    return [branch for branch in chances(problem).branches if branch.scenario == scenario]


@reads("Scenarios")
def parent_probabilities(problem: Problem) -> Iterator[Finding]:
    """FS304: a positive probability below a scenario of probability 0."""
    problem = readable(problem)
    known = {row.scenario: row for row in problem.tables.scenarios}
    for row in known.values():
        chance = row.per_year if is_danger(row) else row.probability
        for parent in (known[name] for name in parents_of(row) if name in known):
            if chance and not (parent.per_year or parent.probability):
                column = "per_year" if is_danger(row) else "probability"
                message = f"found {chance:g}; wanted 0, as its parent {parent.scenario!r} has probability 0"
                yield make_finding("FS304", "Scenarios", message, row.row, column)

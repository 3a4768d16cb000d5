"""Branches: what the rows of Scenarios stand for, a danger for one in each period in which it may begin."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp, log1p

from .records import Event, Period, Problem, Row, Scenario, as_label, parts
from .tree import TINY

FIRST_ON = ("", "any")


@dataclass(frozen=True)
class Danger:
    """What may begin in any of some periods of a path."""

    row: str
    rate: float
    periods: range
    step_months: float | None

    def may_begin(self, period: int, after: int) -> bool:
        """Whether it may begin in a period, on a path whose own onset is `after` (-1 for the base path)."""
        return period in self.periods and period > after


def branches(problem: Problem, rows: list[Row], events: dict[str, tuple[Event, ...]]) -> dict[str, Scenario]:
    """All branches of the sheet by name, with the probability that their paths play out to the end."""
    dated, dangers, sequels = _sorted_by_kind(rows)
    sure = 1.0 - sum(_chance(row) for row in dated)
    struck = [Scenario("base", "", sure, -1, "", None), *(_dated(problem, row) for row in dated)]
    found: dict[str, Scenario] = {}
    for path in struck:
        strikes = _strikes(problem, path, [d for row in dangers if (d := _danger(problem, row, path.name))])
        left = replace(path, probability=path.probability - sum(s.probability for s in strikes))
        for branch in [left, *(alone for strike in strikes for alone in _followed(problem, strike, sequels))]:
            found[branch.name] = replace(branch, events=events.get(branch.row, ()))
    del found["base"]
    return found


def _dated(problem: Problem, row: Row) -> Scenario:
    name, onset = as_label(row["scenario"]), problem.period(row["onset"])
    return Scenario(name, name, _chance(row), onset, as_label(row.get("parent") or "base"), _months(row))


def _sorted_by_kind(rows: list[Row]) -> tuple[list[Row], list[Row], list[Row]]:
    """Dated scenarios, dangers, and sequels (whose parent is a danger or a sequel)."""
    dangers = [row for row in rows if row.get("per_year") not in (None, "")]
    above = {as_label(row["scenario"]) for row in dangers}
    others = [row for row in rows if row not in dangers]
    sequels: list[Row] = []
    while more := [row for row in others if row not in sequels and as_label(row.get("parent") or "base") in above]:
        sequels += more
        above |= {as_label(row["scenario"]) for row in more}
    return [row for row in others if row not in sequels], dangers, sequels


def _chance(row: Row) -> float:
    return float(str(row["probability"]))


def _months(row: Row) -> float | None:
    return float(str(row["step_months"])) if row.get("step_months") not in (None, "") else None


def _danger(problem: Problem, row: Row, path: str) -> Danger | None:
    """A danger, where it may strike a path."""
    if path not in parts(row.get("parent") or "base"):
        return None
    span = as_label(row.get("onset") or "")
    last = len(problem.periods) - 1
    first, end = (1, last) if span in FIRST_ON else [problem.period(label) for label in span.split("..")]
    rate = -log1p(-float(str(row["per_year"])))
    return Danger(as_label(row["scenario"]), rate, range(first, end + 1), _months(row))


def _strikes(problem: Problem, path: Scenario, dangers: list[Danger]) -> list[Scenario]:
    """The branches of the dangers of one path: they compete, and whichever begins first takes its share."""
    found: list[Scenario] = []
    quiet = 1.0
    for position, period in enumerate(problem.periods):
        here = [danger for danger in dangers if danger.may_begin(position, path.onset)]
        both = sum(danger.rate for danger in here)
        for danger in here:
            share = quiet * danger.rate / both * (1.0 - exp(-both * period.years)) if danger.rate else 0.0
            name = f"{danger.row}@{period.label}" + (f"/{path.name}" if path.name != "base" else "")
            probability = path.probability * share
            found.append(Scenario(name, danger.row, probability, position, path.name, danger.step_months))
        quiet *= exp(-both * period.years)
    return found


def _followed(problem: Problem, branch: Scenario, sequels: list[Row]) -> list[Scenario]:
    """A branch and the sequels that split its probability, theirs included."""
    found: list[Scenario] = []
    kept = 1.0
    for row in sequels:
        start = problem.periods[branch.onset].start + float(as_label(row["onset"]).removeprefix("+"))
        onset = _first_from(problem.periods, start)
        if as_label(row["parent"]) == branch.row and onset is not None:
            name = f"{as_label(row['scenario'])}@{problem.periods[onset].label}/{branch.name}"
            probability = branch.probability * _chance(row)
            alone = Scenario(name, as_label(row["scenario"]), probability, onset, branch.name, _months(row))
            found += _followed(problem, alone, sequels)
            kept -= _chance(row)
    return [replace(branch, probability=branch.probability * kept), *found]


def _first_from(periods: list[Period], time: float) -> int | None:
    return next((i for i, period in enumerate(periods) if period.start >= time - TINY), None)

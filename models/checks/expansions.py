"""Expansions that can be decided and can serve."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from friendshore.models.checks.circles import circles
from friendshore.models.checks.protocol import reads
from friendshore.models.checks.timing import TINY, period_starts
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem
from friendshore.models.tables import Expansion
from friendshore.models.tree.onsets import is_danger, is_sequel
from friendshore.optimizer.wording.counts import measured

FINE = 1e-6


@reads("Expansions.expansion", "Expansions.requires")
def requirements(problem: Problem) -> Iterator[Finding]:
    """FS310: expansions that require each other."""
    around = circles({row.expansion: row.needed for row in problem.tables.expansions if row.requires})
    for row in problem.tables.expansions:
        if row.expansion in around:
            circle = " → ".join(around[row.expansion])
            message = f"found the circle {circle}; wanted an order in which they can be decided"
            yield make_finding("FS310", "Expansions", message, row.row, "requires")


@reads("Periods", "Scenarios", "Expansions.opened_by", "Expansions.latest")
def openings(problem: Problem) -> Iterator[Finding]:
    """FS343, FS344: what opens an expansion is a dated scenario that may come true, and comes before it closes."""
    scenarios = {row.scenario: row for row in problem.tables.scenarios}
    for row in problem.tables.expansions:
        opening = scenarios.get(row.opened_by)
        if opening is None:
            continue
        dated = not is_danger(opening) and not is_sequel(problem, opening)
        if not dated or not opening.probability:
            found = "a dated scenario of probability 0" if dated else "a danger or the sequel of one"
            message = f"found {row.opened_by!r}, which is {found}; wanted a dated scenario of positive probability"
            yield make_finding("FS343", "Expansions", message, row.row, "opened_by")
        elif row.latest and problem.period_index(row.latest, 0) < problem.period_index(opening.onset, 0):
            message = f"found {row.latest!r}, before {row.opened_by!r} opens it in {opening.onset!r}; wanted it later"
            yield make_finding("FS344", "Expansions", message, row.row, "latest")


@reads("Expansions.plant", "Expansions.stockpile")
def places(problem: Problem) -> Iterator[Finding]:
    """FS341: an expansion of neither a plant nor a stockpile, or of both."""
    for row in problem.tables.expansions:
        if bool(row.plant) == bool(row.stockpile):
            found = f"both, {row.plant!r} and {row.stockpile!r}" if row.plant else "neither"
            message = f"found {found}; wanted exactly one of plant (capacity) and stockpile (a store)"
            yield make_finding("FS341", "Expansions", message, row.row, "plant")


@reads(
    "Periods",
    "Expansions.stockpile",
    "Expansions.earliest",
    "Expansions.lead_years",
    "Expansions.life_years",
    "Expansions.ramp",
)
def lasting_stores(problem: Problem) -> Iterator[Finding]:
    """FS342: a store that holds less later than before, when what it held has nowhere to go."""
    for row in problem.tables.expansions:
        if not row.stockpile:
            continue
        first = problem.period_starts[problem.period_index(row.earliest, 0)] + row.lead_years
        ends = inf if row.life_years is None else first + row.life_years
        if ends < problem.horizon - TINY:
            message = f"found a life that may end at year {ends:g}, before the horizon at {problem.horizon:g}"
            yield make_finding("FS342", "Expansions", f"{message}; wanted blank, or longer", row.row, "life_years")
        if list(row.ramp) != sorted(row.ramp):
            falls = ", ".join(f"{share:g}" for share in row.ramp)
            message = f"found {falls}, which falls; wanted shares that do not: what a store held has to go somewhere"
            yield make_finding("FS342", "Expansions", message, row.row, "ramp")


@reads("Expansions.expansion", "Expansions.requires", "Expansions.integer")
def parts_of_units(problem: Problem) -> Iterator[Finding]:
    """FS340: any of an expansion that need not be built in whole units, so that a bit of it would be enough."""
    for row in problem.tables.expansions:
        if row.needs_any and not problem.expansions[row.needed].integer:
            message = f"found any of {row.needed!r}, which need not be whole; wanted one with integer yes"
            yield make_finding("FS340", "Expansions", message, row.row, "requires")


@reads("Periods", "Expansions.earliest", "Expansions.lead_years")
def late_expansions(problem: Problem) -> Iterator[Finding]:
    """FS514: an expansion that comes into service after the horizon."""
    starts = period_starts(problem)
    for row in problem.tables.expansions:
        serves = starts[problem.period_index(row.earliest, 0)] + row.lead_years
        if serves > problem.horizon - TINY:
            message = (
                f"found {measured(row.lead_years, 'year')}; it would serve from year {serves:g} on, and the "
                f"horizon ends at {problem.horizon:g}"
            )
            yield make_finding("FS514", "Expansions", message, row.row, "lead_years")


@reads(
    "Periods",
    "Expansions.earliest",
    "Expansions.latest",
    "Expansions.lead_years",
    "Expansions.life_years",
    "Expansions.ramp",
)
def broken_steps(problem: Problem) -> Iterator[Finding]:
    """FS552: lead, life or a year of ramp that ends within a step of the base path, and so counts later, or earlier."""
    alike: dict[tuple[str, str], list[Expansion]] = {}
    for row in sorted(problem.tables.expansions, key=lambda row: row.row):
        life = inf if row.life_years is None else row.life_years
        moments = [("lead_years", row.lead_years), ("life_years", row.lead_years + life)]
        moments += [("ramp", row.lead_years + year) for year in range(1, len(row.ramp) + 1)]
        told: set[str] = set()
        for column, years in moments:
            broken = None if column in told else _first_broken(problem, row, years)
            if broken is not None:
                told.add(column)
                alike.setdefault((column, _told(problem, row, column, *broken)), []).append(row)
    for (column, message), rows in alike.items():
        others = ", ".join(repr(row.expansion) for row in rows[1:])
        also = f"; alike: {others}" if others else ""
        yield make_finding("FS552", "Expansions", message + also, rows[0].row, column)


def _first_broken(problem: Problem, row: Expansion, years: float) -> tuple[int, int, tuple[float, float], float] | None:
    """Of the periods in which it may be decided the first after which a step of the base path is broken.

    The period of decision, the period and the step (start and end) that are broken, and the moment that breaks them.
    """
    for decided in problem.window(row.earliest, row.latest):
        moment = problem.period_starts[decided] + years
        for t, period in enumerate(problem.periods):
            length = period.years / period.steps
            for i in range(period.steps):
                start = problem.period_starts[t] + i * length
                if start + TINY < moment < start + length - TINY:
                    return decided, t, (start, start + length), moment
    return None


def _told(
    problem: Problem, row: Expansion, column: str, decided: int, period: int, step: tuple[float, float], moment: float
) -> str:
    broken = problem.periods[period]
    start, end = step
    ends, counts, years = {
        "lead_years": ("is there", f"counts from year {end:g} on", measured(row.lead_years, "year")),
        "life_years": ("is worn out", f"counts until year {start:g}", measured(row.life_years or 0.0, "year")),
        "ramp": (
            "ends a year of its ramp",
            f"counts by the smaller share until year {end:g}",
            ", ".join(f"{share:g}" for share in row.ramp),
        ),
    }[column]
    finer = _finer(broken.years, moment - problem.period_starts[period])
    cure = f"; with steps {finer} in {broken.period!r} on Periods it would count to the day" if finer else ""
    return (
        f"found {years}: a unit decided in {problem.periods[decided].period!r} {ends} at year {moment:g}, "
        f"within a step from {start:g} to {end:g} of the base path, and {counts}{cure}"
    )


def _finer(years: float, offset: float) -> int | None:
    """The fewest equal steps, at most 24, of which one begins after ``offset`` of the period."""
    return next((n for n in range(2, 25) if abs(offset * n / years - round(offset * n / years)) < FINE), None)

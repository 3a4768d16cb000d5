"""Beginnings and ends that make a plan blind: a first period without danger, an end that nothing can meet."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.protocol import reads
from friendshore.models.checks.reach import Spot, ever_open, reach
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem
from friendshore.models.tables import Period, Scenario, Stockpile
from friendshore.models.tree.onsets import is_danger, span_of
from friendshore.optimizer.wording.counts import measured

LONG = 2.0
"""Years of a first period beyond which it is told that no danger begins within it."""


@reads("Periods", "Scenarios")
def safe_beginnings(problem: Problem) -> Iterator[Finding]:
    """FS549: a long first period within which nothing of weight begins."""
    first = problem.periods[0]
    weighed = [row for row in problem.tables.scenarios if (row.per_year or row.probability or 0.0) > 0]
    if first.years > LONG and weighed and not any(_begins_at_once(problem, row) for row in weighed):
        message = (
            f"found a first period of {measured(first.years, 'year')}, before the end of which no danger begins, of "
            f"{measured(problem.horizon, 'year')} in all; wanted a first period of {LONG:g} years at most"
        )
        yield make_finding("FS549", "Periods", message, first.row, "years")


def _begins_at_once(problem: Problem, row: Scenario) -> bool:
    """Whether a danger or a dated scenario may begin at the start of the horizon; what follows another never does."""
    return 0 in span_of(problem, row) if is_danger(row) else row.onset == problem.periods[0].period


@reads("Stockpiles", "Plants", "Recipes", "Commodities", "Expansions", "Lanes", "Countries", "Profiles", "Periods")
def unmet_ends(problem: Problem) -> Iterator[Finding]:
    """FS550: a final_min or min_level that a stockpile neither keeps nor can be filled to."""
    made = reach(problem).made
    ends = [(start + period.years, f"of {period.period!r}") for start, period in _timed(problem)]
    for row in problem.tables.stockpiles:
        least = row.initial if row.final_min is None else row.final_min
        final = "final_min" if "final_min" in row.given else "initial"
        fed = _fed(problem, row, made)
        floors = [problem.at(t).stockpiles[row.stockpile].min_level for t in range(len(ends))]
        asked = [(floor, "min_level", years, when) for floor, (years, when) in zip(floors, ends, strict=True)]
        for level, column, years, when in [(least, final, problem.horizon, ""), *asked]:
            kept = row.initial * (1.0 - row.loss_rate) ** years
            filled = row.max_fill * years if fed else 0.0
            if level > kept + filled:
                why = f"at most {filled:,.6g} can be filled in until then" if filled else "nothing can be filled in"
                told = f"found {level:,.6g} to be held at the end {when}".rstrip()
                message = f"{told}, of which {kept:,.6g} is left of the start, and {why}"
                yield make_finding("FS550", "Stockpiles", message, row.row, column)
                break


def _timed(problem: Problem) -> Iterator[tuple[float, Period]]:
    """Each period with its start."""
    return zip(problem.period_starts, problem.periods, strict=True)


def _fed(problem: Problem, row: Stockpile, made: frozenset[Spot]) -> bool:
    """Whether anything but the stockpile itself may bring its good into its country."""
    here, good = row.country, row.commodity
    if (here, good) in made:
        return True
    others = (each for each in problem.tables.stockpiles if each is not row and each.initial > 0)
    return any(
        ever_open(problem, lane) and (lane.origin, good) in made
        for lane in problem.lanes.values()
        if lane.destination == here and lane.commodity == good
    ) or any(each.commodity == good and here in problem.served(each) for each in others)

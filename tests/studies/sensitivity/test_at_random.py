"""Random problems: derivatives against differences of solved programs, both ends against the second formulation."""

from __future__ import annotations

import random
from math import isinf
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from friendshore.models.examine import problem_from_sheets
from friendshore.models.plan.baselines import Interval
from friendshore.models.problem import Problem
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.search.hold import Held, hold
from friendshore.optimizer.studies.sensitivity.figures import Figure, figures_of, with_cells
from friendshore.optimizer.studies.sensitivity.lagrangian import Lagrangian
from friendshore.optimizer.studies.sensitivity.sensitivity import Asks, End, Verdict
from friendshore.optimizer.studies.sensitivity.units import UNITS, optimum_of, released, searched
from friendshore.optimizer.studies.sensitivity.work import Unknown, work_out
from tests.examples import examples
from tests.mathematics.cases import built, importer, stop, store, under
from tests.reference.random_problems import sheets
from tests.reference.records import Sheets
from tests.studies.sensitivity.ends_by_reference import at_end, cost_of, least_cost

HOW: dict[str, Any] = {"gap": 0.0, "time_limit": None, "threads": 1, "seed": 0}
CLOSE = 1e-6
H = 1e-4

CITING = ("Commodities", "Recipes", "Plants", "Expansions", "Demand", "Lanes", "Stockpiles", "Scenarios", "Events")
CITING += ("Protections", "Policies", "Profiles")

DECISIVE = ("Expansions", "Demand", "Protections", "Policies")
"""Rows of which one at least cites a source: on them decisions hang."""

drawn = settings(
    max_examples=examples(16), deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


@st.composite
def cited(draw: st.DrawFn, rows: int) -> Sheets:
    """A random problem of which some rows cite a source; what is committed is no decision, whatever its lead time."""
    problem = draw(sheets(committed=False).filter(lambda found: "Expansions" in found))
    places = [(name, i) for name in CITING if name in problem for i in range(len(problem[name]))]
    decisive = [place for place in places if place[0] in DECISIVE]
    chosen = draw(st.lists(st.sampled_from(places), min_size=rows, max_size=rows, unique=True))
    chosen.append(draw(st.sampled_from(decisive)))
    citing = {
        name: [row | ({"source_id": "S"} if (name, i) in chosen else {}) for i, row in enumerate(mine)]
        for name, mine in problem.items()
    }
    width = draw(st.sampled_from(({"confidence": "medium"}, {"confidence": "low"}, {"low": 0.4, "high": 2.5})))
    return citing | {"Sources": [{"source_id": "S", "title": "a report"} | width]}


def solved(problem: Problem, held: Held) -> float | None:
    """The cost of whole numbers held, the linear program that is left solved anew; None where there is no plan."""

    def fixed(assembled: Assembled) -> Assembled:
        return released(hold(assembled, held, whole_alone=True))

    return searched(problem, HOW, fixed, {}, all_prices=True).answer.objective


def sides(problem: Problem, held: Held, figure: Figure) -> tuple[float, float] | None:
    """What the cost changes by a unit of the factor on the way down and on the way up, from solved programs."""
    here, below, above = (solved(with_cells(problem, figure, figure.times(f)), held) for f in (1.0, 1 - H, 1 + H))
    if here is None or below is None or above is None:
        return None
    return (here - below) / H, (above - here) / H


def check_derivatives(stated: Sheets) -> None:
    """Where the cost is smooth the derivative is that of central differences; at a kink, where many prices are right,
    the one told lies between those of both sides."""
    problem = problem_from_sheets(stated)
    plan = UNITS.work((problem, HOW), {"what": "plan"})
    assume(plan["high"] is not None)
    prices = UNITS.work((problem, HOW), {"what": "prices", "held": plan["held"]})
    lagrangian, held = Lagrangian(problem, optimum_of(prices)), Held.of_lists(plan["held"])
    for figure in figures_of(problem)[:4]:
        moved = None if figure.time else lagrangian.move(with_cells(problem, figure, figure.times(1.0 - 1e-6)))
        differences = None if moved is None else sides(problem, held, figure)
        if moved is None or differences is None:
            continue
        slope, near = -moved / 1e-6, 1e-4 * max(1.0, abs(plan["high"]))
        assert min(differences) - near <= slope <= max(differences) + near, figure


@drawn
@given(cited(3))
def test_derivatives_are_those_of_solved_programs(stated: Sheets) -> None:
    check_derivatives(stated)


def holds(interval: Interval | None, value: float, size: float) -> bool:
    """Whether an interval holds a value, but for tolerances."""
    near = CLOSE * max(1.0, abs(size))
    return interval is None or interval.low - near <= value <= interval.high + near


def check_end(stated: Sheets, figure: Figure, end: End, held: Held) -> None:
    """Every claim about an end against the second formulation."""
    there = at_end(stated, figure, dict(end.cells))
    best, kept = least_cost(there), cost_of(there, held)
    assert end.possible is not (isinf(best)), (figure, end)
    assert end.kept is None or end.kept is not isinf(kept), (figure, end)
    if isinf(best):
        assert end.best is None and end.verdict in (Verdict.NOTHING, Verdict.OPEN)
        return
    assert holds(end.best, best, best), (figure, end, best)
    if isinf(kept):
        assert end.held is None and end.verdict in (Verdict.TURNS, Verdict.OPEN)
        return
    assert holds(end.held, kept, kept) and holds(end.regret, kept - best, kept), (figure, end, kept, best)
    near = 2 * CLOSE * max(1.0, abs(best))
    assert end.verdict is not Verdict.TURNS or kept > best - near
    assert end.verdict is not Verdict.STAYS or kept <= best + near


def check_ends(stated: Sheets, searches: int, gap: float) -> None:
    """Cost, regret and verdict at both ends, with all searches, few and none, to the end and to a wide gap: no interval
    is ever left, and what is proven is true."""
    problem = problem_from_sheets(stated)
    try:
        study = work_out(problem, Asks(top=3, searches=searches, gap=gap))
    except (Unknown, ValueError):
        assume(False)
    now = least_cost(stated)
    assert holds(study.plan, now, now)
    for each in study.priced:
        for end in each.ends:
            check_end(stated, each.figure, end, study.decisions)
            if end.best is not None:
                change = study.cost_change(end)
                there = least_cost(at_end(stated, each.figure, dict(end.cells)))
                assert holds(change, there - now, max(abs(there), abs(now)))


ENDS = st.tuples(cited(2), st.sampled_from((0, 2, 20)), st.sampled_from((0.0, 0.05)))


@drawn
@given(ENDS)
def test_both_ends_hold_what_the_second_formulation_finds(asked: tuple[Sheets, int, float]) -> None:
    check_ends(*asked)


def lumpy(seed: int) -> Sheets:
    """A rival makes cheaply and may stop; works at home come in two sizes, a store may be filled: all of it near the
    price at which it is built or not, and any of its figures may be much less or more."""
    draw = random.Random(seed)  # noqa: S311 - a test
    sheets = importer(2, demand=draw.randint(8, 16), cost=draw.randint(1, 4)) | stop(draw.choice((0.1, 0.3)))
    sheets["Plants"].append({"plant": "home", "country": "Home", "commodity": "metal", "capacity": 2, "unit_cost": 6})
    sizes = ((draw.randint(2, 4), draw.randint(8, 40)), (draw.randint(5, 8), draw.randint(20, 90)))
    sheets["Expansions"] = [
        built(expansion=f"line {i}", plant="home", size=size, capex=capex) for i, (size, capex) in enumerate(sizes)
    ]
    sheets["Stockpiles"] = [store(initial=2, holding_cost=1, max_level=4)]
    sheets["Demand"][0]["shortage_cost"] = draw.randint(20, 60)
    if draw.random() < 0.5:
        sheets = under(sheets, kind="max_shortage", limit=0.5, scenario="stop")
    cited = draw.sample(("Plants", "Expansions", "Demand", "Scenarios", "Stockpiles", "Events", "Policies"), 3)
    citing = {
        name: [row | ({"source_id": "S"} if name in cited else {}) for row in rows] for name, rows in sheets.items()
    }
    return citing | {"Sources": [{"source_id": "S", "title": "a report", "low": 0.5, "high": 1.7}]}


def check_turns(seed: int) -> None:
    """Where whole works hang on the figures: both ends of the six largest against the second formulation."""
    stated = lumpy(seed)
    study = work_out(problem_from_sheets(stated), Asks(top=6, searches=(0, 20, 20)[seed % 3], gap=0.0))
    assert holds(study.plan, least_cost(stated), study.plan.high)
    for each in study.priced:
        for end in each.ends:
            check_end(stated, each.figure, end, study.decisions)


@pytest.mark.parametrize("seed", range(examples(8)))
def test_decisions_that_turn(seed: int) -> None:
    check_turns(seed)

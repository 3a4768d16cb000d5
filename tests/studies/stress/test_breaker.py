"""Bounds changed on a running model give what the whole model gives with the same break as a scenario of its own."""

from __future__ import annotations

import dataclasses
from itertools import combinations
from math import inf

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from friendshore.models.examine import problem_from_sheets
from friendshore.models.findings import InvalidProblem
from friendshore.optimizer.saved.decisions import decisions_of
from friendshore.optimizer.solver import solve_lp
from friendshore.optimizer.studies.stress.bench import Bench
from friendshore.optimizer.studies.stress.breaker import NONE_SHORT, Breaker, HotLp
from friendshore.optimizer.studies.stress.limits import Stop
from friendshore.optimizer.studies.stress.removals import longest, removals
from friendshore.optimizer.studies.stress.setup import build_bench
from tests.examples import examples
from tests.reference.random_problems import sheets
from tests.reference.records import Sheets
from tests.studies.vulnerabilities.broken import UNDISTURBED, cost_from, solved, with_breaks

often = settings(
    max_examples=examples(25), deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
KINDS = ("max_share", "min_share", "stock_cover", "max_capex")


@often
@given(sheets(scenarios=False, dangers=False, events=False, places=False, policy_kinds=KINDS))
def test_hot_starts_equal_the_whole_model(drawn: Sheets) -> None:
    """Every removal and every third pair, at the first or second period, partial steps and all."""
    try:
        problem = problem_from_sheets(drawn)
    except InvalidProblem:
        return
    onset = len(drawn["Demand"]) % 2
    chosen = [removal for i, removal in enumerate(removals(problem, years=(None if len(drawn["Plants"]) % 2 else 0.4)))]
    pairs = list(combinations(range(len(chosen)), 2))[::3]
    breaks = {str(i): removal.events for i, removal in enumerate(chosen)}
    breaks |= {f"{i}+{j}": (*chosen[i].events, *chosen[j].events) for i, j in pairs}
    plan = solved(with_breaks(problem, onset, breaks, longest(chosen)))
    if plan is None:
        return
    breaker = Breaker(build_bench(problem, decisions_of(plan), onset, chosen))
    found = {b.removals: b.extra_cost for i in range(len(chosen)) for b in breaker.starting_with(i, 2)}
    assert len(found) == len(chosen) * (len(chosen) + 1) // 2
    calm = cost_from(plan, onset, UNDISTURBED)
    for name in breaks:
        extra = cost_from(plan, onset, name) - calm
        mine = found[tuple(int(i) for i in name.split("+"))]
        assert mine == pytest.approx(extra, rel=1e-6, abs=1e-6 * max(1.0, abs(calm)))


@often
@given(sheets(scenarios=False, dangers=False, events=False, places=False, policies=False))
def test_a_smaller_program_and_bisection_change_nothing(drawn: Sheets) -> None:
    """Costs on the program as stated; times to survive by trying every end of a node with a solve of its own."""
    try:
        problem = problem_from_sheets(drawn)
    except InvalidProblem:
        return
    plan = solved(problem)
    if plan is None:
        return
    chosen = removals(problem)
    made, stated = (build_bench(problem, decisions_of(plan), 0, chosen, smaller=small) for small in (True, False))
    assert made.program.columns <= stated.program.columns
    breaker, plain = Breaker(made), Breaker(stated)
    for i in range(len(chosen)):
        one, other = next(breaker.starting_with(i, 1)), next(plain.starting_with(i, 1))
        assert one.extra_cost == pytest.approx(other.extra_cost, rel=1e-7, abs=1e-6)
        for tier in range(len(made.needs.tiers)):
            assert breaker.survives(i, tier) == every_end(stated, i, tier)


def every_end(bench: Bench, removal: int, tier: int) -> float:
    """The longest stop that leaves no more of this tier and those before it short, end by end, each from nothing."""
    needs = bench.needs
    cost = np.zeros(bench.program.columns)
    whole = needs.needed(needs.demand).sum(axis=1)
    for place, each in enumerate(needs.tier):
        if each <= tier and whole[each] > 0:
            cost[needs.column[place]] = needs.weight[place] / whole[each]
    hot = HotLp(bench, bench.program)
    ends = bench.starts + bench.lengths
    borne = 0.0
    least = None
    for years in (0.0, *ends.tolist()):
        struck = hot.struck([Stop(bench.stops[removal].targets, years)])
        columns, rows = bench.program.column_upper.copy(), bench.program.row_upper.copy()
        columns[struck.columns], rows[struck.rows] = struck.column_upper, struck.row_upper
        answer = solve_lp(
            dataclasses.replace(bench.program, cost=cost, offset=0.0, column_upper=columns, row_upper=rows)
        )
        assert answer.objective is not None
        least = answer.objective if least is None else least
        if answer.objective > least + NONE_SHORT:
            return borne
        borne = years
    return inf

"""Bounds changed on a running model give what the whole model gives with the same break as a scenario of its own."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings

from models.findings import InvalidProblem
from models.parsing import problem_from_sheets
from optimizer.studies.stress_break import Breaker
from optimizer.studies.stress_decisions import decisions_of
from optimizer.studies.stress_removals import longest, removals
from optimizer.studies.stress_setup import build_bench
from tests.reference.random_problems import sheets
from tests.reference.records import Sheets
from tests.studies.broken import UNDISTURBED, cost_from, solved, with_breaks

often = settings(
    max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
KINDS = ("max_share", "min_share", "stock_cover", "max_capex")


@often
@given(sheets(scenarios=False, events=False, policy_kinds=KINDS))
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

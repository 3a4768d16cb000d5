"""Decomposition finds what the extensive form finds: cost, bound, feasibility, and the prices of the scorecard."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from friendshore.models.examine import problem_from_sheets
from friendshore.models.findings import InvalidProblem
from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.plan import Outcome
from friendshore.optimizer.program.assemble import Assembled, assemble
from friendshore.optimizer.search.benders.search import search_by_decomposition
from friendshore.optimizer.search.extensive import search_extensive_form
from friendshore.optimizer.search.limits import Limits, Stopwatch
from friendshore.optimizer.search.method import Method
from friendshore.optimizer.search.result import SearchResult
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.solver import solve_program
from friendshore.optimizer.system.interrupts import watching
from tests.examples import examples
from tests.mathematics.cases import Sheets, built, importer, stop, store, with_settings
from tests.reference.random_problems import sheets

often = settings(
    max_examples=examples(60),
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def both(stated: Sheets, **how: Any) -> tuple[Outcome, Outcome]:
    problem = problem_from_sheets(stated)
    return (
        solve_problem(problem, gap=1e-7, threads=1, method="benders", **how),
        solve_problem(problem, gap=0.0, threads=1, method="extensive", **how),
    )


@often
@given(sheets())
def test_random_problems_cost_the_same(drawn: Sheets) -> None:
    """Every rule, event and setting of the random problems, hard and with penalties; infeasible ones too."""
    try:
        problem = problem_from_sheets(drawn)
    except InvalidProblem:
        return
    assembled = assemble(build_model_data(problem))
    result = search_by_decomposition(assembled, Limits(1e-7, 60.0, 1, method=Method.BENDERS), Stopwatch())
    if result is None:
        assert problem.settings.branch_investment == "integer"
        return
    answer, program = result.answer, result.assembled.program
    whole = solve_program(program, gap=0.0, threads=1)
    assert (answer.columns is None) == (whole.columns is None)
    if answer.columns is None or whole.objective is None:
        assert answer.status == whole.status
        return
    size = max(1.0, abs(whole.objective))
    assert answer.objective == pytest.approx(whole.objective, abs=1e-6 * size)
    assert answer.bound is not None
    assert answer.bound <= whole.objective + 1e-6 * size
    assert program.violation(answer.columns) < 1e-6


def risky() -> Sheets:
    """Two stops of the only supplier, a store, a dear works at home that may be built in whole units."""
    stated = importer(periods=3)
    stated |= stop(0.1) | {"Stockpiles": [store(max_level=8, holding_cost=0.3)]}
    stated["Scenarios"].append({"scenario": "late", "probability": 0.2, "onset": "y2", "step_months": 12})
    stated["Events"].append({**stated["Events"][0], "scenario": "late", "remaining": 0.3})
    stated["Plants"].append({"plant": "home", "country": "Home", "commodity": "metal", "capacity": 0, "unit_cost": 4})
    stated["Expansions"] = [built(expansion="line", plant="home", size=4, capex=9, max_units=3)]
    return stated


@pytest.mark.parametrize(
    "policies",
    [
        [],
        [{"policy": "most", "kind": "max_shortage", "limit": 0.05, "scenario": "expected"}],
        [{"policy": "tail", "kind": "max_shortage", "limit": 0.2, "scenario": "cvar"}],
        [{"policy": "late", "kind": "max_shortage", "limit": 0.1, "scenario": "late"}],
        [{"policy": "soft", "kind": "max_shortage", "limit": 0.0, "scenario": "expected", "penalty": 500}],
        [{"policy": "lost", "kind": "survive", "limit": 0.5, "years": 1, "suppliers": "Far", "step_months": 12}],
    ],
    ids=lambda rows: rows[0]["policy"] if rows else "none",
)
@pytest.mark.parametrize("aversion", [0.0, 0.4])
def test_coupled_policies_cost_and_price_the_same(policies: list[dict[str, Any]], aversion: float) -> None:
    """Expected and tail shortage tie branches together, survive has branches without weight: one optimum either way.

    Prices at the margin are there too; where the plan sits on a corner they are not unique, so the next test compares
    one with a slope.
    """
    stated = with_settings(risky(), risk_aversion=aversion, cvar_alpha=0.5)
    if policies:
        stated["Policies"] = policies
    mine, theirs = both(stated)
    assert mine.plan is not None
    assert theirs.plan is not None
    assert mine.status == "optimal"
    assert mine.plan.objective == pytest.approx(theirs.plan.objective, rel=1e-6)
    assert mine.plan.certificate is not None
    assert mine.plan.certificate.holds()
    for one, other in zip(mine.plan.policies, theirs.plan.policies, strict=True):
        assert one.shadow_price is not None
        assert other.shadow_price is not None


def test_the_price_of_a_coupled_policy_is_its_slope() -> None:
    """At most 3% short in expectation, by stocks that pay for themselves in a stop only: 0.01% less costs the slope.

    Damage of 4 a ton is not worth stocking against (0.3 to hold, 1 saved in a tenth or a fifth of all cases).
    """
    stated = risky()
    del stated["Expansions"]
    stated["Demand"][0]["shortage_cost"] = 4
    stated["Policies"] = [{"policy": "most", "kind": "max_shortage", "limit": 0.03, "scenario": "expected"}]
    mine, _ = both(stated)
    assert mine.plan is not None
    tighter = {**stated, "Policies": [{**stated["Policies"][0], "limit": 0.0299}]}
    after, _ = both(tighter)
    assert after.plan is not None
    slope = (after.plan.objective - mine.plan.objective) / 0.0001
    assert slope > 1
    assert mine.plan.policies[0].shadow_price == pytest.approx(slope, rel=1e-3)


def test_a_plan_whose_last_rounds_ran_out_has_its_prices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Units that need not be whole: the last round adds a cut that the prices at hand know nothing of.

    Optimum 121.14, asked for to a tenth.
    """
    monkeypatch.setattr("friendshore.optimizer.search.benders.benders.FINISHING", 1)
    stated = risky()
    stated["Expansions"][0]["integer"] = "no"
    stated["Demand"][0]["shortage_cost"] = 40
    stated["Policies"] = [{"policy": "most", "kind": "max_shortage", "limit": 0.03, "scenario": "expected"}]
    outcome = solve_problem(problem_from_sheets(stated), gap=0.1, threads=1, method="benders")
    assert outcome.plan is not None
    assert outcome.plan.objective == pytest.approx(121.14, rel=0.1)
    assert outcome.bound is not None
    assert outcome.bound <= 121.14 + 1e-6
    assert outcome.plan.policies[0].shadow_price == pytest.approx(0.0, abs=1e-9)


def test_cones_are_met_by_planes_in_the_master() -> None:
    """Two suppliers at 1 and 2, HHI at most 0.58: shares 0.7 and 0.3 in every year (0.49 + 0.09), branches or not."""
    stated = importer(periods=2)
    stated["Countries"].append({"country": "Near", "bloc": "partner"})
    stated["Plants"].append({"plant": "near", "country": "Near", "commodity": "metal", "capacity": 20, "unit_cost": 3})
    stated["Lanes"] = [{"from": "*", "to": "Home", "cost": 1}]
    stated |= stop(0.1)
    stated["Policies"] = [{"policy": "spread", "kind": "max_hhi", "limit": 0.58}]
    mine, theirs = both(stated)
    assert mine.plan is not None
    assert theirs.plan is not None
    assert mine.plan.objective == pytest.approx(theirs.plan.objective, rel=1e-5)
    assert mine.plan.policies[0].value == pytest.approx(0.58, abs=2e-5)
    assert mine.plan.policies[0].shadow_price == pytest.approx(theirs.plan.policies[0].shadow_price, rel=1e-3)


def test_what_cannot_be_is_told() -> None:
    """Nothing may be short in the stop, and nothing can be stocked or built: infeasible, with the rows that clash."""
    stated = importer(periods=2) | stop(0.1)
    stated["Policies"] = [{"policy": "never", "kind": "max_shortage", "limit": 0.0, "scenario": "stop"}]
    mine, theirs = both(stated)
    assert mine.status == theirs.status == "infeasible"
    assert mine.plan is None
    assert mine.conflict


def test_branches_that_choose_whole_numbers_are_searched_at_once() -> None:
    mine, theirs = both(with_settings(risky(), branch_investment="integer"))
    assert mine.plan is not None
    assert theirs.plan is not None
    assert mine.plan.objective == pytest.approx(theirs.plan.objective, rel=1e-6)
    assert any("whole numbers" in line for line in mine.run.log)


def test_continuous_decisions_on_branches_are_decomposed() -> None:
    mine, theirs = both(with_settings(risky(), branch_investment="continuous"))
    assert mine.plan is not None
    assert theirs.plan is not None
    assert mine.plan.objective == pytest.approx(theirs.plan.objective, rel=1e-6)
    assert any("Benders" in line for line in mine.run.log)


def test_no_time_leaves_a_plan_that_builds_nothing_and_a_reason() -> None:
    outcome = solve_problem(problem_from_sheets(risky()), time_limit=0.0, method="benders")
    assert (outcome.status, outcome.run.stopped) == ("feasible", "time limit")
    assert outcome.plan is not None and not outcome.plan.investments["units"].sum()


def test_threads_change_nothing() -> None:
    """The same plan to the last digit on one thread and on two."""
    problem = problem_from_sheets(risky())
    one, two = (solve_problem(problem, gap=1e-6, threads=n, method="benders") for n in (1, 2))
    assert one.plan is not None
    assert two.plan is not None
    assert one.plan.objective == two.plan.objective
    assert one.plan.sourcing.equals(two.plan.sourcing)


def test_a_signal_ends_the_search_with_what_there_is() -> None:
    """Noted before the first cut: no plan, and the word why."""
    assembled = assemble(build_model_data(problem_from_sheets(risky())))
    with watching() as signals:
        signals.seen, signals.taken = 1, True
        result = search_by_decomposition(assembled, Limits(1e-6, threads=1, method=Method.BENDERS), Stopwatch())
    assert result is not None
    assert (result.answer.status, result.answer.stopped) == ("no_plan", "interrupted")


def test_small_trees_go_straight_to_highs() -> None:
    outcome = solve_problem(problem_from_sheets(risky()))
    assert any("the tree is small" in line for line in outcome.run.log)
    assert outcome.plan is not None
    assert np.isfinite(outcome.plan.objective)


def test_a_decomposition_that_cannot_close_the_gap_is_searched_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """It never ends with a plan that is not proven and no reason why: the whole tree is searched as well."""
    assembled = assemble(build_model_data(problem_from_sheets(risky())))
    right = search_extensive_form(assembled, Limits(0.0, method=Method.EXTENSIVE), Stopwatch()).answer

    def unproven(assembled: Assembled, *_: object, **__: object) -> SearchResult:
        answer = replace(right, objective=right.cost + 1, bound=right.cost - 1, status="feasible", target_gap=0.0)
        return SearchResult(assembled, answer)

    monkeypatch.setattr("friendshore.optimizer.search.benders.search._run", unproven)
    found = search_by_decomposition(assembled, Limits(0.0, method=Method.BENDERS), Stopwatch())
    assert found is not None
    assert (found.answer.status, found.answer.cost) == ("optimal", pytest.approx(right.cost))

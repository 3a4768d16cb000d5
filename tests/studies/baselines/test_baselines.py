"""What a plan is held against, worked out by hand: doing nothing, the cheapest plan without rules, premium, avoided."""

import dataclasses
from math import log

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.plan import Outcome
from friendshore.models.plan.baselines import Baselines, Course, Interval
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.studies.baselines import with_baselines
from friendshore.optimizer.studies.baselines.variants import nothing_done, weighted_alone, without_rules
from friendshore.optimizer.system.progress import Progress
from tests.mathematics.cases import Sheets, importer, stop, store, with_settings


def guarded(**settings: object) -> Sheets:
    """Two years of 12 a year at 3 from Far, which stops with probability 0.5 in the second; works at home, 12 a year
    for 120 and then 1 a unit, and a store; and a rule that the stop leaves nobody short."""
    sheets = with_settings(importer(2), **settings) | stop(0.5)
    sheets["Plants"].append({"plant": "home", "country": "Home", "commodity": "metal", "capacity": 0, "unit_cost": 1})
    sheets["Expansions"] = [{"expansion": "line", "plant": "home", "size": 12, "capex": 900, "latest": "y0"}]
    sheets["Policies"] = [{"policy": "all", "kind": "max_shortage", "limit": 0, "scenario": "stop"}]
    return sheets


def solved(sheets: Sheets, **how: float) -> Outcome:
    return with_baselines(solve_problem(problem_from_sheets(sheets), **how), **how)  # type: ignore[arg-type]


def known(outcome: Outcome) -> Baselines:
    assert outcome.plan is not None and outcome.plan.baselines is not None
    return outcome.plan.baselines


def test_nothing_no_rules_premium_and_avoided() -> None:
    """Nothing: 36, then 36 or a shortage of 12 at 100: 36 + 0.5·36 + 0.5·1200 = 654, of it 600 damage. The line for 900
    saves 24 + 24 and 600, in all 648: without rules it is not built, with them it is: 900 + 12 + 12 = 924."""
    found = known(solved(guarded()))
    assert found.nothing is not None and found.nothing.cost.high == pytest.approx(654)
    assert (found.nothing.damage, found.nothing.paid) == (pytest.approx(600), pytest.approx(54))
    assert found.no_rules is not None and found.no_rules.cost.high == pytest.approx(654)
    assert found.plan.cost.high == pytest.approx(924) and found.plan.damage == 0
    assert found.premium is not None and found.premium.known and found.premium.high == pytest.approx(270)
    assert found.premium_a_year is not None and found.premium_a_year.high == pytest.approx(135)
    assert found.premium_share is not None and found.premium_share.high == pytest.approx(270 / 654)
    assert found.avoided == pytest.approx(600)


def test_a_premium_is_spread_evenly_over_discounted_years() -> None:
    """At 10 % a unit of money a year over two years is worth (1 − 1.1⁻²)/ln 1.1."""
    found = known(solved(guarded(discount_rate=0.1)))
    assert found.years == pytest.approx((1 - 1.1**-2) / log(1.1))
    assert found.premium is not None and found.premium_a_year is not None
    assert found.premium_a_year.high * found.years == pytest.approx(found.premium.high)


def test_nothing_uses_up_what_stock_there_is_and_fills_none() -> None:
    """A store of 5 must end as it began, and rejoin after a stop; where nothing is done it may be used up: 12 − 5 short
    on the path of the stop, 700 at half a chance; and 5 at 3 less to buy on the base path."""
    sheets = guarded()
    sheets["Stockpiles"] = [store(initial=5, final_min=5, min_level=5)]
    sheets["Profiles"] = [{"table": "Stockpiles", "id": "store", "column": "min_level", "y1": 5}]
    sheets["Commodities"][0]["price"] = 3
    del sheets["Policies"]
    found = known(solved(sheets))
    assert found.nothing is not None
    assert found.nothing.damage == pytest.approx(350)
    assert found.nothing.cost.high == pytest.approx(36 + 0.5 * (36 - 15) + 350)


def test_an_interval_stays_an_interval() -> None:
    """Cost 924 against 600 to 654 without rules: a premium of 270 to 324, which is 270/654 to 324/600 of it."""
    found = Baselines(Course(Interval(924, 924), 0.0), 2.0, None, Course(Interval(600, 654), 300.0))
    assert (found.premium, found.premium_a_year) == (Interval(270, 324), Interval(135, 162))
    assert found.premium_share == Interval(270 / 654, 324 / 600)
    assert found.avoided is None and not found.premium.known  # type: ignore[union-attr]


def test_the_plan_itself_bounds_the_cheapest_without_rules() -> None:
    """Whatever a search without rules found: a plan that is cheaper is one without rules as well."""
    problem = problem_from_sheets(guarded())
    cheap = solve_problem(without_rules(problem))
    assert cheap.plan is not None
    outcome = dataclasses.replace(cheap, plan=dataclasses.replace(cheap.plan, problem=problem, expected_cost=500.0))
    found = known(with_baselines(outcome))
    assert found.no_rules is not None and found.no_rules.cost.high == 500.0 and found.premium is not None
    assert found.premium.low == found.premium.high == 0.0


def test_without_policies_the_plan_is_the_cheapest() -> None:
    """Nothing is solved for it: only doing nothing is told as a phase."""
    sheets = guarded()
    del sheets["Policies"]
    phases: list[Progress] = []
    outcome = with_baselines(solve_problem(problem_from_sheets(sheets)), on_progress=phases.append)
    found = known(outcome)
    assert found.premium == Interval(0.0, 0.0)
    assert {progress.phase for progress in phases} == {"doing nothing"}
    assert outcome.run.seconds["baselines"] > 0


@pytest.mark.parametrize("stopped", ["time limit", "interrupted"])
def test_a_plan_that_was_stopped_has_none(stopped: str) -> None:
    outcome = solve_problem(problem_from_sheets(guarded()))
    outcome = dataclasses.replace(outcome, run=dataclasses.replace(outcome.run, stopped=stopped))
    assert with_baselines(outcome) is outcome


def test_no_time_left_leaves_both_out() -> None:
    found = known(with_baselines(solve_problem(problem_from_sheets(guarded())), time_limit=1e-9))
    assert found.nothing is None and found.no_rules is None and found.premium is None and found.avoided is None


def test_risk_has_no_weight_in_what_a_plan_is_held_against() -> None:
    """Both are of least expected cost, so that no plan is cheaper than the one without rules."""
    problem = problem_from_sheets(guarded(risk_aversion=0.5))
    for variant in (nothing_done(problem), without_rules(problem)):
        assert variant.settings.risk_aversion == 0 and not variant.policies
    assert nothing_done(problem).settings.after_shock == "free" and not nothing_done(problem).expansions


def test_paths_without_weight_are_left_out() -> None:
    """A stress test goes, with its events; a path that a likelier one leaves stays."""
    sheets = guarded()
    sheets["Scenarios"].append({"scenario": "drill", "probability": 0, "onset": "y1"})
    sheets["Events"].append({"scenario": "drill", "kind": "export", "years": 1, "remaining": 0})
    tables = weighted_alone(problem_from_sheets(sheets).tables)
    assert [row.scenario for row in tables.scenarios] == ["stop"]
    assert {row.scenario for row in tables.events} == {"stop"}

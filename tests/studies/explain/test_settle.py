"""Choices settled by holding them in and out: by hand, and against every choice of lines worked out one by one."""

from __future__ import annotations

import dataclasses
from itertools import combinations
from math import inf
from random import Random

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.plan import Outcome
from friendshore.models.plan.baselines import Interval
from friendshore.models.plan.settled import IMPOSSIBLE, Settled, Verdict
from friendshore.models.problem import Problem
from friendshore.optimizer.reporting import settled, summary, undecided
from friendshore.optimizer.search.limits import Limits
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.studies.explain.edits import changed
from friendshore.optimizer.studies.explain.settle import check_asked, with_settled
from tests.studies.explain.cases import FED, Sheets, trade
from tests.studies.explain.test_why import mine


def loose(problem: Problem, bound: float) -> Outcome:
    """The plan that builds nothing, as if the search had ended with it and with this bound."""
    bare = problem
    for row in problem.tables.expansions:
        bare = changed(bare, "Expansions", row.row, {"max_units": 0.0})
    found = solve_problem(bare, gap=0.0, threads=1)
    assert found.plan is not None
    run = dataclasses.replace(found.run, bound=bound, gap=1 - bound / found.plan.objective)
    return Outcome(run, dataclasses.replace(found.plan, problem=problem, run=run))


def settle(outcome: Outcome, *names: str, gap: float = 0.0) -> Outcome:
    return with_settled(outcome, names, Limits(gap, None, 1))


def test_a_project_that_pays_is_decided_for_and_its_plan_is_taken() -> None:
    """A line at 120 saves 140: with it 140 in all, without it 160. The plan at hand had not built it."""
    found = settle(loose(problem_from_sheets(mine(120)), 60.0), "line")
    assert found.plan is not None
    (one,) = found.plan.settled
    assert one.verdict is Verdict.FOR and one.held_in.high == pytest.approx(140) and one.held_out.low == 160
    assert found.objective == pytest.approx(140) and found.plan.investments["units"].tolist() == [1.0]
    assert found.plan.certificate is not None and found.plan.certificate.holds()
    assert found.gap == pytest.approx((140 - 60) / 140)
    assert settled.table(found.plan)["words"].tolist() == [
        "With it the cheapest plan costs 20 USD less than without it."
    ]


def test_a_project_that_does_not_pay_is_decided_against_and_no_longer_open() -> None:
    """A line at 150 saves 140. A gap of 155 had left it open; what is settled is not told as open any more."""
    outcome = loose(problem_from_sheets(mine(150)), 5.0)
    assert outcome.plan is not None and undecided.open_choices(outcome.plan) == {("Expansions", "line"): 150.0}
    found = settle(outcome, "all").plan
    assert found is not None and found.objective == 160 and found.settled[0].verdict is Verdict.AGAINST
    assert found.settled[0].held_in.low == pytest.approx(170) and found.settled[0].held_out == Interval(5.0, 160.0)
    assert undecided.open_choices(found) == {} and undecided.sentence_of(found) == ""
    assert any(
        row == (summary.SETTLE, "all") for row in summary.proof(found)[["item", "value"]].itertuples(index=False)
    )


def test_what_there_is_no_plan_without_or_with() -> None:
    """No Far: whoever must be fed needs the line. And of a line that may not be built there is no plan with it."""
    sheets = mine(120)
    sheets["Plants"] = sheets["Plants"][1:]
    found = solve_problem(problem_from_sheets(sheets), gap=0.0, threads=1)
    (needed,) = settle(found, "line").plan.settled  # type: ignore[union-attr]
    assert needed.held_out == IMPOSSIBLE and needed.verdict is Verdict.FOR
    sheets = mine(120)
    sheets["Expansions"][0]["max_units"] = 0
    (never,) = settle(solve_problem(problem_from_sheets(sheets), threads=1), "line").plan.settled  # type: ignore[union-attr]
    assert never.held_in == IMPOSSIBLE and never.verdict is Verdict.AGAINST


def test_intervals_prove_no_more_than_they_can() -> None:
    """Overlapping costs stay open, equal ones make no difference, one that is not known yet decides nothing."""
    assert Settled("x", "y", Interval(90, 100), Interval(95, 99)).verdict is Verdict.OPEN
    assert Settled("x", "y", Interval(90, 94), Interval(95, 99)).verdict is Verdict.FOR
    assert Settled("x", "y", Interval(100, inf), Interval(95, 99)).verdict is Verdict.AGAINST
    assert Settled("x", "y", Interval(94, inf), Interval(95, 99)).verdict is Verdict.OPEN
    assert Settled("x", "y", Interval(95, 95), Interval(95, 95)).verdict is Verdict.EITHER
    assert Settled("x", "y", Interval(95, 95), Interval(95, 99)).verdict is Verdict.OPEN


def test_nothing_is_settled_of_a_plan_that_is_not_certain() -> None:
    outcome = loose(problem_from_sheets(mine(120)), 60.0)
    stopped = dataclasses.replace(outcome, run=dataclasses.replace(outcome.run, stopped="time limit"))
    assert settle(stopped, "line") is stopped


def test_names_that_are_no_choice_are_refused_before_anything_is_solved() -> None:
    problem = problem_from_sheets(mine())
    check_asked(problem, ("all", "line", "Expansions!A2"))
    with pytest.raises(ValueError, match="works: there is no such row on Expansions, Protections"):
        check_asked(problem, ("works",))


def lines(random: Random) -> tuple[Sheets, list[tuple[float, float, float]]]:
    """Far brings what is wanted at 8; up to four works may each build a line: capex, size, cost of a unit."""
    offers = [
        (float(random.randint(5, 60)), float(random.randint(2, 9)), float(random.randint(1, 9)))
        for _ in range(random.randint(2, 4))
    ]
    sheets = trade(FED)
    sheets["Plants"] = [{"plant": "far", "country": "Far", "commodity": "good", "capacity": 20, "unit_cost": 8}]
    sheets["Plants"] += [
        {"plant": f"works{i}", "country": "Home", "commodity": "good", "capacity": 0, "unit_cost": cost}
        for i, (_, _, cost) in enumerate(offers)
    ]
    sheets["Expansions"] = [
        {"expansion": f"line{i}", "plant": f"works{i}", "size": size, "capex": capex, "max_units": 1}
        for i, (capex, size, _) in enumerate(offers)
    ]
    return sheets, offers


def cost(offers: list[tuple[float, float, float]], built: tuple[int, ...]) -> float:
    """Capex of some lines, and two years of 10 from the cheapest sources first."""
    sources = sorted([(offers[i][2], offers[i][1]) for i in built] + [(8.0, 20.0)])
    left, paid = 10.0, 0.0
    for price, size in sources:
        paid, left = paid + price * min(left, size), left - min(left, size)
    return sum(offers[i][0] for i in built) + 2 * paid


@pytest.mark.parametrize("seed", range(12))
def test_every_verdict_is_that_of_trying_every_set_of_lines(seed: int) -> None:
    """From a plan that builds nothing and a bound of a tenth: both costs hold the true one, the verdict is right."""
    sheets, offers = lines(Random(seed))  # noqa: S311 - no secret
    everything = range(len(offers))
    costs = {s: cost(offers, s) for k in range(len(offers) + 1) for s in combinations(everything, k)}
    outcome = loose(problem_from_sheets(sheets), 0.1 * min(costs.values()))
    found = settle(outcome, "all", gap=0.2).plan
    assert found is not None and len(found.settled) >= 1
    for one in found.settled:
        which = int(one.id.removeprefix("line"))
        with_it = min(value for built, value in costs.items() if which in built)
        without = min(value for built, value in costs.items() if which not in built)
        slip = 1e-6 * without
        assert one.held_in.low - slip <= with_it <= one.held_in.high + slip
        assert one.held_out.low - slip <= without <= one.held_out.high + slip
        true = Verdict.FOR if with_it < without else Verdict.AGAINST if with_it > without else Verdict.EITHER
        assert one.verdict in (true, Verdict.OPEN)
    assert min(costs.values()) - 1e-6 <= found.objective <= 160 + 1e-6
    assert found.certificate is not None and found.certificate.holds()

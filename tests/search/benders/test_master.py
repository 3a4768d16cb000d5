"""The master by hand: capacity and one θ, cuts as they come, whole numbers fixed, freed and searched for."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from friendshore.optimizer.search.benders.cuts import Cut, grouping
from friendshore.optimizer.search.benders.master import REMEMBERED_FOR, SLACK_FOR, Master, MasterPlan, rounded
from friendshore.optimizer.solver import Answer
from tests.search.benders.by_hand import FIRST, buying, column, decided

TANGENT = Cut(FIRST, np.array([-3.0]), -18.0, 0)
"""θ ≥ 18 − 3x."""


def master(*, integer: bool = False) -> Master:
    parts = decided(buying(3.0, 6.0, 1), integer=integer)
    return Master(parts.master, grouping(parts), 1, 0)


def solved(of: Master) -> MasterPlan:
    return of.plan(of.solve())


def test_without_a_cut_nothing_is_bought() -> None:
    """θ lies at its bound, 0."""
    plan = solved(master())
    assert (plan.x.tolist(), plan.theta.tolist(), plan.objective) == ([0.0], [0.0], 0.0)


def test_a_cut_is_violated_then_met() -> None:
    """18 too low at first; then capacity of 6 is worth its 6, and one unit of need would cost 1, the cut having a price
    of a third of it in money of θ."""
    of = master()
    first = solved(of)
    assert of.violation(TANGENT, first) == pytest.approx(18)
    of.add([TANGENT])
    plan = solved(of)
    assert of.violation(TANGENT, plan) == pytest.approx(0)
    assert (plan.x.tolist(), plan.objective) == (pytest.approx([6]), pytest.approx(6))
    assert [dual for _, dual in plan.priced] == pytest.approx([-1 / 3])


def test_whole_numbers_are_fixed_and_freed() -> None:
    of = master(integer=True)
    of.add([TANGENT])
    of.fix_integers(np.array([2.0]))
    assert solved(of).objective == pytest.approx(2 + 12)
    of.free_integers()
    assert solved(of).objective == pytest.approx(6)


def test_no_plan_is_no_empty_plan() -> None:
    of = master()
    of.add([Cut(FIRST, np.array([1.0]), -1.0, -1)])  # x ≤ −1
    answer = of.solve()
    assert (answer.status, answer.columns) == ("infeasible", None)
    with pytest.raises(ValueError, match="infeasible has no plan"):
        of.plan(Answer(status="infeasible"))


def test_cuts_long_slack_are_left_out_of_a_near_search() -> None:
    """Through five solves slack: it stays in a search with all cuts, and in every search where it is lasting."""
    slack = Cut(FIRST, np.array([1.0]), 9.0, -1)
    of = master(integer=True)
    of.add([TANGENT, slack, dataclasses.replace(slack, lasting=True)])
    for _ in range(SLACK_FOR):
        assert of.integer_program(all_cuts=False).rows == 3
        of.solve()
    program = of.integer_program(all_cuts=False)
    assert program.rows == 2
    assert program.row_upper.tolist() == [-18, 9]
    assert program.integer.tolist() == [True, False]
    assert of.integer_program(all_cuts=True).rows == 3


def test_cuts_that_have_been_slack_for_very_long_are_taken_out() -> None:
    """θ ≥ 1 − 3x says less than the tangent everywhere. What forbids, and planes, stay; the plan stays what it was."""
    less, forbids = dataclasses.replace(TANGENT, right=-1.0), Cut(FIRST, np.array([1.0]), 9.0, -1)
    of = master()
    of.add([less, TANGENT, forbids])
    for _ in range(REMEMBERED_FOR):
        plan = solved(of)
        assert len(of.cuts) == 3
    later = solved(of)
    assert [cut.right for cut in of.cuts] == [-18, 9]
    assert of.integer_program(all_cuts=False).row_upper.tolist() == [-18]
    assert sorted(of.integer_program(all_cuts=True).row_upper.tolist()) == [-18, -1, 9]
    assert (later.objective, later.x.tolist()) == (plan.objective, plan.x.tolist())
    assert of.dual_bound(plan, np.inf) == pytest.approx(6)  # a plan keeps the cuts that it rests on


def test_no_cut_is_taken_out_or_grows_older_while_whole_numbers_are_held() -> None:
    """At 9 of capacity nothing is needed and the tangent is slack, however often; freed it is worth its 6 as before."""
    of = master(integer=True)
    of.add([TANGENT])
    of.fix_integers(np.array([9.0]))
    assert [solved(of).objective for _ in range(REMEMBERED_FOR + 2)] == [9.0] * (REMEMBERED_FOR + 2)
    of.free_integers()
    assert of.integer_program(all_cuts=False).rows == 1
    assert solved(of).objective == pytest.approx(6)


@pytest.mark.parametrize(("at", "bounds"), [(2.4, (2, 3)), (3.0, (3, 3)), (2.9999999, (3, 3)), (12.0, (10, 10))])
def test_the_whole_numbers_next_to_a_point(at: float, bounds: tuple[int, int]) -> None:
    """Within the bounds of 0 and 10; what is as good as whole is whole."""
    near = rounded(column(1.0, 10.0, integer=True), np.array([at]))
    assert (near.column_lower[0], near.column_upper[0]) == bounds


def test_what_prices_prove_of_plans_that_cost_no_more_than_one_at_hand() -> None:
    """At a price of 1 + 1e-6 of the cut θ would earn 1e-6 a unit without end; of a plan of 20 it is at most 20.
    Capacity of up to 10 earns 2 + 3e-6 a unit: 18 + 18e-6 − 20 − 30e-6 − 20e-6. At a third the cut
    proves the optimum, 6."""
    of = master()
    of.add([TANGENT])
    shaken = MasterPlan(np.zeros(1), np.zeros(1), 0.0, np.zeros(of.program.rows), ((of.cuts[0], -1 - 1e-6),))
    assert of.dual_bound(shaken, np.inf) == -np.inf
    assert of.dual_bound(shaken, 20.0) == pytest.approx(-2 - 32e-6, abs=1e-12)
    assert of.dual_bound(solved(of), np.inf) == pytest.approx(6)

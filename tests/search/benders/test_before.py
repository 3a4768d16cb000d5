"""What an earlier run has ended on, looked at again, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.benders.before import PlanBefore
from friendshore.optimizer.search.benders.incumbent import Incumbent, dearest_within
from friendshore.optimizer.search.benders.l_shaped import LShaped
from friendshore.optimizer.search.benders.recall import Known
from tests.search.benders.by_hand import buying, promised
from tests.search.benders.test_l_shaped import begun


def known(relaxed: float, best: float | None) -> Known:
    """Points alone."""
    return Known(np.array([relaxed]), None if best is None else np.array([best]), (), (), {}, {})


def bounded() -> LShaped:
    """Needs of 4, 6 and 9 and 0.4 for what is lacking: 4 of capacity is best, at 6.8; 9 cost 9, and 6 cost 7.2."""
    l_shaped = begun(*(buying(0.4, need, 1 + i) for i, need in enumerate((4.0, 6.0, 9.0))), integer=True)
    l_shaped.converge(1e-9, np.inf, Incumbent(), bounding=True)
    l_shaped.incumbent = Incumbent()
    return l_shaped


@pytest.mark.parametrize(("best", "gap", "cost"), [(4.0, 0.01, 6.8), (6.0, 0.1, 7.2), (6.0, 0.01, np.inf)])
def test_a_plan_of_before_is_gone_on_with_while_it_may_be_good_enough(best: float, gap: float, cost: float) -> None:
    """7.2 is 5.6 % above 6.8: within a tenth, not within a hundredth; then no branch is asked for it."""
    l_shaped = bounded()
    asked = l_shaped.evaluator.solves
    PlanBefore(l_shaped, known(4.0, best)).operate(gap, 1e-9)
    assert l_shaped.incumbent.cost == pytest.approx(cost)
    assert (l_shaped.evaluator.solves > asked) == np.isfinite(cost)
    assert l_shaped.solved(l_shaped.master).x == pytest.approx([4])  # its whole numbers are free again


def test_a_plan_that_was_operated_is_not_asked_about_again() -> None:
    """The best plan has its whole numbers already and is as near its end as it is asked to be: 7.3 by 7.2."""
    l_shaped = bounded()
    PlanBefore(l_shaped, known(4.0, 6.0)).operate(0.1, 1e-9)
    l_shaped.incumbent.cost, asked = 7.3, l_shaped.evaluator.solves
    PlanBefore(l_shaped, known(4.0, 6.0)).operate(0.06, 0.02)
    assert l_shaped.evaluator.solves == asked


def test_a_plan_of_before_that_the_master_does_not_allow() -> None:
    """12 where there may be 10: it is brought within them."""
    l_shaped = bounded()
    PlanBefore(l_shaped, known(4.0, 12.0)).operate(0.5, 1e-9)
    assert l_shaped.incumbent.point == pytest.approx([10])


def test_a_plan_of_before_that_breaks_a_promise_is_kept_out() -> None:
    """6 promised, 1 to be had, 3 of capacity: what has to fail is a cut, which leaves nothing of these numbers."""
    l_shaped = begun(promised(6.0, 1, price=0.1), integer=True)
    l_shaped.converge(0.0, -np.inf, Incumbent(), bounding=True)
    PlanBefore(l_shaped, known(5.0, 3.0)).operate(1.0, 1e-9)
    assert l_shaped.incumbent.point is None
    assert l_shaped.solved(l_shaped.master).x == pytest.approx([5])


def test_a_plan_of_before_that_failed_once_is_not_asked_about_again() -> None:
    """Of the relaxation's beginning the one branch is asked at the other point alone, and then not at all: its 3 are
    kept out."""
    l_shaped = begun(promised(6.0, 1, price=0.1), integer=True)
    l_shaped.converge(0.0, -np.inf, Incumbent(), bounding=True)
    before = PlanBefore(l_shaped, known(5.0, 3.0))
    before.operate(1.0, 1e-9)
    asked = l_shaped.evaluator.solves
    assert before.center_of_relaxation().point == pytest.approx([5])
    assert l_shaped.evaluator.solves == asked + 1
    l_shaped.incumbent = Incumbent()
    before.operate(1.0, 1e-9)
    assert l_shaped.evaluator.solves == asked + 1


@pytest.mark.parametrize(
    ("relaxed", "best", "center"),
    [
        (5.0, 7.0, [7.0]),  # a plan first
        (5.0, 3.0, [5.0]),  # the plan fails
        (5.0, None, [5.0]),
        (2.0, 3.0, None),  # both fail
    ],
)
def test_where_the_relaxation_begins(relaxed: float, best: float | None, center: FloatArray | None) -> None:
    """6 promised and 1 to be had: policies fail at less than 5 of capacity, and no such point is a centre."""
    l_shaped = begun(promised(6.0, 1, price=0.1), integer=True)
    found = PlanBefore(l_shaped, known(relaxed, best)).center_of_relaxation()
    assert found.point is None if center is None else found.point == pytest.approx(center)
    assert found is not l_shaped.incumbent


def test_where_a_plan_is_known_the_cheaper_of_the_two() -> None:
    """6 of capacity costs 7.2, 9 costs 9."""
    for relaxed, cost in ((4.0, 6.8), (9.0, 7.2)):
        l_shaped = bounded()
        PlanBefore(l_shaped, known(relaxed, 6.0)).operate(0.1, 1e-9)
        found = PlanBefore(l_shaped, known(relaxed, 6.0)).center_of_relaxation()
        assert found.cost == pytest.approx(cost)


@pytest.mark.parametrize(("bound", "gap", "most"), [(95.0, 0.05, 100.0), (-105.0, 0.05, -100.0), (0.0, 0.05, 1e-9)])
def test_the_most_that_a_plan_may_cost(bound: float, gap: float, most: float) -> None:
    """100 is within a twentieth of 95, −100 of −105: and a little more is not."""
    assert dearest_within(bound, gap) == pytest.approx(most)
    point = np.zeros(1)
    assert Incumbent(point, most - 1e-9 * abs(most)).within(bound, gap)
    assert not Incumbent(point, most + 1e-6 * max(1.0, abs(most))).within(bound, gap)


def test_without_a_bound_or_with_all_of_it_as_a_gap_there_is_no_most() -> None:
    assert dearest_within(-np.inf, 0.1) == np.inf
    assert dearest_within(5.0, 1.0) == np.inf

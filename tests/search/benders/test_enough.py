"""A search that ends at a plan that is cheap enough: never dearer than that, and nothing false is said of its bound."""

from __future__ import annotations

import pytest

from friendshore.optimizer.search.benders.incumbent import Incumbent
from friendshore.optimizer.solve import solve_problem
from tests.examples import examples
from tests.studies.alternatives.cases import at_random


def test_what_is_cheap_enough_is_within_any_gap() -> None:
    plan = Incumbent(cost=100.0, enough=100.0)
    assert plan.settled and plan.within(-1e9, 0.0)
    assert not plan.hopeless(100.00001) and plan.hopeless(101.0) and not Incumbent(cost=5.0).hopeless(1e9)
    dearer = Incumbent(cost=100.1, enough=100.0)
    assert not dearer.settled and not dearer.within(99.0, 0.001) and dearer.within(99.0, 0.02)


@pytest.mark.parametrize("seed", range(examples(25)))
def test_a_plan_that_is_enough_costs_no_more_and_its_bound_holds(seed: int) -> None:
    """Random problems by parts: with a tenth more than the least cost allowed, the plan is certified, within that, and
    what is proven is no more than the least cost; where nothing is cheap enough that is proven, and nothing false."""
    problem = at_random(seed)
    least = solve_problem(problem, gap=0.0, threads=1, method="extensive")
    if least.plan is None:
        return
    cost = least.plan.objective
    allowed = cost + 0.1 * abs(cost)
    enough = solve_problem(problem, gap=1e-7, threads=1, method="benders", enough=allowed)
    slack = 1e-6 * max(1.0, abs(cost))
    assert enough.certified is not None and enough.plan is not None and enough.bound is not None
    assert cost - slack <= enough.plan.objective <= allowed + slack
    assert enough.bound <= cost + slack
    asked = cost - 1.0 - 0.1 * abs(cost)
    never = solve_problem(problem, gap=1e-7, threads=1, method="benders", enough=asked)
    assert never.status not in ("infeasible", "unbounded") and never.bound is not None
    assert asked < never.bound <= cost + slack
    assert never.plan is None or never.plan.objective >= cost - slack

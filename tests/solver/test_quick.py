"""One LP after another in one HiGHS: each answer as if it were alone."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from friendshore.optimizer.solver import SolverFault, quick, solve_lp
from friendshore.optimizer.solver.quick import QuickLp
from tests.solver.programs import INF, program, random_program, two_suppliers


def test_by_hand() -> None:
    """2 + 1.5 at 1 and 2, and 7 besides: 12, the next unit for 2."""
    answer = QuickLp().solve(two_suppliers(offset=7.0))
    assert (answer.status, answer.stopped, answer.gap) == ("optimal", "", 0.0)
    assert answer.objective == answer.bound == pytest.approx(12)
    np.testing.assert_allclose(answer.plan, [2, 1.5])
    assert answer.row_duals == pytest.approx([2])
    assert answer.basis is not None


def test_as_solved_alone_whatever_came_before() -> None:
    lp = QuickLp()
    for seed in range(8):
        stated = random_program(seed)
        expected, answer = solve_lp(stated), lp.solve(stated)
        assert answer.objective == pytest.approx(expected.objective, rel=1e-9, abs=1e-9)
        assert stated.violation(answer.plan) < 1e-8


def test_from_the_basis_of_its_last_solve_it_takes_no_pivot() -> None:
    lp, stated = QuickLp(), random_program(3)
    first = lp.solve(stated)
    lp.solve(two_suppliers())
    again = lp.solve(stated, first.basis)
    assert first.iterations > 0
    assert again.iterations == 0
    assert again.objective == pytest.approx(first.objective, rel=1e-12)


def test_a_basis_that_leads_on_for_too_long_is_let_go() -> None:
    """One of other costs: with no pivot allowed from it the answer is that from nothing, and the next is unlimited."""
    lp, stated = QuickLp(), random_program(3)
    basis = lp.solve(dataclasses.replace(stated, cost=-stated.cost)).basis
    expected = lp.solve(stated)
    answer = lp.solve(stated, basis, pivots=0)
    assert answer.objective == pytest.approx(expected.objective, rel=1e-9)
    assert answer.iterations == expected.iterations
    assert lp.solve(stated, basis).objective == pytest.approx(expected.objective, rel=1e-9)


def test_infeasible_is_said_at_once_or_confirmed(monkeypatch: pytest.MonkeyPatch) -> None:
    """``confirm`` solves again from nothing before it says so."""
    confirmed: list[str] = []

    def watched(stated, **how):
        answer = solve_lp(stated, **how)
        confirmed.append(answer.status)
        return answer

    monkeypatch.setattr(quick, "solve_lp", watched)
    none = program([1.0], [[1.0]], [3.0], [INF], [0.0], [1.0])
    assert QuickLp().solve(none).status == "infeasible"
    assert confirmed == []
    assert QuickLp().solve(none, confirm=True).status == "infeasible"
    assert confirmed == ["infeasible"]


def test_without_an_end_below_is_a_fault() -> None:
    with pytest.raises(SolverFault, match="unbounded"):
        QuickLp().solve(program([-1.0], [[1.0]], [0.0], [INF], [0.0], [INF]))


def test_what_went_wrong_is_solved_the_slow_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan that violates its rows is not believed; the answer of the slow way has no basis to go on from."""
    monkeypatch.setattr(quick, "WORST", -1.0)
    answer = QuickLp().solve(dataclasses.replace(two_suppliers()))
    assert answer.objective == pytest.approx(5)
    assert answer.basis is None

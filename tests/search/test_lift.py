"""A lifted answer is a plan of the larger program, at the same cost, with the same prices where there was a row."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from friendshore.models.clauses.rule import Disruptions
from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.rules import every_member
from friendshore.optimizer.program.assemble import Assembled, assemble
from friendshore.optimizer.search.adversary import Adversary
from friendshore.optimizer.search.lift import lift
from friendshore.optimizer.search.result import SearchResult
from friendshore.optimizer.search.tangent_planes import cone_clauses, tangent_planes_at
from friendshore.optimizer.solver import Answer, solve_lp
from tests.mathematics.cases import Sheets, market, under


def lifted(sheets: Sheets, some: tuple[tuple[str, ...], ...]) -> tuple[SearchResult, SearchResult]:
    """The answer with ``some`` members in the program, and that answer with all of them."""
    problem = problem_from_sheets(sheets)
    members = every_member(problem)
    known: Disruptions = {**dict.fromkeys(members, ()), "rule": some}
    part, whole = (assemble(build_model_data(problem, these)) for these in (known, members))
    answer = solve_lp(part.program)
    cones = cone_clauses(part)
    while planes := tangent_planes_at(part, answer.plan, cones):
        part = part.with_rows(planes)
        answer = solve_lp(part.program)
    result = SearchResult(part, answer)
    recourse = Adversary(problem, members).test(part, answer.plan, known)
    assert all(one.survived for one in recourse)
    return result, lift(result, whole, {one.branch: one.columns for one in recourse})


SHEETS = {
    "plain": market([12.0] + [3.0] * 6),
    "with planes": under(market([12.0] + [4.0] * 6), policy="spread", kind="max_hhi", limit=0.24),
}


@pytest.mark.parametrize("name", SHEETS)
def test_it_is_a_plan_and_costs_the_same(name: str) -> None:
    """Far 00 alone binds; the branches of the six others are as the adversary left them."""
    before, after = lifted(SHEETS[name], (("Far 00@y1",),))
    program = after.assembled.program
    assert program.columns > before.assembled.program.columns
    assert program.violation(after.answer.plan) < 1e-6
    assert program.objective(after.answer.plan) == pytest.approx(before.answer.cost)
    assert after.answer.cost == before.answer.cost
    assert after.answer.basis is None


def priced_rows(assembled: Assembled, answer: Answer) -> dict[object, float]:
    """The price of every linking row that has one, by its key."""
    assert answer.row_duals is not None
    rows = assembled.model_data.linking.rows
    prices = answer.row_duals[assembled.first_link_row :]
    return {row.key: float(price) for row, price in zip(rows, prices, strict=True) if price}


@pytest.mark.parametrize("name", SHEETS)
def test_prices_stay_with_their_rows(name: str) -> None:
    """Policies, planes and nodes keep theirs, and no row of a further branch has one."""
    before, after = lifted(SHEETS[name], (("Far 00@y1",),))
    mine, theirs = (priced_rows(result.assembled, result.answer) for result in (before, after))
    assert mine == theirs
    assert mine
    keys = {row.key for row in after.assembled.model_data.linking.rows}
    assert {row.key for row in before.assembled.model_data.linking.rows} < keys
    assert before.answer.row_duals is not None
    assert after.answer.row_duals is not None
    assert np.abs(before.answer.row_duals).sum() == pytest.approx(np.abs(after.answer.row_duals).sum())


def test_without_a_plan_there_is_nothing_to_lift() -> None:
    before, after = lifted(SHEETS["plain"], (("Far 00@y1",),))
    with pytest.raises(ValueError, match="no plan"):
        lift(dataclasses.replace(before, answer=Answer(status="no_plan")), after.assembled, {})

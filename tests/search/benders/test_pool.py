"""A run that begins from what another has left: of the same problem, with other numbers or rows, of another problem."""

from __future__ import annotations

import pickle
import random
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from benchmarks.trust.changed import Count, changed, disagreements, with_other_rows
from friendshore.models.examine import problem_from_sheets
from friendshore.models.plan import Outcome
from friendshore.optimizer.engines.fingerprint import fingerprint
from friendshore.optimizer.search.benders.pool import BranchPool, Memory, Pool, stacked
from friendshore.optimizer.solve import solve_problem
from tests.mathematics.cases import Sheets, built, importer, stop, under
from tests.reference.random_problems import sheets
from tests.search.benders.test_benders import often


def case(**cells: Any) -> Sheets:
    """A buyer of 12 a year over three years at 3 from abroad, who may lose a year of it and can build at home."""
    stated = importer(3) | stop(0.2, onset="y1")
    stated["Plants"].append(
        {"plant": "mill", "country": "Home", "commodity": "metal", "capacity": 1, "unit_cost": 4} | cells
    )
    return under(stated | {"Expansions": [built(plant="mill")]}, kind="max_shortage", limit=0.5)


def solved(stated: Sheets, memory: Memory) -> Outcome:
    return solve_problem(problem_from_sheets(stated), gap=1e-7, threads=1, method="benders", memory=memory)


def truth(stated: Sheets) -> float:
    outcome = solve_problem(problem_from_sheets(stated), gap=0.0, threads=1, method="extensive")
    assert outcome.plan is not None
    return outcome.plan.objective


def test_the_same_problem_again_is_the_same_plan_with_next_to_nothing_solved() -> None:
    """It begins where the first ended, and says so."""
    memory = Memory()
    first = solved(case(), memory)
    assert memory.learnt and not memory.begun and memory.pool is not None
    again = solved(case(), memory)
    assert memory.begun and again.run.options is not None and again.run.options.begun
    assert first.plan is not None and again.plan is not None
    assert again.plan.objective == pytest.approx(first.plan.objective, rel=1e-9)
    assert any("begun from what was known" in line for line in again.run.log)
    assert not any("whole numbers near by" in line for line in again.run.log)


@pytest.mark.parametrize("cost", [1.0, 3.9, 4.1, 40.0])
def test_another_number_is_another_optimum_proven_as_any(cost: float) -> None:
    """At each cost of making at home the optimum of the whole tree; bound and certificate hold."""
    memory = Memory()
    solved(case(), memory)
    outcome = solved(case(unit_cost=cost), memory)
    assert memory.begun
    best = truth(case(unit_cost=cost))
    assert outcome.plan is not None and outcome.bound is not None and outcome.plan.certificate is not None
    assert outcome.plan.objective == pytest.approx(best, rel=1e-6)
    assert outcome.bound <= best * (1 + 1e-6)
    assert outcome.plan.certificate.holds()


def further_project() -> Sheets:
    """The same case with a second project, dearer than the first."""
    other = case()
    other["Expansions"].append(built(expansion="more", plant="mill", capex=95))
    return other


def further_supplier(cost: float) -> Sheets:
    """The same case with another maker at home, whose row comes first."""
    other = case()
    small = {"plant": "a small mill", "country": "Home", "commodity": "metal", "capacity": 2, "unit_cost": cost}
    other["Plants"].insert(0, small)
    return other


@pytest.mark.parametrize("other", [further_project(), further_supplier(0.5), further_supplier(50.0)])
def test_a_problem_with_a_row_more_begins_from_what_is_known(other: Sheets) -> None:
    """A second project, a supplier cheaper or dearer than any: the optimum of the whole tree; and back again."""
    memory = Memory()
    solved(case(), memory)
    outcome = solved(other, memory)
    assert memory.begun and outcome.plan is not None and outcome.bound is not None
    best = truth(other)
    assert outcome.plan.objective == pytest.approx(best, rel=1e-6) and outcome.bound <= best * (1 + 1e-6)
    back = Memory(memory.pool)
    outcome = solved(case(), back)
    assert back.begun and outcome.plan is not None
    assert outcome.plan.objective == pytest.approx(truth(case()), rel=1e-6)


def test_another_problem_begins_from_nothing() -> None:
    """Hardly a name in common: other countries, goods and plants."""
    memory = Memory()
    solved(case(), memory)
    stated = case()
    words = {"Home": "Ours", "Far": "Theirs", "metal": "salt", "mill": "pan", "works": "mine"}
    other = {
        sheet: [{key: words.get(str(value), value) for key, value in row.items()} for row in rows]
        for sheet, rows in stated.items()
    }
    foreign = Memory(memory.pool)
    outcome = solved(other, foreign)
    assert not foreign.begun and outcome.plan is not None
    assert outcome.plan.objective == pytest.approx(truth(case()), rel=1e-6)


def test_a_fixed_memory_stays_what_it_is() -> None:
    """Searches side by side all begin from the same."""
    memory = Memory()
    solved(case(), memory)
    fixed = memory.fixed()
    solved(case(unit_cost=3.0), fixed)
    assert fixed.pool is memory.pool and fixed.begun and not fixed.learnt


def test_a_pool_travels_to_other_processes_and_is_no_part_of_what_is_asked() -> None:
    """Its bases go as numbers; the digest of a task is the same with it and without."""
    memory = Memory()
    solved(case(), memory)
    other = pickle.loads(pickle.dumps(memory.fixed()))  # noqa: S301 - our own
    assert fingerprint(other) == fingerprint(Memory())
    outcome = solved(case(unit_cost=3.0), other)
    assert other.begun and outcome.plan is not None
    assert outcome.plan.objective == pytest.approx(truth(case(unit_cost=3.0)), rel=1e-6)


def test_what_is_known_may_be_nonsense() -> None:
    """Prices and points drawn by chance: the answer is the same, as nothing of them is believed."""
    memory = Memory()
    solved(case(), memory)
    pool, draws = memory.pool, np.random.default_rng(1)
    assert pool is not None
    branches = {
        name: BranchPool(
            branch.structure, draws.normal(0, 1e3, branch.prices.shape), draws.normal(0, 1, branch.failing.shape)
        )
        for name, branch in pool.branches.items()
    }
    points = draws.normal(0, 1e3, (2, len(pool.relaxed)))
    nonsense = Memory(Pool(pool.structure, points[0], points[1], branches))
    outcome = solved(case(), nonsense)
    assert outcome.plan is not None and outcome.plan.objective == pytest.approx(truth(case()), rel=1e-6)


def test_points_of_another_length_begin_nothing() -> None:
    """Either of them: what they would say of the master's columns is not known."""
    memory = Memory()
    solved(case(), memory)
    pool = memory.pool
    assert pool is not None and pool.best is not None
    for other in (replace(pool, best=pool.best[:-1]), replace(pool, relaxed=np.append(pool.relaxed, 0.0))):
        foreign = Memory(other)
        outcome = solved(case(), foreign)
        assert outcome.plan is not None and outcome.plan.objective == pytest.approx(truth(case()), rel=1e-6)
        assert not foreign.begun


def test_prices_are_kept_once() -> None:
    one = np.array([1.0, 2.0])
    assert stacked([one, one.copy(), 2 * one], 2).tolist() == [[1, 2], [2, 4]]
    assert stacked([], 3).shape == (0, 3)


@often
@given(sheets())
def test_random_problems_with_other_numbers(drawn: Sheets) -> None:
    """What a run that began from another's says holds the optimum of the whole tree."""
    assert disagreements(drawn, len(str(drawn)), Count()) == []


@pytest.mark.parametrize("change", ["far", "rows"])
@often
@given(sheets())
def test_random_problems_changed_far_or_with_other_rows(change: str, drawn: Sheets) -> None:
    """The same where all numbers of a column are many times as large, and where rows are more or fewer."""
    assert disagreements(drawn, len(str(drawn)), Count(), change) == []


def test_rows_are_added_and_taken_away() -> None:
    """What is added has a name of its own, and nothing of the sheets that were given is changed."""
    stated = case()
    sizes = {
        sum(map(len, with_other_rows(stated, random.Random(seed)).values()))  # noqa: S311 - draws a problem
        for seed in range(20)
    }
    assert len(sizes) > 2 and stated == case()


def test_numbers_are_changed() -> None:
    """One to three of those that it knows, and nothing of the sheets that it is given."""
    stated = case()
    other = changed(stated, random.Random(3))  # noqa: S311 - draws a problem
    pairs = [
        (before, after)
        for sheet in stated
        for one, two in zip(stated[sheet], other[sheet], strict=True)
        for before, after in zip(one.values(), two.values(), strict=True)
        if before != after
    ]
    assert 1 <= len(pairs) <= 3 and stated == case()

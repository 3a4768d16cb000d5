"""Which way a problem goes: by size of the tree, of its branches, and by what was asked for."""

from __future__ import annotations

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.model_data import build_model_data
from friendshore.optimizer.program.assemble import assemble
from friendshore.optimizer.search import constraint_generation
from friendshore.optimizer.search.benders import search
from friendshore.optimizer.search.benders.search import should_decompose, will_decompose
from friendshore.optimizer.search.limits import Limits, Stopwatch
from friendshore.optimizer.search.method import Method
from friendshore.optimizer.solve import solve_problem
from tests.mathematics.cases import market, with_settings


def auto(method: Method = Method.AUTO) -> Limits:
    return Limits(1e-6, threads=1, method=method)


@pytest.mark.parametrize(
    ("branches", "columns", "of_a_branch", "large", "wanted"),
    [
        (6, 100, 1, 10**9, True),
        (10**3, 100, 1, 10**9, False),  # too few branches
        (6, 10**9, 1, 10**9, False),  # too few columns
        (6, 100, 10**6, 10**9, False),  # branches too small
        (6, 100, 10**6, 100, True),  # but so many that memory counts
    ],
)
def test_auto_goes_by_size(
    monkeypatch: pytest.MonkeyPatch, branches: int, columns: int, of_a_branch: int, large: int, *, wanted: bool
) -> None:
    assembled = assemble(build_model_data(problem_from_sheets(market([9.0] * 8))))
    for name, value in (("BRANCHES", branches), ("COLUMNS", columns), ("OF_A_BRANCH", of_a_branch), ("LARGE", large)):
        monkeypatch.setattr(search, name, value)
    watch = Stopwatch()
    assert should_decompose(assembled, auto(), watch) == wanted
    assert bool(watch.log) != wanted  # the log tells why not
    assert should_decompose(assembled, auto(Method.BENDERS), watch)
    assert not should_decompose(assembled, auto(Method.EXTENSIVE), watch)


def test_branches_that_choose_whole_numbers_are_not_split_off() -> None:
    stated = market([9.0] * 8)
    assembled = assemble(build_model_data(problem_from_sheets(stated)))
    anew = assemble(build_model_data(problem_from_sheets(with_settings(stated, branch_investment="integer"))))
    assert will_decompose(assembled, auto(Method.BENDERS))
    assert not will_decompose(anew, auto(Method.BENDERS))


def test_survive_of_many_is_decomposed_at_once_or_added_on_the_whole_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same plan; one round with every branch where it is decomposed, several with some of them otherwise."""
    monkeypatch.setattr(constraint_generation, "MANY", 0)
    problem = problem_from_sheets(market([12.0, 9.0, 4.0, 3.0]))
    ways = (Method.BENDERS, Method.EXTENSIVE)
    parts, tree = (solve_problem(problem, gap=1e-7, threads=1, method=method) for method in ways)
    assert any(line.endswith("; added") for line in tree.run.log)
    assert not any(line.endswith("; added") for line in parts.run.log)
    assert parts.plan is not None
    assert tree.plan is not None
    assert parts.plan.objective == pytest.approx(tree.plan.objective, rel=1e-6)
    assert len(parts.plan.paths) == len(tree.plan.paths) == 5
    assert parts.plan.certificate is not None
    assert parts.plan.certificate.holds()

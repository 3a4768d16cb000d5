"""max_hhi and clean_origin at nodes of branches, by decomposition: answers by hand, and those of the whole tree."""

from __future__ import annotations

import pytest

from friendshore.models.clauses.cone import CONE_TOLERANCE
from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.model_data import build_model_data
from friendshore.optimizer.program.assemble import assemble
from friendshore.optimizer.search.benders.search import search_by_decomposition
from friendshore.optimizer.search.limits import Limits, Stopwatch
from friendshore.optimizer.search.method import Method
from friendshore.optimizer.search.tangent_planes import cone_clauses
from friendshore.optimizer.solve import solve_problem
from tests.mathematics.cases import Sheets, harmless
from tests.mathematics.test_rule_max_hhi import makers
from tests.mathematics.traced import chain

CHANCES = [0.25, 0.0]


def concentrated(where: str, probability: float) -> Sheets:
    """Three makers at 3, 6 and 10, of whom the cheap one alone may strike the index of 0.5."""
    return harmless(makers(0.5, (2, 5, 9), scenario=where), probability)


def found(stated: Sheets, method: str) -> float:
    """The optimum, its certificate checked."""
    outcome = solve_problem(problem_from_sheets(stated), gap=1e-7, threads=1, method=method)
    assert outcome.plan is not None and outcome.plan.certificate is not None
    assert outcome.plan.certificate.holds(), outcome.plan.certificate
    return outcome.plan.objective


@pytest.mark.parametrize("probability", CHANCES)
@pytest.mark.parametrize(("where", "asked"), [("normal", (3, 1)), ("base", (3, 0)), ("each", (3, 2)), ("stop", (0, 2))])
def test_concentration_by_hand(where: str, asked: tuple[int, int], probability: float) -> None:
    """8 at 3 and 2 at 10 keep an index of 0.68, for 14 a year more than 30, at the nodes at which it holds: of three
    years of the base path, and of y1 and y2 of the branch, of which y2 is in normal times where it can happen."""
    base, branch = asked
    weighed = (base > 0) * (1 + 2 * (1 - probability)) + branch * probability
    assert found(harmless(makers(0.68, scenario=where), probability), "benders") == pytest.approx(
        90 + 14 * weighed, abs=5e-3
    )


@pytest.mark.parametrize("probability", CHANCES)
@pytest.mark.parametrize(("where", "asked"), [("normal", (3, 1)), ("base", (3, 0)), ("each", (3, 2)), ("stop", (0, 2))])
def test_clean_origin_by_hand(where: str, asked: tuple[int, int], probability: float) -> None:
    """5 of 10 at 4 more than 30 a year, at the same nodes."""
    base, branch = asked
    weighed = (base > 0) * (1 + 2 * (1 - probability)) + branch * probability
    assert found(harmless(chain(scenario=where), probability), "benders") == pytest.approx(90 + 20 * weighed, rel=1e-6)


@pytest.mark.parametrize("probability", CHANCES)
@pytest.mark.parametrize("where", ["normal", "each", "stop"])
def test_three_makers_as_on_the_whole_tree(where: str, probability: float) -> None:
    """A cone of three needs planes that no single supplier gives; both searches come to it within what it may move."""
    stated = concentrated(where, probability)
    assert found(stated, "benders") == pytest.approx(found(stated, "extensive"), rel=2e-4)


def test_the_cones_of_branches_hold_wherever_a_search_is_stopped() -> None:
    """Each block keeps its own cones whenever it is solved, by planes laid down as its plans leave them."""
    assembled = assemble(build_model_data(problem_from_sheets(concentrated("each", 0.25))))
    watch = Stopwatch()
    result = search_by_decomposition(assembled, Limits(1e-7, 60.0, 1, method=Method.BENDERS), watch)
    assert result is not None and result.answer.columns is not None
    values = result.assembled.expression_values(result.answer.columns)
    for clause in cone_clauses(result.assembled):
        for place in clause.nodes:
            supplied, taken = clause.point(values, place)
            assert float(supplied @ supplied) <= (clause.policy.limit + CONE_TOLERANCE) * taken**2 + 1e-9

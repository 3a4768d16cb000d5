"""A search that is stopped before it has a plan gets one that builds nothing, wherever no hard rule forbids it."""

from __future__ import annotations

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.plan import Status
from friendshore.optimizer.program.assemble import assemble
from friendshore.optimizer.search.first_plan import with_first_plan
from friendshore.optimizer.search.limits import Stopwatch
from friendshore.optimizer.search.result import SearchResult
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.solver import Answer
from tests.mathematics.cases import Sheets, about, built, everything, importer, island, stop, store, under

STOPPED = Answer(status="no_plan", stopped="time limit", bound=10.0, target_gap=0.01)


def first(sheets: Sheets, answer: Answer = STOPPED) -> Answer:
    assembled = assemble(build_model_data(problem_from_sheets(sheets)))
    found = with_first_plan(SearchResult(assembled, answer), Stopwatch()).answer
    if found.columns is not None:
        assert assembled.program.violation(found.columns) <= 1e-9
        assert not found.columns[assembled.program.integer].any()
    return found


def test_all_is_short() -> None:
    """12 at 100 a unit; what the search has proven stays."""
    found = first(importer() | {"Expansions": [built()]})
    assert (found.status, found.stopped, found.cost, found.bound) == ("feasible", "time limit", about(1200), 10.0)
    assert found.gap == about(1190 / 1200)


def test_what_there_is_runs_where_standing_still_is_forbidden() -> None:
    """A quarter of 20 has to be smelted in any case, of ore that a mine makes: the second plan moves what is there and
    covers all 10, at 1 for ore and 2 for smelting."""
    sheets = island(capacity=20)
    sheets["Commodities"].append({"commodity": "ore", "unit": "t", "stage": "ore", "price": 1})
    sheets["Recipes"] = [
        {"recipe": "smelt", "commodity": "ore", "role": "input", "amount": 1},
        {"recipe": "smelt", "commodity": "metal", "role": "output", "amount": 1},
    ]
    sheets["Plants"][0] |= {"commodity": None, "recipe": "smelt", "min_use": 0.25}
    mine = {"plant": "mine", "country": "Home", "commodity": "ore", "capacity": 30, "unit_cost": 1}
    sheets["Plants"].append(mine)
    assert first(sheets).cost == about(30)


def test_stocks_stay_as_they_are() -> None:
    """10 held for two years at 1 a unit, kept to the end, and 24 short at 100."""
    sheets = importer(2) | {"Stockpiles": [store(initial=10, final_min=10, holding_cost=1)]}
    assert first(sheets).cost == about(2400 + 20)


@pytest.mark.parametrize("kind", ["max_shortage"])
def test_where_a_hard_rule_forbids_it_there_is_none(kind: str) -> None:
    """Nobody may go short, and without the expansion there is not enough."""
    sheets = under(importer(capacity=5), kind=kind, limit=0) | {"Expansions": [built()]}
    assert first(sheets) is STOPPED


def test_a_cone_is_kept() -> None:
    """Of one supplier nothing may come but what the index lets through: with nothing sent all is within it."""
    assert first(under(importer(), kind="max_hhi", limit=0.25, suppliers="each *")).cost == about(1200)


def test_an_answer_stays_an_answer() -> None:
    infeasible = Answer(status="infeasible")
    assert first(importer(), infeasible) is infeasible


def test_no_time_at_all_leaves_a_plan() -> None:
    """Through the whole corridor, on a tree with a branch and on the problem with everything."""
    for sheets in (importer(2) | stop(0.25) | {"Expansions": [built()]}, everything(["max_share"])):
        outcome = solve_problem(problem_from_sheets(sheets), time_limit=0.0)
        assert outcome.status in (Status.FEASIBLE, Status.OPTIMAL)
        assert outcome.plan is not None and outcome.plan.certificate is not None
        assert outcome.plan.certificate.holds(), outcome.plan.certificate

"""What the first search of a study has learnt comes to those after it, as it is, wherever they are done."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.engines.serial import SerialEngine
from friendshore.optimizer.search.benders.pool import Memory
from friendshore.optimizer.search.benders.pool_file import pool_as_text, pool_of_text
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.studies import learnt
from friendshore.optimizer.studies.alternatives.alternatives import Asks
from friendshore.optimizer.studies.alternatives.work import work_out
from friendshore.optimizer.studies.frontier import frontier
from friendshore.optimizer.studies.frontier.axis import risk_axis
from friendshore.optimizer.studies.frontier.draw import draw_frontier
from tests.mathematics.cases import built, importer, stop

SHEETS = importer(2, demand=10, cost=2) | stop(0.2) | {"Expansions": [built(plant="works", size=4, capex=10)]}


@pytest.fixture
def by_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small problems are searched by parts, too."""
    monkeypatch.setattr("friendshore.optimizer.search.benders.search.BRANCHES", 1)
    monkeypatch.setattr("friendshore.optimizer.search.benders.search.COLUMNS", 0)
    monkeypatch.setattr("friendshore.optimizer.search.benders.search.OF_A_BRANCH", 0)


def test_a_pool_comes_back_from_its_text_as_it_was() -> None:
    memory = Memory()
    assert solve_problem(problem_from_sheets(SHEETS), method="benders", memory=memory).plan is not None
    assert memory.pool is not None
    again = pool_of_text(pool_as_text(memory.pool))
    assert again.structure == memory.pool.structure and np.array_equal(again.relaxed, memory.pool.relaxed)
    assert list(again.branches) == list(memory.pool.branches)
    for name, branch in memory.pool.branches.items():
        assert np.array_equal(again.branches[name].prices, branch.prices)


def test_where_nothing_was_learnt_the_others_begin_as_the_first_did() -> None:
    """A small problem is solved at once."""
    outcome, told = learnt.solve_and_learn(problem_from_sheets(SHEETS), {"gap": 0.0})
    assert outcome.plan is not None and told == {"learnt": None}
    before = Memory()
    assert learnt.memory_after(told, before) is before and learnt.memory_after(told, None) is None


class Watched(SerialEngine):
    """Notes of each unit what its search is handed, and whether it began from that."""

    def __init__(self) -> None:
        super().__init__()
        self.handed: list[bool] = []
        self.begun: list[bool] = []

    def map(self, task: Any, shared: Any, units: Any) -> Any:
        """As the serial engine does."""
        for place, answer in super().map(task, shared, units):
            how = next(each for each in shared if isinstance(each, dict) and "seed" in each)
            self.handed.append("memory" in how and how["memory"].pool is not None)
            if "begun" in answer:
                self.begun.append(answer["begun"])
            yield place, answer


@pytest.mark.usefixtures("by_parts")
def test_alternatives_begin_from_their_best_plan() -> None:
    engine = Watched()
    study = work_out(problem_from_sheets(SHEETS), Asks(within=0.2, gap=0.0), runner=Runner(engine))
    assert study.cost is not None and len(engine.handed) > 1
    assert not engine.handed[0] and all(engine.handed[1:])
    assert not engine.begun[0]
    at_once = work_out(problem_from_sheets(SHEETS), Asks(within=0.2, gap=0.0))
    assert study.cost.high == pytest.approx(at_once.cost.high if at_once.cost is not None else None)


@pytest.mark.usefixtures("by_parts")
def test_points_of_a_frontier_begin_from_the_first_wave() -> None:
    """Both ends of the weight of risk are searched from nothing, so that it does not matter who is first."""
    engine = Watched()
    study = draw_frontier(
        problem_from_sheets(SHEETS), risk_axis((0.0, 0.9)), frontier.Asks(points=5, gap=0.0), runner=Runner(engine)
    )
    assert study.points and not any(engine.handed[:2]) and all(engine.handed[2:])

"""Searches begin from what was learnt nearest to them, and with something known from the workbook's own setting."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.engines.serial import SerialEngine
from friendshore.optimizer.search.benders.pool import Memory, Pool
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.studies.frontier.axis import limit_axis, months_axis, risk_axis
from friendshore.optimizer.studies.frontier.draw import draw_frontier
from friendshore.optimizer.studies.frontier.frontier import Asks
from friendshore.optimizer.studies.frontier.pools import Pools
from tests.mathematics.cases import built, importer, stop, under


def memory() -> Memory:
    return Memory(Pool("", np.zeros(0), None, {}))


def test_the_nearest_and_of_two_as_near_the_one_that_asks_more() -> None:
    tight, loose = memory(), memory()
    pools = Pools().with_memory(0.25, tight).with_memory(0.75, loose).with_memory(0.4, None)
    assert pools.near(0.3)["memory"].pool is tight.pool and pools.near(0.6)["memory"].pool is loose.pool
    assert pools.near(0.5)["memory"].pool is tight.pool
    assert Pools().near(0.5) == {} and Pools().with_answer({"at": 0.5, "learnt": None}).learnt == ()


SHEETS = under(importer(2, demand=10, cost=2) | stop(0.2), kind="max_shortage", scenario="stop", limit=0.5)
SHEETS["Plants"].append({"plant": "home", "country": "Home", "commodity": "metal", "capacity": 0, "unit_cost": 3})
SHEETS["Expansions"] = [built(plant="home", size=4, capex=60, max_units=3, latest="y0")]


class Watched(SerialEngine):
    """Notes where each search is, and where that was learnt which it begins from."""

    def __init__(self) -> None:
        super().__init__()
        self.searches: list[tuple[float, float | None]] = []

    def map(self, task: Any, shared: Any, units: Any) -> Any:
        """As the serial engine does."""
        pools = next(each for each in shared if isinstance(each, Pools))
        for at, _ in units:
            near = pools.near(at)
            learnt = [ease for ease, each in pools.learnt if near and each.pool is near["memory"].pool]
            self.searches.append((at, learnt[0] if learnt else None))
        yield from super().map(task, shared, units)


def test_its_own_setting_is_searched_first_where_it_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan of the workbook, whose limit is 0.5, is known: 0.5 first, and then both ends from what it has learnt;
    every cost is what a search from nothing finds."""
    for name, value in (("BRANCHES", 1), ("COLUMNS", 0), ("OF_A_BRANCH", 0)):
        monkeypatch.setattr(f"friendshore.optimizer.search.benders.search.{name}", value)
    problem = problem_from_sheets(SHEETS)
    axis = limit_axis(problem, "rule", (0.0, 1.0))
    known = Memory()
    assert solve_problem(problem, gap=0.0, threads=1, memory=known).plan is not None and known.pool is not None
    engine = Watched()
    study = draw_frontier(problem, axis, Asks(points=5, gap=0.0, memory=known), runner=Runner(engine))
    assert [at for at, _ in engine.searches[:2]] == [0.5, 1.0]
    assert all(learnt is not None for _, learnt in engine.searches)
    for at, learnt in engine.searches[2:]:
        assert learnt is not None
        assert abs(at - learnt) <= min(abs(at - 0.5), abs(at - 1.0))
    alone = draw_frontier(problem, axis, Asks(points=5, gap=0.0), runner=Runner(SerialEngine()))
    for limit in (0.0, 0.5, 1.0):
        bands = [[b.cost for b in each.bands if b.tight <= limit <= b.loose and b.cost] for each in (study, alone)]
        assert min(c.low for c in bands[0]) <= max(c.high for c in bands[1]) + 1e-6
        assert min(c.low for c in bands[1]) <= max(c.high for c in bands[0]) + 1e-6
    assert study.points[0].cost.high == pytest.approx(alone.points[0].cost.high)
    assert study.points[-1].cost.high == pytest.approx(alone.points[-1].cost.high)


def test_the_setting_of_a_problem_as_it_is() -> None:
    problem = problem_from_sheets(SHEETS)
    assert limit_axis(problem, "rule", (0.0, 1.0)).own(problem) == 0.5
    assert risk_axis((0.0, 0.9)).own(problem) == -problem.settings.risk_aversion
    survive = problem_from_sheets(under(importer(2), kind="survive", limit=0.5, suppliers="Far", years=0.5))
    assert months_axis(survive, "rule", (1, 12)).own(survive) == -6.0

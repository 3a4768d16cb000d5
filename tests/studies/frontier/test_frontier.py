"""Frontiers of small problems worked out by hand, the same by one worker and two, and what is kept of one cut short."""

from __future__ import annotations

import os
import pickle
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.problem import Problem
from friendshore.optimizer.engines.ledger import Ledger
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.engines.serial import SerialEngine
from friendshore.optimizer.engines.task import Task
from friendshore.optimizer.reporting.study_sheets import write_study_sheets
from friendshore.optimizer.search.hold import Held
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.studies.frontier import points
from friendshore.optimizer.studies.frontier.axis import limit_axis, months_axis, risk_axis
from friendshore.optimizer.studies.frontier.draw import draw_frontier
from friendshore.optimizer.studies.frontier.frontier import Asks, Frontier
from friendshore.optimizer.studies.frontier.points import POINTS
from friendshore.optimizer.studies.frontier.sheets import sheets
from friendshore.optimizer.studies.frontier.words import lines
from tests.mathematics.cases import built, importer, stop, store, under
from tests.studies.prices.test_step_prices import fed, home


class Counting(SerialEngine):
    """Counts units; asks for several at once; is interrupted when so many are done."""

    def __init__(self, workers: int = 1, most: int = 1000) -> None:
        super().__init__()
        self.workers, self.most, self.done = workers, most, 0

    def map(self, task: Task, shared: Any, units: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        """One after the other."""
        for place, answer in super().map(task, shared, units):
            if self.done >= self.most:
                raise KeyboardInterrupt
            self.done += 1
            yield place, answer


def lumpy() -> tuple[Problem, Any]:
    """Home needs 10 at a damage of 5 each; lines of 4, two of them, cost 40 and make at 2."""
    problem = home(fed(0.6))
    return problem, limit_axis(problem, "fed", (0.1, 0.9))


@pytest.fixture(scope="module")
def drawn() -> Frontier:
    return draw_frontier(*lumpy(), Asks(points=12))


def test_lines_by_hand(drawn: Frontier) -> None:
    """Short by 60 % or more: one line, 40 + 8 + 30 = 78; by 20 % or more: two, 106; by less: no plan. Each search finds
    one of the two, told at the tightest limit at which it costs no more; the jump between them is found to 0.001."""
    first, last = drawn.points
    assert (first.setting, first.cost.low, first.cost.high) == pytest.approx((0.6, 78, 78))
    assert (last.setting, last.cost.low, last.cost.high) == pytest.approx((0.2, 106, 106))
    assert drawn.impossible is not None and 0.175 <= drawn.impossible < 0.2
    assert [(band.tight, band.loose) for band in drawn.bands if band.jump] == [pytest.approx((0.599, 0.6))]
    assert drawn.bands[0].cost is None and drawn.bands[0].loose == pytest.approx(0.2)
    assert drawn.searches <= 12 and not drawn.stopped


def test_a_large_tree_is_not_operated_anew_for_every_point(drawn: Frontier, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its plans stand where they hold as they are, and cost the same; the plan of a point comes out again."""
    monkeypatch.setattr(points, "LARGE", 0)
    large = draw_frontier(*lumpy(), Asks(points=12))
    assert large.operated == 0 < drawn.operated
    assert [point.cost.high for point in large.points] == pytest.approx([point.cost.high for point in drawn.points])
    assert large.plan(large.points[0]).objective == pytest.approx(78, rel=points.NEARLY)


def test_what_it_says(drawn: Frontier) -> None:
    said = list(lines(drawn))
    assert said[0] == f"Fed, from 60% to 20%: 28 USD more; 2 plans from {drawn.searches} searches."
    assert said[1:3] == ["  60%: 78 USD", "  20%: 106 USD, 28 USD more (+36%)"]
    assert "no plan is possible" in said[3] and "From there to 20% it is not known" in said[3]
    assert said[4] == "Between 60% and 59.9% it jumps from 78 USD to 106 USD."


def test_the_plan_of_each_point_comes_out_again(drawn: Frontier) -> None:
    for point in drawn.points:
        plan = drawn.plan(point)
        assert plan.certificate is not None and plan.certificate.holds()
        assert plan.objective == pytest.approx(point.cost.high)
        assert plan.problem.policies[0].limit == pytest.approx(point.setting)


def test_two_workers_find_the_same_and_a_ledger_spares_them_both(drawn: Frontier, tmp_path: Path) -> None:
    """Interrupted after three searches it tells what these prove; the same again goes on from there."""
    with Ledger(tmp_path / "done.ledger") as ledger:
        cut = draw_frontier(*lumpy(), Asks(points=12), runner=Runner(Counting(most=3), ledger))
        assert cut.stopped and cut.searches == 3 and not cut.within and cut.points
        assert "interrupted" in list(lines(cut))[-1]
        rest = Counting(workers=2)
        whole = draw_frontier(*lumpy(), Asks(points=12), runner=Runner(rest, ledger))
    assert rest.done == drawn.searches - 3
    assert (whole.points, whole.bands, whole.knee) == (drawn.points, drawn.bands, drawn.knee)


def test_interrupted_before_the_first_plan() -> None:
    with pytest.raises(KeyboardInterrupt):
        draw_frontier(*lumpy(), runner=Runner(Counting(most=0)))


def test_a_unit_can_be_sent_to_another_process() -> None:
    axis = lumpy()[1]
    assert pickle.loads(pickle.dumps((POINTS, axis, Asks().how)))[1] == axis  # noqa: S301 - ours
    assert Held.of_lists(Held((("base", "y", 1, "line", 2.0),), (("wall", "y"),), (), frozenset({"base"})).as_lists())


def test_no_plan_anywhere(tmp_path: Path) -> None:
    problem = home(fed(0.6))
    none = draw_frontier(problem, limit_axis(problem, "fed", (0.05, 0.15)))
    assert none.points == () and none.impossible == 0.15 and none.searches == 1
    assert "At 15% and all that asks more no plan is possible." in list(lines(none))
    write_study_sheets(sheets(none), tmp_path / "none.xlsx")
    assert openpyxl.load_workbook(tmp_path / "none.xlsx").sheetnames == ["Frontier Plans", "Frontier Proven", "About"]


def risky() -> Problem:
    """Two years of 12 at 3 from Far, which stops in the second with probability 0.1, damage 100 each; works at home for
    90 make 10 of them at 1."""
    sheets = importer(2) | stop(0.1)
    sheets["Plants"].append({"plant": "home", "country": "Home", "commodity": "metal", "capacity": 0, "unit_cost": 1})
    sheets["Expansions"] = [built(plant="home", size=12, capex=180, latest="y0")]
    return problem_from_sheets(sheets)


def test_the_weight_of_risk_by_hand(tmp_path: Path) -> None:
    """Without works: 36 + 36 or 36 + 1200, expected 188.4, in the worst tenth 1236. With them 180 + 12 + 12 = 204 on
    either path. So 188.4 + 1047.6 λ = 204 from λ = 0.0149 on: both are points, and no other."""
    study = draw_frontier(risky(), risk_axis((0, 0.5)), Asks(gap=0.0))
    assert [(p.setting, p.expected_cost, p.cvar) for p in study.points] == [
        pytest.approx((0, 188.4, 1236)),
        pytest.approx((0.5, 204, 204)),
    ]
    assert study.within and study.knee is None
    for weight in (0.0, 0.01, 0.0149, 0.02, 0.3, 0.5):
        cost = min(188.4 + 1047.6 * weight, 204)
        over = [band for band in study.bands if band.loose <= weight <= band.tight]
        assert over and all(
            band.cost is not None and band.cost.low - 1e-6 <= cost <= band.cost.high + 1e-6 for band in over
        )
    assert all(band.width == pytest.approx(0.0, abs=1e-6) for band in study.bands)
    write_study_sheets(sheets(study), tmp_path / "risk.xlsx")
    assert any("expected, 204 USD in the worst cases" in line for line in lines(study))


def test_months_survived_by_hand() -> None:
    """Far makes all that Home needs, 12 a year; a stop of m months leaves it short by all of it. At most half of a
    quarter may be short: that takes works of 12 (one unit, 180); they get through a stop of any length, so that the one
    search for the shortest stop serves for all."""
    rule = {"kind": "survive", "limit": 0.5, "suppliers": "Far", "years": 0.5, "from_period": "y1"}
    sheets = under(importer(2), **rule)
    sheets["Plants"].append({"plant": "home", "country": "Home", "commodity": "metal", "capacity": 0, "unit_cost": 1})
    sheets["Expansions"] = [built(plant="home", size=12, capex=180, latest="y0")]
    problem = problem_from_sheets(sheets)
    study = draw_frontier(problem, months_axis(problem, "rule", (3, 12)), Asks(gap=0.0))
    assert study.searches == 1 and [point.setting for point in study.points] == [12]
    assert "12 months" in next(lines(study)) or "1 year" in next(lines(study))


def test_sheets_and_chart(drawn: Frontier, tmp_path: Path) -> None:
    """The plans with their chart, and what is proven row by row."""
    write_study_sheets(sheets(drawn), tmp_path / "study.xlsx")
    book = openpyxl.load_workbook(tmp_path / "study.xlsx")
    plans, proven = book["Frontier Plans"], book["Frontier Proven"]
    assert len(plans._charts) == 1
    headers = [cell for row in plans.values for cell in row if isinstance(cell, str)]
    assert {"Limit", "Cost of the plan (objective) (USD)", "Proven least cost (USD)"} <= set(headers)
    told = [row[5] for row in proven.values if row[5] in ("a jump", "maybe no plan", "within the tolerance")]
    assert told.count("a jump") == 1 and told.count("maybe no plan") == 1


EXAMPLES = int(os.environ.get("FRIENDSHORE_EXAMPLES", "1"))


@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_every_limit_solved_by_itself_costs_what_is_proven(seed: int) -> None:
    """A rival makes cheaply; works at home come in two sizes, a store may be filled; a cap on the rival's share, or a
    floor under what is met, varied. Whatever limit is solved by itself: its cost lies in its band."""
    draw = random.Random(seed)  # noqa: S311 - a test
    sheets = importer(2, demand=draw.randint(8, 16), cost=draw.randint(1, 4)) | stop(draw.choice((0.1, 0.3)))
    sheets["Plants"].append({"plant": "home", "country": "Home", "commodity": "metal", "capacity": 2, "unit_cost": 6})
    sizes = ((draw.randint(2, 4), draw.randint(10, 40)), (draw.randint(5, 8), draw.randint(30, 60)))
    sheets["Expansions"] = [
        built(expansion=f"line {i}", plant="home", size=size, capex=capex) for i, (size, capex) in enumerate(sizes)
    ]
    sheets["Stockpiles"] = [store(initial=2, holding_cost=1)]
    rule = draw.choice(({"kind": "max_share", "suppliers": "Far"}, {"kind": "max_shortage", "scenario": "stop"}))
    problem = problem_from_sheets(under(sheets, limit=0.5, **rule))
    axis = limit_axis(problem, "rule", (0.0, 1.0))
    study = draw_frontier(problem, axis, Asks(points=7, gap=0.0))
    for limit in (0.0, 0.15, 0.4, 0.75, 1.0):
        found = solve_problem(axis.varied(problem, limit), gap=0.0, threads=1)
        here = [band for band in study.bands if band.tight <= limit <= band.loose]
        if found.plan is None:
            assert study.impossible is not None and (limit <= study.impossible or here[0].cost is None)
        else:
            costs = [band.cost for band in here if band.cost is not None]
            cost, slack = found.plan.objective, 1e-6 * found.plan.objective
            assert not costs or min(c.low for c in costs) - slack <= cost <= max(c.high for c in costs) + slack
            assert costs or study.impossible is not None

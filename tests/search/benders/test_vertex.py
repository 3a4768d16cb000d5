"""Ending on a vertex costs no more than is said: a tolerance, and never the proof."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.model_data import build_model_data
from friendshore.optimizer.program.assemble import assemble
from friendshore.optimizer.search.benders.benders import Benders
from friendshore.optimizer.search.benders.incumbent import Incumbent
from friendshore.optimizer.search.benders.l_shaped import LShaped
from friendshore.optimizer.search.benders.split import split
from friendshore.optimizer.solver.run import Clock
from tests.search.benders.by_hand import buying, decided
from tests.search.benders.test_benders import risky


def capacity(*, integer: bool = False) -> LShaped:
    """Capacity x at 1 a unit, what it lacks of 6 at 3 a unit: x + 3·max(0, 6 − x), least at x = 6, where it is 6."""
    l_shaped = LShaped(decided(buying(3.0, 6.0, 1), integer=integer), Clock(), lambda x: (), 1, 1)
    l_shaped.begin()
    l_shaped.converge(1e-9, np.inf, Incumbent(), bounding=True)
    assert (l_shaped.incumbent.cost, l_shaped.bound) == (pytest.approx(6), pytest.approx(6))
    return l_shaped


def ended(l_shaped: LShaped, vertex: float, tolerance: float, gap: float = 1.0) -> float:
    """What the incumbent costs where the last LP has ended on ``vertex``."""
    assert l_shaped.last is not None
    l_shaped.last = dataclasses.replace(l_shaped.last, x=np.array([vertex]))
    l_shaped.end_on_vertex(tolerance, gap)
    return l_shaped.incumbent.cost


@pytest.mark.parametrize(
    ("vertex", "tolerance", "cost"),
    [
        (6.3, 0.06, 6.3),  # 5% more
        (6.3, 0.04, 6.0),
        (5.9, 0.04, 6.2),  # 5.9 and 0.1 lacking at 3
        (5.9, 0.03, 6.0),
        (6.0, 0.0, 6.0),
    ],
)
def test_no_dearer_than_the_tolerance(vertex: float, tolerance: float, cost: float) -> None:
    """A vertex that costs more than that is no plan to end on: the plan before is kept."""
    assert ended(capacity(), vertex, tolerance) == pytest.approx(cost)


@pytest.mark.parametrize(("gap", "cost"), [(0.01, 6.0), (0.1, 6.3)])
def test_what_is_proven_stays_proven(gap: float, cost: float) -> None:
    """6 is proven to within 1%, 6.3 is not, however large the tolerance; where the target is 10% both are."""
    assert ended(capacity(), 6.3, 0.5, gap) == pytest.approx(cost)


def test_what_is_no_plan_is_not_taken() -> None:
    """6.3 units where only whole ones are to be had."""
    assert ended(capacity(integer=True), 6.3, 0.5) == pytest.approx(6.0)


def test_a_run_ends_within_the_tolerance_it_states() -> None:
    """The finish of a run whose last LP has other whole numbers, all units built at once: its vertex is more than a
    tenth dearer, and the plan before is kept. It would be taken at a tolerance of that size, by the same code."""
    parts = split(assemble(build_model_data(problem_from_sheets(risky()))))
    l_shaped = LShaped(parts, Clock(), lambda x: (), 1, 1)
    run = Benders(l_shaped, 1e-6)
    assert run.run().status == "optimal"
    best = l_shaped.incumbent
    assert best.point is not None
    everything = best.point.copy()
    everything[parts.master.integer] = [3.0, *[0.0] * (int(parts.master.integer.sum()) - 1)]
    l_shaped.incumbent = dataclasses.replace(best, point=everything)
    run.gap = 1.0  # so that the proof does not forbid it
    run._finish()
    assert l_shaped.incumbent.cost <= best.cost * (1 + 1e-5)
    run._settle(everything, 1e-6, 20, 1.0)
    assert l_shaped.incumbent.cost > 1.1 * best.cost

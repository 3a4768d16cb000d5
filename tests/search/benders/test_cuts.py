"""Cuts hold for every point and are tight at the one they come from, by hand."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
import pytest

from friendshore.optimizer.search.benders import cuts
from friendshore.optimizer.search.benders.block import Block
from friendshore.optimizer.search.benders.cuts import (
    Cut,
    cut_rows,
    feasibility_cut,
    grouping,
    least_cost,
    optimality_cuts,
    rescaled,
)
from friendshore.optimizer.search.benders.evaluate import BlockValue, Evaluator
from friendshore.optimizer.search.benders.master import Master
from tests.search.benders.by_hand import buying, column, decided, promised

NEEDS = (4.0, 6.0, 9.0)
BLOCKS = tuple(buying(3.0, need, 1 + i) for i, need in enumerate(NEEDS))
GRID = np.linspace(0.0, 10.0, 41)


def at(x: float, blocks: Sequence[Block] = BLOCKS, *, failures: bool = False) -> tuple[BlockValue, ...]:
    values = Evaluator(blocks, 1).evaluate(np.array([x]), range(len(blocks)), lambda: False, failures=failures)
    assert values is not None
    return tuple(values)


def least_theta(cut: Cut, scale: float, x: float) -> float:
    """The θ, in money, that a cut asks for at a point."""
    return scale * (float(cut.slope @ np.array([x])[cut.places]) - cut.right)


@pytest.mark.parametrize("x", [0.0, 3.0, 5.0, 7.5, 10.0])
@pytest.mark.parametrize("groups", [1, 3])
def test_tangents(monkeypatch: pytest.MonkeyPatch, x: float, groups: int) -> None:
    """3 · Σ max(0, need − x), of all branches or of each: never more than that, and that at the point."""
    monkeypatch.setattr(cuts, "LEAST_GROUPS", groups)
    monkeypatch.setattr(cuts, "ENTRIES", 0)
    shared = rescaled(grouping(decided(*BLOCKS)), [value.value for value in at(5.0)])
    assert shared.count == groups
    made = list(optimality_cuts(BLOCKS, shared, np.array([x]), at(x)))
    for group, cut in enumerate(made):
        needs = [need for need, of in zip(NEEDS, shared.of_block, strict=True) if of == group]

        def cost(y: float, needs: list[float] = needs) -> float:
            return sum(3 * max(0.0, need - y) for need in needs)

        scale = float(shared.scale[group])
        assert least_theta(cut, scale, x) == pytest.approx(cost(x))
        assert all(least_theta(cut, scale, y) <= cost(y) + 1e-9 for y in GRID)


def test_a_policy_that_fails_forbids() -> None:
    """6 promised, 1 to be had: x ≥ 5, whatever the point it was seen at."""
    block = promised(6.0, 1)
    (value,) = at(2.0, (block,), failures=True)
    cut = feasibility_cut((block,), np.array([2.0]), 0, value)
    assert (cut.group, cut.places.tolist()) == (-1, [0])
    allowed = [y for y in GRID if float(cut.slope[0]) * y <= cut.right + 1e-9]
    assert allowed == [y for y in GRID if y >= 5]


def test_units_of_theta_are_powers_of_two_near_the_first_values() -> None:
    """At x = 5 the branches cost 0, 3 and 12; 1 besides keeps the logarithm."""
    scaled = rescaled(grouping(decided(*BLOCKS)), [value.value for value in at(5.0)])
    assert scaled.scale.tolist() == [1.0, 4.0, 16.0]
    assert scaled.lower.tolist() == [0.0, 0.0, 0.0]


def test_a_branch_that_says_nothing_has_no_theta() -> None:
    silent = buying(0.0, 4.0, 2)
    groups = grouping(decided(buying(3.0, 6.0, 1), silent))
    assert groups.of_block.tolist() == [0, -1]


def test_least_cost_by_the_bounds_of_columns() -> None:
    """From 0 to 10 at −2 a unit; without an end above it has none below."""
    assert least_cost(column(-2.0, 10.0)) == -20
    assert least_cost(column(2.0, np.inf)) == 0
    with pytest.raises(ValueError, match="no end below"):
        grouping(decided(buying(-3.0, 6.0, 1)))


def test_as_rows() -> None:
    """slope · x − θ of its group, and no θ in the others."""
    with_theta = Cut(np.array([0, 2]), np.array([1.5, -2.0]), 7.0, 1)
    without = Cut(np.array([1]), np.array([4.0]), 1.0, -1)
    rows = cut_rows([with_theta, without], 3, 5).toarray()
    assert rows.tolist() == [[1.5, 0, -2.0, 0, -1.0], [0, 4.0, 0, 0, 0]]


def test_what_rounding_has_left_is_no_entry() -> None:
    """4e-13 a ton of a million tons is beside 1 a unit what it is, 4e-7, but 1e-14 a ton is what rounding has left."""
    cut = Cut(np.array([0, 2, 3], dtype=np.int64), np.array([1.0, 4e-13, 1e-14]), 5.0, 0)
    cleared = cut.without_dust(np.array([1.0, 1.0, 1e6, 10.0]))
    assert cleared.places.tolist() == [0, 2]
    assert cleared.slope.tolist() == [1.0, 4e-13]
    assert cleared.right == 5.0
    assert cut.without_dust(np.ones(4)).places.tolist() == [0]
    assert cleared.without_dust(np.array([1.0, 1.0, 1e6, 1.0])) is cleared


def test_the_master_takes_cuts_without_dust() -> None:
    """Else its columns are scaled to entries of 1e-20, and it is infeasible or is not, as rounding will have it."""
    parts = decided(*BLOCKS, integer=True)
    master = Master(parts.master, grouping(parts), 1, 0)
    master.add([Cut(np.array([0], dtype=np.int64), np.array([1.0]), 5.0, -1)])
    wide = Cut(np.array([0, 1], dtype=np.int64), np.array([1e-20, 1.0]), 9.0, -1)
    program = dataclasses.replace(parts.whole, integer=np.zeros(4, dtype=bool))
    other = Master(program, grouping(parts), 1, 0)
    other.add([wide])
    assert np.abs(other.integer_program(all_cuts=True).matrix.data[-2:]).min() >= 1.0
    assert [cut.places.tolist() for cut in (*master.cuts, *other.cuts)] == [[0], [1]]

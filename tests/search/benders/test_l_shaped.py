"""Master and branches brought together, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from friendshore.optimizer.program.linear_program import LinearProgram
from friendshore.optimizer.search.benders.block import Block
from friendshore.optimizer.search.benders.incumbent import Incumbent
from friendshore.optimizer.search.benders.l_shaped import LShaped
from friendshore.optimizer.search.benders.stopping import MasterInfeasible, SearchStopped
from friendshore.optimizer.solver.run import Clock
from tests.search.benders.by_hand import buying, decided, promised, promising


def begun(*blocks: Block, integer: bool = False) -> LShaped:
    l_shaped = LShaped(decided(*blocks, integer=integer), Clock(), lambda x: (), 1, 1)
    l_shaped.begin()
    return l_shaped


def test_newsvendor() -> None:
    """Needs of 4, 6 and 9, what is lacking at 0.4 each: capacity pays while more than two needs are above it, to 4:
    4 + 0.4 · (2 + 5) = 6.8. The bound is the same, and proven."""
    l_shaped = begun(*(buying(0.4, need, 1 + i) for i, need in enumerate((4.0, 6.0, 9.0))))
    best = l_shaped.converge(1e-9, np.inf, Incumbent(), bounding=True)
    assert best.cost == pytest.approx(6.8)
    assert l_shaped.bound == pytest.approx(6.8)
    assert l_shaped.incumbent.cost == pytest.approx(6.8)
    assert l_shaped.incumbent.point == pytest.approx([4])


def test_a_promise_is_kept_by_feasibility_cuts() -> None:
    """6 promised, 1 to be had: 5 of capacity, though failing is priced at only a tenth of a unit of it."""
    l_shaped = begun(promised(6.0, 1, price=0.1))
    best = l_shaped.converge(1e-9, np.inf, Incumbent(), bounding=True)
    assert best.point == pytest.approx([5])
    assert l_shaped.incumbent.cost == pytest.approx(5)
    assert l_shaped.incumbent.feasible


def test_who_fails_pays_more_before_being_asked_whether_it_has_to() -> None:
    """6 promised, 1 to be had and no capacity: it has to fail, which is asked at the third time, at a hundred times the
    price; the cut keeps out all capacity below 5."""
    l_shaped = begun(promised(6.0, 1, price=0.1))
    nothing, block = np.array([0.0]), l_shaped.parts.blocks[0]
    answers = []
    for _ in range(3):
        center = Incumbent()
        l_shaped.taken(nothing, tuple(l_shaped.asked(nothing, [0])), center)
        answers.append((center.cost, l_shaped.forbid(center), sum(cut.group < 0 for cut in l_shaped.master.cuts)))
    assert [cost for cost, _, _ in answers] == pytest.approx([answers[0][0] * times for times in (1, 10, 100)])
    assert [(counted, cuts) for _, counted, cuts in answers] == [(1, 0), (1, 0), (1, 1)]
    (cut,) = (cut for cut in l_shaped.master.cuts if cut.group < 0)
    assert block.touched[cut.places] == pytest.approx([0])
    assert cut.right / cut.slope[0] == pytest.approx(5)


def test_a_promise_that_cannot_be_kept() -> None:
    """12 promised, 1 and 10 to be had."""
    l_shaped = begun(promised(12.0, 1))
    with pytest.raises(MasterInfeasible):
        l_shaped.converge(1e-9, np.inf, Incumbent(), bounding=True)


def test_a_promise_that_is_dearer_to_keep_than_its_price_is_kept() -> None:
    """10 of capacity at 1 a unit and 5 bought at 50, of which each is worth a hundredth: 260. To fail by 0.05 would
    cost 7.5 at the first price, and no feasibility cut speaks against it, for the branch can keep its promise."""
    dear = LinearProgram(
        cost=np.array([50.0]),
        offset=0.0,
        matrix=csr_array([[0.01]]),
        row_lower=np.array([10.05]),
        row_upper=np.array([np.inf]),
        column_lower=np.zeros(1),
        column_upper=np.array([10.0]),
        integer=np.array([False]),
    )
    search = begun(promising(dear, 1, 150.0))
    center = search.converge(1e-9, np.inf, Incumbent(), bounding=True)
    assert center.feasible
    assert center.cost == pytest.approx(260.0)
    assert search.bound == pytest.approx(260.0)
    assert search.incumbent.cost == pytest.approx(260.0)


def test_fixed_numbers_bound_nothing_and_are_given_up_when_useless() -> None:
    """At 2 of 6 the cost is 2 + 12; what costs more than 10 is of no use, and is not looked at to its end."""
    l_shaped = begun(buying(3.0, 6.0, 1), integer=True)
    l_shaped.master.fix_integers(np.array([2.0]))
    l_shaped.converge_fixed(1e-9, np.inf, Incumbent())
    assert l_shaped.incumbent.cost == pytest.approx(14)
    assert l_shaped.bound == -np.inf
    solves = l_shaped.evaluator.solves
    l_shaped.converge_fixed(1e-9, 10.0, Incumbent())
    assert l_shaped.evaluator.solves == solves


def test_told_to_stop_it_stops_unless_it_is_patient() -> None:
    l_shaped = begun(buying(3.0, 6.0, 1))
    l_shaped.clock.interrupt = lambda: True
    with pytest.raises(SearchStopped):
        l_shaped.converge(1e-9, np.inf, Incumbent())
    l_shaped.patient = True
    assert l_shaped.converge(1e-9, np.inf, Incumbent()).cost == pytest.approx(6)


@pytest.mark.parametrize(
    ("cost", "bound", "gap", "within"), [(10.0, 9.0, 0.1, True), (10.0, 8.9, 0.1, False), (np.inf, 9.0, 0.1, False)]
)
def test_an_incumbent_within_a_gap(cost: float, bound: float, gap: float, *, within: bool) -> None:
    incumbent = Incumbent()
    incumbent.update(np.zeros(1), cost, ())
    assert incumbent.within(bound, gap) == within
    assert incumbent.gap(bound, 0.5) == pytest.approx(0.5 if np.isinf(cost) else (cost - bound) / cost)


def test_an_incumbent_only_gets_better() -> None:
    incumbent = Incumbent()
    for cost in (5.0, 7.0, 4.0):
        incumbent.update(np.array([cost]), cost, ())
    assert (incumbent.cost, incumbent.point) == (4.0, np.array([4.0]))

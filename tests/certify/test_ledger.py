"""The ledger: signed terms added up row by row, violations relative to the largest term, the worst remembered."""

from __future__ import annotations

from math import inf, nan

import numpy as np
import pytest

from friendshore.optimizer.certify.ledger import Ledger, Tally, listed
from friendshore.optimizer.certify.numbers import places

NODES = ("first", "second")
ROWS = listed(["a", "b", "c"], " row")


def tally() -> Tally:
    """Rows a, b, c at two nodes: 3 − 1, 0.25 − 0.5, 0 and −4 + 1, 0.5 − 0.25, 0."""
    return Tally.of(np.array([[3.0, 0.25, 0.0], [-4.0, 0.5, 0.0]]), np.array([[-1.0, -0.5, 0.0], [1.0, -0.25, 0.0]]))


def test_terms_add_up_and_the_largest_is_kept() -> None:
    assert tally().total.tolist() == [[2.0, -0.25, 0.0], [-3.0, 0.25, 0.0]]
    assert tally().largest.tolist() == [[3.0, 0.5, 0.0], [4.0, 0.5, 0.0]]


def test_terms_are_added_to_the_rows_named() -> None:
    """Columns 0 and 2 belong to row c, column 1 to row a; row b is left alone. Nothing to add changes nothing."""
    rows = tally()
    rows.add(np.array([[1.0, -7.0, 5.0], [2.0, 1.0, -9.0]]), places([2, 0, 2]))
    rows.add(np.zeros((2, 0)), places([]))
    assert rows.total.tolist() == [[-5.0, -0.25, 6.0], [-2.0, 0.25, -7.0]]
    assert rows.largest.tolist() == [[7.0, 0.5, 5.0], [4.0, 0.5, 9.0]]


def test_at_most_zero() -> None:
    """2 above zero of a largest term of 3 is the worst of six; 0.25 of 0.5 is measured against 1."""
    ledger = Ledger()
    ledger.at_most_zero(tally(), ROWS, NODES)
    assert (ledger.max_violation, ledger.worst, ledger.constraints) == (2 / 3, "a row at first (by 2)", 6)
    small = Ledger()
    small.at_most_zero(tally(), ROWS, NODES, np.array([[False, True, True], [True, True, False]]))
    assert (small.max_violation, small.worst, small.constraints) == (0.25, "b row at second (by 0.25)", 4)


def test_zero() -> None:
    """−3 of a largest term of 4 is further from zero than 2 of 3."""
    ledger = Ledger()
    ledger.zero(tally(), ROWS, NODES)
    assert (ledger.max_violation, ledger.worst, ledger.constraints) == (0.75, "a row at second (by 3)", 6)


def test_rows_without_columns_are_no_constraints() -> None:
    ledger = Ledger()
    ledger.zero(Tally(2, 0), ROWS, NODES)
    assert (ledger.max_violation, ledger.constraints) == (0.0, 0)


def test_what_is_no_number_is_an_infinite_violation() -> None:
    ledger = Ledger()
    ledger.at_most_zero(Tally.of(np.array([[0.0, nan, 0.0]])), ROWS, NODES)
    assert (ledger.max_violation, ledger.worst) == (inf, "b row at first (by nan)")
    noted = Ledger()
    noted.note("gap", nan, nan)
    assert noted.constraints == 1


def test_single_constraints() -> None:
    """What holds is counted and has no violation, however large it is; what lacks 0.5 of 4 lacks an eighth."""
    ledger = Ledger()
    ledger.note("fine", -3.0)
    ledger.note("met", 0.0)
    assert (ledger.max_violation, ledger.worst, ledger.constraints) == (0.0, "", 2)
    ledger.note("short", 0.5, 4.0)
    assert (ledger.max_violation, ledger.worst, ledger.constraints) == (0.125, "short (by 0.5)", 3)
    ledger.note("less", 0.1)
    ledger.note("as much", 0.5, 4.0)
    assert (ledger.max_violation, ledger.worst, ledger.constraints) == (0.125, "short (by 0.5)", 5)
    ledger.note("small", 0.25, 0.5)
    assert (ledger.max_violation, ledger.worst) == (0.25, "small (by 0.25)")


@pytest.mark.parametrize(
    ("reported", "wanted", "size", "violation"),
    [(5.0, 4.0, 0.0, 0.2), (-4.0, -5.0, 0.0, 0.2), (5.0, 4.0, 10.0, 0.1), (0.25, 0.5, 0.0, 0.25), (3.0, 3.0, 0.0, 0.0)],
)
def test_a_number_that_should_be_another(reported: float, wanted: float, size: float, violation: float) -> None:
    """The difference is measured by the larger of both, or by the parts that the number was added up from."""
    ledger = Ledger()
    ledger.equal("total", reported, wanted, size)
    assert ledger.max_violation == pytest.approx(violation)
    assert ledger.constraints == 1

"""A pool carried over to a program with other columns and rows."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from friendshore.optimizer.search.benders.carry import carried
from friendshore.optimizer.search.benders.names import Called, OfNode, Side, named
from friendshore.optimizer.search.benders.pool import BranchPool, Pool
from friendshore.optimizer.search.benders.structure import Structure
from friendshore.optimizer.solver import Basis

NO_NODE = OfNode(named(""), named(""))
NONE = np.zeros(0, dtype=np.uint8)


def called(columns: str, rows: str) -> Called:
    """A branch whose columns and rows are of no node, one letter each."""
    return Called(named(""), Side(NONE, named(columns)), Side(NONE, named(rows)))


def structure(master: str, columns: str = "xyz", rows: str = "rst") -> Structure:
    return Structure(master, (f"{columns}/{rows}",), NO_NODE, named(master), (called(columns, rows),))


@pytest.fixture
def pool() -> Pool:
    """Points of a master with columns a, b and c; a branch of columns x, y, z and rows r, s, t."""
    basis = Basis.of_numbers(np.array([0, 1, 0], dtype=np.int8), np.array([1, 0, 1], dtype=np.int8))
    branch = BranchPool("xyz/rst", np.array([[1.0, 2, 3]]), np.array([[0.0, 0, 5]]), basis, 10.0, called("xyz", "rst"))
    return Pool("abc", np.array([1.0, 2, 3]), np.array([4.0, 5, 6]), {"stop": branch}, named("abc"), NO_NODE)


def test_of_the_same_program_everything_stays(pool: Pool) -> None:
    again = carried(pool, structure("abc"), ["stop"])
    assert again is not None and again.relaxed is pool.relaxed and again.best is pool.best
    assert again.branches["stop"].prices is pool.branches["stop"].prices


def test_what_is_new_stands_at_nothing_and_what_is_gone_is_left_out(pool: Pool) -> None:
    """a is gone, d is new, and b comes after c; in the branch s is gone and u is new, y is gone and w is new."""
    again = carried(pool, structure("dcb", "wzx", "utr"), ["stop"])
    assert again is not None and again.best is not None
    assert (again.relaxed.tolist(), again.best.tolist()) == ([0, 3, 2], [0, 6, 5])
    branch = again.branches["stop"]
    assert (branch.prices.tolist(), branch.failing.tolist()) == ([[0, 3, 1]], [[0, 5, 0]])
    assert branch.dearer == 10 and branch.structure == "wzx/utr" and branch.basis is not None
    rows, columns = branch.basis.as_numbers()
    assert (rows.tolist(), columns.tolist()) == ([1, 0, 0], [4, 1, 1])


def test_of_another_problem_nothing(pool: Pool) -> None:
    """Two of three columns of the master are new."""
    assert carried(pool, structure("dea"), ["stop"]) is None


@pytest.mark.parametrize(
    "change",
    [
        {"called": None},
        {"called": called("xyz", "rs")},  # prices of three rows, names of two
        {
            "called": dataclasses.replace(
                called("xyz", "rst"), steps=named("q"), rows=Side(np.zeros(9, np.uint8), named(""))
            )
        },
    ],
)
def test_a_branch_whose_names_are_not_known(pool: Pool, change: dict[str, Called | None]) -> None:
    """Or do not belong to its prices: nothing is known of it."""
    branch = dataclasses.replace(pool.branches["stop"], **change)
    again = carried(dataclasses.replace(pool, branches={"stop": branch}), structure("abc", "wzx", "utr"), ["stop"])
    assert again is not None and not again.branches


def test_a_basis_of_another_shape_is_left_out(pool: Pool) -> None:
    basis = Basis.of_numbers(np.zeros(2, dtype=np.int8), np.zeros(2, dtype=np.int8))
    branch = dataclasses.replace(pool.branches["stop"], basis=basis)
    again = carried(dataclasses.replace(pool, branches={"stop": branch}), structure("abc", "wzx", "utr"), ["stop"])
    assert again is not None and again.branches["stop"].basis is None


def test_points_of_another_length_than_their_names(pool: Pool) -> None:
    assert carried(dataclasses.replace(pool, best=np.zeros(2)), structure("abf"), ["stop"]) is None

"""A digest of content: equal data gives the same, any difference another."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
from scipy import sparse

from friendshore.models.examine import problem_from_sheets
from friendshore.optimizer.engines.fingerprint import fingerprint
from tests.mathematics.cases import island


@dataclass(frozen=True)
class Pair:
    first: Any
    second: Any


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ab", "abc"),
        (1, 1.0),
        (1, "1"),
        (True, 1),
        (None, ""),
        ([1, [2]], [[1], 2]),
        (["ab", "c"], ["a", "bc"]),
        ({"a": 1, "b": 2}, {"a": 2, "b": 1}),
        ({1, 2}, {1, 3}),
        (0.0, -0.0),
        (0.1, 0.1 + 2e-17 + 1e-16),
        (np.zeros(2), np.zeros((2, 1))),
        (np.zeros(2), np.zeros(2, dtype=np.int64)),
        (np.arange(3), np.arange(3) + 1),
        (sparse.csr_array(np.eye(2)), sparse.csr_array(np.ones((2, 2)))),
        (Pair(1, 2), Pair(2, 1)),
    ],
)
def test_differences_are_told(one: Any, other: Any) -> None:
    assert fingerprint(one) != fingerprint(other)
    assert fingerprint(one) == fingerprint(pickle.loads(pickle.dumps(one)))  # noqa: S301


def test_how_it_is_held_does_not_matter() -> None:
    """A matrix by rows or by columns, a mapping or a view of it, a list or a tuple: the same content."""
    matrix = np.array([[1.0, 0.0], [2.0, 3.0]])
    assert fingerprint(sparse.csr_array(matrix)) == fingerprint(sparse.csc_array(matrix))
    assert fingerprint(MappingProxyType({"a": 1})) == fingerprint({"a": 1})
    assert fingerprint([1, 2]) == fingerprint((1, 2))
    assert fingerprint({3, 1, 2}) == fingerprint(frozenset([2, 1, 3]))


def test_a_problem_by_its_tables() -> None:
    """What was worked out from a problem is no part of it; one number of a row is."""
    problem, again = (problem_from_sheets(island(demand=10.0)) for _ in range(2))
    assert problem.coalition == ("Home",)
    assert fingerprint(problem) == fingerprint(again)
    assert fingerprint(replace(problem, checked=None)) == fingerprint(problem)  # how it is checked anew is not, either
    other = replace(problem, tables=replace(problem.tables, settings=replace(problem.settings, discount_rate=0.07)))
    assert fingerprint(other) != fingerprint(problem)


def test_what_has_no_content_to_speak_of_is_refused() -> None:
    for value in (object(), np.array([object()]), lambda: None):
        with pytest.raises(TypeError):
            fingerprint(value)

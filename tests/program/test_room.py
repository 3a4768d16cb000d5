"""Placing: what is written row by row is what sparse algebra would give, in order, and a node does not grow with the
tree."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array, random_array

from benchmarks.scale import scaled
from friendshore import read_workbook
from friendshore.models.formulation.model_data import build_model_data
from friendshore.optimizer.program import room as placing
from friendshore.optimizer.program.compile import compile_node
from friendshore.optimizer.program.room import side_by_side, weighted_rows
from tests.benchmarks.test_floor import MAGNETS
from tests.examples import examples


def some(rows: int, columns: int, seed: int) -> csr_array:
    drawn = csr_array(random_array((rows, columns), density=0.3, rng=np.random.default_rng(seed), format="csr"))
    drawn.data = np.round(1.0 + 9.0 * drawn.data)
    return drawn


@settings(derandomize=True, deadline=None, max_examples=examples(60))
@given(st.integers(1, 12), st.integers(1, 12), st.integers(0, 999), st.sampled_from([1, 5, 1 << 20]))
def test_weighted_rows_and_sums_are_those_of_sparse_algebra(rows: int, columns: int, seed: int, chunk: int) -> None:
    """With one row at a time as well as all at once, and wherever the columns of the second matrix lie."""
    weights, matrix, other = some(rows, 8, seed), some(8, columns, seed + 1), some(rows, columns, seed + 2)
    before, placing.CHUNK = placing.CHUNK, chunk
    try:
        product = weighted_rows(weights, matrix)
        total = side_by_side(product, other)
    finally:
        placing.CHUNK = before
    assert np.array_equal(product.toarray(), (weights @ matrix).toarray())
    assert product.has_sorted_indices
    assert np.array_equal(total.toarray(), (weights @ matrix + other).toarray())
    assert total.has_canonical_format


def test_a_node_does_not_grow_with_the_branches() -> None:
    """Every quota of every branch had rows of its own at every node: memory grew with the square of the branches."""
    magnets = read_workbook(MAGNETS)
    few, many = (compile_node(build_model_data(scaled(magnets, branches=count))) for count in (150, 300))
    assert len(few.parameter_keys) == len(many.parameter_keys)
    assert set(few.rows) == set(many.rows)

"""Small programs with known answers, and large ones that take long."""

import numpy as np
from scipy import sparse

from friendshore.optimizer.program.linear_program import LinearProgram

INF = np.inf


def program(cost, rows, row_lower, row_upper, column_lower, column_upper, integer=None, offset=0.0):
    def floats(values):
        return np.array(values, dtype=float)

    return LinearProgram(
        cost=floats(cost),
        offset=offset,
        matrix=sparse.csr_array(floats(rows).reshape(len(row_lower), len(cost))),
        row_lower=floats(row_lower),
        row_upper=floats(row_upper),
        column_lower=floats(column_lower),
        column_upper=floats(column_upper),
        integer=np.array(integer if integer is not None else [False] * len(cost), dtype=bool),
    )


def two_suppliers(integer=None, offset=0.0, factor=1.0):
    """Cheap supplier up to 2, dear one up to 5, 3.5 wanted: 2 + 1.5, cost 2·1 + 1.5·2 = 5, the next unit costs 2."""
    return program([factor, 2 * factor], [[1, 1]], [3.5], [INF], [0, 0], [2, 5], integer, offset)


def set_cover(rows=400, columns=1000, seed=1):
    """A covering problem: a plan is found at once, its optimum not within minutes."""
    rng = np.random.default_rng(seed)
    matrix = sparse.csr_array((rng.random((rows, columns)) < 0.03).astype(float))
    cost = rng.integers(1, 100, columns).astype(float)
    ones, zeros = np.ones(rows), np.zeros(columns)
    return LinearProgram(
        cost, 0.0, matrix, ones, np.full(rows, INF), zeros, np.ones(columns), np.ones(columns, dtype=bool)
    )


def market_split(rows=6, columns=50, seed=1):
    """Equalities over 0/1: not even a plan is found within minutes."""
    rng = np.random.default_rng(seed)
    matrix = rng.integers(0, 100, (rows, columns)).astype(float)
    half = np.floor(matrix.sum(axis=1) / 2)
    return LinearProgram(
        np.ones(columns),
        0.0,
        sparse.csr_array(matrix),
        half,
        half,
        np.zeros(columns),
        np.ones(columns),
        np.ones(columns, dtype=bool),
    )


def dense_lp(rows=3000, columns=4000, seed=1, integer_every=0):
    """An LP whose simplex takes seconds; with ``integer_every`` a search whose first LP does."""
    rng = np.random.default_rng(seed)
    matrix = sparse.random_array((rows, columns), density=0.008, rng=rng, format="csr")
    integer = np.zeros(columns, dtype=bool)
    if integer_every:
        integer[::integer_every] = True
    return LinearProgram(
        rng.random(columns) + 0.01,
        0.0,
        matrix,
        np.ones(rows),
        np.full(rows, INF),
        np.zeros(columns),
        np.full(columns, INF),
        integer,
    )


def random_program(seed, rows=12, columns=15, integers=5):
    """A small feasible MIP: the rows leave room round a plan drawn first."""
    rng = np.random.default_rng(seed)
    matrix = rng.integers(-5, 10, (rows, columns)) * (rng.random((rows, columns)) < 0.5)
    plan = rng.integers(0, 5, columns)
    activity = (matrix @ plan).astype(float)
    integer = np.arange(columns) < integers
    return LinearProgram(
        rng.integers(1, 50, columns).astype(float),
        0.0,
        sparse.csr_array(matrix.astype(float)),
        activity - rng.integers(0, 3, rows),
        np.where(rng.random(rows) < 0.5, activity + 2.0, INF),
        np.zeros(columns),
        np.full(columns, 9.0),
        integer,
    )

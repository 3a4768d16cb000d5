"""The tree as arrays: the compiled node placed on every node, ports tied to their decisions, linking rows added."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array, vstack

from friendshore.models.formulation.checkpoint import Checkpoint, go_on
from friendshore.models.formulation.model_data import ModelData
from friendshore.models.node.link import ExpressionKey, LinkKey, LinkRow
from friendshore.models.node.parameters import Key
from friendshore.optimizer.program.compile import CompiledNode, compile_node
from friendshore.optimizer.program.expressions import Expressions, Layout, LazyExpressions, place_expressions
from friendshore.optimizer.program.linear_program import LinearProgram
from friendshore.optimizer.program.place import Mask, Varying
from friendshore.optimizer.program.room import Positions, side_by_side, weighted_rows

Array = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Assembled:
    """A problem as one linear program, with the way back from its columns and rows to their names.

    Node columns come first, node by node in the order of the compiled node; those that do not exist at a node are left
    out (``node_columns`` holds the positions, -1 for none, shape nodes × own columns). Linking columns follow.
    ``node_rows`` likewise for rows, linking rows last. ``expressions`` gives every expression of every node as
    matrix·x + constant, its row being node · (number of expressions) + place of the expression.
    """

    model_data: ModelData
    node: CompiledNode
    program: LinearProgram
    node_columns: Positions
    node_rows: Positions
    lazy_expressions: LazyExpressions

    @property
    def expressions(self) -> csr_array:
        """Coefficients of every expression of every node."""
        return self.lazy_expressions.placed.matrix

    @property
    def expression_constants(self) -> Array:
        """Constants of every expression of every node."""
        return self.lazy_expressions.placed.constant

    @cached_property
    def link_column(self) -> Mapping[LinkKey, int]:
        """Position of each linking column."""
        first = self.program.columns - len(self.model_data.linking.columns)
        return {column.key: first + i for i, column in enumerate(self.model_data.linking.columns)}

    @cached_property
    def first_link_row(self) -> int:
        """Position of the first linking row."""
        return self.program.rows - len(self.model_data.linking.rows)

    @cached_property
    def own_column(self) -> Mapping[tuple[str, Key], int]:
        """Place of each of the node's own columns."""
        return {name: i for i, name in enumerate(self.node.columns)}

    @cached_property
    def expression_place(self) -> Mapping[ExpressionKey, int]:
        """Place of each expression."""
        return {key: i for i, key in enumerate(self.node.expressions)}

    def expression_values(self, x: Array) -> ExpressionValues:
        """Every expression at every node for a solution."""
        values = self.expressions @ x + self.expression_constants
        table = values.reshape(len(self.model_data.tree.nodes), len(self.node.expressions))
        return ExpressionValues(table, self.expression_place)

    @cached_property
    def _trunk(self) -> csr_array:
        """The expressions of the base path, whose nodes come first."""
        return self.expressions[: int(self.model_data.tree.is_base.sum()) * len(self.node.expressions)]

    def trunk_values(self, x: Array) -> ExpressionValues:
        """Every expression at every node of the base path for a solution."""
        values = self._trunk @ x + self.expression_constants[: self._trunk.shape[0]]
        return ExpressionValues(values.reshape(-1, len(self.node.expressions)), self.expression_place)

    def values(self, x: Array) -> Array:
        """The node columns of a solution (nodes × own columns), 0 where a column does not exist."""
        return np.where(self.node_columns >= 0, x[self.node_columns], 0.0)

    def link_rows(self, rows: tuple[LinkRow, ...]) -> LinkRows:
        """Linking rows over the columns of the program."""
        expressions = self.lazy_expressions.placed
        return _link_rows(self.link_column, rows, expressions, self.node.expressions, self.program.columns)

    def with_rows(self, rows: tuple[LinkRow, ...]) -> Assembled:
        """The same with further linking rows at the end."""
        linking = self.model_data.linking
        model_data = dataclasses.replace(
            self.model_data, linking=dataclasses.replace(linking, rows=(*linking.rows, *rows))
        )
        more = self.link_rows(rows)
        program = dataclasses.replace(
            self.program,
            matrix=csr_array(vstack([self.program.matrix, more.matrix], format="csr")),
            row_lower=np.concatenate([self.program.row_lower, more.lower]),
            row_upper=np.concatenate([self.program.row_upper, more.upper]),
        )
        return dataclasses.replace(self, model_data=model_data, program=program)


@dataclass(frozen=True, eq=False)
class ExpressionValues:
    """The expressions of nodes for a solution: ``table`` (nodes × expressions), ``place`` of each in it."""

    table: Array
    place: Mapping[ExpressionKey, int]

    def __call__(self, node: int, key: ExpressionKey) -> float:
        """The value of an expression at a node."""
        return float(self.table[node, self.place[key]])

    def column(self, key: ExpressionKey) -> Array:
        """The values of an expression at every node."""
        return np.asarray(self.table[:, self.place[key]])


def assemble(model_data: ModelData, checkpoint: Checkpoint = go_on) -> Assembled:
    """Compile one node of a problem and place it on the whole tree; ``checkpoint`` is called between the steps."""
    node = compile_node(model_data)
    column_stands = _standing(model_data, node, node.columns)
    row_stands = _standing(model_data, node, node.rows)
    layout = Layout(model_data, node, _positions(column_stands))
    columns, rows = model_data.linking.columns, model_data.linking.rows
    used = {key for _, key in model_data.linking.objective} | {key for row in rows for _, key in row.expressions}
    names = tuple(key for key in node.expressions if key in used)
    expressions = place_expressions(layout, used)
    checkpoint()
    link = _link_rows(layout.link, rows, expressions, names, layout.columns)
    checkpoint()
    cost, offset = _objective(model_data, expressions, names, layout.width)
    del expressions
    matrix, moved = layout.placed(node.matrix, len(node.rows), row_stands, link.matrix)
    right = Varying(node.right).at(layout.parameters)[row_stands] - moved
    sense = np.broadcast_to(node.sense, row_stands.shape)[row_stands]
    column_lower, column_upper = _column_bounds(layout)
    program = LinearProgram(
        cost=cost,
        offset=offset,
        matrix=matrix,
        row_lower=np.concatenate([_lower(sense, right), link.lower]),
        row_upper=np.concatenate([_upper(sense, right), link.upper]),
        column_lower=column_lower,
        column_upper=column_upper,
        integer=np.concatenate([np.zeros(layout.width, bool), np.array([c.integer for c in columns], dtype=bool)]),
    )
    expressions_later = LazyExpressions(model_data, node, layout.column_of)
    return Assembled(model_data, node, program, layout.column_of, _positions(row_stands), expressions_later)


# Pyomo's mixed form marks a row by 1 for ≤, 0 for = and -1 for ≥ its right-hand side.
def _lower(sense: NDArray[np.int8], right: Array) -> Array:
    return np.where(sense <= 0, right, -np.inf)


def _upper(sense: NDArray[np.int8], right: Array) -> Array:
    return np.where(sense >= 0, right, np.inf)


def _standing(model_data: ModelData, node: CompiledNode, names: tuple[tuple[str, Key], ...]) -> Mask:
    """Which rows or columns exist at which nodes (nodes × names)."""
    stands = np.ones((len(model_data.tree.nodes), len(names)), dtype=bool)
    for place, (family, key) in enumerate(names):
        if family in node.masked:
            stands[:, place] = model_data.parameters.mask(node.masked[family], key)
    return stands


def _positions(stands: Mask) -> Positions:
    places = np.full(stands.shape, -1, dtype=np.int32)
    places[stands] = np.arange(np.count_nonzero(stands), dtype=np.int32)
    return places


def _column_bounds(layout: Layout) -> tuple[Array, Array]:
    """Bounds of all columns; only families that have one are looked at."""
    columns, parameters = layout.model_data.linking.columns, layout.model_data.parameters
    lower, upper = np.zeros(layout.columns), np.full(layout.columns, np.inf)
    for place, (family, key) in enumerate(layout.node.columns):
        at = layout.column_of[:, place]
        for ends, name in zip((lower, upper), layout.node.bounds[family], strict=True):
            if name:
                ends[at[at >= 0]] = parameters.column(name, key)[at >= 0]
    lower[layout.width :] = [column.lower for column in columns]
    upper[layout.width :] = [column.upper for column in columns]
    return lower, upper


@dataclass(frozen=True, eq=False)
class LinkRows:
    """Linking rows as arrays: lower ≤ matrix·x ≤ upper."""

    matrix: csr_array
    lower: Array
    upper: Array


def _link_rows(
    link: Mapping[LinkKey, int],
    rows: Sequence[LinkRow],
    expressions: Expressions,
    names: Sequence[ExpressionKey],
    width: int,
) -> LinkRows:
    """Linking rows: their own columns plus weighted expressions, whose constants move to the right-hand side."""
    place = {key: i for i, key in enumerate(names)}
    direct = ((i, link[key], value) for i, row in enumerate(rows) for key, value in row.columns.items())
    weighted = (
        (i, n * len(names) + place[key], weight)
        for i, row in enumerate(rows)
        for (n, key), weight in row.expressions.items()
    )
    weights = _triplets(weighted, (len(rows), expressions.matrix.shape[0]))
    own = _triplets(direct, (len(rows), width))
    matrix = side_by_side(weighted_rows(weights, expressions.matrix), own)
    shift = weights @ expressions.constant
    lower = np.array([row.lower for row in rows]) - shift
    upper = np.array([row.upper for row in rows]) - shift
    return LinkRows(matrix, lower, upper)


def _triplets(entries: Iterable[tuple[int, int, float]], shape: tuple[int, int]) -> csr_array:
    found = np.fromiter(entries, dtype=[("row", np.int32), ("column", np.int32), ("value", np.float64)])
    return coo_array((found["value"], (found["row"], found["column"])), shape=shape).tocsr()


def _objective(
    model_data: ModelData, expressions: Expressions, names: Sequence[ExpressionKey], width: int
) -> tuple[Array, float]:
    place = {key: i for i, key in enumerate(names)}
    weights = np.zeros(expressions.matrix.shape[0])
    for (n, key), weight in model_data.linking.objective.items():
        weights[n * len(names) + place[key]] += weight
    cost = np.asarray(expressions.matrix.T @ weights)
    cost[width:] += [column.cost for column in model_data.linking.columns]
    return cost, float(weights @ expressions.constant)

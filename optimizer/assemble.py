"""The tree as arrays: the compiled node placed on every node, ports tied to their decisions, linking rows added."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array, vstack

from models.linking import LinkColumn, LinkRow
from models.numbers import Key
from models.port_terms import Ports
from models.statement import Statement
from optimizer.arrays import LinearProgram
from optimizer.compile import CompiledNode, compile_node
from optimizer.place import Positions, Room, Template, Varying, place, place_between, templates

Array = NDArray[np.float64]
Places = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Assembled:
    """A problem as one linear program, with the way back from its columns and rows to their names.

    Node columns come first, node by node in the order of the compiled node; those that do not exist at a node are left
    out (``node_columns`` holds the positions, -1 for none, shape nodes × own columns). Linking columns follow.
    ``node_rows`` likewise for rows, linking rows last. ``measures`` gives every measure of every node as
    matrix·x + constant, its row being node · (number of measures) + place of the measure.
    """

    statement: Statement
    node: CompiledNode
    program: LinearProgram
    node_columns: Positions
    node_rows: Positions
    measures: csr_array
    measure_constant: Array

    @cached_property
    def link_column(self) -> Mapping[Key, int]:
        """Position of each linking column."""
        first = self.program.columns - len(self.statement.linking.columns)
        return {column.key: first + i for i, column in enumerate(self.statement.linking.columns)}

    @cached_property
    def first_link_row(self) -> int:
        """Position of the first linking row."""
        return self.program.rows - len(self.statement.linking.rows)

    @cached_property
    def own_column(self) -> Mapping[tuple[str, Key], int]:
        """Place of each of the node's own columns."""
        return {name: i for i, name in enumerate(self.node.columns)}

    @cached_property
    def measure_place(self) -> Mapping[Key, int]:
        """Place of each measure."""
        return {key: i for i, key in enumerate(self.node.measures)}

    def measure_values(self, x: Array) -> Array:
        """Every measure at every node (nodes × measures) for a solution."""
        values = self.measures @ x + self.measure_constant
        return np.asarray(values.reshape(len(self.statement.tree.nodes), len(self.node.measures)))

    def values(self, x: Array) -> Array:
        """The node columns of a solution (nodes × own columns), 0 where a column does not exist."""
        return np.where(self.node_columns >= 0, x[self.node_columns], 0.0)

    def with_rows(self, rows: tuple[LinkRow, ...]) -> Assembled:
        """The same with further linking rows at the end."""
        linking = self.statement.linking
        statement = dataclasses.replace(
            self.statement, linking=dataclasses.replace(linking, rows=(*linking.rows, *rows))
        )
        first = self.program.columns - len(linking.columns)
        more = _link_rows(linking.columns, rows, self.node, self.measures, self.measure_constant, first)
        program = dataclasses.replace(
            self.program,
            matrix=csr_array(vstack([self.program.matrix, more.matrix], format="csr")),
            row_lower=np.concatenate([self.program.row_lower, more.lower]),
            row_upper=np.concatenate([self.program.row_upper, more.upper]),
        )
        return dataclasses.replace(self, statement=statement, program=program)


def assemble(statement: Statement) -> Assembled:
    """Compile one node of a problem and place it on the whole tree."""
    node = compile_node(statement)
    numbers = _numbers(statement)
    column_stands = _standing(statement, node, node.columns)
    row_stands = _standing(statement, node, node.rows)
    column_of = _positions(column_stands)
    width = int(np.count_nonzero(column_stands))
    linked = _port_matrix(statement, node, column_of, width)
    columns, rows = statement.linking.columns, statement.linking.rows
    measures, constant = _measures(node, numbers, column_of, linked)
    link = _link_rows(columns, rows, node, measures, constant, width)
    cost, offset = _objective(statement, node, measures, constant, width)
    matrix, moved = _body(node, numbers, column_of, linked, row_stands, link.matrix)
    right = Varying(node.right).at(numbers)[row_stands] - moved
    sense = np.broadcast_to(node.sense, row_stands.shape)[row_stands]
    lower, upper = _bounds(statement, node, column_stands)
    program = LinearProgram(
        cost=cost,
        offset=offset,
        matrix=matrix,
        row_lower=np.concatenate([_lower(sense, right), link.lower]),
        row_upper=np.concatenate([_upper(sense, right), link.upper]),
        column_lower=np.concatenate([lower, [c.lower for c in columns]]),
        column_upper=np.concatenate([upper, [c.upper for c in columns]]),
        integer=np.concatenate([np.zeros(width, dtype=bool), np.array([c.integer for c in columns], dtype=bool)]),
    )
    return Assembled(statement, node, program, column_of, _positions(row_stands), measures, constant)


# Pyomo's mixed form marks a row by 1 for ≤, 0 for = and -1 for ≥ its right-hand side.
def _lower(sense: NDArray[np.int8], right: Array) -> Array:
    return np.where(sense <= 0, right, -np.inf)


def _upper(sense: NDArray[np.int8], right: Array) -> Array:
    return np.where(sense >= 0, right, np.inf)


def _numbers(statement: Statement) -> Array:
    """All numbers of all nodes (nodes × numbers), in the order of the compiled node."""
    ledger = statement.numbers
    tables = [ledger.values[name] for name in ledger.values]
    table = np.concatenate(tables, axis=1) if tables else np.zeros((ledger.nodes, 0))
    return np.nan_to_num(table, copy=False, posinf=0.0)  # endless capacities stand in bounds only


def _standing(statement: Statement, node: CompiledNode, names: tuple[tuple[str, Key], ...]) -> Mask:
    """Which rows or columns exist at which nodes (nodes × names)."""
    stands = np.ones((len(statement.tree.nodes), len(names)), dtype=bool)
    for place, (family, key) in enumerate(names):
        if family in node.masked:
            stands[:, place] = statement.numbers.mask(node.masked[family], key)
    return stands


def _positions(stands: Mask) -> Positions:
    places = np.full(stands.shape, -1, dtype=np.int32)
    places[stands] = np.arange(np.count_nonzero(stands), dtype=np.int32)
    return places


def _measures(node: CompiledNode, numbers: Array, column_of: Positions, linked: _Linked) -> tuple[csr_array, Array]:
    """Every measure of every node over all columns, and the constants."""
    mine, outside = templates(node.measure_matrix, len(node.columns), len(node.measures))
    borrowed = _borrowed(outside, numbers, linked, None)
    elsewhere = _elsewhere(borrowed, linked)
    room = Room.of(len(numbers) * len(mine.row) + elsewhere.nnz, len(numbers) * len(node.measures))
    matrix = place_between(room, mine, numbers, column_of, None, elsewhere).matrix(linked.matrix.shape[1])
    return matrix, Varying(node.measure_constant).at(numbers).ravel() + borrowed @ linked.constant


def _body(
    node: CompiledNode, numbers: Array, column_of: Positions, linked: _Linked, stands: Mask, link: csr_array
) -> tuple[csr_array, Array]:
    """The whole matrix, linking rows last, and the constants that ports bring into the rows of nodes."""
    mine, outside = templates(node.matrix, len(node.columns), len(node.rows))
    borrowed = _borrowed(outside, numbers, linked, stands)
    elsewhere = _elsewhere(borrowed, linked)
    room = Room.of(len(numbers) * len(mine.row) + elsewhere.nnz + link.nnz, stands.size + link.shape[0])
    room = place_between(room, mine, numbers, column_of, stands, elsewhere)
    room = room.with_rows(link.data, link.indices, np.diff(link.indptr))
    return room.matrix(link.shape[1]), borrowed @ linked.constant


def _borrowed(outside: Template, numbers: Array, linked: _Linked, stands: Mask | None) -> csr_array:
    ports = np.arange(linked.matrix.shape[0], dtype=np.int32).reshape(len(numbers), -1)
    return place(outside, numbers, ports, stands, linked.matrix.shape[0])


def _elsewhere(borrowed: csr_array, linked: _Linked) -> csr_array:
    elsewhere = borrowed @ linked.matrix
    elsewhere.sort_indices()
    return elsewhere


@dataclass(frozen=True, eq=False)
class _Linked:
    """Ports of every node as matrix·(all columns) + constant."""

    matrix: csr_array
    constant: Array


def _port_matrix(statement: Statement, node: CompiledNode, column_of: Positions, width: int) -> _Linked:
    ports: Ports = statement.ports
    place = {port: i for i, port in enumerate(node.ports)}
    own = {name: i for i, name in enumerate(node.columns)}
    link = {column.key: width + i for i, column in enumerate(statement.linking.columns)}
    count = len(statement.tree.nodes) * len(node.ports)
    rows: list[Places] = []
    columns: list[Places] = []
    values: list[Array] = []
    for term in ports.terms:
        rows.append(term.nodes * len(node.ports) + place[term.port])
        values.append(term.coefficients)
        if term.sources is None:
            columns.append(np.full(len(term.nodes), link[term.column], dtype=np.int64))
        else:
            columns.append(column_of[term.sources, own[term.column]])
    constant = np.zeros(count)
    for fixed in ports.constants:
        constant[fixed.nodes * len(node.ports) + place[fixed.port]] += fixed.value
    shape = (count, width + len(statement.linking.columns))
    if not rows:
        return _Linked(csr_array(shape), constant)
    data = (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns)))
    return _Linked(coo_array(data, shape=shape).tocsr(), constant)


def _bounds(statement: Statement, node: CompiledNode, stands: Mask) -> tuple[Array, Array]:
    lower, upper = np.zeros(stands.shape), np.full(stands.shape, np.inf)
    for place, (family, key) in enumerate(node.columns):
        low, high = node.bounds[family]
        if low:
            lower[:, place] = statement.numbers.column(low, key)
        if high:
            upper[:, place] = statement.numbers.column(high, key)
    return lower[stands], upper[stands]


@dataclass(frozen=True, eq=False)
class _LinkRows:
    matrix: csr_array
    lower: Array
    upper: Array


def _link_rows(
    columns: Sequence[LinkColumn],
    rows: Sequence[LinkRow],
    node: CompiledNode,
    measures: csr_array,
    constant: Array,
    width: int,
) -> _LinkRows:
    """Linking rows: their own columns plus weighted measures, whose constants move to the right-hand side."""
    link = {column.key: width + i for i, column in enumerate(columns)}
    place = {key: i for i, key in enumerate(node.measures)}
    direct = [(i, link[key], value) for i, row in enumerate(rows) for key, value in row.columns.items()]
    weighted = [
        (i, n * len(node.measures) + place[key], weight)
        for i, row in enumerate(rows) for (n, key), weight in row.measures.items()
    ]  # fmt: skip
    weights = _triplets(weighted, (len(rows), measures.shape[0]))
    matrix = csr_array(_triplets(direct, (len(rows), width + len(columns))) + weights @ measures)
    matrix.sort_indices()
    shift = weights @ constant
    lower = np.array([row.lower for row in rows]) - shift
    upper = np.array([row.upper for row in rows]) - shift
    return _LinkRows(matrix, lower, upper)


def _triplets(triplets: list[tuple[int, int, float]], shape: tuple[int, int]) -> csr_array:
    if not triplets:
        return csr_array(shape)
    row, column, value = zip(*triplets, strict=True)
    return coo_array((np.array(value, dtype=float), (np.array(row), np.array(column))), shape=shape).tocsr()


def _objective(
    statement: Statement, node: CompiledNode, measures: csr_array, constant: Array, width: int
) -> tuple[Array, float]:
    place = {key: i for i, key in enumerate(node.measures)}
    weights = np.zeros(measures.shape[0])
    for (n, key), weight in statement.linking.objective.items():
        weights[n * len(node.measures) + place[key]] += weight
    cost = np.asarray(measures.T @ weights)
    cost[width:] += [column.cost for column in statement.linking.columns]
    return cost, float(weights @ constant)

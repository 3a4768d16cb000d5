"""The tree as arrays: the compiled node placed on every node, ports tied to their decisions, linking rows added."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array, hstack, vstack

from models.linking import LinkColumn, LinkRow
from models.numbers import Key
from models.port_terms import Ports
from models.statement import Statement
from optimizer.arrays import LinearProgram
from optimizer.compile import CompiledNode, Entries, compile_node

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
    node_columns: Places
    node_rows: Places
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
    numbers = _numbers(statement, node)
    nodes, own = len(statement.tree.nodes), len(node.columns)
    column_stands = _standing(statement, node, node.columns)
    row_stands = _standing(statement, node, node.rows)
    column_of = _positions(column_stands)
    row_of = _positions(row_stands)
    width = int(column_stands.sum())
    linked = _port_matrix(statement, node, column_of, width)
    local, ports = _place(node.matrix, numbers, own, len(node.ports), len(node.rows))
    keep_rows, keep_columns = np.flatnonzero(row_stands.ravel()), np.flatnonzero(column_stands.ravel())
    body = _joined(local[:, keep_columns], ports, linked.matrix)[keep_rows]
    right = node.right.at(numbers).ravel()[keep_rows]
    right = right - (ports @ linked.constant)[keep_rows]
    measure_local, measure_ports = _place(node.measure_matrix, numbers, own, len(node.ports), len(node.measures))
    measures = _joined(measure_local[:, keep_columns], measure_ports, linked.matrix)
    constant = node.measure_constant.at(numbers).ravel() + measure_ports @ linked.constant
    lower, upper = _bounds(statement, node, nodes)
    sense = np.tile(node.sense, nodes)[keep_rows]
    link = _link_rows(statement.linking.columns, statement.linking.rows, node, measures, constant, width)
    cost, offset = _objective(statement, node, measures, constant, width)
    columns = statement.linking.columns
    program = LinearProgram(
        cost=cost,
        offset=offset,
        matrix=csr_array(vstack([body, link.matrix], format="csr")),
        row_lower=np.concatenate([_lower(sense, right), link.lower]),
        row_upper=np.concatenate([_upper(sense, right), link.upper]),
        column_lower=np.concatenate([lower.ravel()[keep_columns], [c.lower for c in columns]]),
        column_upper=np.concatenate([upper.ravel()[keep_columns], [c.upper for c in columns]]),
        integer=np.concatenate([np.zeros(width, dtype=bool), np.array([c.integer for c in columns], dtype=bool)]),
    )
    return Assembled(statement, node, program, column_of, row_of, measures, constant)


# Pyomo's mixed form marks a row by 1 for ≤, 0 for = and -1 for ≥ its right-hand side.
def _lower(sense: NDArray[np.int8], right: Array) -> Array:
    return np.where(sense <= 0, right, -np.inf)


def _upper(sense: NDArray[np.int8], right: Array) -> Array:
    return np.where(sense >= 0, right, np.inf)


def _numbers(statement: Statement, node: CompiledNode) -> Array:
    """All numbers of all nodes (nodes × numbers), in the order of the compiled node."""
    ledger = statement.numbers
    tables = [ledger.values[name] for name in ledger.values]
    table = np.concatenate(tables, axis=1) if tables else np.zeros((ledger.nodes, 0))
    return np.nan_to_num(table, posinf=0.0)  # endless capacities stand in bounds only


def _standing(statement: Statement, node: CompiledNode, names: tuple[tuple[str, Key], ...]) -> Mask:
    """Which rows or columns exist at which nodes (nodes × names)."""
    stands = np.ones((len(statement.tree.nodes), len(names)), dtype=bool)
    for place, (family, key) in enumerate(names):
        if family in node.masked:
            stands[:, place] = statement.numbers.mask(node.masked[family], key)
    return stands


def _positions(stands: Mask) -> Places:
    flat = stands.ravel()
    return np.where(flat, np.cumsum(flat) - 1, -1).reshape(stands.shape).astype(np.int64)


def _place(entries: Entries, numbers: Array, own: int, ports: int, rows: int) -> tuple[csr_array, csr_array]:
    """Entries at every node: the part over own columns and the part over ports, each node shifted to its place."""
    values = entries.values.at(numbers)
    nodes = np.arange(len(numbers), dtype=np.int64)[:, None]
    row = nodes * rows + entries.row
    is_own = entries.column < own
    local = _sparse(values[:, is_own], row[:, is_own], nodes * own + entries.column[is_own],
                    (len(numbers) * rows, len(numbers) * own))  # fmt: skip
    outside = _sparse(values[:, ~is_own], row[:, ~is_own], nodes * ports + entries.column[~is_own] - own,
                      (len(numbers) * rows, len(numbers) * ports))  # fmt: skip
    return local, outside


def _sparse(values: Array, row: Places, column: Places, shape: tuple[int, int]) -> csr_array:
    filled = np.flatnonzero(values.ravel())
    data = (values.ravel()[filled], (row.ravel()[filled], np.broadcast_to(column, row.shape).ravel()[filled]))
    return coo_array(data, shape=shape).tocsr()


@dataclass(frozen=True, eq=False)
class _Linked:
    """Ports of every node as matrix·(all columns) + constant."""

    matrix: csr_array
    constant: Array


def _port_matrix(statement: Statement, node: CompiledNode, column_of: Places, width: int) -> _Linked:
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


def _joined(local: csr_array, ports: csr_array, linked: csr_array) -> csr_array:
    """local·(own columns) + ports·linked·(all columns), over all columns."""
    padding = csr_array((local.shape[0], linked.shape[1] - local.shape[1]))
    return csr_array(hstack([local, padding], format="csr") + ports @ linked)


def _bounds(statement: Statement, node: CompiledNode, nodes: int) -> tuple[Array, Array]:
    lower = np.zeros((nodes, len(node.columns)))
    upper = np.full((nodes, len(node.columns)), np.inf)
    for place, (family, key) in enumerate(node.columns):
        low, high = node.bounds[family]
        if low:
            lower[:, place] = statement.numbers.column(low, key)
        if high:
            upper[:, place] = statement.numbers.column(high, key)
    return lower, upper


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
    matrix = _triplets(direct, (len(rows), width + len(columns))) + weights @ measures
    shift = weights @ constant
    lower = np.array([row.lower for row in rows]) - shift
    upper = np.array([row.upper for row in rows]) - shift
    return _LinkRows(csr_array(matrix), lower, upper)


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

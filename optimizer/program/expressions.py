"""What the tree adds to the compiled node: parameters, places of columns, what ports stand for; expressions placed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from friendshore.models.formulation.model_data import ModelData
from friendshore.models.node.link import ExpressionKey, LinkKey
from friendshore.optimizer.program.compile import Affine, CompiledNode, Entries
from friendshore.optimizer.program.place import Mask, Template, Varying, place, place_between, templates
from friendshore.optimizer.program.room import Positions, Room

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Layout:
    """A compiled node on its tree, and where the node's columns lie (nodes × columns, -1 where not there)."""

    model_data: ModelData
    node: CompiledNode
    column_of: Positions

    @cached_property
    def width(self) -> int:
        """Number of node columns; linking columns follow."""
        return int(self.column_of.max(initial=-1)) + 1

    @property
    def columns(self) -> int:
        """Number of all columns."""
        return self.width + len(self.model_data.linking.columns)

    @cached_property
    def link(self) -> dict[LinkKey, int]:
        """Position of each linking column."""
        return {column.key: self.width + i for i, column in enumerate(self.model_data.linking.columns)}

    @cached_property
    def parameters(self) -> Array:
        """All parameters of all nodes (nodes × parameters), in the order of the compiled node."""
        entered = self.model_data.parameters
        tables = list(entered.values.values())
        table = np.concatenate(tables, axis=1) if tables else np.zeros((entered.nodes, 0))
        return np.nan_to_num(table, copy=False, posinf=0.0)  # endless capacities stand in bounds only

    @cached_property
    def ports(self) -> tuple[csr_array, Array]:
        """The ports of every node as matrix·(all columns) + constant, row node · (number of ports) + port."""
        place_of = {port: i for i, port in enumerate(self.node.ports)}
        own = {name: i for i, name in enumerate(self.node.columns)}
        each, count = len(self.node.ports), len(self.column_of) * len(self.node.ports)
        rows, columns, values = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)], [np.zeros(0)]
        for term in self.model_data.ports.terms:
            rows.append((term.nodes * each + place_of[term.port]).astype(np.int32))
            values.append(term.coefficients)
            if term.sources is None:
                columns.append(np.full(len(term.nodes), self.link[term.column], dtype=np.int32))
            else:
                columns.append(self.column_of[term.sources, own[term.column]])
        constant = np.zeros(count)
        for fixed in self.model_data.ports.constants:
            constant[fixed.nodes * each + place_of[fixed.port]] += fixed.value
        data = (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns)))
        return coo_array(data, shape=(count, self.columns)).tocsr(), constant

    def borrowed(self, outside: Template, stands: Mask | None) -> tuple[csr_array, Array]:
        """Rows over ports with every port replaced by what it stands for: their entries and their constants."""
        matrix, constant = self.ports
        every = np.arange(matrix.shape[0], dtype=np.int32).reshape(len(self.column_of), -1)
        over_ports = place(outside, self.parameters, every, stands, matrix.shape[0])
        elsewhere = over_ports @ matrix
        elsewhere.sort_indices()
        return elsewhere, over_ports @ constant

    def placed(
        self, entries: Entries, rows: int, stands: Mask | None, tail: csr_array | None = None
    ) -> tuple[csr_array, Array]:
        """Entries at every node over all columns, ``tail`` below them, and the constants that ports bring in.

        Parameters
        ----------
        entries
            Matrix entries of the compiled node, affine in its parameters.
        rows
            Number of rows of the node.
        stands
            Nodes by rows: which stand; None: all.
        tail
            Rows that follow, over all columns.

        Returns
        -------
        tuple[csr_array, Array]
            The matrix, nodes × rows by columns, and the constants.
        """
        mine, outside = templates(entries, len(self.node.columns), rows)
        elsewhere, constant = self.borrowed(outside, stands)
        more, below = (tail.nnz, tail.shape[0]) if tail is not None else (0, 0)
        nodes = len(self.column_of)
        room = Room.of(nodes * len(mine.row) + elsewhere.nnz + more, nodes * rows + below)
        room = place_between(room, mine, self.parameters, self.column_of, stands, elsewhere, self.width)
        if tail is not None:
            room = room.with_rows(tail.data, tail.indices, np.diff(tail.indptr))
        return room.matrix(self.columns), constant


@dataclass(frozen=True, eq=False)
class Expressions:
    """Expressions at every node as matrix·x + constant, row node · (number of expressions) + place of each."""

    matrix: csr_array
    constant: Array


def place_expressions(layout: Layout, chosen: Collection[ExpressionKey]) -> Expressions:
    """Some expressions at every node, in the order of the compiled node."""
    node = layout.node
    places = [i for i, key in enumerate(node.expressions) if key in chosen]
    entries = _of_rows(node.expression_matrix, places)
    matrix, constant = layout.placed(entries, len(places), None)
    constants = Affine(node.expression_constants.constant[places], csr_array(node.expression_constants.slope[places]))
    return Expressions(matrix, constant + Varying(constants).at(layout.parameters).ravel())


def _of_rows(entries: Entries, rows: list[int]) -> Entries:
    """The entries of some rows, numbered anew."""
    number = np.full(int(entries.row.max(initial=-1)) + 1, -1, dtype=np.int64)
    kept = [row for row in rows if row < len(number)]
    number[kept] = np.arange(len(rows))[: len(kept)]
    chosen = np.flatnonzero(number[entries.row] >= 0)
    values = Affine(entries.values.constant[chosen], csr_array(entries.values.slope[chosen]))
    return Entries(number[entries.row[chosen]], entries.column[chosen], values)


@dataclass(frozen=True, eq=False)
class LazyExpressions:
    """All expressions of a tree, placed when first asked for: building and solving need but a few of them."""

    model_data: ModelData
    node: CompiledNode
    node_columns: Positions

    @cached_property
    def placed(self) -> Expressions:
        """All of them."""
        layout = Layout(self.model_data, self.node, self.node_columns)
        return place_expressions(layout, frozenset(self.node.expressions))

"""A node compiled once: the matrix of its mathematics, each entry affine in the parameters that differ between nodes.

Pyomo's parameterised standard form treats the parameters as data; each entry, right-hand side and expression comes
back as an expression in them and is read into ``constant + Σ coefficient · parameter`` once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray
from pyomo.repn import generate_standard_repn
from pyomo.repn.plugins.parameterized_standard_form import ParameterizedLinearStandardFormCompiler
from scipy.sparse import csr_array

from friendshore.models.formulation.model_data import ModelData
from friendshore.models.formulation.node import formulate_node
from friendshore.models.node.block import PORTS, NodeBlock
from friendshore.models.node.link import ExpressionKey
from friendshore.models.node.parameters import Key

Array = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Affine:
    """Values that are affine in the parameters: value[i] = constant[i] + Σ_p slope[i, p] · parameter[p]."""

    constant: Array
    slope: csr_array

    def at(self, parameters: Array) -> Array:
        """Values for every node: parameters (nodes × parameters) to (nodes × values)."""
        return np.asarray((self.slope @ parameters.T).T + self.constant)


@dataclass(frozen=True, eq=False)
class Entries:
    """A sparse matrix with affine values: ``row``, ``column`` and the values, entry by entry."""

    row: Places
    column: Places
    values: Affine


@dataclass(frozen=True, eq=False)
class CompiledNode:
    """The mathematics of any node.

    ``columns`` are the node's own variables (family, key), then ``ports`` (name, key); ``rows`` (family, key) with
    ``matrix`` over both, right-hand sides and senses; ``expressions`` with ``expression_matrix`` and their constants.
    ``parameter_keys`` names the parameters in the order of the affine slopes; ``bounds`` and ``masked`` come from the
    node's declarations.
    """

    columns: tuple[tuple[str, Key], ...]
    ports: tuple[tuple[str, Key], ...]
    rows: tuple[tuple[str, Key], ...]
    matrix: Entries
    right: Affine
    sense: NDArray[np.int8]
    expressions: tuple[ExpressionKey, ...]
    expression_matrix: Entries
    expression_constants: Affine
    parameter_keys: tuple[tuple[str, Key], ...]
    bounds: dict[str, tuple[str, str]]
    masked: dict[str, str]


class _SymbolicNode:
    """Surroundings of the compiled node: every parameter a symbol, every port a variable, every masked row there."""

    symbolic = True

    def __init__(self, model: Any, model_data: ModelData) -> None:
        self._parameters = model_data.parameters
        ordered = [(name, key) for name in model_data.parameters.values for key in model_data.parameters.keys[name]]
        model.parameter = pyo.Var(range(len(ordered)))
        self.symbols = {key: model.parameter[i] for i, key in enumerate(ordered)}
        self.order = tuple(ordered)
        sets = model_data.sets
        members: dict[str, tuple[str, ...]] = {
            "stock_before": sets.stockpiles,
            "base_level": sets.stockpiles,
            "in_service": sets.expansions,
            "running": sets.ramped,
            "decided": sets.expansions,
            "paid": sets.expansions,
            "protected": sets.protections,
            "closed": sets.closable,
            "closing": sets.closable,
        }
        core = [(name, key) for name in PORTS for key in members[name]]
        of_rules = [term.port for term in model_data.ports.terms]
        of_rules += [constant.port for constant in model_data.ports.constants]
        self.ports = tuple(dict.fromkeys([*core, *of_rules]))
        model.port = pyo.Var(range(len(self.ports)))
        self._port = {key: model.port[i] for i, key in enumerate(self.ports)}

    def parameter(self, name: str, key: Key) -> Any:
        """The symbol of a parameter."""
        return self.symbols[name, key]

    def port(self, name: str, key: Key) -> Any:
        """The variable of a port."""
        return self._port[name, key]

    def exists(self, name: str, key: Key) -> bool:
        """Every row and column is there; masks are applied when the node is placed."""
        return True

    def keys(self, name: str) -> tuple[Any, ...]:
        """The keys of a name."""
        return self._parameters.keys[name]

    def entered(self, name: str, key: Key) -> bool:
        """Whether a parameter of a name was entered for a key."""
        return self._parameters.entered(name, key)


def compile_node(model_data: ModelData) -> CompiledNode:
    """Compile the mathematics of one node of a problem."""
    model = pyo.ConcreteModel()
    around = _SymbolicNode(model, model_data)
    model.block = pyo.Block()
    node = formulate_node(model.block, model_data.sets, around, model_data.clauses)
    model.expression = pyo.ObjectiveList()
    for expression in node.expressions.values():
        model.expression.add(expression)
    own = [variable for variables in node.variables.values() for variable in variables.values()]
    columns = tuple((family, key) for family, variables in node.variables.items() for key in variables)
    order = [*own, *model.port.values()]
    form = ParameterizedLinearStandardFormCompiler().write(
        model, mixed_form=True, set_sense=None, wrt=[model.parameter], column_order=order
    )
    return _read(form, node, around, columns, order)


def _read(
    form: Any, node: NodeBlock, around: _SymbolicNode, columns: tuple[Any, ...], order: list[Any]
) -> CompiledNode:
    place = {id(variable): i for i, variable in enumerate(order)}
    to_place = np.array([place[id(variable)] for variable in form.columns], dtype=np.int64)
    symbol = {id(variable): i for i, variable in enumerate(around.symbols.values())}
    matrix = form.A.tocsr()
    names = _row_names(node)
    rows = tuple(names[id(entry.constraint)] for entry in form.rows)
    sense = np.array([entry.bound_type for entry in form.rows], dtype=np.int8)
    expressions = form.c.tocsr()
    return CompiledNode(
        columns=columns,
        ports=around.ports,
        rows=rows,
        matrix=_entries(matrix, to_place, symbol),
        right=_affine(list(form.rhs), symbol),
        sense=sense,
        expressions=tuple(node.expressions),
        expression_matrix=_entries(expressions, to_place, symbol),
        expression_constants=_affine(list(form.c_offset), symbol),
        parameter_keys=around.order,
        bounds=dict(node.bounds),
        masked=dict(node.masked),
    )


def _row_names(node: NodeBlock) -> dict[int, tuple[str, Key]]:
    names = {}
    for family, keys in node.rows.items():
        component = node.block.component(family)
        names.update({id(component[i]): (family, key) for i, key in enumerate(keys) if i in component})
    return names


def _entries(matrix: Any, to_place: Places, symbol: dict[int, int]) -> Entries:
    counts = np.diff(matrix.indptr)
    row = np.repeat(np.arange(len(counts), dtype=np.int64), counts)
    return Entries(row, to_place[np.asarray(matrix.indices, dtype=np.int64)], _affine(list(matrix.data), symbol))


def _affine(expressions: list[Any], symbol: dict[int, int]) -> Affine:
    constant = np.zeros(len(expressions))
    rows: list[int] = []
    places: list[int] = []
    slopes: list[float] = []
    for i, expression in enumerate(expressions):
        if isinstance(expression, (int, float)):
            constant[i] = expression
            continue
        linear = generate_standard_repn(expression, compute_values=True)
        if not linear.is_linear():
            raise ValueError(f"an entry is not affine in the parameters of the node: {expression}")
        constant[i] = linear.constant
        for variable, slope in zip(linear.linear_vars, linear.linear_coefs, strict=True):
            rows.append(i)
            places.append(symbol[id(variable)])
            slopes.append(float(slope))
    shape = (len(expressions), len(symbol))
    return Affine(constant, csr_array((slopes, (rows, places)), shape=shape))

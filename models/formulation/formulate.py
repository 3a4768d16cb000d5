"""formulate(problem): the complete Pyomo model, written out plainly; the reference for all that is faster."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import isinf
from typing import Any

import pyomo.environ as pyo

from friendshore.models.formulation.model_data import ModelData, build_model_data
from friendshore.models.formulation.node import formulate_node
from friendshore.models.node.block import NodeBlock
from friendshore.models.node.link import LinkColumn, LinkKey, LinkRow
from friendshore.models.node.parameters import Key
from friendshore.models.problem import Problem
from friendshore.models.rules import every_disruption


class _PlainNode:
    """Surroundings of one node of the plain model: its parameters, and expressions in the variables of the others."""

    symbolic = False

    def __init__(self, model_data: ModelData, node: int, ports: dict[Key, Any]) -> None:
        self._parameters = model_data.parameters
        self._node = node
        self._ports = ports

    def parameter(self, name: str, key: Key) -> float:
        """The value at this node."""
        return self._parameters.at(name, key, self._node)

    def port(self, name: str, key: Key) -> Any:
        """The expression in other nodes' and linking variables; 0 where nothing enters the port here."""
        return self._ports.get((name, key), 0.0)

    def exists(self, name: str, key: Key) -> bool:
        """Whether a masked row or column stands at this node."""
        return self._parameters.exists(name, key, self._node)

    def keys(self, name: str) -> tuple[Any, ...]:
        """The keys of a name."""
        return self._parameters.keys[name]

    def entered(self, name: str, key: Key) -> bool:
        """Whether a parameter of a name was entered for a key."""
        return self._parameters.entered(name, key)


def formulate(problem: Problem) -> pyo.ConcreteModel:
    """The model of a problem in Pyomo.

    Every choice of members that policies test is in it; the solver's own way adds them as they are needed.
    ``model.node[n]`` is the block of node n of the tree; ``model.link`` holds the linking columns and
    ``model.link_rows`` the rows across nodes; ``model.total_cost`` is the objective. ``model.model_data`` has the tree
    and the index sets, ``model.nodes`` the variables by family and key.

    """
    model_data = build_model_data(problem, every_disruption(problem))
    model = pyo.ConcreteModel(name=problem.name or "plan")
    model.model_data = model_data
    model.link = pyo.Var(range(len(model_data.linking.columns)))
    link = {column.key: model.link[i] for i, column in enumerate(model_data.linking.columns)}
    for column in model_data.linking.columns:
        bound(link[column.key], column)
    model.node = pyo.Block(range(len(model_data.tree.nodes)))
    nodes = formulate_nodes(model, model_data, link)
    model.nodes = tuple(nodes.values())
    model.nothing = pyo.Var(bounds=(0.0, 0.0))
    rows = model_data.linking.rows
    model.link_rows = pyo.Constraint(range(len(rows)), rule=lambda _, i: row_of(rows[i], link, nodes, model.nothing))
    total = sum(column.cost * link[column.key] for column in model_data.linking.columns if column.cost)
    total += sum(weight * nodes[n].expressions[key] for (n, key), weight in model_data.linking.objective.items())
    model.total_cost = pyo.Objective(expr=total + 0.0 * model.nothing)
    return model


def bound(variable: Any, column: LinkColumn) -> None:
    """Give a variable the bounds and the domain of a linking column."""
    variable.setlb(None if isinf(column.lower) else column.lower)
    variable.setub(None if isinf(column.upper) else column.upper)
    variable.domain = pyo.Integers if column.integer else pyo.Reals


def formulate_nodes(
    model: Any, model_data: ModelData, link: Mapping[LinkKey, Any], chosen: Collection[int] | None = None
) -> dict[int, NodeBlock]:
    """The mathematics of the chosen nodes (None: all) in the blocks of ``model.node``, tied to each other.

    With every node that is chosen come those before it on its path, and the linking columns it takes part in.

    Parameters
    ----------
    model
        The Pyomo model that is written on.
    model_data
        Tree, sets, parameters, ports and clauses of the problem.
    link
        By key, the Pyomo variables of linking columns.
    chosen
        Positions of nodes; None: all.

    Returns
    -------
    dict[int, NodeBlock]
        The node under construction at each position.
    """
    here = range(len(model_data.tree.nodes)) if chosen is None else sorted(chosen)
    ports: dict[int, dict[Key, Any]] = {n: {} for n in here}
    borrowed: dict[int, list[tuple[Key, Key, int]]] = {n: [] for n in here}
    for term in model_data.ports.terms:
        for i, n in enumerate(term.nodes.tolist()):
            if n not in ports:
                continue
            if term.sources is None:
                ports[n][term.port] = ports[n].get(term.port, 0.0) + float(term.coefficients[i]) * link[term.column]
            else:
                borrowed[n].append((term.port, term.column, int(term.sources[i])))
    for constant in model_data.ports.constants:
        for n in constant.nodes.tolist():
            if n in ports:
                ports[n][constant.port] = ports[n].get(constant.port, 0.0) + constant.value
    nodes: dict[int, NodeBlock] = {}
    for n in here:
        for port, (family, key), source in borrowed[n]:
            ports[n][port] = ports[n].get(port, 0.0) + nodes[source].variables[family][key]
        around = _PlainNode(model_data, n, ports[n])
        nodes[n] = formulate_node(model.node[n], model_data.sets, around, model_data.clauses)
    return nodes


def row_of(row: LinkRow, link: Mapping[LinkKey, Any], nodes: Mapping[int, NodeBlock], nothing: Any) -> Any:
    """A row across nodes as a relation in Pyomo.

    Parameters
    ----------
    row
        The row as data.
    link
        By key, the Pyomo variables of linking columns.
    nodes
        The blocks of nodes, by position.
    nothing
        What stands for an expression without terms.

    Returns
    -------
    Any
        A relation, or Constraint.Skip where it says nothing.
    """
    body = sum(coefficient * link[key] for key, coefficient in row.columns.items())
    body += sum(weight * nodes[n].expressions[key] for (n, key), weight in row.expressions.items())
    if not pyo.is_potentially_variable(body):
        body += nothing  # Pyomo writes no row without a variable, although this one may be impossible
    if row.lower == row.upper:
        return body == row.upper
    return body <= row.upper if isinf(row.lower) else body >= row.lower

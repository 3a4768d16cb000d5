"""Rows of the plain Pyomo model and of the assembled arrays under the same names, to be held against each other."""

from __future__ import annotations

from typing import Any

import numpy as np
from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler

from friendshore.models.formulation.formulate import formulate
from friendshore.models.node.families import Column, Row
from friendshore.models.problem import Problem
from friendshore.optimizer.program.assemble import Assembled

Terms = tuple[dict[Any, float], float, float]


def plain_rows(problem: Problem) -> tuple[dict[Any, Terms], dict[Any, tuple[float, float]], dict[Any, float], float]:
    """Rows, column bounds, cost and offset of ``formulate(problem)``, columns named (node, column) or a
    link key."""
    model = formulate(problem)
    name_of: dict[int, Any] = {}
    bounds: dict[Any, tuple[float, float]] = {}
    for n, node in enumerate(model.nodes):
        for family, variables in node.variables.items():
            for key, variable in variables.items():
                name_of[id(variable)] = (n, Column(family, key))
                bounds[n, Column(family, key)] = _bounds(variable)
    for i, column in enumerate(model.model_data.linking.columns):
        name_of[id(model.link[i])] = column.key
        bounds[column.key] = _bounds(model.link[i])
    row_name: dict[int, Any] = {}
    for n, node in enumerate(model.nodes):
        for family, keys in node.rows.items():
            component = node.block.component(family)
            row_name.update({id(component[i]): (n, Row(family, key)) for i, key in enumerate(keys) if i in component})
    for i, row in enumerate(model.model_data.linking.rows):
        if i in model.link_rows:
            row_name[id(model.link_rows[i])] = row.key
    form = LinearStandardFormCompiler().write(model, mixed_form=True, set_sense=None)
    columns = [name_of.get(id(variable)) for variable in form.columns]
    matrix = form.A.tocsr()
    rows = {}
    for i, entry in enumerate(form.rows):
        terms = slice(matrix.indptr[i], matrix.indptr[i + 1])
        coefficients = dict(zip((columns[j] for j in matrix.indices[terms]), matrix.data[terms], strict=True))
        rows[row_name[id(entry.constraint)]] = _row(coefficients, entry.bound_type, float(form.rhs[i]))
    cost = form.c.tocsr()
    objective = {columns[j]: value for j, value in zip(cost.indices, cost.data, strict=True) if value}
    return rows, bounds, objective, float(form.c_offset[0])


def assembled_rows(
    assembled: Assembled,
) -> tuple[dict[Any, Terms], dict[Any, tuple[float, float]], dict[Any, float], float]:
    """The same of the arrays."""
    program, model_data = assembled.program, assembled.model_data
    names: list[Any] = [None] * program.columns
    for n, place in zip(*np.nonzero(assembled.node_columns >= 0), strict=True):
        names[assembled.node_columns[n, place]] = (int(n), assembled.node.columns[place])
    for key, place in assembled.link_column.items():
        names[place] = key
    row_names: list[Any] = [None] * program.rows
    for n, place in zip(*np.nonzero(assembled.node_rows >= 0), strict=True):
        row_names[assembled.node_rows[n, place]] = (int(n), assembled.node.rows[place])
    for i, row in enumerate(model_data.linking.rows):
        row_names[assembled.first_link_row + i] = row.key
    matrix = program.matrix.tocsr()
    rows = {}
    for i, name in enumerate(row_names):
        terms = slice(matrix.indptr[i], matrix.indptr[i + 1])
        coefficients = {names[j]: v for j, v in zip(matrix.indices[terms], matrix.data[terms], strict=True)}
        rows[name] = (coefficients, float(program.row_lower[i]), float(program.row_upper[i]))
    bounds = {name: (float(program.column_lower[i]), float(program.column_upper[i])) for i, name in enumerate(names)}
    objective = {name: float(program.cost[i]) for i, name in enumerate(names) if program.cost[i]}
    return rows, bounds, objective, program.offset


def differences(problem: Problem, assembled: Assembled) -> list[str]:
    """Every way in which the two differ."""
    plain, plain_bounds, plain_cost, plain_offset = plain_rows(problem)
    arrays, bounds, cost, offset = assembled_rows(assembled)
    found = []
    absent = {name for name, ends in plain_bounds.items() if name not in bounds and ends == (0.0, 0.0)}
    for name in plain.keys() | arrays.keys():
        mine, other = _clean(plain.get(name), absent), _clean(arrays.get(name), absent)
        if not _same(mine, other):
            found.append(f"row {name}: plain {mine}, arrays {other}")
    for name, ends in plain_bounds.items():
        placed = bounds.get(name, (0.0, 0.0))
        if not np.allclose(ends, placed, rtol=1e-9, atol=1e-9):
            found.append(f"bounds of {name}: plain {ends}, arrays {placed}")
    found += [
        f"cost of {name}: plain {plain_cost.get(name)}, arrays {cost.get(name)}"
        for name in (plain_cost.keys() | cost.keys()) - absent
        if not np.isclose(plain_cost.get(name, 0.0), cost.get(name, 0.0), rtol=1e-9, atol=1e-9)
    ]
    if not np.isclose(plain_offset, offset, rtol=1e-9, atol=1e-9):
        found.append(f"offset: plain {plain_offset}, arrays {offset}")
    return found


def _bounds(variable: Any) -> tuple[float, float]:
    low, high = variable.bounds
    return (-np.inf if low is None else low, np.inf if high is None else high)


def _row(coefficients: dict[Any, float], sense: int, right: float) -> Terms:
    return coefficients, (right if sense <= 0 else -np.inf), (right if sense >= 0 else np.inf)


def _clean(row: Terms | None, absent: set[Any]) -> Terms:
    """Without zeros and columns that do not exist at the node.

    A row that says nothing (no terms, 0 within its ends) is the same as no row.
    """
    if row is None:
        return {}, -np.inf, np.inf
    terms = {name: value for name, value in row[0].items() if value and name is not None and name not in absent}
    if not terms and row[1] <= 1e-12 and row[2] >= -1e-12:
        return {}, -np.inf, np.inf
    return terms, row[1], row[2]


def _same(a: Terms, b: Terms) -> bool:
    """Whether two rows say the same; an equation may be written with either sign."""
    return _alike(a, b) or _alike(a, ({name: -value for name, value in b[0].items()}, -b[2], -b[1]))


def _alike(a: Terms, b: Terms) -> bool:
    if a[0].keys() != b[0].keys():
        return False
    values = [(a[0][name], b[0][name]) for name in a[0]] + [(a[1], b[1]), (a[2], b[2])]
    return all(np.isclose(x, y, rtol=1e-9, atol=1e-9) for x, y in values)

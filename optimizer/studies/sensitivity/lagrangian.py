"""How far a changed figure moves the Lagrangian of a linear program at its optimum: its cost to the first order.

With the least cost z(θ) = min c(θ)·x over A(θ)·x between b(θ) and bounds, plan x and prices y at today's θ,
dz/dθ = ∂L/∂θ = (dc/dθ)·x + y·(db/dθ) − y·(dA/dθ)·x and, for bounds of columns, reduced costs times their change
(envelope theorem). No LP is solved again: the program is laid out anew with the changed figure, and compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array

from friendshore.models import rules
from friendshore.models.clauses.clause import Clause, PolicyRow, Slack
from friendshore.models.clauses.cone import ConeClause, Supplied
from friendshore.models.clauses.linear import LinearClause
from friendshore.models.clauses.rule import Disruptions
from friendshore.models.formulation.model_data import Chosen, build_model_data, whole
from friendshore.models.problem import Problem
from friendshore.models.tree.investment import decisions
from friendshore.models.tree.scenario_tree import Tree, build_tree
from friendshore.optimizer.program.assemble import Assembled, assemble
from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram

Places = NDArray[np.int64]

Shape = tuple[list[tuple[str, int, int]], list[tuple[int, str]]]
"""Nodes by scenario, period and parent; decisions by node and project."""


@dataclass(frozen=True)
class Plane:
    """A tangent plane of a cone of max_hhi: the clause, its place, the unit vector by supplier, and its mark."""

    clause: str
    place: str
    direction: dict[str, float]
    mark: str | int


@dataclass(frozen=True, eq=False)
class Optimum:
    """The plan and the prices of a program.

    Parameters
    ----------
    columns
        The plan, shape (columns).
    prices
        What the cost grows by when the bound of a row grows by one, shape (rows), those of ``planes`` last.
    disruptions, planes
        Branches and tangent planes that its program has beyond those that every program of the problem has.
    """

    columns: FloatArray
    prices: FloatArray
    disruptions: dict[str, tuple[tuple[str, ...], ...]]
    planes: tuple[Plane, ...] = ()


def planes_of(assembled: Assembled, rows: int) -> tuple[Plane, ...]:
    """The tangent planes behind the first ``rows`` linking rows of a program."""
    found = []
    for row in assembled.model_data.linking.rows[rows:]:
        if not isinstance(row.key, PolicyRow):
            raise TypeError(f"{row.key} is no tangent plane")
        direction = {key.supplier: part for (_, key), part in row.expressions.items() if isinstance(key, Supplied)}
        found.append(Plane(row.key.clause, row.key.place, direction, row.key.mark))
    return tuple(found)


def laid_out(
    problem: Problem, disruptions: Disruptions, planes: Sequence[Plane] = (), chosen: Chosen = whole
) -> Assembled:
    """The program of a problem with some disruptions and tangent planes.

    Parameters
    ----------
    problem
        A problem.
    disruptions
        By policy, the members that stop together.
    planes
        Tangent planes, which are laid at the limits of this problem.
    chosen
        Of the rows of a clause those that are laid out.

    Returns
    -------
    Assembled
        The planes are its last rows.
    """
    model_data = build_model_data(problem, disruptions, chosen=chosen)
    cones = {each.label: each for each in model_data.clauses if isinstance(each, ConeClause)}
    rows = tuple(cones[each.clause].tangent_plane(each.place, each.direction, each.mark) for each in planes)
    linking = replace(model_data.linking, rows=(*model_data.linking.rows, *rows))
    return assemble(replace(model_data, linking=linking))


@dataclass(frozen=True, eq=False)
class Moves:
    """What each entry of a program moves the cost by: ``places`` tell entries apart, ascending, none twice.

    ``amounts``, in money of the program, are of the same shape and none is 0.
    """

    places: Places
    amounts: FloatArray

    @property
    def total(self) -> float:
        """All of it together."""
        return float(np.sum(self.amounts))


class Lagrangian:
    """The Lagrangian of a program at its optimum, whole numbers held.

    Rows of policies that have no price, and whose slack is 0, have no part in it: of some forty thousand a few hundred
    are left to be laid out for every figure.
    """

    def __init__(self, problem: Problem, optimum: Optimum) -> None:
        self._disruptions, self._planes = optimum.disruptions, optimum.planes
        all_of_it = laid_out(problem, optimum.disruptions, optimum.planes)
        self._counted = _counted(all_of_it, optimum)
        base = self._base = laid_out(problem, optimum.disruptions, optimum.planes, self._chosen)
        self._columns, self._prices = _within(base, all_of_it, optimum)
        reduced = base.program.cost - base.program.matrix.T @ self._prices
        self._reduced = np.where(base.program.integer, 0.0, reduced)

    def _chosen(self, clause: Clause) -> Clause:
        if not isinstance(clause, LinearClause):
            return clause
        counted = self._counted.get(clause.label, frozenset())
        return replace(clause, weights={place: mine for place, mine in clause.weights.items() if place in counted})

    def move(self, problem: Problem) -> float | None:
        """By how much the cost moves to the first order when the problem is another.

        Parameters
        ----------
        problem
            The same but for numbers.

        Returns
        -------
        float or None
            In money of the program; None where it has other rows or columns, so that prices do not speak of it.
        """
        moves = self.moves(problem)
        return None if moves is None else moves.total

    def moves(self, problem: Problem) -> Moves | None:
        """The same as ``move``, entry by entry of the program.

        Parameters
        ----------
        problem
            The same but for numbers.

        Returns
        -------
        Moves or None
            None where it has other rows or columns.
        """
        base, other = self._base, laid_out(problem, self._disruptions, self._planes, self._chosen)
        if not _alike(base, other):
            return None
        before, after, x, y = base.program, other.program, self._columns, self._prices
        moved = coo_array(after.matrix - before.matrix)
        entries = moved.row.astype(np.int64) * before.columns + moved.col
        parts = [
            (entries, -y[moved.row] * moved.data * x[moved.col]),
            (np.arange(before.columns), (after.cost - before.cost) * x),
            (np.zeros(1, dtype=np.int64), np.array([after.offset - before.offset])),
            (np.arange(before.rows), _sides(y, _rows(before), _rows(after))),
            (np.arange(before.columns), _sides(self._reduced, _columns(before), _columns(after))),
        ]
        firsts = np.cumsum([0, before.rows * before.columns, before.columns, 1, before.rows])
        places = np.concatenate([first + part for first, (part, _) in zip(firsts, parts, strict=True)])
        amounts = np.concatenate([part for _, part in parts])
        there = np.flatnonzero(amounts)
        there = there[np.argsort(places[there], kind="stable")]
        return Moves(places[there], amounts[there])

    def speaks_of(self, problem: Problem) -> bool:
        """Whether another problem may have the same rows and columns: its tree and the decisions offered are the same.

        That is seen many times as quickly as the whole program is laid out.

        Parameters
        ----------
        problem
            The same but for numbers.

        Returns
        -------
        bool
            False where ``moves`` is None for it.
        """
        return _shape(problem, build_tree(problem, rules.stress_branches(problem, self._disruptions))) == self._shape

    @cached_property
    def _shape(self) -> Shape:
        return _shape(self._base.model_data.problem, self._base.model_data.tree)


def _shape(problem: Problem, tree: Tree) -> Shape:
    nodes = [(node.scenario, node.period, node.parent) for node in tree.nodes]
    return nodes, [(offered.node, offered.expansion) for offered in decisions(problem, tree).offered]


def _counted(assembled: Assembled, optimum: Optimum) -> dict[str, frozenset[str]]:
    """By clause, the constraints that have a price or a slack."""
    found: dict[str, set[str]] = {}
    prices = optimum.prices[assembled.first_link_row :]
    for row, price in zip(assembled.model_data.linking.rows, prices, strict=True):
        if price and isinstance(row.key, PolicyRow):
            found.setdefault(row.key.clause, set()).add(row.key.place)
    for key, place in assembled.link_column.items():
        if isinstance(key, Slack) and optimum.columns[place]:
            found.setdefault(key.clause, set()).add(key.place)
    return {clause: frozenset(places) for clause, places in found.items()}


def _within(fewer: Assembled, assembled: Assembled, optimum: Optimum) -> tuple[FloatArray, FloatArray]:
    """The plan and the prices of a program over one that has fewer rows and columns across nodes."""
    first = len(assembled.model_data.linking.columns)
    places = [assembled.link_column[column.key] for column in fewer.model_data.linking.columns]
    own = assembled.program.columns - first
    columns = np.concatenate([optimum.columns[:own], optimum.columns[np.array(places, dtype=np.int64)]])
    rows = {row.key: assembled.first_link_row + i for i, row in enumerate(assembled.model_data.linking.rows)}
    taken = [rows[row.key] for row in fewer.model_data.linking.rows]
    prices = [optimum.prices[: assembled.first_link_row], optimum.prices[np.array(taken, dtype=np.int64)]]
    return columns, np.concatenate(prices)


def _alike(one: Assembled, other: Assembled) -> bool:
    """Whether two programs have the same rows and columns, so that prices of the one speak of the other."""
    mine, theirs = one.model_data.linking, other.model_data.linking
    return (
        (one.program.rows, one.program.columns) == (other.program.rows, other.program.columns)
        and np.array_equal(one.node_columns, other.node_columns)
        and np.array_equal(one.node_rows, other.node_rows)
        and all(a.key == b.key for a, b in zip(mine.columns, theirs.columns, strict=True))
        and all(a.key == b.key for a, b in zip(mine.rows, theirs.rows, strict=True))
        and _constraints(one) == _constraints(other)
    )


def _constraints(assembled: Assembled) -> list[tuple[str, list[str]]]:
    """The constraints of linear clauses, those that are not laid out too."""
    clauses = assembled.model_data.clauses
    return [(clause.label, list(clause.weights)) for clause in clauses if isinstance(clause, LinearClause)]


def _rows(program: LinearProgram) -> tuple[FloatArray, FloatArray]:
    return program.row_lower, program.row_upper


def _columns(program: LinearProgram) -> tuple[FloatArray, FloatArray]:
    return program.column_lower, program.column_upper


def _sides(
    prices: FloatArray, before: tuple[FloatArray, FloatArray], after: tuple[FloatArray, FloatArray]
) -> FloatArray:
    """What it comes to that bounds move: a positive price is that of a lower bound, a negative one of an upper."""
    old, new = (np.where(prices > 0, lower, upper) for lower, upper in (before, after))
    there = np.flatnonzero((prices != 0) & np.isfinite(old) & np.isfinite(new))
    amounts = np.zeros(len(prices))
    amounts[there] = prices[there] * (new[there] - old[there])
    return amounts

"""A disruption as a linear program: a branch that leaves the base path at an onset, everything decided before it held.

The problem is stated without policies and scenarios, with stress branches of probability 0 at one onset (formulation,
Decisions: such a branch builds what the base path builds in the same period). What the branch does not choose, units,
protections and the stock it starts with, moves to the right-hand sides; recourse is free, at least cost.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array

from friendshore.models.formulation.keys import Closed, Decided, Protected
from friendshore.models.formulation.linking import build_linking
from friendshore.models.formulation.model_data import ModelData
from friendshore.models.formulation.node import node_parameters
from friendshore.models.formulation.ports import build_ports
from friendshore.models.node.costs import COUNTED
from friendshore.models.node.parameters import Key
from friendshore.models.node.sets import Sets
from friendshore.models.problem import Problem
from friendshore.models.tables import Event
from friendshore.models.tree.branch import BASE, Branch
from friendshore.models.tree.closing import closings
from friendshore.models.tree.investment import decisions
from friendshore.models.tree.scenario_tree import Tree, build_tree
from friendshore.optimizer.program.assemble import Assembled, assemble
from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.saved.decisions import PlanDecisions

Places = NDArray[np.int64]


@dataclass(frozen=True)
class Disruption:
    """A branch to be solved: its name, its events counted from the onset, and the length of its steps in months.

    ``cut`` are the events that decide which periods are cut into steps, where these are not its own.
    """

    name: str
    events: tuple[Event, ...]
    step_months: int | None = 3
    cut: tuple[Event, ...] | None = None


def neutral(years: float, start_years: float = 0.0) -> Event:
    """An event without effect: a period that meets it is cut into steps all the same."""
    return Event(scenario="", kind="cost", start_years=start_years, years=years, remaining=1.0)


def bare(problem: Problem) -> Problem:
    """The problem without its scenarios and policies."""
    return Problem(
        dataclasses.replace(problem.tables, scenarios=(), events=(), policies=()), problem.name, problem.digest
    )


def assemble_disruptions(problem: Problem, onset: int, disruptions: Sequence[Disruption]) -> Assembled:
    """Stress branches at the start of period ``onset`` (a position) of a bare problem, as arrays.

    Parameters
    ----------
    problem
        A valid problem.
    onset
        Position of the period at whose start it begins.
    disruptions
        Branches to be, each with its events.

    Returns
    -------
    Assembled
        The branches as arrays.
    """
    cut = build_tree(
        problem, [_branch(each, onset, each.events if each.cut is None else each.cut) for each in disruptions]
    )
    branches = {each.name: _branch(each, onset, each.events) for each in disruptions}
    tree = Tree(cut.nodes, branches, cut.discount_rate, cut.base_probability)
    sets = Sets(problem)
    parameters = node_parameters(sets, tree, ())
    linking = build_linking(sets, tree, parameters, ())
    return assemble(ModelData(problem, tree, sets, (), parameters, build_ports(sets, tree, ()), linking))


def _branch(disruption: Disruption, onset: int, events: tuple[Event, ...]) -> Branch:
    return Branch(disruption.name, 0.0, onset, BASE, disruption.step_months, events)


@dataclass(frozen=True, eq=False)
class Variant:
    """What one branch makes of the common program: costs, bounds, and the demand of each row at each of its nodes."""

    name: str
    cost: FloatArray
    offset: float
    row_lower: FloatArray
    row_upper: FloatArray
    column_lower: FloatArray
    column_upper: FloatArray
    demand: FloatArray


class Family:
    """Branches with the same nodes as one matrix with a set of bounds and costs each.

    ``columns`` and ``rows`` (nodes × places in the compiled node) give the position in the matrix, -1 where no branch
    has one: a row that a branch lacks has no bounds there, a column that it lacks is 0. Which entries a row has is
    the same on all of them, since events change capacities, costs and needs only.
    """

    def __init__(self, assembled: Assembled, names: Sequence[str]) -> None:
        self.assembled = assembled
        self.names = tuple(names)
        own = [list(assembled.model_data.tree.own_nodes[name]) for name in names]
        self.nodes = dict(zip(names, own, strict=True))
        self.columns = _union([assembled.node_columns[nodes].astype(np.int64) for nodes in own])
        self.rows = _union([assembled.node_rows[nodes].astype(np.int64) for nodes in own])
        self._cost = {name: self._own_cost(nodes) for name, nodes in self.nodes.items()}

    @property
    def tree(self) -> Tree:
        """The tree of the branches."""
        return self.assembled.model_data.tree

    @property
    def starts(self) -> FloatArray:
        """Start of each node, in years from the onset."""
        nodes = self.nodes[self.names[0]]
        return np.asarray(self.tree.start[nodes] - self.tree.start[nodes[0]])

    @property
    def lengths(self) -> FloatArray:
        """Length of each node in years."""
        return np.asarray(self.tree.length[self.nodes[self.names[0]]])

    @cached_property
    def own_column(self) -> Mapping[tuple[str, Key], int]:
        """Place of a family and key among the node's own columns."""
        return self.assembled.own_column

    def matrix(self) -> coo_array:
        """The matrix that all branches share."""
        parts = [self._entries(name) for name in self.names]
        row, column, value = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
        shape = (int((self.rows >= 0).sum()), int((self.columns >= 0).sum()))
        _, first = np.unique(row * np.int64(shape[1]) + column, return_index=True)
        return coo_array((value[first], (row[first], column[first])), shape=shape)

    def _entries(self, name: str) -> tuple[Places, Places, FloatArray]:
        here, rows = self._own_rows(name)
        part = self.assembled.program.matrix[here].tocoo()
        to = self._to_common(name)
        inside = to[part.col] >= 0
        return rows[part.row[inside]], to[part.col[inside]], part.data[inside]

    def _own_rows(self, name: str) -> tuple[Places, Places]:
        """Rows of a branch in the whole program, and in the common one."""
        placed = self.assembled.node_rows[self.nodes[name]].astype(np.int64)
        return placed[placed >= 0], self.rows[placed >= 0]

    def _to_common(self, name: str) -> Places:
        placed = self.assembled.node_columns[self.nodes[name]].astype(np.int64)
        to = np.full(self.assembled.program.columns, -1, dtype=np.int64)
        to[placed[placed >= 0]] = self.columns[placed >= 0]
        return to

    def variant(self, name: str, held: FloatArray) -> Variant:
        """A branch after what is ``held`` (all columns of the whole program, see ``held_columns``)."""
        program = self.assembled.program
        count, width = int((self.rows >= 0).sum()), int((self.columns >= 0).sum())
        here, rows = self._own_rows(name)
        outside = program.matrix[here] @ held
        lower, upper = np.full(count, -np.inf), np.full(count, np.inf)
        lower[rows], upper[rows] = program.row_lower[here] - outside, program.row_upper[here] - outside
        to = self._to_common(name)
        own = np.flatnonzero(to >= 0)
        least, most, cost = np.zeros(width), np.zeros(width), np.zeros(width)
        weights, constant = self._cost[name]
        least[to[own]], most[to[own]] = program.column_lower[own], program.column_upper[own]
        cost[to[own]] = weights[own]
        demand = self.assembled.model_data.parameters.values["demand"][self.nodes[name]]
        return Variant(name, cost, float(weights @ held) + constant, lower, upper, least, most, demand)

    def _own_cost(self, nodes: Sequence[int]) -> tuple[FloatArray, float]:
        """Discounted cost of some nodes: coefficients of all columns, and the constant."""
        assembled = self.assembled
        weights = np.zeros(assembled.expressions.shape[0])
        for n in nodes:
            place = n * len(assembled.node.expressions) + assembled.expression_place[COUNTED]
            weights[place] = assembled.model_data.tree.discount[n]
        return np.asarray(assembled.expressions.T @ weights), float(assembled.expression_constants @ weights)


def _union(placed: Sequence[Places]) -> Places:
    stands = np.any([each >= 0 for each in placed], axis=0)
    flat = stands.ravel()
    return np.where(flat, np.cumsum(flat) - 1, -1).reshape(stands.shape).astype(np.int64)


def held_columns(assembled: Assembled, plan: PlanDecisions, onset: int) -> FloatArray:
    """What a plan has decided, as values of the columns that no branch chooses; every other column is 0.

    Parameters
    ----------
    assembled
        The program, with where its columns and rows stand.
    plan
        The plan.
    onset
        Position of the period at whose start it begins.

    Returns
    -------
    FloatArray
        Values by column.
    """
    model_data = assembled.model_data
    held = np.zeros(assembled.program.columns)
    periods = [period.period for period in model_data.problem.periods]
    for decision in decisions(model_data.problem, model_data.tree).offered:
        key = decision.expansion, periods[model_data.tree.nodes[decision.node].period]
        held[assembled.link_column[Decided.of(decision)]] = plan.units.get(key, 0.0)
    for name in plan.protections:
        since = model_data.problem.period_index(plan.since.get(name, ""), 0)
        held[assembled.link_column[Protected(name, since)]] = 1.0
    for closing in closings(model_data.problem, model_data.tree):
        if plan.closings.get(closing.plant) == periods[model_data.tree.nodes[closing.node].period]:
            held[assembled.link_column[Closed.of(closing)]] = 1.0
    if onset > 0:
        tree = model_data.tree
        before = max(n for n in tree.own_nodes[BASE] if tree.nodes[n].period == onset - 1)
        for name in model_data.sets.stockpiles:
            place = assembled.node_columns[before, assembled.own_column["level", name]]
            held[place] = plan.levels[name, periods[onset - 1]]
    return held


def program_of(family: Family, variant: Variant) -> LinearProgram:
    """The common program as one of its branches has it."""
    return LinearProgram(
        cost=variant.cost,
        offset=variant.offset,
        matrix=family.matrix().tocsr(),
        row_lower=variant.row_lower,
        row_upper=variant.row_upper,
        column_lower=variant.column_lower,
        column_upper=variant.column_upper,
        integer=np.zeros(len(variant.cost), dtype=bool),
    )

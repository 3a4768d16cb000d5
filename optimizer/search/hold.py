"""What a plan has decided, held in another problem: its units, protections and closings as bounds of their columns.

The decisions go by the names of scenarios and periods, so that they find their places in any problem with the same
ones; what is operated stays free, and so does what the other problem decides at nodes that the plan does not know.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from friendshore.models.formulation.keys import Closed, Decided, Protected
from friendshore.models.node.link import LinkKey
from friendshore.models.plan import Plan
from friendshore.models.problem import Problem
from friendshore.models.tree.branch import BASE
from friendshore.models.tree.closing import closings
from friendshore.models.tree.investment import decisions
from friendshore.models.tree.scenario_tree import build_tree
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.program.linear_program import FloatArray

NEAR = 1e-7
"""Units below this are none, and stocks are held to within this share of them."""

NEAR_ENOUGH = 1e-5
"""The same of a large tree: where all stocks of one are held to the last digit, no operation of the base path is within
the tolerances of a solver."""

LARGE = 300_000
"""Columns from which on a tree is large."""

CHOSEN = 0.5
"""A choice of 0 or 1 above this is a yes."""

Units = tuple[str, str, int, str, float]


@dataclass(frozen=True)
class Held:
    """Decisions of a plan.

    ``units`` are (scenario, period, step, expansion, units) where any are decided; ``protections`` (name, period in
    which it is bought); ``closings`` (plant, period from whose start on it is closed). ``scenarios`` are the
    paths whose decisions are held, all that the plan knows: elsewhere a problem decides anew.
    """

    units: tuple[Units, ...]
    protections: tuple[tuple[str, str], ...]
    closings: tuple[tuple[str, str], ...]
    scenarios: frozenset[str]

    def on_base_path(self) -> Held:
        """What is decided on the base path alone: what branches decide by themselves is free."""
        rows = tuple(row for row in self.units if row[0] == BASE)
        return dataclasses.replace(self, units=rows, scenarios=frozenset({BASE}))

    def as_lists(self) -> dict[str, list[Any]]:
        """The same as JSON holds it."""
        return {
            "units": [list(row) for row in self.units],
            "protections": [list(row) for row in self.protections],
            "closings": [list(row) for row in self.closings],
            "scenarios": sorted(self.scenarios),
        }

    @classmethod
    def of_lists(cls, lists: dict[str, list[Any]]) -> Held:
        """What ``as_lists`` gave."""
        units = ((str(s), str(p), int(n), str(e), float(u)) for s, p, n, e, u in lists["units"])
        bought = ((str(name), str(period)) for name, period in lists["protections"])
        closed = ((str(plant), str(period)) for plant, period in lists["closings"])
        return cls(tuple(units), tuple(bought), tuple(closed), frozenset(map(str, lists["scenarios"])))


def held_decisions(plan: Plan) -> Held:
    """What a plan has decided on all of its paths."""
    rows = plan.investments
    keys = zip(rows["scenario"], rows["period"], rows["step"], rows["expansion"], rows["units"], strict=True)
    bought = plan.protections[plan.protections["bought"] > 0]
    first = plan.problem.periods[0].period
    since = bought["period"] if "period" in bought else [first] * len(bought)
    return Held(
        tuple((str(s), str(p), int(n), str(e), float(units)) for s, p, n, e, units in keys),
        tuple((str(name), str(period)) for name, period in zip(bought["protection"], since, strict=True)),
        tuple((str(p), str(t)) for p, t in zip(plan.closings["plant"], plan.closings["period"], strict=True)),
        frozenset(str(name) for name in plan.nodes["scenario"].unique()),
    )


Levels = tuple[tuple[str, str, float], ...]
"""Stocks of the base path: (stockpile, period at whose end, level)."""


def base_levels(plan: Plan) -> Levels:
    """What the base path of a plan holds at the end of each period."""
    rows = plan.stocks[plan.stocks["scenario"] == BASE]
    ends = dict(zip(zip(rows["stockpile"], rows["period"], strict=True), rows["level"], strict=True))
    labels = [period.period for period in plan.problem.periods]
    return tuple(
        (name, label, float(ends.get((name, label), 0.0))) for name in plan.problem.stockpiles for label in labels
    )


def hold(
    assembled: Assembled, held: Held, *, whole_alone: bool = False, until: int | None = None, levels: Levels = ()
) -> Assembled:
    """The program with decisions held.

    Parameters
    ----------
    assembled
        A program.
    held
        What is decided; a decision that is offered on a path that it knows, and is not named, is held at none. What is
        named and not offered is left out: see ``not_offered``.
    whole_alone
        Whether only whole numbers are held, and what may be decided in parts stays free.
    until
        Position of the first period whose decisions are free; None: all are held.
    levels
        Stocks of the base path that are held, too.

    Returns
    -------
    Assembled
        The same with these columns fixed.
    """
    program = assembled.program
    lower, upper = program.column_lower.copy(), program.column_upper.copy()
    for key, value in _values(assembled, held, len(assembled.model_data.problem.periods) if until is None else until):
        place = assembled.link_column[key]
        if program.integer[place] or not whole_alone:
            lower[place] = upper[place] = value
    share = NEAR if program.columns < LARGE else NEAR_ENOUGH
    for place, level in _level_columns(assembled, levels):
        within = share * max(1.0, level)
        lower[place] = max(lower[place], min(upper[place], level - within))
        upper[place] = max(lower[place], min(upper[place], level + within))
    return dataclasses.replace(assembled, program=dataclasses.replace(program, column_lower=lower, column_upper=upper))


def not_offered(problem: Problem, held: Held) -> tuple[Units, ...]:
    """Units of the base path that a problem does not offer, so that they cannot be held in it.

    A decision whose units would never serve within the plan is offered nowhere.

    Parameters
    ----------
    problem
        A problem with the same names.
    held
        What is decided.

    Returns
    -------
    tuple
        As in ``held``; empty where all can be held.
    """
    tree, labels = build_tree(problem), [period.period for period in problem.periods]
    offered = {(tree.nodes[each.node], each.expansion) for each in decisions(problem, tree).offered}
    known = {(node.scenario, labels[node.period], node.step, expansion) for node, expansion in offered}
    return tuple(row for row in held.units if row[0] == BASE and row[-1] > NEAR and row[:4] not in known)


def _values(assembled: Assembled, held: Held, until: int) -> Iterator[tuple[LinkKey, float]]:
    """Each column of a decision before the period ``until`` with the value that it is held at."""
    problem, tree = assembled.model_data.problem, assembled.model_data.tree
    labels = [period.period for period in problem.periods]
    units = {(scenario, period, step, name): count for scenario, period, step, name, count in held.units}
    for decision in decisions(problem, tree).offered:
        node = tree.nodes[decision.node]
        if node.scenario in held.scenarios and node.period < until:
            at = node.scenario, labels[node.period], node.step, decision.expansion
            yield Decided.of(decision), units.get(at, 0.0)
    bought = set(held.protections)
    for name, row in problem.protections.items():
        for t in problem.bought_in(row):
            if t < until:
                yield Protected(name, t), float((name, labels[t]) in bought)
    closed = set(held.closings)
    for closing in closings(problem, tree):
        period = tree.nodes[closing.node].period
        if period < until:
            yield Closed.of(closing), float((closing.plant, labels[period]) in closed)


def _level_columns(assembled: Assembled, levels: Levels) -> Iterator[tuple[int, float]]:
    """Columns of the base path's stocks at the end of periods, and what they hold."""
    tree = assembled.model_data.tree
    labels = [period.period for period in assembled.model_data.problem.periods]
    last = {labels[tree.nodes[n].period]: n for n in tree.own_nodes[BASE]}
    for name, period, level in levels:
        yield int(assembled.node_columns[last[period], assembled.own_column["level", name]]), level


def decided_in(assembled: Assembled, x: FloatArray) -> tuple[Held, Levels]:
    """What the base path of a solution, shape (columns of the program), decides, and the stocks that it holds."""
    problem, tree = assembled.model_data.problem, assembled.model_data.tree
    labels = [period.period for period in problem.periods]
    units: list[Units] = []
    for decision in decisions(problem, tree).offered:
        node, place = tree.nodes[decision.node], assembled.link_column[Decided.of(decision)]
        count = float(np.round(x[place]) if assembled.program.integer[place] else x[place])
        if node.scenario == BASE and count > NEAR:
            units.append((BASE, labels[node.period], node.step, decision.expansion, count))
    bought = (
        (name, labels[t])
        for name, row in problem.protections.items()
        for t in problem.bought_in(row)
        if x[assembled.link_column[Protected(name, t)]] > CHOSEN
    )
    closed = (
        (closing.plant, labels[tree.nodes[closing.node].period])
        for closing in closings(problem, tree)
        if x[assembled.link_column[Closed.of(closing)]] > CHOSEN
    )
    empty = tuple((name, label, 0.0) for name in problem.stockpiles for label in labels)
    places = zip(empty, _level_columns(assembled, empty), strict=True)
    levels = tuple((name, label, float(x[place])) for (name, label, _), (place, _) in places)
    return Held(tuple(units), tuple(bought), tuple(closed), frozenset({BASE})), levels

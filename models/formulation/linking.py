"""What ties nodes together: investments, protections, closings, path costs and CVaR, and the rows that policies yield.

Said once as plain data (``models/node/link.py``): ``formulate()`` writes it out in Pyomo, ``assemble`` in arrays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import floor, inf

from friendshore.models.clauses.clause import Clause
from friendshore.models.formulation.checkpoint import Checkpoint, go_on
from friendshore.models.formulation.keys import (
    Closed,
    Decided,
    Excess,
    NodeCost,
    Protected,
    ProtectedRow,
    RequiresRow,
    UnitsRow,
    ValueAtRisk,
)
from friendshore.models.node.costs import COUNTED
from friendshore.models.node.link import ExpressionAt, LinkColumn, LinkKey, LinkRow
from friendshore.models.node.parameters import Parameters
from friendshore.models.node.sets import Sets
from friendshore.models.tree.branch import BASE
from friendshore.models.tree.closing import closings
from friendshore.models.tree.investment import Decision, decisions
from friendshore.models.tree.scenario_tree import Tree


@dataclass(frozen=True, eq=False)
class Linking:
    """All linking columns and rows, and the weight of every node expression in the objective."""

    columns: tuple[LinkColumn, ...]
    rows: tuple[LinkRow, ...]
    objective: Mapping[ExpressionAt, float]


def build_linking(
    sets: Sets, tree: Tree, parameters: Parameters, clauses: tuple[Clause, ...], checkpoint: Checkpoint = go_on
) -> Linking:
    """The linking of a problem on its tree.

    Parameters
    ----------
    sets
        Index sets of a node: plants, shipments, stockpiles, rows of demand.
    tree
        Its scenario tree, stress branches of policies included.
    parameters
        Holds, by name and key, what differs from node to node: one value a node.
    clauses
        Clauses of all policies.
    checkpoint
        Called after each clause.

    Returns
    -------
    Linking
        Columns and rows across nodes, and the objective by node.
    """
    columns = [*_investment_columns(sets, tree), *_closing_columns(sets, tree), *_risk_columns(sets, tree)]
    rows = [*_investment_rows(sets, tree), *_risk_rows(sets, tree)]
    for clause in clauses:
        for needed, row in clause.rows(sets, tree, parameters):
            columns.extend(needed)
            rows.append(row)
        checkpoint()
    neutral = 1.0 - sets.problem.settings.risk_aversion if _averse(sets) else 1.0
    weighed = (tree.weight * tree.discount).tolist()
    objective: dict[ExpressionAt, float] = {
        (n, COUNTED): neutral * weight for n, weight in enumerate(weighed) if weight > 0
    }
    return Linking(tuple(columns), tuple(rows), objective)


# -- investments and protections --------------------------------------------------------------------------------


def _investment_columns(sets: Sets, tree: Tree) -> Iterator[LinkColumn]:
    problem = sets.problem
    for decision in decisions(problem, tree).offered:
        row = problem.expansions[decision.expansion]
        on_base = tree.nodes[decision.node].scenario == BASE
        whole = row.integer and (on_base or bool(row.opened_by) or problem.settings.branch_investment == "integer")
        most = floor(row.max_units + 1e-9) if whole else row.max_units
        least = row.committed if decision.node == 0 else 0.0
        yield LinkColumn(Decided.of(decision), least, float(most), whole)
    for name, protection in problem.protections.items():
        for period in problem.bought_in(protection):
            least = float(protection.committed and period == 0)
            yield LinkColumn(Protected(name, period), least, 1.0, True)


def _investment_rows(sets: Sets, tree: Tree) -> Iterator[LinkRow]:
    """At most ``max_units`` on any path, never more than what an expansion requires, and each protection once."""
    for name, protection in sets.problem.protections.items():
        periods = sets.problem.bought_in(protection)
        if len(periods) > 1:
            yield LinkRow(ProtectedRow(name), -inf, 1.0, {Protected(name, period): 1.0 for period in periods})
    limited: set[tuple[Decision, ...]] = set()
    required: set[tuple[tuple[Decision, ...], tuple[Decision, ...]]] = set()
    met: set[int] = set()  # branches share their parents' tuples of decisions
    for scenario, chosen in decisions(sets.problem, tree).on_path.items():
        if id(chosen) in met:
            continue
        met.add(id(chosen))
        for name, row in sets.problem.expansions.items():
            mine = tuple(d for d in chosen if d.expansion == name)
            if mine and mine not in limited:
                limited.add(mine)
                yield LinkRow(UnitsRow(scenario, name), -inf, row.max_units, {Decided.of(d): 1.0 for d in mine})
            if row.requires:
                needed = tuple(d for d in chosen if d.expansion == row.needed)
                enough = row.max_units if row.needs_any else 1.0
                yield from _requires_rows(scenario, mine, needed, enough, required)


def _requires_rows(
    scenario: str,
    mine: tuple[Decision, ...],
    needed: tuple[Decision, ...],
    enough: float,
    known: set[tuple[tuple[Decision, ...], tuple[Decision, ...]]],
) -> Iterator[LinkRow]:
    """Up to each decision no more units than ``enough`` times those of what is required."""
    for last in mine:
        earlier = tuple(d for d in mine if (d.time, d.node) <= (last.time, last.node))
        standing = tuple(d for d in needed if (d.time, d.node) <= (last.time, last.node))
        if (earlier, standing) not in known:
            known.add((earlier, standing))
            terms: dict[LinkKey, float] = {Decided.of(d): 1.0 for d in earlier}
            terms |= {Decided.of(d): -enough for d in standing}
            yield LinkRow(RequiresRow(scenario, last.expansion, last.node), -inf, 0.0, terms)


# -- closings ---------------------------------------------------------------------------------------------------


def _closing_columns(sets: Sets, tree: Tree) -> Iterator[LinkColumn]:
    """A plant is closed once: activity at least 0 within what capacity is left allows no second time."""
    for closing in closings(sets.problem, tree):
        yield LinkColumn(Closed.of(closing), 0.0, 1.0, True)


# -- risk: CVaR_α of path costs (Rockafellar & Uryasev 2000, theorem 1) ------------------------------------------


def _averse(sets: Sets) -> bool:
    """Whether CVaR is part of the objective; at α = 0 it is the expectation, and has no η."""
    return sets.problem.settings.risk_aversion > 0 and sets.problem.settings.cvar_alpha > 0


def _likely(tree: Tree) -> list[str]:
    return [s for s in tree.scenarios if tree.probability(s) > 0]


def _risk_columns(sets: Sets, tree: Tree) -> Iterator[LinkColumn]:
    settings = sets.problem.settings
    if not _averse(sets):
        return
    for n in range(len(tree.nodes)):
        if tree.weight[n] > 0:
            yield LinkColumn(NodeCost(n), -inf)
    yield LinkColumn(ValueAtRisk(), -inf, cost=settings.risk_aversion)
    for scenario in _likely(tree):
        share = tree.probability(scenario) / (1.0 - settings.cvar_alpha)
        yield LinkColumn(Excess(scenario), cost=settings.risk_aversion * share)


def _risk_rows(sets: Sets, tree: Tree) -> Iterator[LinkRow]:
    if not _averse(sets):
        return
    for n, discount in enumerate(tree.discount.tolist()):
        if tree.weight[n] > 0:
            yield LinkRow(NodeCost(n), 0.0, 0.0, {NodeCost(n): 1.0}, {(n, COUNTED): -discount})
    for scenario in _likely(tree):
        terms: dict[LinkKey, float] = {NodeCost(n): 1.0 for n in tree.paths[scenario]}
        terms |= {ValueAtRisk(): -1.0, Excess(scenario): -1.0}
        yield LinkRow(Excess(scenario), -inf, 0.0, terms)

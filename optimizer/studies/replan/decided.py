"""What a plan decides for the rest, on the path that has come true, and the same held in the problem of the rest."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from friendshore.models.formulation.keys import Closed, Decided, Protected
from friendshore.models.node.link import LinkKey
from friendshore.models.plan import Plan
from friendshore.models.problem import Problem
from friendshore.models.tree.branch import BASE
from friendshore.models.tree.closing import closings
from friendshore.models.tree.investment import decisions
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.reporting.frames import protected_since
from friendshore.optimizer.saved.decisions import closings_of
from friendshore.optimizer.saved.saved_plan import SavedPlan
from friendshore.optimizer.studies.replan.planned import NONE, carried
from friendshore.optimizer.studies.replan.projects import MORE
from friendshore.optimizer.studies.replan.sheets_of_actuals import CLOSING, PROTECTION

EXPANSION = "expansion"
Decision = tuple[str, str, str]
"""Kind (``expansion``, ``protection``, ``closing``), name, and label of the period in which it is decided."""

Decisions = Mapping[Decision, float]
"""Units, or 1 for what is bought or closed; what is not named is not decided."""


@dataclass(frozen=True)
class Change:
    """A decision of the rest that is another now: units before and after, or 1 and 0 for yes and no."""

    kind: str
    name: str
    period: str
    before: float
    after: float


def planned_decisions(plan: SavedPlan, as_of: int, path: str) -> dict[Decision, float]:
    """What a plan decides from the period ``as_of`` on, on one path.

    Parameters
    ----------
    plan
        The problem of the plan, or the plan.
    as_of
        Position of the period at whose start one stands.
    path
        The path that has come true.

    Returns
    -------
    dict[Decision, float]
        Units, or 1 for what is bought or closed.
    """
    labels = [period.period for period in plan.problem.periods]
    rows, stands = plan.tables["Investments"], carried(plan.problem, path)
    found: dict[Decision, float] = {}
    for scenario, period, name, units in zip(
        rows["scenario"], rows["period"], rows["expansion"], rows["units"], strict=True
    ):
        if (str(scenario), str(period), str(name)) in stands and float(units) > NONE:
            key = EXPANSION, str(name), str(period)
            found[key] = found.get(key, 0.0) + float(units)
    for sheet, column, since, kind in (
        ("Protections_bought", "protection", "since", PROTECTION),
        ("Plants_closed", "plant", "period", CLOSING),
    ):
        table = plan.tables[sheet]
        for name, period in zip(table[column], table[since], strict=True):
            found[kind, str(name), str(period) or labels[0]] = 1.0
    return {key: units for key, units in found.items() if labels.index(key[2]) >= as_of}


def new_decisions(plan: Plan) -> dict[Decision, float]:
    """What the plan of the rest decides on its base path, without what is committed."""
    problem = plan.problem
    labels = [period.period for period in problem.periods]
    rows = plan.investments[plan.investments["scenario"] == BASE]
    found: dict[Decision, float] = {}
    for name, period, units in zip(rows["expansion"], rows["period"], rows["units"], strict=True):
        row = problem.expansions[str(name)]
        free = float(units) - (row.committed if period == labels[0] else 0.0)
        if free > NONE:
            key = EXPANSION, str(name).removesuffix(MORE), str(period)
            found[key] = found.get(key, 0.0) + free
    for name, since in protected_since(plan).items():
        if not problem.protections[name].committed:
            found[PROTECTION, name, labels[since]] = 1.0
    for plant, period in closings_of(plan).items():
        found[CLOSING, plant, period] = 1.0
    return found


def changes(before: Decisions, after: Decisions, problem: Problem) -> tuple[Change, ...]:
    """The decisions that differ, in order of time.

    Parameters
    ----------
    before
        What was decided before.
    after
        What is decided now.
    problem
        The problem of the plan.

    Returns
    -------
    tuple[Change, ...]
        Those that are other in number, or in when they are taken.
    """
    labels = [period.period for period in problem.periods]
    keys = sorted({*before, *after}, key=lambda key: (labels.index(key[2]), key))
    pairs = ((key, before.get(key, 0.0), after.get(key, 0.0)) for key in keys)
    return tuple(Change(*key, old, new) for key, old, new in pairs if abs(old - new) > 1e-6)


def holding(wanted: Decisions, keys: frozenset[Decision] | None = None) -> Callable[[Assembled], Assembled]:
    """What fixes decisions of the base path in the program of the rest.

    Parameters
    ----------
    wanted
        What is decided; what is not named is held at none.
    keys
        The decisions that are held; None: all. The others are free.

    Returns
    -------
    Callable[[Assembled], Assembled]
        As ``solve_problem`` takes it: columns that cannot be so many are held at what comes nearest.
    """

    def hold(assembled: Assembled) -> Assembled:
        program = assembled.program
        lower, upper = program.column_lower.copy(), program.column_upper.copy()
        left = dict(wanted)
        for key, column, most, least in _columns(assembled):
            if keys is not None and key not in keys:
                continue
            place = assembled.link_column[column]
            value = least + min(left.get(key, 0.0), most - least)
            left[key] = left.get(key, 0.0) - (value - least)
            lower[place] = upper[place] = min(max(value, lower[place]), upper[place])
        held = dataclasses.replace(program, column_lower=lower, column_upper=upper)
        return dataclasses.replace(assembled, program=held)

    return hold


def _columns(assembled: Assembled) -> Iterator[tuple[Decision, LinkKey, float, float]]:
    """Each decision of the base path with its column, and the most and the least that it can be."""
    problem, tree = assembled.model_data.problem, assembled.model_data.tree
    labels = [period.period for period in problem.periods]
    for each in decisions(problem, tree).offered:
        node, row = tree.nodes[each.node], problem.expansions[each.expansion]
        if node.scenario == BASE:
            least = row.committed if each.node == 0 else 0.0
            name = each.expansion.removesuffix(MORE)
            yield (EXPANSION, name, labels[node.period]), Decided.of(each), row.max_units, least
    for name, protection in problem.protections.items():
        for t in problem.bought_in(protection):
            least = float(protection.committed and t == 0)
            yield (PROTECTION, name, labels[t]), Protected(name, t), 1.0, least
    for closing in closings(problem, tree):
        period = labels[tree.nodes[closing.node].period]
        yield (CLOSING, closing.plant, period), Closed.of(closing), 1.0, 0.0

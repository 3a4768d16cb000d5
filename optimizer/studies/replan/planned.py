"""What a plan wanted to stand at the start of a period, read off its tables."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.problem import Problem
from friendshore.models.tree.investment import decisions
from friendshore.optimizer.reporting.calendar import first_year
from friendshore.optimizer.saved.plan_tables import AGAIN
from friendshore.optimizer.saved.saved_plan import SavedPlan
from friendshore.optimizer.studies.replan.course import node_before, tree_of
from friendshore.optimizer.studies.replan.standing import Ordered, Standing
from friendshore.optimizer.system.files import FileFault

TABLES = ("Key_figures", "About", "Investments", "Protections_bought", "Plants_closed", "Stockpiles", "Costs")
"""The tables of a plan that are read."""

NONE = 1e-9
"""Units below this are none."""


def planned_standing(plan: SavedPlan, as_of: int, path: str) -> Standing:
    """What stands at the start of a period where all has come as planned on one path.

    Parameters
    ----------
    plan
        The plan, read back.
    as_of
        Position of the period.
    path
        The path that has come true.

    Returns
    -------
    Standing
        What the plan decided on that path before, and the stocks that it left there.
    """
    labels = [period.period for period in plan.problem.periods]
    bought, closed = plan.tables["Protections_bought"], plan.tables["Plants_closed"]
    since = [str(period) or labels[0] for period in bought["since"]]
    return Standing(
        as_of=as_of,
        path=path,
        ordered=tuple(sorted(_ordered(plan, as_of, path), key=lambda row: (row.expansion, labels.index(row.period)))),
        protections=frozenset(
            str(name)
            for name, period in zip(bought["protection"], since, strict=True)
            if labels.index(str(period)) < as_of
        ),
        closed=frozenset(
            str(plant)
            for plant, period in zip(closed["plant"], closed["period"], strict=True)
            if labels.index(str(period)) < as_of
        ),
        levels=_levels(plan, as_of, path),
    )


def _ordered(plan: SavedPlan, as_of: int, path: str) -> Iterator[Ordered]:
    """Units decided on a path before a period, each with the time of its service."""
    problem, rows = plan.problem, plan.tables["Investments"]
    labels = [period.period for period in problem.periods]
    now = first_year(problem) + problem.period_starts[as_of]
    stands = carried(problem, path)
    keys = zip(rows["scenario"], rows["period"], rows["expansion"], rows["units"], rows["begins"], strict=True)
    for scenario, period, expansion, units, begins in keys:
        here = (str(scenario), str(period), str(expansion))
        if here in stands and labels.index(here[1]) < as_of and float(units) > NONE:
            yield Ordered(here[2], here[1], float(units), float(begins) - now)


def carried(problem: Problem, path: str) -> set[tuple[str, str, str]]:
    """(scenario, period, expansion) of each decision that stands on a path."""
    tree = tree_of(problem)
    labels = [period.period for period in problem.periods]
    nodes = ((tree.nodes[each.node], each.expansion) for each in decisions(problem, tree).on_path[path])
    return {(node.scenario, labels[node.period], expansion) for node, expansion in nodes}


def _levels(plan: SavedPlan, as_of: int, path: str) -> dict[str, float]:
    tree, rows = tree_of(plan.problem), plan.tables["Stockpiles"]
    node = tree.nodes[node_before(tree, path, as_of)]
    label = plan.problem.periods[node.period].period
    there = rows[(rows["scenario"] == node.scenario) & (rows["period"] == label) & (rows["step"] == node.step)]
    found = dict(zip(there["stockpile"], there["level"], strict=True))
    lacking = [name for name in plan.problem.stockpiles if name not in found]
    if lacking:
        what = f"Plan Stockpiles has no level of {lacking[0]!r} in {label} on the path {node.scenario}"
        raise FileFault("FS004", plan.path, f"{what}; {AGAIN}")
    return {name: max(0.0, float(found[name])) for name in plan.problem.stockpiles}

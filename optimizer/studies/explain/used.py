"""Whether a plan uses something: a project that it builds, a plant that it runs, a stock that it holds."""

from __future__ import annotations

from collections.abc import Callable

from friendshore.models.plan import Plan
from friendshore.optimizer.studies.explain.targets import Target

_USED = 1e-6


def uses(plan: Plan, target: Target) -> bool:
    """Whether a plan uses something; a policy counts as used.

    Parameters
    ----------
    plan
        A plan.
    target
        A row of one of the sheets that may be asked about.

    Returns
    -------
    bool
        In any scenario.
    """
    return _USES[target.sheet](plan, target)


def _built(plan: Plan, target: Target) -> bool:
    rows = plan.investments
    return bool((rows[rows["expansion"] == target.id]["units"] > _USED).any())


def _runs(plan: Plan, target: Target) -> bool:
    rows = plan.production
    return bool((rows[rows["plant"] == target.id]["activity"] > _USED).any())


def _holds(plan: Plan, target: Target) -> bool:
    rows = plan.stocks[plan.stocks["stockpile"] == target.id]
    return bool((rows["filled"] > _USED).any() or (rows["level"] > _USED).any())


def _protects(plan: Plan, target: Target) -> bool:
    rows = plan.protections
    return bool((rows[rows["protection"] == target.id]["bought"] > 0.5).any())


def _delivers(plan: Plan, target: Target) -> bool:
    rows = plan.sourcing
    return bool(((rows["origin"] == target.id) & (rows["destination"] != target.id) & (rows["quantity"] > _USED)).any())


def _carries(plan: Plan, target: Target) -> bool:
    problem, rows = plan.problem, plan.sourcing
    place = next(i for i, row in enumerate(problem.tables.lanes) if row.row == target.row)
    ways = {tuple(key) for key, lane in problem.lanes.items() if lane.row == place}
    moved = rows[rows["quantity"] > _USED][["origin", "destination", "commodity", "way"]]
    return any(tuple(row) in ways for row in moved.itertuples(index=False, name=None))


_USES: dict[str, Callable[[Plan, Target], bool]] = {
    "Expansions": _built,
    "Plants": _runs,
    "Stockpiles": _holds,
    "Protections": _protects,
    "Countries": _delivers,
    "Policies": lambda plan, target: True,
    "Lanes": _carries,
}

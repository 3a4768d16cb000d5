"""What a plan expected the rest to cost when it was made, in money of the start of the rest."""

from __future__ import annotations

from collections.abc import Callable

from friendshore.models.plan import Outcome, Plan
from friendshore.models.problem import Problem
from friendshore.models.tree.branch import BASE
from friendshore.optimizer.certify.risk import cvar
from friendshore.optimizer.reporting import summary
from friendshore.optimizer.saved.saved_plan import SavedPlan
from friendshore.optimizer.solve import Hold
from friendshore.optimizer.studies.negligible import negligible
from friendshore.optimizer.studies.replan.course import tree_of
from friendshore.optimizer.studies.replan.decided import holding, planned_decisions
from friendshore.optimizer.studies.replan.guarantees import growth

Solve = Callable[[str, Problem, Hold | None], Outcome | None]


def expected_rest(plan: SavedPlan, as_of: int, solve: Solve) -> float | None:
    """What the plan expected the periods from ``as_of`` on to cost, over all paths as their chances were at its start.

    Where risk is weighed, the mean of the worst paths counts with its weight, as in the plan.

    Parameters
    ----------
    plan
        The plan, read back.
    as_of
        Position of the first period of the rest.
    solve
        Operates the plan once more where the cost of each path by period is asked for, which its sheets do not have.

    Returns
    -------
    float or None
        None where the plan pays for broken rules, which belong to no period, or it was interrupted.
    """
    penalties = plan.figure(summary.PENALTIES)
    if penalties is not None and penalties > negligible(1e-9, plan.figure(summary.EXPECTED) or 0.0):
        return None
    problem = plan.problem
    if problem.settings.risk_aversion == 0:
        labels = {period.period for period in problem.periods[as_of:]}
        rows = plan.tables["Costs"]
        return float(rows[rows["period"].isin(labels)]["discounted"].sum()) * growth(problem, as_of)
    return _weighed(plan, as_of, solve)


def _weighed(plan: SavedPlan, as_of: int, solve: Solve) -> float | None:
    """(1 − λ) · expectation + λ · CVaR of what the rest costs on each path."""
    problem, settings = plan.problem, plan.problem.settings
    outcome = solve("the plan's own rest", problem, holding(planned_decisions(plan, 0, BASE)))
    operated = None if outcome is None else outcome.certified
    if operated is None:
        return None
    tree = tree_of(problem)
    rest = rest_by_path(operated, as_of)
    chances = [(tree.probability(name), rest[name]) for name in tree.scenarios if tree.probability(name) > 0]
    mean = sum(chance * cost for chance, cost in chances)
    worst = cvar(chances, settings.cvar_alpha)
    share = settings.risk_aversion
    return float((1.0 - share) * mean + share * worst) * growth(problem, as_of)


def rest_by_path(plan: Plan, as_of: int) -> dict[str, float]:
    """Discounted cost of each path from the period ``as_of`` on."""
    problem = plan.problem
    tree = tree_of(problem)
    labels = [period.period for period in problem.periods]
    sums = plan.costs.groupby(["scenario", "period", "step"])["discounted"].sum()
    by_node = {key: float(cost) for key, cost in sums.items()}
    return {
        name: sum(
            by_node.get((node.scenario, labels[node.period], node.step), 0.0)
            for node in (tree.nodes[n] for n in tree.paths[name])
            if node.period >= as_of
        )
        for name in tree.scenarios
    }

"""What a plan says of how good it is: no plan can cost less than its bound, and its gap is what lies between."""

from __future__ import annotations

from friendshore.models.plan import Plan
from friendshore.optimizer.certify.ledger import Ledger

CANCELLING = 1e-5
"""Where the objective is a smaller share of what it is added up from its gap is relative to more than itself."""


def check_proof(plan: Plan, size: float, ledger: Ledger) -> None:
    """Bound and gap of the run against the objective, and against the bound that prices of rows prove.

    Parameters
    ----------
    plan
        What it reports.
    size
        The largest of the costs that its objective is added up from.
    ledger
        Gets the constraints.
    """
    run, objective = plan.run, plan.objective
    size = max(abs(objective), size)
    bound = objective if run.bound is None else run.bound
    ledger.note("the bound is no higher than the objective", bound - objective, size)
    if run.dual_bound is not None:
        ledger.note("the bound is no lower than what prices prove", run.dual_bound - bound, size)
    if run.gap is None:
        return
    if run.bound is None:
        ledger.note("a gap stands on a bound", run.gap * size, size)
        return
    lacking = max(0.0, objective - bound) - run.gap * abs(objective)
    ledger.note("the gap is no smaller than what bound and objective leave", lacking, size)
    if abs(objective) > CANCELLING * size:
        ledger.note("the gap is no larger than what bound and objective leave", -lacking, size)

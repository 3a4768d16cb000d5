"""The certificate of a plan: every constraint and the objective recomputed outside the solver.

It reads the rows of the sheets and the tables of the plan, and shares nothing with the model: groups, lanes, tree,
events, service, costs and policies are resolved here once more, by plain arithmetic. What it says about a plan
therefore does not depend on the model being right.
"""

from __future__ import annotations

from math import inf

from friendshore.models.plan import Certificate, Plan
from friendshore.optimizer.certify.balances import check_supply, check_use
from friendshore.optimizer.certify.bounds import check_bounds
from friendshore.optimizer.certify.capacity import check_capacity, check_min_use
from friendshore.optimizer.certify.case import read_case
from friendshore.optimizer.certify.clean_flows import check_clean
from friendshore.optimizer.certify.contracts import check_contracts
from friendshore.optimizer.certify.cost import path_costs, running_costs
from friendshore.optimizer.certify.cost_table import check_cost_table
from friendshore.optimizer.certify.exports import check_exports
from friendshore.optimizer.certify.investments import check_investments
from friendshore.optimizer.certify.ledger import Ledger
from friendshore.optimizer.certify.numbers import UnreadableError
from friendshore.optimizer.certify.policies import UncertifiedPolicyError, check_policies, needs, refuse_unknown
from friendshore.optimizer.certify.proof import check_proof
from friendshore.optimizer.certify.reported import (
    agreed_penalties,
    check_demand,
    check_nodes,
    check_paths,
    check_totals,
    objective_difference,
    totals,
)
from friendshore.optimizer.certify.routes import check_lanes, check_shared_lanes
from friendshore.optimizer.certify.scorecard import check_scorecard
from friendshore.optimizer.certify.stock import check_stock

__all__ = ["UncertifiedPolicyError", "certify"]

NODE_CHECKS = (
    check_bounds,
    check_supply,
    check_use,
    check_capacity,
    check_min_use,
    check_exports,
    check_lanes,
    check_shared_lanes,
    check_contracts,
    check_stock,
)


def certify(plan: Plan) -> Certificate:
    """Re-check a plan.

    The violation of a constraint is relative: what it lacks / max(1, its largest absolute term). The figures the plan
    reports of itself (nodes, demand, costs by path, node and kind) are checked as constraints too; the objective is
    held against the reported one as |recomputed − reported| / max(1, |recomputed|). The bound has to lie between what
    prices prove and the objective, and the gap has to be that of the two. A plan that names what does not
    exist, or holds a value that is no number, has an infinite violation, and ``worst`` says why.

    Of ``survive_any`` only those choices of members are checked whose branches the plan holds.

    Raises
    ------
    UncertifiedPolicyError
        Where a policy is of a kind that is not checked.
    """
    refuse_unknown(plan.problem.tables)
    ledger = Ledger()
    try:
        difference = _check(plan, ledger)
    except UnreadableError as reason:
        return Certificate(inf, inf, str(reason), ledger.constraints, (str(reason),))
    failures = tuple(ledger.failures)
    return Certificate(ledger.max_violation, difference, ledger.worst, ledger.constraints, failures)


def _check(plan: Plan, ledger: Ledger) -> float:
    """All constraints, then the objective: the relative difference of the latter."""
    case = read_case(plan)
    check_nodes(plan, case, ledger)
    for segment in case.segments.values():
        for check in NODE_CHECKS:
            check(case, segment, ledger)
    check_investments(case, ledger)
    check_clean(case, ledger)
    asked = needs(case)
    penalties = check_policies(case, asked, ledger)
    check_scorecard(plan, case, asked, ledger)
    running = running_costs(case)
    costs = path_costs(case, running)
    recomputed = totals(case, costs, agreed_penalties(plan, penalties))
    check_demand(plan, case, ledger)
    check_paths(plan, case, costs, ledger)
    check_cost_table(plan, case, running, costs, ledger)
    check_totals(plan, case, costs, recomputed, ledger)
    check_proof(plan, max(cost.size for cost in costs.values()), ledger)
    return objective_difference(plan, recomputed)

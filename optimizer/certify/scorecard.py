"""The scorecard that a plan tells, held against where its policies were found to stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite

from friendshore.models.plan import Plan, PolicyValue
from friendshore.models.tables import Policy
from friendshore.optimizer.certify.case import Case
from friendshore.optimizer.certify.clauses.requirement import Requirement
from friendshore.optimizer.certify.ledger import Ledger
from friendshore.optimizer.certify.numbers import UnreadableError
from friendshore.optimizer.certify.years import limits

THIN = 1e-6
"""A place at which less than this share of the policy's largest is taken, used or needed, or less than this much, may
be left over by rounding: the worst value may be told of it."""

TOLD = 1e-6
"""How far below 0, or above a whole, rounding may bring a value."""


def check_scorecard(plan: Plan, case: Case, needs: Mapping[str, Sequence[Requirement]], ledger: Ledger) -> None:
    """Limit, value and violation of each line: the limit is of the sheets, value and violation are the worst there are.

    Prices, counts of rows, places, and how long a stop is survived are not recomputed. A policy that the plan itself
    says it does not keep on some branches is looked at on the others only, so that just its limit is held.

    Parameters
    ----------
    plan
        What it reports; a plan without a scorecard has nothing to check.
    case
        The plan beside the network and the tree.
    needs
        What each policy asks of the plan, by its name.
    ledger
        Gets the constraints.

    Raises
    ------
    UnreadableError
        Where a line is missing or of another policy, or holds what is no finite number.
    """
    policies = case.tables.policies
    if not plan.policies:
        return
    if [line.policy for line in plan.policies] != [policy.policy for policy in policies]:
        raise UnreadableError("scorecard: its lines are not those of the policies")
    for line, policy in zip(plan.policies, policies, strict=True):
        if not all(isfinite(number) for number in (line.limit, line.value or 0.0, line.violation)):
            raise UnreadableError(f"scorecard: {line.policy} holds what is no finite number")
        _check_limit(line, policy, case, ledger)
        if not line.unsurvived:
            _check_value(line, policy, needs[policy.policy], ledger)
            _check_violation(line, needs[policy.policy], ledger)


def _check_limit(line: PolicyValue, policy: Policy, case: Case, ledger: Ledger) -> None:
    known = [policy.limit, *limits(case.tables, policy).tolist()]
    nearest = min(known, key=lambda limit: abs(limit - line.limit))
    ledger.note(f"reported limit of {line.policy}", abs(nearest - line.limit), abs(nearest))


def _check_value(line: PolicyValue, policy: Policy, needs: Sequence[Requirement], ledger: Ledger) -> None:
    """The value is that of a place, and none is worse; differences count as they move the row of that place."""
    name = f"reported value of {line.policy}"
    if policy.declared.of_data:  # nothing on a sheet is nothing, whatever rounding does
        needs = [need for need in needs if need.whole > 0]
    least = THIN * max([1.0, *(need.whole for need in needs)])
    solid = [need for need in needs if need.whole > least]
    if line.value is None:
        ledger.note(name, float(len(solid)))
        return
    beyond = line.limit - line.value if policy.declared.floor else line.value - line.limit
    worst = max((need.beyond for need in solid), default=None)
    thin = len(solid) < len(needs)
    if worst is None or (thin and beyond > worst):
        possible = -TOLD <= line.value <= policy.declared.unit.most + TOLD
        ledger.note(name, 0.0 if thin and possible else 1.0)
        return
    lacks = [abs(need.beyond - beyond) * need.whole / max(1.0, need.size) for need in solid]
    hidden = [(need.beyond - beyond) * need.whole / max(1.0, need.size) for need in solid]
    ledger.note(name, max(min(lacks), *hidden))


def _check_violation(line: PolicyValue, needs: Sequence[Requirement], ledger: Ledger) -> None:
    """What is lacked at most, in the unit of the rows; within the tolerance that a kind of its own allows."""
    least = max((need.lack for need in needs), default=0.0)
    most = max((need.most for need in needs), default=0.0)
    off = max(least - line.violation, line.violation - most, 0.0)
    ledger.note(f"reported violation of {line.policy}", off, max((need.size for need in needs), default=1.0))

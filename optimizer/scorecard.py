"""The resilience scorecard: each policy with its limit, where the plan stands, and the price of tightening it.

A row of a policy reads numerator ≤ (or ≥) limit · denominator. Where the plan stands is numerator ÷ denominator at its
tightest row; tightening the limit by one unit moves the right-hand side of each row by its denominator, so that it
costs Σ |dual| · denominator, with the integers held where they are.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.linking import LinkRow
from models.plan import PolicyValue
from models.rules import Clause
from models.tables import Policy
from optimizer.arrays import FloatArray
from optimizer.assemble import Assembled
from optimizer.extract import conditional_value_at_risk

_BINDING = 1e-6


@dataclass(frozen=True)
class _Standing:
    """One row of a policy: where it stands, by how much it is violated, and what its denominator is worth."""

    place: str
    value: float | None
    violation: float
    binding: bool
    price: float | None
    at_most: bool

    @property
    def towards_limit(self) -> float:
        """The greater, the closer to the limit or the further beyond it."""
        value = self.value or 0.0
        return value if self.at_most else -value


def scorecard(assembled: Assembled, x: FloatArray, duals: FloatArray | None) -> tuple[PolicyValue, ...]:
    """One line a policy, in the order of the policies."""
    measures = assembled.measure_values(x)
    standings: dict[str, list[_Standing]] = {}
    for i, row in enumerate(assembled.statement.linking.rows):
        if row.clause is not None:
            dual = None if duals is None else float(duals[assembled.first_link_row + i])
            standings.setdefault(row.clause.policy.policy, []).append(_standing(assembled, measures, row, dual))
    return tuple(_line(policy, standings.get(policy.policy, [])) for policy in assembled.statement.problem.policies)


def _standing(assembled: Assembled, measures: FloatArray, row: LinkRow, dual: float | None) -> _Standing:
    clause = row.clause
    assert clause is not None  # noqa: S101 - by the caller
    name = str(row.key[-1]) if isinstance(row.key, tuple) else ""
    if clause.tail:
        numerator, denominator, place = _tail(assembled, measures, clause), 1.0, clause.label
    else:
        numerator = _sum(assembled, measures, "numerator", clause, dict(clause.rows[name]))
        denominator = _sum(assembled, measures, "denominator", clause, dict(clause.denominator_weights(name)))
        place = name
    value = numerator / denominator if denominator > 1e-9 else None
    over = numerator - clause.policy.limit * denominator
    violation = max(0.0, over if clause.at_most else -over)
    binding = abs(over) <= _BINDING * max(1.0, abs(numerator)) and denominator > 1e-9
    price = None if dual is None else max(0.0, (-dual if clause.at_most else dual) * denominator)
    return _Standing(place, value, violation, binding, price, clause.at_most)


def _sum(assembled: Assembled, measures: FloatArray, part: str, clause: Clause, weights: dict[int, float]) -> float:
    place = assembled.measure_place[part, clause.label]
    return float(sum(weight * measures[n, place] for n, weight in weights.items()))


def _tail(assembled: Assembled, measures: FloatArray, clause: Clause) -> float:
    """CVaR_α over paths of shortage ÷ demand."""
    tree = assembled.statement.tree
    outcomes = []
    for scenario, weights in clause.rows.items():
        needed = _sum(assembled, measures, "denominator", clause, dict(weights))
        short = _sum(assembled, measures, "numerator", clause, dict(weights))
        outcomes.append((short / needed if needed > 0 else 0.0, tree.probability(scenario)))
    return conditional_value_at_risk(outcomes, assembled.statement.problem.settings.cvar_alpha)


def _line(policy: Policy, standings: list[_Standing]) -> PolicyValue:
    known = [standing for standing in standings if standing.value is not None]
    prices = [standing.price for standing in standings if standing.price is not None]
    worst = max(known, key=lambda standing: standing.towards_limit, default=None)
    return PolicyValue(
        policy=policy.policy, kind=policy.kind, limit=policy.limit,
        value=None if worst is None else worst.value,
        shadow_price=sum(prices) if prices else None,
        place="" if worst is None else worst.place,
        rows=len(standings), binding=sum(standing.binding for standing in standings),
        violation=max((standing.violation for standing in standings), default=0.0),
    )  # fmt: skip

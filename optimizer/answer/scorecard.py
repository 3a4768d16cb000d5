"""The resilience scorecard: each policy with its limit, where the plan stands, and the price of tightening it.

A row of a policy reads numerator ≤ (or ≥) limit · denominator. Where the plan stands is numerator ÷ denominator at its
tightest row; tightening the limit by one unit moves the right-hand side of each row by its denominator, so that it
costs Σ |dual| · denominator, with the integers held where they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from friendshore.models.formulation.linking import LinkRow
from friendshore.models.plan import Binding, PolicyValue
from friendshore.models.rules import Clause
from friendshore.models.tables import Policy
from friendshore.optimizer.answer.extract import conditional_value_at_risk
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.program.cones import CONE_TOLERANCE, cone_point
from friendshore.optimizer.program.linear_program import FloatArray

_BINDING = 1e-6
_TINY = 1e-9
_NOISE = 1e-8


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
    expressions = assembled.expression_values(x)
    standings: dict[str, list[_Standing]] = {}
    prices = _cone_prices(assembled, expressions, duals)
    seen: set[tuple[str, str]] = set()
    for i, row in enumerate(assembled.model_data.linking.rows):
        clause = row.clause
        if clause is None:
            continue
        lines = standings.setdefault(clause.policy.policy, [])
        if not clause.cone:
            dual = None if duals is None else float(duals[assembled.first_link_row + i])
            lines.append(_standing(assembled, expressions, row, dual))
        elif (clause.label, row.key[2]) not in seen:
            seen.add((clause.label, row.key[2]))
            lines.append(
                _cone_standing(assembled, expressions, clause, row.key[2], prices.get((clause.label, row.key[2])))
            )
    return tuple(_line(policy, standings.get(policy.policy, [])) for policy in assembled.model_data.problem.policies)


def _standing(assembled: Assembled, expressions: FloatArray, row: LinkRow, dual: float | None) -> _Standing:
    clause = row.clause
    assert clause is not None  # noqa: S101 - by the caller
    name = str(row.key[-1])
    if clause.tail:
        numerator, denominator, place = _tail(assembled, expressions, clause), 1.0, clause.label
    else:
        numerator = _sum(assembled, expressions, "numerator", clause, dict(clause.rows[name]))
        denominator = _sum(assembled, expressions, "denominator", clause, dict(clause.denominator_weights(name)))
        place = name
    value = numerator / denominator if denominator > _TINY else None
    over = numerator - clause.policy.limit * denominator
    violation = _beyond_noise(over if clause.at_most else -over, numerator)
    binding = abs(over) <= _BINDING * max(1.0, abs(numerator)) and denominator > _TINY
    price = None if dual is None else max(0.0, (-dual if clause.at_most else dual) * denominator)
    return _Standing(place, value, violation, binding, price, clause.at_most)


def _cone_standing(
    assembled: Assembled, expressions: FloatArray, clause: Clause, name: str, price: float | None
) -> _Standing:
    """Where a cone stands: Σ X² ÷ T²; its violation is s in ‖X‖ − s = √limit · T."""
    supplied, taken = cone_point(assembled, expressions, clause, name)
    norm, root = float(np.linalg.norm(supplied)), sqrt(clause.policy.limit)
    value = (norm / taken) ** 2 if taken > _TINY else None
    over = norm - root * taken
    binding = abs(over) <= 1e-4 * max(1.0, norm) and taken > _TINY
    met = value is None or value <= clause.policy.limit + CONE_TOLERANCE  # as far as the planes are added
    return _Standing(name, value, 0.0 if met else _beyond_noise(over, norm), binding, price, at_most=True)


def _beyond_noise(over: float, size: float) -> float:
    """By how much a row is violated; 0 for what the solver's tolerance leaves."""
    return over if over > _NOISE * max(1.0, abs(size)) else 0.0


def _cone_prices(
    assembled: Assembled, expressions: FloatArray, duals: FloatArray | None
) -> dict[tuple[str, str], float]:
    """Price of tightening each cone: Σ over its planes of −dual · T · d√limit/dlimit."""
    prices: dict[tuple[str, str], float] = {}
    if duals is None:
        return prices
    for i, row in enumerate(assembled.model_data.linking.rows):
        clause = row.clause
        if clause is None or not clause.cone or clause.policy.limit == 0:
            continue
        _, taken = cone_point(assembled, expressions, clause, row.key[2])
        slope = taken / (2.0 * sqrt(clause.policy.limit))
        key = (clause.label, row.key[2])
        prices[key] = prices.get(key, 0.0) + max(0.0, -float(duals[assembled.first_link_row + i]) * slope)
    return prices


def _sum(assembled: Assembled, expressions: FloatArray, part: str, clause: Clause, weights: dict[int, float]) -> float:
    place = assembled.expression_place[part, clause.label]
    return float(sum(weight * expressions[n, place] for n, weight in weights.items()))


def _tail(assembled: Assembled, expressions: FloatArray, clause: Clause) -> float:
    """CVaR_α over paths of shortage ÷ demand."""
    tree = assembled.model_data.tree
    outcomes = []
    for scenario, weights in clause.rows.items():
        needed = _sum(assembled, expressions, "denominator", clause, dict(weights))
        short = _sum(assembled, expressions, "numerator", clause, dict(weights))
        outcomes.append((short / needed if needed > 0 else 0.0, tree.probability(scenario)))
    return conditional_value_at_risk(outcomes, assembled.model_data.problem.settings.cvar_alpha)


def _line(policy: Policy, standings: list[_Standing]) -> PolicyValue:
    known = [standing for standing in standings if standing.value is not None]
    prices = [standing.price for standing in standings if standing.price is not None]
    worst = max(known, key=lambda standing: standing.towards_limit, default=None)
    return PolicyValue(
        policy=policy.policy,
        kind=policy.kind,
        limit=policy.limit,
        value=None if worst is None else worst.value,
        shadow_price=sum(prices) if prices else None,
        place="" if worst is None else worst.place,
        rows=len(standings),
        binding=sum(standing.binding for standing in standings),
        violation=max((standing.violation for standing in standings), default=0.0),
        binds=_binds(standings),
    )


def _binds(standings: list[_Standing]) -> tuple[Binding, ...]:
    """The rows that hold with equality, the dearest first."""
    tight = [standing for standing in standings if standing.binding]
    tight.sort(key=lambda standing: (-(standing.price or 0.0), standing.place))
    return tuple(Binding(standing.place, standing.value, standing.price) for standing in tight)

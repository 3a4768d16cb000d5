"""Tiers of the coalition's demand, in the order in which their shortage hurts."""

from __future__ import annotations

from friendshore.models.problem import Problem


def tiers_by_damage(problem: Problem) -> tuple[str, ...]:
    """Tiers of the coalition's demand, the one whose shortage hurts most first, of equals the first by name.

    What counts is the mean damage of a unit short: of the rows of Demand by what they need over the horizon, all alike
    where a tier needs nothing.
    """
    rows: dict[str, list[tuple[float, float]]] = {}
    for row in problem.demand:
        if row.country in problem.coalition:
            needed = sum(problem.demand_per_year(row, i) * period.years for i, period in enumerate(problem.periods))
            rows.setdefault(row.tier, []).append((needed, row.shortage_cost))
    damage = {tier: _mean(pairs) for tier, pairs in rows.items()}
    return tuple(sorted(damage, key=lambda tier: (-damage[tier], tier)))


def _mean(pairs: list[tuple[float, float]]) -> float:
    """Mean of the second numbers, weighted by the first."""
    weight = sum(first for first, _ in pairs)
    if weight <= 0:
        return sum(second for _, second in pairs) / len(pairs)
    return sum(first * second for first, second in pairs) / weight

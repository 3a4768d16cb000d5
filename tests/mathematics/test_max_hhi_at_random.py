"""max_hhi on random markets, held against the convex programme solved by another method."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from friendshore.models.examine import problem_from_sheets
from friendshore.optimizer.solve import solve_problem
from tests.examples import examples

NEED = 100.0
DAMAGE = 50.0


def market(costs: list[float], capacities: list[float], limit: float) -> dict[str, list[dict[str, Any]]]:
    """Home needs 100; supplier i makes up to its capacity at its cost; deliveries' HHI at most the limit."""
    names = [f"S{i}" for i in range(len(costs))]
    return {
        "Settings": [{"setting": "discount_rate", "value": 0}],
        "Periods": [{"period": "y"}],
        "Countries": [{"country": "Home", "bloc": "ally"}, *({"country": name, "bloc": "x"} for name in names)],
        "Commodities": [{"commodity": "good", "unit": "t"}],
        "Plants": [
            {"plant": f"p{name}", "country": name, "commodity": "good", "capacity": capacity, "unit_cost": cost}
            for name, cost, capacity in zip(names, costs, capacities, strict=True)
        ],
        "Demand": [{"country": "Home", "commodity": "good", "shortage_cost": DAMAGE, "per_year": NEED}],
        "Lanes": [{"from": "*", "to": "Home"}],
        "Policies": [{"policy": "hhi", "kind": "max_hhi", "limit": limit}],
    }


def spread(costs: np.ndarray, capacities: np.ndarray, total: float, weight: float) -> np.ndarray:
    """x of least Σ c·x + weight·Σ x² with Σ x = total: x = clip((μ − c) / (2·weight), 0, capacity), μ by bisection."""

    def at(multiplier: float) -> np.ndarray:
        return np.clip((multiplier - costs) / (2 * weight), 0, capacities)

    low, high = float(costs.min()) - 1, float(costs.max()) + 2 * weight * float(capacities.max()) + 1
    for _ in range(45):
        middle = (low + high) / 2
        low, high = (middle, high) if at(middle).sum() < total else (low, middle)
    return at(high)


def cheapest(costs: np.ndarray, capacities: np.ndarray, limit: float, total: float) -> float:
    """Least cost of ``total`` within the cone, inf where it cannot be: the least weight on Σ x² that is enough."""

    def fits(weight: float) -> bool:
        return bool((spread(costs, capacities, total, weight) ** 2).sum() <= limit * total**2 * (1 + 1e-9))

    low, high = -9.0, 6.0  # exponents of ten
    if not fits(10**high):
        return np.inf
    for _ in range(26):
        middle = (low + high) / 2
        low, high = (low, middle) if fits(10**middle) else (middle, high)
    return float(costs @ spread(costs, capacities, total, 10**high))


def by_another_method(costs: list[float], capacities: list[float], limit: float) -> float:
    """The least of damage and cost over the total delivered, which is convex: by golden section, no LP in it."""
    price, most = np.array(costs), np.array(capacities)
    top = min(NEED, float(most.sum()))

    def total_cost(total: float) -> float:
        return cheapest(price, most, limit, total) + DAMAGE * (NEED - total)

    best = NEED * DAMAGE
    low, high = 0.0, top
    for _ in range(26):
        left, right = low + 0.382 * (high - low), low + 0.618 * (high - low)
        at_left, at_right = total_cost(left), total_cost(right)
        best = min(best, at_left, at_right)
        low, high = (low, right) if at_left < at_right or np.isinf(at_right) else (left, high)
    return min(best, total_cost(top))


@settings(max_examples=examples(12), deadline=None)
@given(
    costs=st.lists(st.integers(1, 30), min_size=3, max_size=5).map(lambda values: [float(v) for v in values]),
    data=st.data(),
    limit=st.sampled_from([0.22, 0.28, 0.35, 0.5, 0.7]),
)
def test_the_optimum_of_the_cone(costs: list[float], data: st.DataObject, limit: float) -> None:
    """Tangent planes come to the optimum of the cone itself, to what its tolerance of 1e-5 is worth, never above it."""
    capacities = [float(data.draw(st.integers(10, 100))) for _ in costs]
    outcome = solve_problem(problem_from_sheets(market(costs, capacities, limit)), gap=1e-9)
    assert outcome.plan is not None
    assert outcome.plan.certificate is not None
    assert outcome.plan.certificate.holds(1e-6)
    exact = by_another_method(costs, capacities, limit)
    assert outcome.plan.objective <= exact * (1 + 1e-6) + 1e-3
    assert outcome.plan.objective == pytest.approx(exact, rel=2e-3)


@settings(max_examples=examples(8), deadline=None)
@given(
    costs=st.lists(st.integers(1, 30), min_size=3, max_size=4).map(lambda values: [float(v) for v in values]),
    data=st.data(),
    limit=st.sampled_from([0.35, 0.5, 0.7]),
    where=st.sampled_from([None, "normal", "each", "base", "dear"]),
    probability=st.sampled_from([0.25, 0.5]),
)
def test_the_optimum_of_the_cones_of_all_paths(
    costs: list[float], data: st.DataObject, limit: float, where: str | None, probability: float
) -> None:
    """A second year, and a path on which the first supplier is four times as dear then, which leaves times normal: the
    cone holds on that path as well unless it is to hold on the base path alone, and on the base path unless it is to
    hold on that path alone. Nothing ties the nodes to each other: the optimum is the weighed sum of theirs."""
    capacities = [float(data.draw(st.integers(10, 100))) for _ in costs]
    sheets = market(costs, capacities, limit)
    sheets["Periods"].append({"period": "z"})
    sheets["Scenarios"] = [{"scenario": "dear", "probability": probability, "onset": "z", "step_months": 12}]
    sheets["Events"] = [{"scenario": "dear", "kind": "cost", "plant": "pS0", "years": 1, "remaining": 4}]
    sheets["Policies"][0]["scenario"] = where
    outcome = solve_problem(problem_from_sheets(sheets), gap=1e-9)
    assert outcome.plan is not None and outcome.plan.certificate is not None
    assert outcome.plan.certificate.holds(1e-6)
    on_base = by_another_method(costs, capacities, 1.0 if where == "dear" else limit)
    on_branch = by_another_method([4 * costs[0], *costs[1:]], capacities, 1.0 if where == "base" else limit)
    exact = (2 - probability) * on_base + probability * on_branch
    assert outcome.plan.objective <= exact * (1 + 1e-6) + 1e-3
    assert outcome.plan.objective == pytest.approx(exact, rel=2e-3)


@settings(max_examples=examples(15), deadline=None)
@given(limit=st.floats(0.2, 0.9), data=st.data())
def test_no_plan_leaves_the_cone(limit: float, data: st.DataObject) -> None:
    """Σ X² ≤ (limit + 1e-5) · T² for what is delivered."""
    costs = [float(data.draw(st.integers(1, 30))) for _ in range(4)]
    outcome = solve_problem(problem_from_sheets(market(costs, [60.0, 50.0, 40.0, 30.0], limit)), gap=1e-9)
    assert outcome.plan is not None
    delivered = outcome.plan.sourcing["quantity"].to_numpy(dtype=float)
    assert (delivered**2).sum() <= (limit + 1e-5) * delivered.sum() ** 2 + 1e-9

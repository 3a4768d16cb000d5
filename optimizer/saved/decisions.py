"""What a plan has decided before a disruption strikes: units, protections, closings, and the base path's stocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from friendshore.models.plan import Plan
from friendshore.models.tree.branch import BASE
from friendshore.optimizer.reporting.frames import bought_protections, protected_since


@dataclass(frozen=True)
class PlanDecisions:
    """What stands on every path until a disruption begins.

    ``units`` decided on the base path by (expansion, period), ``protections`` bought, ``levels`` of the base path's
    stocks at the end of each period by (stockpile, period), in the unit of the commodity; ``expected_cost`` of the
    plan, discounted, None where it is not known; ``since`` the period in which a protection is bought, where that is
    not the start; ``closings`` the period from whose start on a plant is closed.
    """

    units: Mapping[tuple[str, str], float]
    protections: frozenset[str]
    levels: Mapping[tuple[str, str], float]
    expected_cost: float | None = None
    since: Mapping[str, str] = field(default_factory=dict)
    closings: Mapping[str, str] = field(default_factory=dict)


def decisions_of(plan: Plan) -> PlanDecisions:
    """The decisions of a plan in memory."""
    built = plan.investments[plan.investments["scenario"] == BASE]
    held = plan.stocks[plan.stocks["scenario"] == BASE]
    units: dict[tuple[str, str], float] = {}
    for name, period, count in zip(built["expansion"], built["period"], built["units"], strict=True):
        units[str(name), str(period)] = units.get((str(name), str(period)), 0.0) + float(count)
    return PlanDecisions(
        units,
        frozenset(bought_protections(plan)),
        {
            (str(name), str(period)): float(level)
            for name, period, level in zip(held["stockpile"], held["period"], held["level"], strict=True)
        },
        plan.expected_cost,
        {name: plan.problem.periods[t].period for name, t in protected_since(plan).items() if t > 0},
        closings_of(plan),
    )


def closings_of(plan: Plan) -> dict[str, str]:
    """By plant that is closed, the label of the period from whose start on it is."""
    if plan.closings.empty:
        return {}
    return {
        str(name): str(period) for name, period in zip(plan.closings["plant"], plan.closings["period"], strict=True)
    }

"""Plants that the plan closes: a table on Plan Investments, where plants may close."""

from __future__ import annotations

import numpy as np
import pandas as pd

from friendshore.models.plan import Plan
from friendshore.models.tree.discounting import at_once, running
from friendshore.optimizer.reporting.content import Block, Field
from friendshore.optimizer.reporting.frames import tidy
from friendshore.optimizer.reporting.service import closed_from
from friendshore.optimizer.wording.counts import counted

FIELDS = (
    Field("plant", "Plant closed"),
    Field("country", "Where"),
    Field("period", "From"),
    Field("cost", "Cost of closing it", "number", "currency"),
    Field("saved", "Fixed cost saved", "number", "currency"),
    Field("net", "Saved less cost, discounted", "number", "currency"),
)


def closed_plants(plan: Plan) -> pd.DataFrame:
    """plant, country, period, cost, saved, net: in order of time; fixed cost to the end of the plan's horizon."""
    in_order = sorted((period, plant) for plant, period in closed_from(plan).items())
    rows = [_row(plan, plant, period) for period, plant in in_order]
    return tidy(plan, pd.DataFrame(rows, columns=[field.key for field in FIELDS]), FIELDS)


def _row(plan: Plan, plant: str, closed: int) -> dict[str, object]:
    problem, rate = plan.problem, plan.problem.settings.discount_rate
    cost = problem.at(closed).plants[plant].closing_cost
    start = np.array(problem.period_starts, dtype=np.float64)
    years = np.array([period.years for period in problem.periods], dtype=np.float64)
    fixed = np.array(
        [
            problem.at(t).plants[plant].fixed_cost * (t >= closed and problem.existing_capacity(plant, t) > 0)
            for t in range(len(years))
        ]
    )
    return {
        "plant": plant,
        "country": problem.plants[plant].country,
        "period": problem.periods[closed].period,
        "cost": cost,
        "saved": float((fixed * years).sum()),
        "net": float((fixed * years * running(rate, start, years)).sum() - cost * at_once(rate, start[closed])),
    }


def sentence(plan: Plan) -> str:
    """How many of the plants that may close are closed; blank where none may."""
    may = sum(row.may_close for row in plan.problem.plants.values())
    if not may:
        return ""
    closed = len(closed_from(plan))
    return f" {closed or 'None'} of {counted(may, 'plant')} that may close {'is' if closed <= 1 else 'are'} closed."


def blocks(plan: Plan) -> tuple[Block, ...]:
    """The table, where any plant is closed."""
    frame = closed_plants(plan) if closed_from(plan) else pd.DataFrame()
    return () if frame.empty else (Block("Plants_closed", "Plants closed for good", frame, FIELDS),)

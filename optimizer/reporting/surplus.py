"""What is made and not wanted: a table on Plan Production, where commodities have a value as surplus."""

from __future__ import annotations

import pandas as pd

from friendshore.models.plan import Plan
from friendshore.optimizer.reporting.content import Block, Field
from friendshore.optimizer.reporting.frames import BASE, NODE, in_order, over_steps, periods, tidy, unit_of

FIELDS = (
    Field("period", "Period"),
    Field("country", "Country"),
    Field("commodity", "Commodity"),
    Field("unit", "Unit"),
    Field("quantity", "Surplus", "number", "unit"),
    Field("worth", "Brings, before discounting", "number", "currency"),
)


def surplus(plan: Plan) -> pd.DataFrame:
    """period, country, commodity, unit, quantity, worth: what leaves as surplus on the base plan, steps added up.

    What has to be got rid of brings less than nothing.
    """
    position = {label: i for i, label in enumerate(periods(plan))}
    keys = ["country", "commodity"]
    rows = over_steps(plan.surplus[[*NODE, *keys, "quantity"]], keys)
    rows = rows[rows["scenario"] == BASE]
    value = [plan.problem.surplus_value(c, position[p]) for c, p in zip(rows["commodity"], rows["period"], strict=True)]
    rows = rows.assign(worth=rows["quantity"] * value, unit=[unit_of(plan, good) for good in rows["commodity"]])
    return tidy(plan, in_order(plan, rows, last=keys), FIELDS)


def blocks(plan: Plan) -> tuple[Block, ...]:
    """The table, where anything leaves as surplus on the base plan."""
    frame = surplus(plan) if len(plan.surplus) else pd.DataFrame()
    if frame.empty:
        return ()
    return (Block("Surplus", "Made and not wanted, base plan", frame, FIELDS),)

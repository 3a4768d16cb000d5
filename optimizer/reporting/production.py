"""Plan Production: what each plant runs, makes, and how much of its capacity that takes."""

from __future__ import annotations

import pandas as pd

from models.plan import Plan
from optimizer.reporting.content import Block, Content, Field, Figure, Sheet
from optimizer.reporting.frames import BASE, NODE, counted, in_order, most_rows, over_steps, percent, tidy, unit_of
from optimizer.reporting.service import capacity

FIELDS = (
    Field("scenario", "Scenario"),
    Field("period", "Period"),
    Field("plant", "Plant"),
    Field("country", "Country"),
    Field("product", "Main product"),
    Field("unit", "Unit"),
    Field("made", "Made", "number", "unit"),
    Field("activity", "Activity", "number", "runs"),
    Field("capacity", "Nominal capacity", "number", "runs"),
    Field("utilisation", "Use of capacity", "share", "%"),
)
CHART_FIELDS = (
    Field("plant", "Plant"),
    Field("activity", "Activity", "number", "runs"),
    Field("capacity", "Nominal capacity", "number", "runs"),
    Field("utilisation", "Use of capacity", "share", "%"),
)
MOST_BARS = 20
FULL = 0.995


def main_product(plan: Plan, plant: str) -> str:
    """What a plant makes most of, by worth at reference prices, else by amount."""
    prices = plan.problem.commodities
    flows = plan.problem.outputs[plant]
    return max(sorted(flows), key=lambda c: (flows[c] * prices[c].price, flows[c])) if flows else ""


def use_of_plants(plan: Plan) -> pd.DataFrame:
    """One row for each plant with capacity or activity in each period of each scenario, steps added up."""
    problem = plan.problem
    rows = capacity(plan).merge(plan.production[[*NODE, "plant", "activity"]], on=[*NODE, "plant"], how="left")
    rows = over_steps(rows.assign(activity=rows["activity"].astype(float).fillna(0.0)), ["plant"])
    rows = rows[(rows["capacity"] > 0) | (rows["activity"] > 0)]
    rows["utilisation"] = rows["activity"] / rows["capacity"].where(rows["capacity"] > 0)
    products = {plant: main_product(plan, plant) for plant in problem.plants}
    amounts = {plant: problem.outputs[plant].get(products[plant], 0.0) for plant in problem.plants}
    rows = rows.assign(
        country=rows["plant"].map({name: row.country for name, row in problem.plants.items()}),
        product=rows["plant"].map(products),
        made=rows["activity"] * rows["plant"].map(amounts).astype(float),
    )
    rows["unit"] = [unit_of(plan, product) for product in rows["product"]]
    return tidy(plan, in_order(plan, rows, last=["country", "plant"]), FIELDS)


def over_the_plan(plan: Plan, frame: pd.DataFrame) -> pd.DataFrame:
    """plant, activity, capacity, utilisation over all periods of the base plan, the busiest first."""
    base = frame[frame["scenario"] == BASE]
    sums = base.groupby("plant", as_index=False, sort=False)[["activity", "capacity"]].sum()
    sums["utilisation"] = sums["activity"] / sums["capacity"].where(sums["capacity"] > 0)
    return tidy(plan, sums.sort_values("utilisation", ascending=False, kind="stable", ignore_index=True), CHART_FIELDS)


def content(plan: Plan) -> Content:
    """What the sheet says."""
    whole = use_of_plants(plan)
    frame, cut = most_rows(whole)
    busy = over_the_plan(plan, whole)
    full = int((busy["utilisation"] >= FULL).sum())
    said = "Nothing is produced"
    if len(busy):
        some = f"{full} of {counted(len(busy), 'plant')} run" if full else "No plant runs"
        said = f"{some} at full capacity on the base plan"
    figures: list[Figure] = []
    if len(busy):
        shown = busy.head(MOST_BARS)
        shown.attrs = busy.attrs
        block = Block("Use_of_capacity", "Base plan, all periods together", shown, CHART_FIELDS)
        figures.append(Figure(said, "bar", block, "plant", ("utilisation",), "Use of capacity", "share"))
    notes = (
        "A run is one unit of a plant's activity; activity and capacity are those of the whole period. Nominal "
        "capacity is what stands and is built, before any disruption: a struck plant shows low use.",
        *((f"Drawn are the {MOST_BARS} busiest plants.",) if len(busy) > MOST_BARS else ()),
        *cut,
    )
    total = f" All plants together use {percent(_overall(busy))} of their capacity." if len(busy) else ""
    return Content(f"{said}.{total}", notes, (Block("Production", "", frame, FIELDS),), tuple(figures))


def _overall(busy: pd.DataFrame) -> float:
    capacity_sum = float(busy["capacity"].sum())
    return float(busy["activity"].sum()) / capacity_sum if capacity_sum else 0.0


SHEET = Sheet("Plan Production", content)

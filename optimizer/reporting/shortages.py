"""Plan Shortages: what goes short, where, in which scenario and step."""

from __future__ import annotations

import numpy as np
import pandas as pd

from friendshore.models.plan import Plan
from friendshore.optimizer.reporting.content import Block, Content, Field, Figure, Sheet
from friendshore.optimizer.reporting.frames import (
    NOTHING,
    in_order,
    most_rows,
    scenarios,
    tidy,
    unit_of,
    within_the_plan,
)
from friendshore.optimizer.reporting.named import names_of
from friendshore.optimizer.wording.counts import counted
from friendshore.optimizer.wording.shares import percent

FIELDS = (
    Field("scenario", "Scenario"),
    Field("period", "Period"),
    Field("step", "Step", "number"),
    Field("country", "Country"),
    Field("tier", "Tier"),
    Field("commodity", "Commodity"),
    Field("unit", "Unit"),
    Field("demand", "Demand", "number", "unit"),
    Field("shortage", "Shortage", "number", "unit"),
    Field("share", "Share of demand", "share", "%"),
    Field("damage", "Damage, not discounted", "number", "currency"),
)
SUM_FIELDS = (
    Field("scenario", "Scenario"),
    Field("tier", "Tier"),
    Field("commodity", "Commodity"),
    Field("unit", "Unit"),
    Field("demand", "Demand", "number", "unit"),
    Field("shortage", "Shortage", "number", "unit"),
    Field("share", "Share of demand", "share", "%"),
)
MOST_BARS = 12
MOST_COMMODITIES = 6


def needs(plan: Plan) -> pd.DataFrame:
    """Every need at every node, met or not, with its shortage, share and damage."""
    rows = plan.shortages
    short, demand = rows["shortage"].astype(float), rows["demand"].astype(float)
    rows = rows.assign(shortage=short.where(short > NOTHING * demand.clip(lower=1.0), 0.0), demand=demand)
    rates = np.array([need.shortage_cost for need in plan.problem.demand], dtype=float)
    units = {commodity: unit_of(plan, commodity) for commodity in rows["commodity"].unique()}
    damage = rows["shortage"] * rates[rows["row"].to_numpy(int)]
    return rows.assign(damage=damage, unit=rows["commodity"].map(units), share=_share(rows))


def _share(rows: pd.DataFrame) -> pd.Series:
    demand = rows["demand"].astype(float)
    return rows["shortage"].astype(float) / demand.where(demand > 0)


def short(plan: Plan) -> pd.DataFrame:
    """Only what goes short, by scenario, period, step, country, tier and commodity."""
    rows = needs(plan)
    rows = in_order(plan, rows[rows["shortage"] > 0], last=["country", "tier", "commodity"])
    return tidy(plan, rows, FIELDS)


def by_scenario(plan: Plan) -> pd.DataFrame:
    """scenario, tier, commodity: demand, shortage and share over the scenario's own nodes, where something is short."""
    keys = ["scenario", "tier", "commodity", "unit"]
    planned = within_the_plan(plan, needs(plan))
    sums = planned.groupby(keys, as_index=False, sort=False)[["demand", "shortage"]].sum()
    sums = sums[sums["shortage"] > 0]
    return tidy(plan, in_order(plan, sums.assign(share=_share(sums)), last=["tier", "commodity"]), SUM_FIELDS)


def shares(plan: Plan) -> pd.DataFrame:
    """scenario, and a column for each commodity that is ever short: share of demand not met, worst scenario first."""
    sums = (
        within_the_plan(plan, needs(plan))
        .groupby(["scenario", "commodity"], as_index=False, sort=False)[["demand", "shortage", "damage"]]
        .sum()
    )
    hurt = sums.groupby("commodity")["damage"].sum()
    ever = sums.groupby("commodity")["shortage"].sum()
    columns = sorted((c for c in ever.index if ever[c] > 0), key=lambda c: (-float(hurt[c]), str(c)))[:MOST_COMMODITIES]
    wide = sums.assign(share=_share(sums)).pivot_table(
        index="scenario", columns="commodity", values="share", fill_value=0.0
    )
    wide = wide.reindex(index=scenarios(plan), columns=columns, fill_value=0.0)
    worst = wide.max(axis=1).sort_values(ascending=False, kind="stable") if columns else wide.max(axis=1)
    return wide.reindex(worst.index).reset_index(names="scenario")


def share_figure(plan: Plan, name: str = "Shortage_by_scenario", most: int = MOST_BARS) -> Figure | None:
    """The chart of shortage by scenario; None where nothing is ever short.

    Parameters
    ----------
    plan
        The plan.
    name
        Name of the table.
    most
        How many at most.

    Returns
    -------
    Figure | None
        The chart, or None.
    """
    wide = shares(plan)
    commodities = [str(column) for column in wide.columns[1:]]
    if not commodities:
        return None
    wide = wide[wide[commodities].max(axis=1) > 0].head(most).reset_index(drop=True)
    names = names_of(plan.problem)
    wide["scenario"] = wide["scenario"].map(names.path)
    wide.columns = pd.Index(["scenario", *(f"c{i}" for i, _ in enumerate(commodities))])
    goods = [names.of("Commodities", commodity) for commodity in commodities]
    fields = (Field("scenario", "Scenario"), *(Field(f"c{i}", good, "share") for i, good in enumerate(goods)))
    block = Block(name, "Share of demand not met, by scenario, %", wide, fields)
    series = tuple(field.key for field in fields[1:])
    return Figure(worst_words(plan), "bar", block, "scenario", series, "Share of demand not met", "share")


def worst_words(plan: Plan) -> str:
    """The worst shortage of any scenario in a sentence."""
    wide = shares(plan)
    count = counted(len(wide), "path")
    values = wide.drop(columns="scenario")
    if values.empty or float(values.to_numpy().max(initial=0.0)) <= 0:
        return f"No demand goes unmet on any of the {count}" if len(wide) > 1 else "No demand goes unmet"
    first = values.to_numpy(float)[0]
    names = names_of(plan.problem)
    commodity = names.of("Commodities", str(values.columns[int(first.argmax())]))
    share = percent(float(first.max()))
    if len(wide) == 1:
        return f"{share} of the demand for {commodity} goes unmet"
    return f"Worst of {count}: {names.path(str(wide['scenario'].iloc[0]))} leaves {share} of {commodity} unmet"


def content(plan: Plan) -> Content:
    """What the sheet says."""
    frame, cut = most_rows(short(plan))
    figure = share_figure(plan)
    right: list[Figure | Block] = [figure] if figure else []
    sums, _ = most_rows(by_scenario(plan))
    right.append(Block("Shortage_sums", "Over each scenario's own years", sums, SUM_FIELDS))
    notes = (
        "Only needs that go short are listed. The rows of a scenario begin where it leaves the base plan; stress tests "
        "of policies are scenarios of their own, without probability.",
        *cut,
    )
    return Content(f"{worst_words(plan)}.", notes, (Block("Shortages", "", frame, FIELDS),), tuple(right))


SHEET = Sheet("Plan Shortages", content)

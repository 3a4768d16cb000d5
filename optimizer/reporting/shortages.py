"""Plan Shortages: what goes short, where, in which scenario and step."""

from __future__ import annotations

import pandas as pd

from friendshore.models.plan import Plan
from friendshore.optimizer.reporting import shortfalls
from friendshore.optimizer.reporting.content import Block, Content, Field, Figure, Sheet
from friendshore.optimizer.reporting.frames import in_order, most_rows, tidy, within_the_plan
from friendshore.optimizer.reporting.matrix import by_year
from friendshore.optimizer.reporting.named import names_of
from friendshore.optimizer.reporting.needs import needs, share_of_demand

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
    return tidy(plan, in_order(plan, sums.assign(share=share_of_demand(sums)), last=["tier", "commodity"]), SUM_FIELDS)


def content(plan: Plan) -> Content:
    """What the sheet says."""
    frame, cut = most_rows(short(plan))
    rows = shortfalls.shortfalls(plan)
    figure = shortfalls.figure(plan, rows)
    right: list[Figure | Block] = [figure] if figure else []
    worst, _ = most_rows(rows)
    right.append(Block(shortfalls.NAME, "Who is short of what, worst step first", worst, shortfalls.FIELDS))
    sums, _ = most_rows(by_scenario(plan))
    right.append(Block("Shortage_sums", "Over each scenario's own years", sums, SUM_FIELDS))
    notes = (
        "Only needs that go short are listed. The rows of a scenario begin where it leaves the base plan; stress tests "
        "of policies are scenarios of their own, without probability.",
        shortfalls.NOTE,
        *cut,
    )
    table = Block("Shortages", "", frame, FIELDS)
    said = f"{shortfalls.worst_words(plan, rows)}."
    return Content(said, notes, (table,), tuple(right), opening=_opening(plan))


def _opening(plan: Plan) -> Block | None:
    """Country by year: the largest share of a need that is not met in any step of any path."""
    names, rows = names_of(plan.problem), needs(plan)
    hit = rows.groupby("country")["shortage"].transform("sum") > 0
    worst = rows[hit].assign(called=[names.of("Countries", str(country)) for country in rows.loc[hit, "country"]])
    worst = worst.sort_values("share", ascending=False, kind="stable")
    title = "Largest share of a need that is not met, on the worst of all paths, by country and year, %"
    keys = (Field("called", "Who goes short"),)
    return by_year(plan, "Shortages_by_year", title, worst, keys, "share", how="max", kind="share")


SHEET = Sheet("Plan Shortages", content)

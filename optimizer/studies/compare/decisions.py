"""What was decided: capacity, protections and closings, stock, and where supply comes from, on the base plan."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from friendshore.models.tree.branch import BASE
from friendshore.optimizer.saved.saved_plan import SavedPlan
from friendshore.optimizer.studies.compare.scope import Scope
from friendshore.optimizer.studies.compare.sections import Section, section


def investments(plans: Sequence[SavedPlan], scope: Scope) -> Section:
    """Units decided, by expansion, path and period; none where a plan decides none."""
    keys = {"expansion": "What", "country": "Where", "scenario": "Decided on", "period": "Decided in"}
    parts = []
    for plan in plans:
        rows = plan.tables["Investments"]
        rows = rows[rows["period"].isin(scope.periods)]
        sums = rows.groupby(list(keys), as_index=False, sort=False)[["units"]].sum()
        parts.append(sums.rename(columns={"units": "value"}))
    return section("Investments", "What is built, and when: units decided", keys, parts, "number")


def protections(plans: Sequence[SavedPlan]) -> Section:
    """Whether each protection is bought."""
    parts = [plan.tables["Protections_bought"][["protection"]].assign(value="bought") for plan in plans]
    return section("Protections", "Protections bought", {"protection": "Protection"}, parts, "text", blank="no")


def closings(plans: Sequence[SavedPlan]) -> Section:
    """From when on each plant is closed that any plan closes."""
    parts = [plan.tables["Plants_closed"][["plant", "period"]].rename(columns={"period": "value"}) for plan in plans]
    return section("Closings", "Plants closed for good, from", {"plant": "Plant"}, parts, "text", blank="kept")


def stocks(plans: Sequence[SavedPlan], scope: Scope) -> Section:
    """Levels at the end of each shared period on the base plan; blank where a plan knows no such stockpile."""
    keys = {"stockpile": "Stockpile", "commodity": "Commodity", "unit": "Unit", "period": "Period"}
    parts = []
    for plan in plans:
        rows = plan.tables["Stockpiles"]
        units = {name: row.unit for name, row in plan.problem.commodities.items()}
        rows = rows[
            (rows["scenario"] == BASE) & rows["period"].isin(scope.periods) & rows["commodity"].isin(scope.commodities)
        ]
        rows = rows.assign(unit=rows["commodity"].map(units))
        rows = (
            rows.sort_values("step", kind="stable").drop_duplicates(["stockpile", "period"], keep="last").sort_index()
        )
        parts.append(rows.rename(columns={"level": "value"}))
    return section("Stock", "Stock at the end of each period, base plan", keys, parts, "number", blank=None)


def sourcing(plans: Sequence[SavedPlan], scope: Scope) -> Section:
    """Share of each supplier country in what a buyer takes in over the shared periods of the base plan."""
    keys = {"destination": "Buyer", "commodity": "Commodity", "origin": "Supplier"}
    title = "Where supply comes from: share of what the buyer takes in, base plan, all periods compared"
    return section("Sourcing", title, keys, [_shares(plan, scope, list(keys)) for plan in plans], "share")


def _shares(plan: SavedPlan, scope: Scope, keys: list[str]) -> pd.DataFrame:
    rows = plan.tables["Sourcing"]
    rows = rows[
        (rows["scenario"] == BASE) & rows["period"].isin(scope.periods) & rows["commodity"].isin(scope.commodities)
    ]
    sums = rows.groupby(keys, as_index=False, sort=False)[["quantity"]].sum()
    total = sums.groupby(["destination", "commodity"])["quantity"].transform("sum")
    return sums.assign(value=sums["quantity"] / total.where(total > 0))

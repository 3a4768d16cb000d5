"""How the plans withstand: the scorecard, shortages by tier and scenario, and what each path costs."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from friendshore.models.rules import POLICY_KINDS
from friendshore.optimizer.saved.saved_plan import SavedPlan
from friendshore.optimizer.studies.compare.scope import Scope
from friendshore.optimizer.studies.compare.sections import Section, section

PARTS = (("limit", "Limit"), ("value", "Where it stands"), ("price", "Price of one unit"), ("state", "State"))


def scorecard(plans: Sequence[SavedPlan]) -> dict[str, Section]:
    """For each part of the scorecard a section by policy; blank where a plan has no such policy."""
    keys = {"policy": "Policy", "kind": "Kind"}
    sections = {}
    for part, words in PARTS:
        parts = [_lines(plan).rename(columns={part: "chosen"}) for plan in plans]
        frames = [frame[["policy", "kind"]].assign(value=frame["chosen"]) for frame in parts]
        kind = "text" if part == "state" else "number"
        blank = "not asked" if part == "state" else None
        sections[part] = section(f"Scorecard_{part}", words, keys, frames, kind, blank=blank)  # type: ignore[arg-type]
    return sections


def _lines(plan: SavedPlan) -> pd.DataFrame:
    """The scorecard with the kind of each policy; what was not tested has no value."""
    kinds = {row.policy: row.kind for row in plan.problem.policies}
    rows = plan.tables["Scorecard"]
    numbers = {part: pd.to_numeric(rows[part], errors="coerce") for part in ("limit", "value", "price")}
    return rows.assign(kind=rows["policy"].map(kinds).fillna(""), **numbers)


def is_share(kind: str) -> bool:
    """Whether limits of this kind of policy are read in per cent."""
    return kind in POLICY_KINDS and POLICY_KINDS[kind].unit.percent


def shortages(plans: Sequence[SavedPlan], scope: Scope) -> Section:
    """Share of demand not met by scenario, tier and commodity; none where a plan with that scenario is not short."""
    keys = {"scenario": "Scenario", "tier": "Tier", "commodity": "Commodity"}
    parts = []
    for plan in plans:
        rows = plan.tables["Shortage_sums"]
        rows = rows[rows["commodity"].isin(scope.commodities)] if scope.whole else rows.head(0)
        parts.append(rows.rename(columns={"share": "value"}))
    compared = section("Shortages", "Share of demand not met, over each scenario's own years", keys, parts, "share")
    for i, plan in enumerate(plans):
        known = set(plan.tables["Scenarios"]["scenario"])
        compared.frame[f"p{i}"] = compared.frame[f"p{i}"].where(compared.frame["scenario"].isin(known))
        if i:
            compared.frame[f"d{i}"] = compared.frame[f"p{i}"] - compared.frame["p0"]
    return compared


def paths(plans: Sequence[SavedPlan], scope: Scope) -> Section:
    """Cost of each path, discounted; blank where a plan has no such path."""
    parts = [
        (plan.tables["Scenarios"] if scope.costs else plan.tables["Scenarios"].head(0)).rename(
            columns={"cost": "value"}
        )
        for plan in plans
    ]
    unit = plans[0].problem.settings.currency
    return section(
        "Paths", "Cost of each path, discounted", {"scenario": "Scenario"}, parts, "number", unit, blank=None
    )


def survival(plans: Sequence[SavedPlan]) -> Section:
    """Years from the onset to the first shortage in the coalition, ``no shortage`` where there is none."""
    parts = []
    for plan in plans:
        rows = plan.tables["Scenarios"]
        parts.append(rows.assign(value=rows["survives"].astype(object).where(rows["survives"].notna(), "no shortage")))
    title = "Time to survive: from the onset to the first shortage in the coalition"
    return section("Survival", title, {"scenario": "Scenario"}, parts, "mixed", "years", blank="no such path")

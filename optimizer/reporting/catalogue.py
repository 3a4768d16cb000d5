"""The plan sheets in order, and those of their tables that are read back, by their names and declared fields."""

from __future__ import annotations

from collections.abc import Mapping

from friendshore.optimizer.reporting import (
    baselines,
    benefits,
    closings,
    costs,
    investments,
    log,
    outlook,
    production,
    promises,
    scenario_rows,
    scenarios,
    scorecard,
    settled,
    shortages,
    shortfalls,
    sourcing,
    stockpiles,
    summary,
)
from friendshore.optimizer.reporting.content import Field, Sheet

SHEETS: tuple[Sheet, ...] = (
    summary.SHEET,
    investments.SHEET,
    stockpiles.SHEET,
    sourcing.SHEET,
    production.SHEET,
    shortages.SHEET,
    scenarios.SHEET,
    costs.SHEET,
    log.SHEET,
)

TABLES: Mapping[str, tuple[Field, ...]] = {
    "Key_figures": summary.KEY_FIELDS,
    baselines.NAME: baselines.FIELDS,
    benefits.NAME: benefits.FIELDS,
    promises.NAME: promises.FIELDS,
    outlook.NAME: outlook.FIELDS,
    settled.NAME: settled.FIELDS,
    "Scorecard": (*scorecard.SCORE_FIELDS, *scorecard.STOP_FIELDS),
    "Step_prices": scorecard.STEP_FIELDS,
    "About": summary.PROOF_FIELDS,
    "Investments": investments.FIELDS,
    "Protections_bought": investments.PROTECTION_FIELDS,
    "Plants_closed": closings.FIELDS,
    "Stockpiles": stockpiles.FIELDS,
    "Sourcing": (*sourcing.FIELDS, sourcing.WAY),
    "Production": (*production.FIELDS, production.RECIPE),
    "Shortages": shortages.FIELDS,
    shortfalls.NAME: shortfalls.FIELDS,
    "Shortage_sums": shortages.SUM_FIELDS,
    "Scenarios": scenarios.FIELDS,
    "Costs": costs.FIELDS,
    "Log": log.FIELDS,
    "Steps": scenario_rows.STEPS,
    "Settings_overridden": log.SETTING_FIELDS,
}
SHARED: Mapping[str, scenario_rows.Shared] = {
    "Stockpiles": stockpiles.SHARED,
    "Sourcing": sourcing.SHARED,
    "Production": production.SHARED,
}
"""Tables in which rows of scenarios stand only where they differ from the base path's."""
LONG_SHEETS = (stockpiles.SHEET, sourcing.SHEET, production.SHEET)
"""The sheets of these tables."""
NEEDED = ("Key_figures", "Investments", "Stockpiles", "Costs")
"""Without these a workbook is no plan."""

"""The plan as sheets: one plan sheet a file, and what they share."""

from friendshore.optimizer.reporting.workbook import Written, refuse_plan_in_place, write_plan, write_plan_in_place

__all__ = ["Written", "refuse_plan_in_place", "write_plan", "write_plan_in_place"]

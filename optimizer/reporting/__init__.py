"""The plan as sheets: one plan sheet a file, and what they share."""

from optimizer.reporting.workbook import write_plan

__all__ = ["write_plan"]

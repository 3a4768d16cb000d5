"""What goes in: the tables of one workbook, frozen, with the relations between them worked out."""

from friendshore.models.problem.problem import Checked, Grid, Problem

__all__ = ["Checked", "Grid", "Problem"]

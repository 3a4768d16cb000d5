"""A second formulation of the model, written from the page of formulas alone, to hold the first one against."""

from .solve import ReferenceResult, Sheets, solve_reference

__all__ = ["ReferenceResult", "Sheets", "solve_reference"]

"""The sourcing problem and its mathematics: no spreadsheet, no solver, no files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from friendshore.models.problem import Problem

__all__ = ["formulate"]


def formulate(problem: Problem) -> Any:
    """The complete Pyomo model of a problem; see ``friendshore.models.formulation.formulate.formulate``."""
    from friendshore.models.formulation.formulate import formulate as written  # noqa: PLC0415 - importing models stays cheap

    return written(problem)

"""Cells of findings that were made after reading, when only sheet, row and column name are known."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from openpyxl.utils import get_column_letter

from friendshore.models.findings import Finding
from friendshore.models.parsing.folding import fold_header
from friendshore.models.parsing.header_row import find_head
from friendshore.models.parsing.headers import lay_out, locate
from friendshore.models.parsing.settings import vertical_columns
from friendshore.models.problem import Problem
from friendshore.models.tables import TABLES


def located(findings: Iterable[Finding], problem: Problem) -> tuple[Finding, ...]:
    """The findings with ``cell`` filled in where the sheet has a header of that column."""
    return tuple(_located(finding, problem) for finding in findings)


def _located(finding: Finding, problem: Problem) -> Finding:
    places = {} if finding.cell or not finding.row else _places(finding.sheet, problem)
    if finding.column not in places:
        return finding
    return dataclasses.replace(finding, cell=f"{get_column_letter(places[finding.column] + 1)}{finding.row}")


def _places(sheet: str, problem: Problem) -> Mapping[str, int]:
    """Where the columns of a sheet stand, from 0; none where there is no such sheet."""
    table = next((table for table in TABLES if table.sheet == sheet), None)
    grids = {fold_header(name): grid for name, grid in problem.grids.items()}
    grid = grids.get(fold_header(sheet))
    if table is None or grid is None:
        return {}
    if table.vertical:
        columns = vertical_columns(table)
        return locate(sheet, columns, grid, (), find_head(sheet, columns, grid, ("setting", "value"))[0])[0].places
    return lay_out(table, grid, [period.period for period in problem.periods])[0].places

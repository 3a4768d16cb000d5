"""Cells of findings that were made after reading, when only sheet, row and column name are known."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from openpyxl.utils import get_column_letter

from friendshore.models.findings import Finding
from friendshore.models.parsing.folding import fold_header
from friendshore.models.parsing.header_row import find_head
from friendshore.models.parsing.headers import sheet_columns
from friendshore.models.problem import Grid, Problem
from friendshore.models.tables import TABLES


def located(findings: Iterable[Finding], problem: Problem) -> tuple[Finding, ...]:
    """The findings with ``cell`` filled in where the sheet has a header of that column."""
    return tuple(_located(finding, problem) for finding in findings)


def _located(finding: Finding, problem: Problem) -> Finding:
    sheets = {fold_header(name): grid for name, grid in problem.grids.items()}
    grid = sheets.get(fold_header(finding.sheet), ())
    headers = [fold_header(str(value)) if value is not None else "" for value in _headers(finding.sheet, grid)]
    wanted = fold_header(finding.column)
    if finding.cell or not finding.row or wanted not in headers:
        return finding
    return dataclasses.replace(finding, cell=f"{get_column_letter(headers.index(wanted) + 1)}{finding.row}")


def _headers(sheet: str, grid: Grid) -> Sequence[object]:
    table = next((table for table in TABLES if table.sheet == sheet and not table.vertical), None)
    if table is None or not grid:
        return grid[0] if grid else ()
    columns = sheet_columns(table)
    head, _ = find_head(sheet, columns, grid, [declared.name for declared in columns if declared.required])
    return grid[head.row - 1]

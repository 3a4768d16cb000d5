"""Cells of findings that were made after reading, when only sheet, row and column name are known."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from openpyxl.utils import get_column_letter

from models.findings import Finding
from models.parsing.folding import fold_header
from models.problem import Problem


def located(findings: Iterable[Finding], problem: Problem) -> tuple[Finding, ...]:
    """The findings with ``cell`` filled in where the sheet has a header of that column."""
    return tuple(_located(finding, problem) for finding in findings)


def _located(finding: Finding, problem: Problem) -> Finding:
    sheets = {fold_header(name): grid for name, grid in problem.grids.items()}
    grid = sheets.get(fold_header(finding.sheet), ())
    headers = [fold_header(str(value)) if value is not None else "" for value in grid[0]] if grid else []
    wanted = fold_header(finding.column)
    if finding.cell or not finding.row or wanted not in headers:
        return finding
    return dataclasses.replace(finding, cell=f"{get_column_letter(headers.index(wanted) + 1)}{finding.row}")

"""Plan sheets to join, and how the tests join them."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import xlsxwriter

from friendshore.optimizer.in_place import join_copy, join_in_place
from friendshore.optimizer.reporting.catalogue import SHEETS
from friendshore.optimizer.reporting.workbook import plan_sheets
from tests.reporting import plans

PLAN = plan_sheets(plans.plan())
TITLES = [sheet.name for sheet in SHEETS]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def in_place(path: Path, plan: bytes = PLAN) -> Path:
    """The workbook with the plan sheets joined into itself."""
    join_in_place(path, digest(path), plan)
    return path


def copied(path: Path, target: Path, plan: bytes = PLAN) -> Path:
    """A copy of the workbook with the plan sheets joined in."""
    join_copy(path, digest(path), plan, target)
    return target


def small_plan(**sheets: list[list[object]]) -> bytes:
    """Plan sheets of a few cells, their titles without ``Plan``: Costs=[["a", 1]]."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(f"Plan {name}")
        for i, row in enumerate(rows):
            sheet.write_row(i, 0, row)
    book.close()
    return stream.getvalue()

"""A workbook read: the corridor's first door."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple

from models.findings import Finding, InvalidProblem
from models.parsing import UNCALCULATED, Examined, examine
from models.problem import Grid, Problem
from optimizer.files import FileFault
from optimizer.workbook.formulas import uncalculated
from optimizer.workbook.gate import Package, inspect
from optimizer.workbook.names import is_input

MOST_CELLS = 20_000_000


def read_workbook(path: str | Path, settings: Mapping[str, str] | None = None) -> Problem:
    """The planning problem of a workbook, frozen, with its warnings.

    ``settings`` override rows of Settings, as text. Raises InvalidProblem with every finding where the workbook has
    errors, and FileFault where the file cannot be read.
    """
    examined = examine_workbook(path, settings)
    if examined.problem is None:
        raise InvalidProblem(examined.findings)
    return examined.problem


def check_workbook(path: str | Path, settings: Mapping[str, str] | None = None) -> tuple[Finding, ...]:
    """Every error and warning of a workbook, in the order of its cells; FileFault where the file cannot be read."""
    return examine_workbook(path, settings).findings


def examine_workbook(path: str | Path, settings: Mapping[str, str] | None = None) -> Examined:
    """Problem, if there is one, and findings with their cells."""
    path = Path(path)
    package = inspect(path)
    digest = _digest(path)
    return examine(read_grids(package), settings, name=path.stem, digest=digest, address=_address)


def _address(row: int, index: int) -> str:
    return f"{get_column_letter(index + 1)}{row}"


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise FileFault("FS007", path, f"could not be read: {error.strerror or error}") from error


def read_grids(package: Package) -> dict[str, Grid]:
    """The input sheets of a workbook as rows of values; a formula without a result is UNCALCULATED."""
    try:
        pending = uncalculated(package)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about parts of the workbook that are not read
            with package.path.open("rb") as stream:  # opened here: the reader would judge the file by its ending
                workbook = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
                return {
                    sheet.title: _grid(package.path, workbook[sheet.title], pending[sheet.title])
                    for sheet in package.sheets if is_input(sheet.title)
                }  # fmt: skip
    except FileFault:
        raise
    except Exception as error:  # whatever a damaged file makes the reader raise
        reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        raise FileFault(
            "FS004", package.path, f"the workbook is damaged ({reason}); open it in Excel, and save it"
        ) from error


def _grid(path: Path, sheet: Any, pending: frozenset[str]) -> Grid:
    sheet.reset_dimensions()
    marks: dict[int, list[int]] = {}
    for cell in pending:
        row_number, column = coordinate_to_tuple(cell)
        marks.setdefault(row_number, []).append(column)
    rows, size = [], 0
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        row = _marked(_trimmed(values), marks.get(number, ()))
        rows.append(row)
        size += len(row)
        if size > MOST_CELLS:
            raise FileFault(
                "FS005", path, f"the workbook cannot be read safely: {sheet.title} has over {MOST_CELLS:,} cells"
            )
    while rows and not rows[-1]:
        rows.pop()
    return tuple(rows)


def _trimmed(values: Sequence[object]) -> tuple[object, ...]:
    """The row without the blank cells at its end."""
    last = len(values)
    while last and values[last - 1] is None:
        last -= 1
    return tuple(values[:last])


def _marked(row: tuple[object, ...], columns: Sequence[int]) -> tuple[object, ...]:
    """The row with the cells in these columns (from 1) marked as never calculated."""
    if not columns:
        return row
    cells = list(row) + [None] * (max(columns) - len(row))
    for column in columns:
        cells[column - 1] = UNCALCULATED
    return tuple(cells)

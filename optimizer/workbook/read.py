"""A workbook read: the corridor's first door."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping
from pathlib import Path

from openpyxl.utils import get_column_letter

from friendshore.models.examine import Examined, examine
from friendshore.models.findings import Finding, InvalidProblem
from friendshore.models.problem import Grid, Problem
from friendshore.optimizer.system.files import FileFault, reason
from friendshore.optimizer.workbook.child import read_apart
from friendshore.optimizer.workbook.contents import Contents, read_contents
from friendshore.optimizer.workbook.gate import Package, inspect

# Markup of this size, in bytes, is read within two seconds and 200 MB whatever it holds.
SMALL = 4 << 20


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
    contents, source = read_sheets(package), str(path.resolve())
    return examine(
        contents.grids,
        settings,
        name=path.stem,
        digest=digest,
        source=source,
        address=cell_address,
        marks=contents.marks,
    )


def cell_address(row: int, index: int) -> str:
    """The cell in a row, from 1, and a column, from 0: ``D7``."""
    return f"{get_column_letter(index + 1)}{row}"


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise FileFault("FS007", path, f"could not be read: {reason(error)}") from error


def read_sheets(package: Package) -> Contents:
    """The input sheets of a workbook, read in this process or, where it is large, by one of its own."""
    alone = not sys.executable or "frozen" in vars(sys)  # within another program, which is no interpreter to start
    return read_contents(package) if package.markup <= SMALL or alone else read_apart(package)


def read_grids(package: Package) -> dict[str, Grid]:
    """The input sheets as rows of values alone."""
    return dict(read_sheets(package).grids)

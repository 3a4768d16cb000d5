"""The example workbooks: copied for planners, built from CSV files for those who keep them."""

from __future__ import annotations

import csv
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from friendshore.models.findings import InvalidProblem
from friendshore.models.parsing.folding import fold_header
from friendshore.models.parsing.nearest import suggestion
from friendshore.models.parsing.settings import setting_columns, typed
from friendshore.models.schema import Column, Number, Table, Whole
from friendshore.models.tables import TABLES
from friendshore.models.tables.settings import Settings
from friendshore.optimizer.system.files import FileFault, writing
from friendshore.optimizer.workbook.read import check_workbook
from friendshore.optimizer.workbook.template import write_sheets

REPOSITORY = Path(__file__).resolve().parents[2]
INPUTS = REPOSITORY / "inputs"
SOURCES = INPUTS / "source"

Row = dict[str, object]


def example_names() -> tuple[str, ...]:
    """Names of the examples that can be copied, in order."""
    return tuple(sorted({entry.name.removesuffix(".xlsx") for entry in _shelf() if entry.name.endswith(".xlsx")}))


def copy_example(name: str, path: str | Path) -> None:
    """Copy an example workbook to ``path``; FileFault where there is none of that name or it cannot be written."""
    example = next((entry for entry in _shelf() if entry.name == f"{name}.xlsx"), None)
    if example is None:
        raise FileFault("FS008", path, f"there is no example {name!r}{suggestion(name, example_names())}")
    content = example.read_bytes()
    with writing(path) as temporary:
        temporary.write_bytes(content)


def _shelf() -> list[Traversable]:
    """The examples of the installed package, or those of the repository."""
    packaged = files("friendshore") / "examples"
    if packaged.is_dir():
        return list(packaged.iterdir())
    return list(INPUTS.glob("*.xlsx")) if INPUTS.is_dir() else []


# -- building --------------------------------------------------------------------------------------------------------


def sources() -> tuple[Path, ...]:
    """The folders of CSV files from which the examples are built."""
    return (
        tuple(sorted(folder for folder in SOURCES.iterdir() if any(folder.glob("*.csv")))) if SOURCES.is_dir() else ()
    )


def build_example(folder: str | Path, path: str | Path) -> None:
    """Turn a folder of CSV files, one a sheet, into a workbook.

    Raises InvalidProblem where the result has errors, ValueError where a file or column is unknown.
    """
    write_sheets(path, source_sheets(folder))
    findings = check_workbook(path)
    if any(finding.severity == "error" for finding in findings):
        raise InvalidProblem(findings)


def source_sheets(folder: str | Path) -> dict[str, list[Row]]:
    """The CSV files of a folder as dict rows, numbers where the declarations want numbers."""
    tables = {fold_header(table.sheet): table for table in TABLES}
    sheets = {}
    for file in sorted(Path(folder).glob("*.csv")):
        table = tables.get(fold_header(file.stem))
        if table is None:
            raise ValueError(f"{file}: no such sheet{suggestion(file.stem, [table.sheet for table in TABLES])}")
        with file.open(encoding="utf-8", newline="") as stream:
            sheets[table.sheet] = [_row(table, row) for row in csv.DictReader(stream)]
    return sheets


def _row(table: Table, row: dict[str, str]) -> Row:
    settings = setting_columns(Settings.TABLE)
    if table.vertical:
        declared = settings.get(row["setting"])
        value = typed(declared, row["value"]) if declared else row["value"]
        return {**row, "value": _whole(value)}
    return {name: _cell(_column(table, name), text) for name, text in row.items() if text}


def _column(table: Table, name: str) -> Column | None:
    return next((declared for declared in table.columns if declared.name == name), table.period_columns)


def _cell(declared: Column | None, text: str) -> object:
    if declared is None or not isinstance(declared.kind, Number | Whole):
        return text
    try:
        return _whole(float(text))
    except ValueError:
        return text


def _whole(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value

"""Somebody who follows a page to the letter in a folder of their own: types rows, runs commands, reads the answers."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from typer.testing import CliRunner

from friendshore.models.parsing.folding import fold_header
from friendshore.optimizer.cli import app
from friendshore.optimizer.workbook.template import FIRST, HEADER
from tests.docs.pages import Changed, Commands, Step, Typed
from tests.places import INPUTS


def number_or_text(text: str) -> str | int | float:
    """What stands in the cell into which this is typed."""
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() else number


def lay_out(folder: Path) -> None:
    """A folder as a reader has it who has taken the repository, with its small workbook."""
    (folder / "inputs").mkdir()
    shutil.copy(INPUTS / "tutorial.xlsx", folder / "inputs")


@dataclass
class Reader:
    """What the reader has open: workbooks that are not saved yet, and the names that Python fences left."""

    books: dict[str, Workbook] = field(default_factory=dict)
    names: dict[str, object] = field(default_factory=dict)

    def do(self, step: Step) -> str:
        """Do a step; what it prints on stdout. Workbooks are saved before anything is run."""
        match step:
            case Typed():
                type_rows(self._sheet(step.file, step.sheet), step.rows)
            case Changed():
                change_cell(self._sheet(step.file, step.sheet), step)
            case Commands(run=True):
                self._save()
                return self._run(step)
        return ""

    def _sheet(self, file: str, sheet: str) -> Worksheet:
        if file not in self.books:
            self.books[file] = load_workbook(file)
        return self.books[file][sheet]

    def _save(self) -> None:
        for file, book in self.books.items():
            book.save(file)
        self.books.clear()

    def _run(self, step: Commands) -> str:
        if step.kind == "sh":
            return "".join(_command(line) for line in lines(step))
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile("\n".join(step.lines), "page", "exec"), self.names)  # noqa: S102 - our own page
        return printed.getvalue()


def type_rows(sheet: Worksheet, rows: Sequence[Mapping[str, str]]) -> None:
    """Type rows below those the sheet has; its Excel table grows with them, as it does in Excel."""
    columns = _columns(sheet)
    last = _last(sheet)
    for row, cells in enumerate(rows, start=last + 1):
        for header, text in cells.items():
            sheet.cell(row, columns[fold_header(header)]).value = number_or_text(text)
    for table in sheet.tables.values():
        table.ref = f"A{HEADER + 1}:{get_column_letter(max(columns.values()))}{last + len(rows)}"


def change_cell(sheet: Worksheet, step: Changed) -> None:
    """Type one cell anew, in the row whose first cell holds the name."""
    column = _columns(sheet)[fold_header(step.column)]
    (row,) = (row for row in range(FIRST + 1, sheet.max_row + 1) if str(sheet.cell(row, 1).value) == step.row)
    sheet.cell(row, column).value = number_or_text(step.value)


def lines(step: Commands) -> list[str]:
    """The commands of friendshore in a fence; those of other programs are left out."""
    joined = "\n".join(step.lines).replace("\\\n", " ").splitlines()
    return [line for line in joined if step.kind == "sh" and line.startswith("friendshore ")]


def words(line: str) -> list[str]:
    """A command split as a shell does, without the name of the program and comments."""
    return shlex.split(line, comments=True)[1:]


def _command(line: str) -> str:
    """Its output; it ends with 0, or as a comment says: ``friendshore solve x.xlsx  # exit code 4``."""
    result = CliRunner(env={"COLUMNS": "100"}).invoke(app, words(line))
    fault = result.exception
    assert fault is None or isinstance(fault, SystemExit), f"{line}: {fault!r}"
    told = re.search(r"# exit code (\d+)", line)
    expected = int(told[1]) if told else 0
    assert result.exit_code == expected, f"{line}: exit code {result.exit_code}\n{result.output}"
    return result.stdout


def _columns(sheet: Worksheet) -> dict[str, int]:
    headers = {cell.value: cell.column for cell in sheet[HEADER + 1] if cell.value}
    return {fold_header(str(header)): column for header, column in headers.items()}


def _last(sheet: Worksheet) -> int:
    used = [row for row in range(FIRST + 1, sheet.max_row + 1) if sheet.cell(row, 1).value is not None]
    return max(used, default=FIRST)

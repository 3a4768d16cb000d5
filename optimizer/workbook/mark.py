"""A copy of a workbook with its faulty cells coloured and commented; the planner's own file is never touched."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from friendshore.models.findings import Finding
from friendshore.models.parsing.folding import fold_header
from friendshore.optimizer.system.files import FileFault, writing
from friendshore.optimizer.workbook.copyable import refuse_uncopyable
from friendshore.optimizer.workbook.gate import inspect

_COLOURS = {"error": "FFF4A6A0", "warning": "FFFFE08A"}
_AUTHOR = "friendshore"
_MOST = 20_000
_LIST = "Problems"


def marked_name(path: str | Path) -> Path:
    """The usual name of the marked copy: ``plan.xlsx`` becomes ``plan.marked.xlsx``."""
    path = Path(path)
    return path.with_name(f"{path.stem}.marked{path.suffix}")


def mark(path: str | Path, findings: Iterable[Finding], out: str | Path | None = None) -> Path:
    """Write a copy with every faulty cell coloured and commented and a first sheet that lists all problems.

    The copy is made to read and correct by: pictures, charts and cached results may be missing from it, so mend the
    original.

    Parameters
    ----------
    path
        The workbook of the planner.
    findings
        What is to be marked; their cells are those of this workbook.
    out
        Path of the copy; None for its usual name.

    Returns
    -------
    Path
        Path of the copy.

    Raises
    ------
    FileFault
        Where the file cannot be read, copied or written, or where the copy would be the original.
    """
    path, out = Path(path), marked_name(path) if out is None else Path(out)
    if out.resolve() == path.resolve():
        raise FileFault("FS007", out, "the marked copy would replace the workbook itself; choose another name")
    package = inspect(path)
    listed = tuple(findings)
    try:
        refuse_uncopyable(package)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about parts that the copy leaves out
            with path.open("rb") as stream:
                book = load_workbook(stream, keep_vba=path.suffix.lower() == ".xlsm", keep_links=False)
            _mark(book, listed)
            buffer = io.BytesIO()
            book.save(buffer)
    except FileFault:
        raise
    except Exception as error:  # whatever a damaged file makes the library raise
        raise FileFault("FS004", path, f"the workbook cannot be copied ({type(error).__name__}: {error})") from error
    with writing(out) as temporary:
        temporary.write_bytes(buffer.getvalue())
    return out


def _mark(book: Workbook, findings: tuple[Finding, ...]) -> None:
    titles = {fold_header(sheet.title): sheet for sheet in book.worksheets}
    by_cell: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        sheet = titles.get(fold_header(finding.sheet))
        if sheet is None:
            continue
        cell = finding.cell or (f"A{finding.row}" if finding.row else "A1")
        by_cell.setdefault((sheet.title, cell), []).append(finding)
    for (title, address), several in by_cell.items():
        _mark_cell(book[title], address, several)
    _list(book, findings, {title for title, _ in by_cell})


def _mark_cell(sheet: Worksheet, address: str, findings: list[Finding]) -> None:
    cell = sheet[address]
    if not isinstance(cell, Cell):  # inside a merged range: only its first cell can be marked
        merged = next(area for area in sheet.merged_cells.ranges if address in area)
        cell = sheet.cell(merged.min_row, merged.min_col)
    worst = "error" if any(finding.severity == "error" for finding in findings) else "warning"
    cell.fill = PatternFill("solid", start_color=_COLOURS[worst], end_color=_COLOURS[worst])
    lines = [f"{finding.code} {finding.severity}: {finding.message}" for finding in findings]
    before = cell.comment.text + "\n\n" if cell.comment and cell.comment.text else ""
    note = Comment(before + "\n".join(lines), _AUTHOR)
    note.width, note.height = 360, 60 + 40 * len(lines)
    cell.comment = note
    sheet.sheet_properties.tabColor = _COLOURS[worst]


def _list(book: Workbook, findings: tuple[Finding, ...], marked: set[str]) -> None:
    """A first sheet with every problem, linked to its cell."""
    sheet = book.create_sheet(_LIST, 0)
    sheet.append(["place", "severity", "code", "message"])
    for row, finding in enumerate(findings[:_MOST], start=2):
        for column, text in enumerate((finding.place, finding.severity, finding.code, finding.message), start=1):
            cell = sheet.cell(row, column)
            cell.value = text
            cell.data_type = "s"  # text, also where it begins like a formula
        title = next((title for title in marked if fold_header(title) == fold_header(finding.sheet)), "")
        if title and finding.cell:
            sheet.cell(row, 1).hyperlink = f"#'{title}'!{finding.cell}"
    for letter, width in (("A", 22), ("B", 10), ("C", 9), ("D", 110)):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    for other in book.worksheets:
        other.sheet_view.tabSelected = False
    book.active = 0

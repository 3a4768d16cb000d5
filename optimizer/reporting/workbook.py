"""The plan workbook: the plan sheets first, the planner's sheets after them, written whole or not at all."""

from __future__ import annotations

import io
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from friendshore.models.plan import Plan
from friendshore.optimizer.in_place import join_copy, join_in_place, join_new, refuse_in_place
from friendshore.optimizer.reporting import inputs
from friendshore.optimizer.reporting.catalogue import SHEETS
from friendshore.optimizer.reporting.layout import Book
from friendshore.optimizer.reporting.long_tables import Rows, with_rows
from friendshore.optimizer.reporting.named import names_of, with_names
from friendshore.optimizer.reporting.new_workbook import new_workbook
from friendshore.optimizer.system.files import FileFault, same_file, writing


@dataclass(frozen=True)
class Written:
    """Where a plan was written; ``values`` says why the planner's sheets came along as values, where they did.

    It is empty where the plan is a copy of the planner's workbook, and where the problem came from no file. ``cut`` are
    the cells and names of that copy in which links to the outside were cut.
    """

    path: Path
    values: str = ""
    cut: tuple[str, ...] = ()


def write_plan(plan: Plan, path: Path | str, *, with_inputs: bool = True) -> Written:
    """Write a plan as a workbook: its sheets, joined into a copy of the planner's workbook.

    Where the problem came from no file or was changed since, or its workbook cannot take them or is no longer what was
    read, the input sheets follow as values: a plan carries the rows that were solved. Without ``with_inputs`` there are
    the plan sheets alone. What stood at ``path`` before is whole until the new file is, and stays where writing fails.

    Raises
    ------
    FileFault
        Where the file cannot be written, and where ``path`` is the planner's workbook itself.

    Parameters
    ----------
    plan
        The plan.
    path
        File to write.
    with_inputs
        Whether the input follows as values where it cannot be copied.

    Returns
    -------
    Written
        What was written, and why no copy could be made.
    """
    target, source = Path(path), plan.problem.source
    if not with_inputs:
        with writing(target) as draft:
            draft.write_bytes(plan_sheets(plan))
        return Written(target)
    own, rows = _to_be_joined(plan)
    reason = ""
    if source and plan.problem.as_checked:
        _refuse_itself(target, Path(source))
        try:
            with writing(target) as draft:
                cut = join_copy(Path(source), plan.problem.digest, own, draft, rows)
            return Written(target, cut=cut)
        except FileFault as fault:
            if fault.path != Path(source):
                raise
            reason = f"{fault.message} ({fault.code})"
    target = target.with_suffix(".xlsx")  # without macros, whatever the planner's has
    with writing(target) as draft:
        _write_values(plan, own, rows, draft)
    return Written(target, reason)


def write_plan_in_place(plan: Plan, path: Path | str | None = None) -> Path:
    """Write the plan sheets into the planner's own workbook; everything else in it stays byte for byte as it was.

    ``path`` is that workbook, by default the file that the problem came from. Sheets of an earlier run are replaced.
    The file as it was before is kept once, as ``NAME.bak``.

    Raises
    ------
    FileFault
        Where that cannot be promised (FS003 to FS006, FS009, FS010), where the workbook is no longer what was read
        (FS011), and where it cannot be written (FS007). It is then as it was.
    """
    target = Path(path or plan.problem.source)
    if not plan.problem.digest or target == Path():
        raise FileFault("FS001", target, "the problem of this plan came from no file, so there is none to write into")
    if not plan.problem.as_checked:
        raise FileFault("FS013", target, "the plan was made for other rows than the workbook has; write it elsewhere")
    join_in_place(target, plan.problem.digest, *_to_be_joined(plan))
    return target


def refuse_plan_in_place(path: Path | str) -> None:
    """FileFault where ``write_plan_in_place`` would be refused, found out before there is a plan."""
    refuse_in_place(Path(path), [sheet.name for sheet in SHEETS])


def plan_sheets(plan: Plan) -> bytes:
    """A workbook of the plan sheets alone."""
    stream = io.BytesIO()
    with _new_workbook(plan, stream) as book:
        _fill(book, plan)
    return stream.getvalue()


def _to_be_joined(plan: Plan) -> tuple[bytes, Mapping[int, Rows]]:
    """The same without the rows of long tables, and these by the number of their sheet: packed once they are joined."""
    stream = io.BytesIO()
    with _new_workbook(plan, stream, later=True) as book:
        _fill(book, plan)
    return stream.getvalue(), book.rows


def _fill(book: Book, plan: Plan) -> None:
    for sheet in SHEETS:
        book.page(sheet.name).fill(with_names(sheet.content(plan), names_of(plan.problem)))


def _write_values(plan: Plan, own: bytes, rows: Mapping[int, Rows], draft: Path) -> None:
    """The plan sheets, and the planner's as values behind them."""
    grids = inputs.grids(plan, [sheet.name for sheet in SHEETS])
    stream = io.BytesIO()
    with _new_workbook(plan, stream) as book:
        for name, grid in grids.items():
            inputs.write(book, name, grid)
    if grids:
        join_new(stream.getvalue(), own, draft, rows)
    else:
        draft.write_bytes(with_rows(own, rows))


def _new_workbook(plan: Plan, stream: io.BytesIO, *, later: bool = False) -> AbstractContextManager[Book]:
    return new_workbook(stream, plan.problem.settings.title or plan.problem.name, "Plan", later=later)


def _refuse_itself(target: Path, source: Path) -> None:
    if same_file(target, source):
        raise FileFault("FS007", target, "this is the planner's workbook itself, which is only written to in place")

"""Where files go, and that none of them is the input."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from friendshore.optimizer.commands.guard import UsageFault
from friendshore.optimizer.system.drafts import draft_beside
from friendshore.optimizer.system.files import (
    FileFault,
    make_folder,
    reason,
    refuse_if_no_file,
    refuse_if_open,
    same_file,
)
from friendshore.optimizer.system.interrupts import settle


def default_output(file: Path, kind: str) -> Path:
    """``reports/NAME.KIND.xlsx`` in the current folder."""
    return Path("reports") / f"{file.stem}.{kind}.xlsx"


def default_plan(file: Path) -> Path:
    """``reports/NAME.plan.xlsx``; ``.xlsm`` where the workbook has macros, which its copy keeps."""
    target = default_output(file, "plan")
    return target.with_suffix(file.suffix) if file.suffix.casefold() == ".xlsm" else target


def refuse_input(file: Path, target: Path) -> None:
    """Refuse to write over the planner's own workbook, however it is reached, or under a name Excel would not open."""
    _refuse_same(file, target)
    if target.suffix.lower() not in {".xlsx", file.suffix.lower()}:
        raise UsageFault(f"{target}: a workbook is written there; wanted a name that ends in .xlsx")


def refuse_page(file: Path, target: Path) -> None:
    """Refuse to write a page over the planner's own workbook, or under a name that no browser would open."""
    _refuse_same(file, target)
    if target.suffix.lower() not in {".html", ".htm"}:
        raise UsageFault(f"{target}: a page is written there; wanted a name that ends in .html")


def _refuse_same(file: Path, target: Path) -> None:
    refuse_if_no_file(target)
    if same_file(file, target) or target.resolve() == file.resolve():
        raise UsageFault(f"{target} is the workbook itself, which is never written to; name another file with -o")


def make_ready(target: Path) -> None:
    """Make the folder of a file that will be written, and find out now whether it can be."""
    refuse_if_open(target)
    refuse_no_place(target)


def refuse_no_place(target: Path) -> None:
    """FileFault where no file can be written under this name, whether or not one there is open elsewhere."""
    make_folder(target)
    refuse_if_no_file(target)
    try:
        with draft_beside(target):
            pass
    except OSError as error:
        raise FileFault("FS007", target, f"nothing can be written in this folder: {reason(error)}") from error


def refusal(write: Callable[[], None]) -> FileFault | None:
    """Write what took long to find; a refusal is returned, to be told together with the figures.

    Writing is short and is not cut off by a signal, nor is what tells of it.
    """
    settle()
    try:
        write()
    except FileFault as fault:
        return fault
    return None


def settings_of(pairs: list[str] | None) -> dict[str, str]:
    """Rows of Settings by name, from the ``key=value`` pairs of ``--set``; UsageFault where one is no such pair."""
    settings: dict[str, str] = {}
    for pair in pairs or []:
        key, sign, value = pair.partition("=")
        if not sign or not key.strip():
            raise UsageFault(f"--set {pair}: wanted key=value, such as discount_rate=0.03")
        settings[key.strip()] = value.strip()
    return settings

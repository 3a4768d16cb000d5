"""What a shell offers when the tab key is pressed: workbooks and folders, plans, examples, codes, commands."""
# ruff: noqa: PLC0415 - the rooms behind are loaded when they are needed

from __future__ import annotations

from pathlib import Path

WORKBOOKS = (".xlsx", ".xlsm")


def workbooks(incomplete: str) -> list[str]:
    """Workbooks and folders whose path begins like this; not the files that Excel leaves beside an open one."""
    folder = Path(incomplete) if incomplete.endswith("/") else Path(incomplete).parent
    start = "" if incomplete.endswith("/") else Path(incomplete).name
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return []
    shown = incomplete[: len(incomplete) - len(start)]
    return [
        f"{shown}{entry.name}{'/' if entry.is_dir() else ''}"
        for entry in entries
        if entry.name.startswith(start)
        and not entry.name.startswith(("~$", "."))
        and (entry.is_dir() or entry.suffix.lower() in WORKBOOKS)
    ]


def plans(incomplete: str) -> list[str]:
    """Plans and folders; any workbooks where there is no plan of that beginning."""
    paths = workbooks(incomplete)
    return [path for path in paths if path.endswith((".plan.xlsx", ".plan.xlsm", "/"))] or paths


def examples(incomplete: str) -> list[str]:
    """Examples that begin like this."""
    from friendshore.optimizer.workbook.examples import example_names

    return [name for name in example_names() if name.startswith(incomplete)]


def codes(incomplete: str) -> list[tuple[str, str]]:
    """Codes that begin like this, with their titles."""
    from friendshore.models.codes import CODES

    return [(code, entry.title) for code, entry in CODES.items() if code.startswith(incomplete.upper())]


def schemas(incomplete: str) -> list[str]:
    """Commands whose JSON is described."""
    from friendshore.optimizer.commands.schema import schema_names

    return [name for name in schema_names() if name.startswith(incomplete)]


def settings(incomplete: str) -> list[str]:
    """Settings that begin like this, with the sign that their value follows."""
    from friendshore.models.parsing.settings import setting_columns
    from friendshore.models.tables.settings import Settings

    return [f"{name}=" for name in setting_columns(Settings.TABLE) if name.startswith(incomplete)]

"""Workbooks written by another hand than ours, to be read by ours."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl

from friendshore.models.parsing import grids_of
from tests.parsing.valid import Sheets, valid


def book(path: Path, sheets: Sheets | None = None) -> Path:
    """A workbook of dict rows, written by openpyxl."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, grid in grids_of(sheets or valid()).items():
        sheet = workbook.create_sheet(name)
        for row in grid:
            sheet.append(list(row))
    workbook.save(path)
    return path


def rebuilt(path: Path, change: Callable[[str, bytes], bytes | None], extra: dict[str, bytes] | None = None) -> Path:
    """The same package with its parts changed; a part that becomes None is left out."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            changed = change(name, content)
            if changed is not None:
                archive.writestr(name, changed)
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return path

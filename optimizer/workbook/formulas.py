"""Formulas whose results the file does not hold: every reader would take them for blank or 0."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from defusedxml.ElementTree import iterparse

from optimizer.workbook.gate import Package

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True)
class Formula:
    """A cell with a formula: its address, whether a result is stored, and whether that is 0."""

    cell: str
    stored: bool
    zero: bool


def uncalculated(package: Package) -> dict[str, frozenset[str]]:
    """Addresses of the formulas without a stored result, by sheet title.

    Some programs store 0 for every formula and ask for a calculation at the next opening: then all of them count.
    """
    with zipfile.ZipFile(package.path) as archive:
        found = {sheet.title: tuple(_formulas(archive, sheet.part)) for sheet in package.sheets}
    everything = [formula for formulas in found.values() for formula in formulas]
    pending = package.recalculates and all(formula.zero or not formula.stored for formula in everything)
    return {
        title: frozenset(formula.cell for formula in formulas if pending or not formula.stored)
        for title, formulas in found.items()
    }


def _formulas(archive: zipfile.ZipFile, part: str) -> Iterator[Formula]:
    with archive.open(part) as stream:
        if not _mentions_formula(stream):
            return
    with archive.open(part) as stream:
        for _, element in iterparse(stream, events=("end",)):
            if element.tag == f"{_MAIN}c":
                if element.find(f"{_MAIN}f") is not None:
                    text = element.findtext(f"{_MAIN}v")
                    kind = element.get("t", "n")
                    yield Formula(element.get("r", ""), bool(text) or (text == "" and kind == "str"), text == "0")
                element.clear()
            elif element.tag == f"{_MAIN}row":
                element.clear()


def _mentions_formula(stream: IO[bytes]) -> bool:
    """Whether the raw text has a formula at all: most sheets have none, and need no parsing."""
    tail = b""
    while block := stream.read(1 << 20):
        if b"<f>" in tail + block or b"<f " in tail + block or b":f>" in tail + block or b":f " in tail + block:
            return True
        tail = block[-3:]
    return False

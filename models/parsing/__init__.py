"""From sheets of plain values to a Problem: no Excel, no files, every fault at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from numbers import Integral, Real

from models.findings import Finding, InvalidProblem
from models.parsing.cells import UNCALCULATED
from models.parsing.examine import Examined, examine, ordered, read_grids
from models.parsing.grids import Grids, Place
from models.problem import Problem
from models.tables import Tables

__all__ = ["UNCALCULATED", "Examined", "Grids", "Place", "examine", "grids_of", "parse", "problem_from_sheets"]


def parse(grids: Grids) -> tuple[Tables | None, tuple[Finding, ...]]:
    """Rows of typed records from raw sheets (name to rows of values, headers in row 1), cell by cell.

    The tables are None where a cell, a name or a sheet is faulty. What sheets must agree on is checked by ``examine``.
    """
    parsed = read_grids(grids)
    return parsed.tables if parsed.valid else None, ordered(parsed.findings, parsed.places)


def problem_from_sheets(sheets: Mapping[str, Sequence[Mapping[str, object]]], name: str = "") -> Problem:
    """A problem from rows as dicts, keyed by column names and period labels.

    The rows go through the same reading and checks as a workbook. Quantities are in the commodity's unit, rates per
    year, durations in years, shares fractions. Raises InvalidProblem with all findings.
    """
    examined = examine(grids_of(sheets), name=name)
    if examined.problem is None:
        raise InvalidProblem(examined.findings)
    return examined.problem


def grids_of(sheets: Mapping[str, Sequence[Mapping[str, object]]]) -> dict[str, tuple[tuple[object, ...], ...]]:
    """Sheets of dict rows as grids: the headers in row 1, then a row each; row 2 is the first."""
    grids: dict[str, tuple[tuple[object, ...], ...]] = {}
    for sheet, rows in sheets.items():
        headers = tuple(dict.fromkeys(header for row in rows for header in row))
        grids[sheet] = (headers, *(tuple(_plain(row.get(header)) for header in headers) for row in rows))
    return grids


def _plain(value: object) -> object:
    """A number of any library as Python's own."""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, Integral):
        return int(value)
    return float(value) if isinstance(value, Real) else value

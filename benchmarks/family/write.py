"""Problems of the family written into a folder: workbooks, and MPS files with what their columns and rows mean."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.family.catalogue import Definition
from benchmarks.family.mps import named, write_mps
from benchmarks.family.names import Meaning, column_meanings, unique
from friendshore.models.parsing.unparse import sheets_of
from friendshore.optimizer.workbook.template import write_sheets


def write_problem(definition: Definition, folder: Path, *, mps: bool) -> Iterator[Path]:
    """Write one problem and give the files that were written, one after the other.

    Parameters
    ----------
    definition
        The problem.
    folder
        Where to; it is made where it does not exist.
    mps
        Whether to write ``NAME.mps`` and ``NAME.columns.csv`` beside ``NAME.xlsx``; a problem with a cone has neither.
    """
    folder.mkdir(parents=True, exist_ok=True)
    workbook = folder / f"{definition.name}.xlsx"
    write_sheets(workbook, sheets_of(definition.problem.tables))
    yield workbook
    if mps and not definition.cone:
        program = folder / f"{definition.name}.mps"
        write_mps(named(definition), program)
        yield program
        columns = folder / f"{definition.name}.columns.csv"
        write_meanings(columns, column_meanings(definition.assembled))
        yield columns


def write_meanings(path: Path, meanings: Iterable[Meaning]) -> None:
    """Write what columns mean: kind, scenario, period, step, and of what (place, commodity, plant …)."""
    meanings = list(meanings)
    names = unique(meaning.name for meaning in meanings)
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["column", "kind", "scenario", "period", "step", "of"])
        for name, each in zip(names, meanings, strict=True):
            of = "; ".join(part for part in each.of if part)
            writer.writerow([name, each.kind, each.scenario, each.period, each.step, of])

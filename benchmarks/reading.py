"""Reading a workbook with one sheet of 100,000 rows: by the libraries alone, and by us, guarded and checked.

The workbook is the tutorial with its Demand cut into many small rows, written by xlsxwriter; a second one has a column
of dates beside them, where calamine is not used. Processor seconds, those of other processes that are started included;
the best of several rounds. Run: ``python -m benchmarks.reading [--rows N] [--rounds N]``.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook

from friendshore.models.parsing.unparse import sheets_of
from friendshore.optimizer.workbook.child import read_apart
from friendshore.optimizer.workbook.contents import read_contents
from friendshore.optimizer.workbook.gate import inspect
from friendshore.optimizer.workbook.read import read_workbook
from friendshore.optimizer.workbook.scan import scan

HERE = Path(__file__).parent
TUTORIAL = HERE.parent / "inputs" / "tutorial.xlsx"
COLUMNS = ("country", "commodity", "tier", "shortage_cost", "per_year", "note")


def write(path: Path, count: int, *, dates: bool = False) -> None:
    """The tutorial with ``count`` rows of Demand; with ``dates`` each has a date that is not read."""
    sheets = sheets_of(read_workbook(TUTORIAL).tables)
    needs = [row for row in sheets["Demand"] if row]
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            headers = list(dict.fromkeys(name for row in rows for name in row))
            many = title == "Demand"
            for column, name in enumerate([*headers, "part", "of"] if many else headers):
                sheet.write(0, column, name)
            for number in range(count if many else len(rows)):
                row = needs[number % len(needs)] if many else rows[number]
                for column, name in enumerate(headers):
                    value = row.get(name)
                    if many and isinstance(value, float) and name != "shortage_cost":
                        value = value * len(needs) / count
                    sheet.write(number + 1, column, value)
                if many:
                    sheet.write(number + 1, len(headers), f"part {number}")
                    sheet.write(number + 1, len(headers) + 1, number % 997, day if dates else None)


def bare_calamine(path: Path) -> int:
    """Every cell of the sheet."""
    return len(CalamineWorkbook.from_path(path).get_sheet_by_name("Demand").to_python(skip_empty_area=False))


def bare_openpyxl(path: Path) -> int:
    """Every cell of the sheet, row by row."""
    return sum(1 for _ in openpyxl.load_workbook(path, read_only=True, data_only=True)["Demand"].values)


def full_openpyxl(path: Path) -> int:
    """Every cell of the workbook, with its formats."""
    return int(openpyxl.load_workbook(path, data_only=True)["Demand"].max_row)


def scanned(path: Path) -> int:
    """The walk that finds errors, formulas without a result and what is hidden or merged."""
    sheet = next(sheet for sheet in inspect(path).sheets if sheet.title == "Demand")
    with zipfile.ZipFile(path) as archive:
        return scan(archive, sheet.part).rows


def ours(path: Path, *, fast: bool) -> int:
    """All input sheets in this process: gate, walk, values."""
    return len(read_contents(inspect(path), fast=fast).grids["Demand"])


def apart(path: Path) -> int:
    """The same in a process of its own, as large workbooks are read."""
    return len(read_apart(inspect(path)).grids["Demand"])


def whole(path: Path) -> int:
    """A checked Problem."""
    return len(read_workbook(path).demand) + 1


WAYS: dict[str, Callable[[Path], int]] = {
    "openpyxl, read only": bare_openpyxl,
    "openpyxl, with formats": full_openpyxl,
    "calamine": bare_calamine,
    "our walk over the markup alone": scanned,
    "ours with openpyxl": lambda path: ours(path, fast=False),
    "ours with calamine": lambda path: ours(path, fast=True),
    "ours in a process of its own": apart,
    "read_workbook: all checks, a Problem": whole,
}


def seconds(way: Callable[[Path], int], path: Path, rows: int) -> float:
    """Processor seconds of one reading, in a process of its own so that each begins alike."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    child = os.fork()
    if child == 0:
        os._exit(0 if way(path) == rows + 1 else 1)
    _, status = os.waitpid(child, 0)
    if status:
        raise RuntimeError("a way of reading gave another number of rows")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure all ways in turn, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        plain, dated = Path(folder) / "plain.xlsx", Path(folder) / "dated.xlsx"
        write(plain, asked.rows)
        write(dated, asked.rows, dates=True)
        runs = [
            *((name, way, plain) for name, way in WAYS.items()),
            ("ours with calamine, a column of dates", WAYS["ours with calamine"], dated),
        ]
        best = {name: float("inf") for name, _, _ in runs}
        for _ in range(asked.rounds):
            for name, way, path in runs:
                best[name] = min(best[name], seconds(way, path, asked.rows))
    base = best["openpyxl, read only"]
    with (HERE / "reading.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["way", "rows", "processor_seconds", "of_openpyxl_read_only"])
        for name, taken in best.items():
            print(f"| {name} | {taken:.2f} | {taken / base:.2f} |")  # noqa: T201 - the benchmark's table
            writer.writerow([name, asked.rows, f"{taken:.3f}", f"{taken / base:.3f}"])


if __name__ == "__main__":
    main()

"""The table of the family: what each problem is, the best plan known and the best bound proven, and how they were had.

``family.csv`` has a row for each problem. ``whole_numbers.csv`` holds the whole numbers of the best plans: with them
held a plan is an LP away, so that what the table says of it can be checked in seconds.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.family.catalogue import NAMES, Definition
from benchmarks.family.judge import HOLDS
from benchmarks.family.measure import Case

HERE = Path(__file__).parent
TABLE = HERE / "family.csv"
WHOLE = HERE / "whole_numbers.csv"

SAME = 1e-9
"""Relative difference below which two objectives are one."""


class Contradiction(RuntimeError):
    """A certified plan costs less than what is said to be proven: one of the two is wrong."""


@dataclass(frozen=True)
class How:
    """How a figure was had: the way, versions, and processor seconds."""

    way: str = ""
    version: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class Known:
    """What is known of one problem; ``objective`` and ``bound`` None as long as nothing is."""

    name: str
    columns: int
    rows: int
    integers: int
    nonzeros: int
    digest: str
    cone: bool
    objective: float | None = None
    bound: float | None = None
    plan: How = How()
    proof: How = How()

    @property
    def gap(self) -> float | None:
        """(objective − bound) / |objective|."""
        if self.objective is None or self.bound is None:
            return None
        return (self.objective - self.bound) / max(abs(self.objective), 1e-9)

    @classmethod
    def of(cls, definition: Definition) -> Known:
        """What a problem is, nothing being known of its optimum."""
        program = definition.assembled.program
        sizes = program.columns, program.rows, program.integers, program.nonzeros
        return cls(definition.name, *sizes, definition.digest, definition.cone)


def with_case(known: Known, case: Case, version: str) -> Known:
    """What is known after another run: a certified plan that costs less counts, and a bound that is higher.

    Raises
    ------
    Contradiction
        Where plan and bound cannot both be right.
    """
    how = How(case.way, version, case.seconds)
    plan = case.objective if case.violation is not None and case.violation <= HOLDS else None
    if plan is not None and (known.objective is None or plan < known.objective - SAME * abs(known.objective)):
        known = replace(known, objective=plan, plan=how)
    if case.bound is not None and (known.bound is None or case.bound > known.bound + SAME * abs(known.bound)):
        known = replace(known, bound=case.bound, proof=how)
    if known.objective is None or known.bound is None:
        return known
    if known.bound > known.objective + HOLDS * max(1.0, abs(known.objective)):
        raise Contradiction(f"{known.name}: a plan of {known.objective:.12g} beside a bound of {known.bound:.12g}")
    return replace(known, bound=min(known.bound, known.objective))


def read_table(path: Path = TABLE) -> dict[str, Known]:
    """The rows of the table by name; none where there is no file."""
    if not path.is_file():
        return {}
    with path.open(newline="", encoding="utf-8") as stream:
        return {row["name"]: _known(row) for row in csv.DictReader(stream)}


def write_table(rows: Mapping[str, Known], path: Path = TABLE) -> None:
    """Write the table, in the order of the family."""
    order = {name: i for i, name in enumerate(NAMES)}
    lines = [_cells(rows[name]) for name in sorted(rows, key=lambda name: (order.get(name, len(order)), name))]
    _write(path, lines)


def read_whole_numbers(name: str, path: Path = WHOLE) -> dict[str, int]:
    """The whole numbers that are not 0 in the best plan of a problem, by column."""
    with path.open(newline="", encoding="utf-8") as stream:
        return {row["column"]: int(row["value"]) for row in csv.DictReader(stream) if row["name"] == name}


def write_whole_numbers(name: str, whole: Sequence[tuple[str, int]], path: Path = WHOLE) -> None:
    """Put those of a problem in place of what was there of it."""
    kept: list[dict[str, object]] = []
    if path.is_file():
        with path.open(newline="", encoding="utf-8") as stream:
            kept = [dict(row) for row in csv.DictReader(stream) if row["name"] != name]
    order = {each: i for i, each in enumerate(NAMES)}
    rows = kept + [{"name": name, "column": column, "value": value} for column, value in whole]
    _write(path, sorted(rows, key=lambda row: order.get(str(row["name"]), len(order))))


def _cells(known: Known) -> dict[str, object]:
    gap = known.gap
    return {
        "name": known.name,
        "columns": known.columns,
        "rows": known.rows,
        "integers": known.integers,
        "nonzeros": known.nonzeros,
        "mps": "no: a cone" if known.cone else "yes",
        "objective": _figure(known.objective),
        "bound": _figure(known.bound),
        "gap": "" if gap is None else f"{max(gap, 0.0):.2e}",
        "plan_by": known.plan.way,
        "plan_version": known.plan.version,
        "plan_seconds": f"{known.plan.seconds:.1f}",
        "bound_by": known.proof.way,
        "bound_version": known.proof.version,
        "bound_seconds": f"{known.proof.seconds:.1f}",
        "digest": known.digest,
    }


def _known(row: Mapping[str, str]) -> Known:
    return Known(
        name=row["name"],
        columns=int(row["columns"]),
        rows=int(row["rows"]),
        integers=int(row["integers"]),
        nonzeros=int(row["nonzeros"]),
        digest=row["digest"],
        cone=row["mps"] != "yes",
        objective=float(row["objective"]) if row["objective"] else None,
        bound=float(row["bound"]) if row["bound"] else None,
        plan=How(row["plan_by"], row["plan_version"], float(row["plan_seconds"])),
        proof=How(row["bound_by"], row["bound_version"], float(row["bound_seconds"])),
    )


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.12g}"


def _write(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)

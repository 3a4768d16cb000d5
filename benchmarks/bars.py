"""Bars: what was asked of a benchmark, beside what it measured."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Bar:
    """One line of the table: ``measured`` is None where it was not run; ``at_least`` turns the bar round."""

    what: str
    measured: float | None
    bar: float
    at_least: bool = False

    @property
    def verdict(self) -> str:
        """Met, missed, or not run."""
        if self.measured is None:
            return "not run"
        met = self.measured >= self.bar if self.at_least else self.measured <= self.bar
        return "met" if met else "MISSED"

    def line(self) -> str:
        """As it is printed."""
        measured = "–" if self.measured is None else f"{self.measured:.3g}"
        sign = "≥" if self.at_least else "≤"
        return f"{self.what:<72}{measured:>10}  {sign} {self.bar:<8.3g}{self.verdict}"


def save(name: str, rows: Sequence[Mapping[str, object]], folder: Path = HERE) -> None:
    """Write rows as a CSV file beside the benchmarks."""
    if not rows:
        return
    with (folder / name).open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows({key: _short(value) for key, value in row.items()} for row in rows)


def record(found: Mapping[str, Sequence[Bar]], folder: Path = HERE) -> None:
    """Write the bars of the benchmarks that were run into bars.csv; those of the others stay."""
    path = folder / "bars.csv"
    rows: list[Mapping[str, object]] = []
    if path.is_file():
        with path.open(newline="", encoding="utf-8") as stream:
            rows = [row for row in csv.DictReader(stream) if row["benchmark"] not in found]
    rows += [{"benchmark": name, **vars(bar), "verdict": bar.verdict} for name, bars in found.items() for bar in bars]
    save("bars.csv", rows, folder)


def _short(value: object) -> object:
    return float(f"{value:.5g}") if isinstance(value, float) else value

"""A random problem in the making: draws, and what has been drawn so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from hypothesis import strategies as st

from .features import Features
from .records import Row, Sheets, as_label

T = TypeVar("T")


@dataclass
class Sketch:
    """The sheets drawn so far, and ways to draw more."""

    draw: st.DrawFn
    sheets: Sheets
    features: Features
    routes: list[str] = field(default_factory=list)

    def integer(self, low: int, high: int) -> int:
        """A whole number."""
        return self.draw(st.integers(low, high))

    def quarters(self, low: float, high: float) -> float:
        """A multiple of a quarter."""
        return self.draw(st.integers(round(low * 4), round(high * 4))) / 4

    def pick(self, options: Sequence[T]) -> T:
        """One of some values."""
        return self.draw(st.sampled_from(options))

    def chance(self, share: float) -> bool:
        """Yes in about this share of cases; shrinks to no."""
        return self.draw(st.integers(0, 99)) >= 100 - round(share * 100)

    def rows(self, sheet: str) -> list[Row]:
        """The rows of a sheet so far."""
        return self.sheets.get(sheet, [])

    def add(self, sheet: str, row: Row, optional: Row) -> None:
        """A row, with the optional cells that are filled."""
        filled = {column: value for column, value in optional.items() if value is not None}
        self.sheets.setdefault(sheet, []).append(row | filled)

    @property
    def periods(self) -> list[str]:
        """Labels of the periods."""
        return [as_label(row["period"]) for row in self.sheets["Periods"]]

    @property
    def years(self) -> list[float]:
        """Lengths of the periods."""
        return [float(str(row.get("years", 1))) for row in self.sheets["Periods"]]

    def months(self) -> list[int]:
        """Lengths of steps that divide the periods, and their steps unless these are shorter."""
        whole = [round(years * 12) for years in self.years]
        steps = [whole[i] // int(str(row.get("steps", 1))) for i, row in enumerate(self.sheets["Periods"])]
        fits = [all(m >= s or s % m == 0 for s in steps) for m in (3, 6, 12)]
        return [m for m, fit in zip((3, 6, 12), fits, strict=True) if fit and all(w % m == 0 for w in whole)]

    @property
    def countries(self) -> list[str]:
        """All countries."""
        return [str(row["country"]) for row in self.sheets["Countries"]]

    @property
    def blocs(self) -> list[str]:
        """Blocs that have a country."""
        return sorted({str(row["bloc"]) for row in self.sheets["Countries"]})

    @property
    def goods(self) -> list[str]:
        """All commodities."""
        return [str(row["commodity"]) for row in self.sheets["Commodities"]]

    def country(self) -> str:
        """One country."""
        return self.pick(self.countries)

    def group(self) -> str:
        """A cell that stands for some countries."""
        lists = [", ".join(self.countries[:2])]
        return self.pick(["*", "@coalition", *(f"@{bloc}" for bloc in self.blocs), *lists, *self.countries])

    def good_cell(self) -> str:
        """A cell that stands for some commodities."""
        stages = sorted({f"stage:{row['stage']}" for row in self.sheets["Commodities"]})
        return self.pick(["*", ", ".join(self.goods), *stages, *self.goods])

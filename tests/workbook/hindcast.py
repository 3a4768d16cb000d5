"""The rare earth workbook set back to April 2025: what ran, what was used and what was held then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.parsing.valid import Sheets
from tests.workbook.short import first_years

Row = Mapping[str, object]

BOOK_YEARS = ("2026", "2027")
FIRST_WEEKS = "first five weeks"
PERIODS: dict[str, tuple[float, int]] = {"2024": (1.0, 2), FIRST_WEEKS: (35 / 365, 1), "rest of 2025": (330 / 365, 1)}
"""Length in years of each period, and how many years before 2026 its demand lies."""

LATER = frozenset({"USA_evac", "USA_independence", "EUU_narva_magnets", "MYS_gebeng_heavy"})
"""Plants of the workbook that made nothing, or next to nothing, before April 2025."""

DROPPED = ("Expansions", "Policies", "Protections")
"""Sheets of decisions and rules: what comes out is what the stocks bear."""


def april_2025(sheets: Sheets) -> Sheets:
    """A year, and the danger *licences* from the start of the next, whose first period is five weeks long.

    Demand is carried back at each row's own growth from 2026 to 2027. Plants have what they have in 2026, without those
    that started later. Stocks are what the workbook starts with, in days of use, and nobody prepares: nothing is filled
    beyond them, and nothing is sold before.
    """
    short = first_years(sheets, BOOK_YEARS[-1], ("licences",))
    demand = [_carried_back(row) for row in short["Demand"]]
    profiles = [row for row in short["Profiles"] if row["table"] not in (*DROPPED, "Stockpiles")]
    set_back = {
        **short,
        "Periods": [{"period": label, "years": years} for label, (years, _) in PERIODS.items()],
        "Demand": demand,
        "Stockpiles": [_held(row, short["Demand"], demand) for row in short["Stockpiles"]],
        "Profiles": [_still(row) for row in profiles if row["id"] not in LATER],
        "Plants": [row for row in short["Plants"] if row["plant"] not in LATER],
        "Scenarios": [_without(row, ("step_months",)) for row in short["Scenarios"]],
    }
    return {name: rows for name, rows in set_back.items() if name not in DROPPED}


def _without(row: Row, columns: tuple[str, ...]) -> dict[str, object]:
    return {column: value for column, value in row.items() if column not in columns}


def _number(value: object) -> float:
    return float(str(value))


def _carried_back(row: Row) -> dict[str, object]:
    """Demand of the years before in place of that of the workbook."""
    first, second = (_number(row[year]) for year in BOOK_YEARS)
    return _without(row, BOOK_YEARS) | {label: first / (second / first) ** back for label, (_, back) in PERIODS.items()}


def _still(row: Row) -> dict[str, object]:
    """A profile that stays at its first value."""
    return _without(row, BOOK_YEARS) | dict.fromkeys(PERIODS, row[BOOK_YEARS[0]])


def _held(stock: Row, now: Sequence[Row], then: Sequence[Row]) -> dict[str, object]:
    """A stock of as many days of the use of 2025 as it starts with of that of 2026, and room for no more."""
    used, before = _use(now, stock, BOOK_YEARS[0]), _use(then, stock, FIRST_WEEKS)
    level = _number(stock.get("initial", 0)) * (before / used if used else 1.0)
    return {**stock, "initial": level, "min_level": level, "max_level": level}


def _use(rows: Sequence[Row], stock: Row, period: str) -> float:
    key = ("country", "commodity")
    return sum(_number(row[period]) for row in rows if all(row[name] == stock[name] for name in key))

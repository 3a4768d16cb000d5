"""The first years of an example, made from its CSV files: small enough to be solved in a test."""

from __future__ import annotations

from collections.abc import Mapping

from tests.parsing.valid import Sheets

_NAMES_A_PERIOD = frozenset({"earliest", "latest", "onset", "from_period", "to_period"})


def first_years(sheets: Sheets, last: str, scenarios: tuple[str, ...]) -> Sheets:
    """The sheets up to period ``last``, with the ``scenarios`` named alone; rules that come later come in ``last``."""
    labels = [str(row["period"]) for row in sheets["Periods"]]
    kept = labels[: labels.index(last) + 1]
    later = frozenset(labels[len(kept) :])
    short = {sheet: [_row(row, later, last) for row in rows] for sheet, rows in sheets.items()}
    short["Periods"] = short["Periods"][: len(kept)]
    short["Scenarios"] = [row for row in short["Scenarios"] if row["scenario"] in scenarios]
    short["Events"] = [row for row in short["Events"] if row["scenario"] in scenarios]
    short["Policies"] = [row for row in short["Policies"] if _holds(row, scenarios)]
    return short


def _row(row: Mapping[str, object], later: frozenset[str], last: str) -> dict[str, object]:
    return {column: _within(column, value, later, last) for column, value in row.items() if column not in later}


def _within(column: str, value: object, later: frozenset[str], last: str) -> object:
    """A later period that a row names, or a span that begins in one, is the last period; all else is as it was."""
    return last if column in _NAMES_A_PERIOD and str(value).split("..")[0] in later else value


def _holds(row: Mapping[str, object], scenarios: tuple[str, ...]) -> bool:
    named = str(row.get("scenario", "base"))
    return named in ("base", "normal", "each", "expected", "cvar") or named in scenarios

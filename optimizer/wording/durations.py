"""Lengths of time, from years."""

from __future__ import annotations

from math import isinf

from friendshore.optimizer.wording.counts import counted, measured
from friendshore.optimizer.wording.numbers import UNKNOWN, say

DAYS_A_YEAR = 365
MONTHS_A_YEAR = 12
WITHOUT_END = "without end"
_WHOLE = 0.02
"""Of a month: what is nearer to a whole number of months is said in months."""


def duration(years: float) -> str:
    """A length of time in a sentence: whole months up to two years, else days below one year and years above.

    Examples
    --------
    >>> duration(1.0), duration(0.25), duration(1.5), duration(2.844), duration(30 / 12)
    ('1 year', '3 months', '18 months', '2.84 years', '2.5 years')
    >>> duration(0.86), duration(0.001), duration(0.0), duration(float("inf"))
    ('314 days', 'less than a day', '0 days', 'without end')
    """
    if isinf(years):
        return WITHOUT_END
    if years != years:  # noqa: PLR0124 - not a number
        return UNKNOWN
    months = MONTHS_A_YEAR * years
    whole = round(months)
    if whole and abs(months - whole) <= _WHOLE and (whole < 2 * MONTHS_A_YEAR or whole % MONTHS_A_YEAR == 0):
        return counted(whole, "month") if whole % MONTHS_A_YEAR else counted(whole // MONTHS_A_YEAR, "year")
    if years >= 1:
        return f"{say(years)} years"
    days = DAYS_A_YEAR * years
    return "less than a day" if 0 < days < 1 - _WHOLE else counted(round(days), "day")


def in_months(years: float) -> str:
    """A length of time in months, for a sentence.

    Examples
    --------
    >>> in_months(0.5), in_months(1 / 12), in_months(7.3 / 12)
    ('6 months', '1 month', '7.3 months')
    """
    return measured(float(months(years)), "month")


def months(years: float) -> str:
    """A length of time as a bare number of months, where a table or sentence names the unit.

    Examples
    --------
    >>> months(0.5), months(1 / 3), months(7.3 / 12)
    ('6', '4', '7.3')
    """
    return f"{MONTHS_A_YEAR * years:.4g}"

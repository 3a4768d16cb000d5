"""Amounts of money in a sentence: three digits that matter, whatever multiple of a currency they are counted in."""

from __future__ import annotations

from math import floor, isfinite, log10

_MULTIPLES = {"thousand": 1e3, "thousands": 1e3, "million": 1e6, "millions": 1e6, "billion": 1e9, "billions": 1e9}
_WORDS = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_DIGITS = 3


def in_words(amount: float, currency: str) -> str:
    """An amount as one would say it.

    Parameters
    ----------
    amount
        In ``currency``.
    currency
        As in Settings; a multiple at its end (``USD thousand``) is counted in.

    Examples
    --------
    >>> in_words(31_061_729, "USD thousand")
    '31.1 billion USD'
    >>> in_words(6_628, "EUR")
    '6,628 EUR'
    """
    if not isfinite(amount):
        return f"an unknown amount of {currency}"
    multiple, name = _counted_in(currency)
    rounded = _rounded(amount * multiple)
    for size, word in _WORDS:
        if abs(rounded) >= size:
            return f"{_plain(rounded / size)} {word} {name}"
    return f"{amount * multiple:,.0f} {name}" if abs(rounded) >= 100 or rounded == 0 else f"{_plain(rounded)} {name}"


def readable(largest: float, currency: str) -> tuple[float, str]:
    """By what amounts in ``currency`` are divided so that the largest reads well, and the unit they are in then.

    Examples
    --------
    >>> readable(31_061_729, "USD thousand")
    (1000000.0, 'billion USD')
    """
    multiple, name = _counted_in(currency)
    for size, word in _WORDS:
        if abs(largest) * multiple >= size:
            return size / multiple, f"{word} {name}"
    return 1.0 / multiple, name


def _counted_in(currency: str) -> tuple[float, str]:
    """What one of ``USD thousand`` is, 1,000, and of what: ``USD``."""
    unit, _, last = currency.rpartition(" ")
    multiple = _MULTIPLES.get(last.casefold(), 1.0) if unit else 1.0
    return multiple, unit if multiple > 1.0 else currency


def _rounded(value: float) -> float:
    return value if value == 0 else round(value, _DIGITS - 1 - floor(log10(abs(value))))


def _plain(value: float) -> str:
    return f"{value:.{_DIGITS}g}" if abs(value) < 10**_DIGITS else f"{value:,.0f}"

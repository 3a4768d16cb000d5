"""Amounts of money in a sentence: three digits that matter, whatever multiple of a currency they are counted in."""

from __future__ import annotations

from math import ceil, floor, isfinite, log10

_MULTIPLES = {"thousand": 1e3, "thousands": 1e3, "million": 1e6, "millions": 1e6, "billion": 1e9, "billions": 1e9}
_WORDS = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_DIGITS = 3
_NOISE = 1e-7
"""Of an amount: what arithmetic and tolerances leave of a difference."""


def money(amount: float, currency: str) -> str:
    """An amount as one would say it.

    Parameters
    ----------
    amount
        In ``currency``.
    currency
        As in Settings; a multiple at its end (``USD thousand``) is counted in.

    Examples
    --------
    >>> money(31_061_729, "USD thousand")
    '31.1 billion USD'
    >>> money(6_628, "EUR")
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


def money_between(low: float, high: float, currency: str) -> str:
    """An amount known to lie between two, the lower rounded down and the higher up: no more is said than is known.

    Parameters
    ----------
    low, high
        The ends, in ``currency``, ``low`` the smaller.
    currency
        As in Settings; a multiple at its end is counted in.

    Returns
    -------
    str
        Both ends with the currency, or one amount where they are said alike.

    Examples
    --------
    >>> money_between(9.9942, 10.0061, "USD thousand"), money_between(2.4, 2.4, "USD thousand")
    ('9,994 USD to 10,007 USD', '2,400 USD')
    >>> money_between(1_234_500, 1_235_100, "EUR")
    '1.23 million EUR to 1.24 million EUR'
    """
    multiple, name = _counted_in(currency)
    least, most = (money(_outward(end * multiple, up=up), name) for end, up in ((low, False), (high, True)))
    return least if least == most else f"{least} to {most}"


def money_within(low: float, high: float, currency: str) -> str:
    """Amounts that are reached, from the one to the other, each rounded towards the other: no more than is known.

    Parameters
    ----------
    low, high
        The ends, in ``currency``, ``low`` the smaller.
    currency
        As in Settings; a multiple at its end is counted in.

    Returns
    -------
    str
        Both ends with the currency, or one amount where nothing is left between them.

    Examples
    --------
    >>> money_within(1_234_500, 2_345_600, "EUR"), money_within(1_234_500, 1_235_100, "EUR")
    ('1.24 million EUR to 2.34 million EUR', '1.24 million EUR')
    """
    multiple, name = _counted_in(currency)
    least, most = _outward(low * multiple, up=True), _outward(high * multiple, up=False)
    return f"{money(least, name)} to {money(most, name)}" if least < most else money(high * multiple, name)


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


def _outward(value: float, *, up: bool) -> float:
    """The next amount that is said to the last digit, above or below; the same where it is one but for noise."""
    if not isfinite(value) or value == 0:
        return value
    size = abs(value)
    shown = 0 if 100 <= size < 999_500 else _DIGITS - 1 - floor(log10(size))
    scale, noise = 10.0**shown, _NOISE * size * 10.0**shown
    return (ceil(value * scale - noise) if up else floor(value * scale + noise)) / scale


def _rounded(value: float) -> float:
    return value if value == 0 else round(value, _DIGITS - 1 - floor(log10(abs(value))))


def _plain(value: float) -> str:
    return f"{value:.{_DIGITS}g}" if abs(value) < 10**_DIGITS else f"{value:,.0f}"

"""Numbers: in a sentence, as a figure to be compared, in a table, as a change."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, floor, isfinite, log10

UNKNOWN = "unknown"
"""In a sentence, in place of a number that is not finite."""

BLANK = "–"
"""In a table, in place of a number that is not known."""


def say(value: float) -> str:
    """A number in a sentence: thousands separated, three digits that matter.

    Examples
    --------
    >>> say(12_345.6), say(12.345), say(0.0), say(float("inf"))
    ('12,346', '12.3', '0', 'unknown')
    """
    if not isfinite(value):
        return UNKNOWN
    return f"{value:,.0f}" if abs(value) >= 100 or value == 0 else f"{value:,.3g}"


def precise(value: float) -> str:
    """A figure to be compared with others, as a limit, a bound or units built: six digits that matter.

    Examples
    --------
    >>> precise(2_500_000.0), precise(1_234.5), precise(0.025), precise(1 / 3)
    ('2,500,000', '1,234.5', '0.025', '0.333333')
    """
    return f"{value:,.0f}" if isfinite(value) and abs(value) >= 99_999.5 else f"{value:,.6g}"


def next_said(value: float, *, up: bool) -> float:
    """The next number that ``say`` says to its last digit, above or below; the same where it is one but for noise.

    Examples
    --------
    >>> next_said(1.2341, up=False), next_said(1.2341, up=True), next_said(12_345.6, up=True), next_said(2.0, up=True)
    (1.23, 1.24, 12346.0, 2.0)
    """
    if not isfinite(value) or value == 0:
        return value
    scale = 10.0 ** (0 if abs(value) >= 100 else 2 - floor(log10(abs(value))))
    noise = 1e-7 * abs(value) * scale
    return (ceil(value * scale - noise) if up else floor(value * scale + noise)) / scale


def number_cell(value: float) -> str:
    """A number in a table for readers: thousands separated, at least three digits that matter.

    Examples
    --------
    >>> number_cell(1_234.6), number_cell(99.94), number_cell(9.876), number_cell(7.0), number_cell(float("nan"))
    ('1,235', '99.9', '9.88', '7', '–')
    """
    if not isfinite(value):
        return BLANK
    size = abs(value)
    if size >= 100 or value == round(value):
        return f"{value:,.0f}"
    if size < 1e-4:
        return f"{value:.1e}"
    return f"{value:,.{2 - floor(log10(size))}f}" if size < 10 else f"{value:,.1f}"


def signed(value: float, words: Callable[[float], str]) -> str:
    """A change with its sign before it.

    Parameters
    ----------
    value
        The change, in whatever ``words`` says.
    words
        How an amount of it is said.

    Returns
    -------
    str
        ``+`` or ``-`` and the words of its size; no sign where nothing changes.

    Examples
    --------
    >>> signed(-1_031.0, say), signed(12.0, say), signed(0.0, say)
    ('-1,031', '+12', '0')
    """
    return ("+" if value > 0 else "-" if value < 0 else "") + words(abs(value))

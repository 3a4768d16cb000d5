"""Shares of a whole, in per cent: in a sentence, in a table, and the gap of a search."""

from __future__ import annotations

from math import ceil, floor, isfinite, log10

from friendshore.optimizer.wording.numbers import BLANK, UNKNOWN

_SMALLEST_GAP = 1e-5
_NOISE = 1e-9
_CERTAIN = 1e-6


def percent(share: float) -> str:
    """A share, from 0 to 1, in a sentence.

    Examples
    --------
    >>> percent(0.634), percent(0.052), percent(0.0004), percent(0.0), percent(0.9954), percent(0.9999)
    ('63%', '5.2%', 'less than 0.1%', '0%', '99.5%', 'more than 99.9%')
    """
    if not isfinite(share):
        return UNKNOWN
    if 0 < abs(share) < 0.001:
        return "less than 0.1%"
    if 0.995 <= share < 1.0 - _CERTAIN:
        return "more than 99.9%" if share > 0.999 else f"{100 * share:.1f}%"
    return f"{100 * share:.0f}%" if abs(share) >= 0.0995 or share == 0 else f"{100 * share:.1f}%"


def percent_between(low: float, high: float) -> str:
    """A share known to lie between two, the lower rounded down and the higher up, to a tenth of a percent.

    Examples
    --------
    >>> percent_between(0.0111, 0.0162), percent_between(0.0104, 0.0104), percent_between(0.25, 0.25)
    ('1.1% to 1.7%', '1.0%', '25%')
    """
    if low == high or not (isfinite(low) and isfinite(high)):
        return percent(high)
    least, most = floor(1000 * low + _NOISE) / 10, ceil(1000 * high - _NOISE) / 10
    return f"{least:g}% to {most:g}%"


def percent_cell(share: float) -> str:
    """A share, from 0 to 1, in a table.

    Examples
    --------
    >>> percent_cell(0.1234), percent_cell(1.0), percent_cell(0.0004), percent_cell(float("nan"))
    ('12.3%', '100.0%', '<0.1%', '–')
    """
    if not isfinite(share):
        return BLANK
    return "<0.1%" if 0 < share < 0.0005 else f"{100 * share:.1f}%"


def gap_words(gap: float | None) -> str:
    """How far a plan may be from the best, as a share of its objective.

    Three digits that matter, rounded up, so that no more is said than is proven; never less than 0.001%, as solvers
    work within tolerances.

    Examples
    --------
    >>> gap_words(0.0234), gap_words(0.1), gap_words(0.000123456), gap_words(0.0), gap_words(None)
    ('2.34%', '10%', '0.0124%', '0.001%', 'an unknown gap')
    """
    if gap is None or not isfinite(gap):
        return "an unknown gap"
    if gap <= _SMALLEST_GAP:
        return f"{100 * _SMALLEST_GAP:g}%"
    scale = 10.0 ** (2 - floor(log10(100 * gap)))
    return f"{ceil(100 * gap * scale * (1 - _NOISE)) / scale:g}%"

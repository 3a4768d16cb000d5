"""Ranges as they are typed: ``20%:60%``, ``0.2:0.6``, ``3:24``."""

from __future__ import annotations

import math

from friendshore.optimizer.commands.guard import UsageFault


def range_of(option: str, text: str) -> tuple[float, float]:
    """Both ends of a range.

    Parameters
    ----------
    option
        The option it was given to, for the message.
    text
        As it was typed, ``A:B``; each end a number, or one with a per cent sign.

    Returns
    -------
    tuple[float, float]
        In the order in which they were typed.

    Raises
    ------
    UsageFault
        Where it is no such range.

    Examples
    --------
    >>> range_of("--limits", "20%:0.6")
    (0.2, 0.6)
    """
    parts = [part.strip() for part in text.split(":")]
    ends = [_number(part) for part in parts]
    if len(ends) != 2 or not all(map(math.isfinite, ends)):
        raise UsageFault(f"{option} {text}: wanted two numbers with a colon between them, such as 0.2:0.6 or 20%:60%")
    return ends[0], ends[1]


def _number(text: str) -> float:
    try:
        return float(text.removesuffix("%").strip()) / (100.0 if text.endswith("%") else 1.0)
    except ValueError:
        return math.nan

"""Shares as they are typed: 0.01, 1% or 1 %."""

from __future__ import annotations

import math

from friendshore.optimizer.commands.guard import UsageFault


def gap_of(text: str | None, option: str = "--gap") -> float | None:
    """A relative gap, or another share of the cost, as it is typed for an option, 0.01 or 1%; None where none is.

    Raises
    ------
    UsageFault
        Where it is no number from 0 to below 1: of 1 nobody knows whether 1 % was meant.
    """
    if text is None:
        return None
    typed = text.strip()
    try:
        value = float(typed.removesuffix("%").strip()) / (100 if typed.endswith("%") else 1)
    except ValueError:
        value = math.nan
    if not value >= 0 or math.isinf(value):
        raise UsageFault(f"{option} {typed}: wanted a share from 0 upwards, such as 0.001 or 0.1%")
    if value >= 1:
        said = f"{option} {typed}: that is {100 * value:g} % of the cost"
        raise UsageFault(f"{said}; wanted less than all of it" if "%" in typed else f"{said}; did you mean {typed}%?")
    return value

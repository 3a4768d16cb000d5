"""Shares as they are typed: 0.01, 1% or 1 %."""

from __future__ import annotations

import math

import typer


def gap_of(text: str) -> float:
    """A relative gap as it is typed, 0.01 or 1%.

    Raises
    ------
    typer.BadParameter
        Where it is no number from 0 to below 1: of 1 nobody knows whether 1 % was meant.
    """
    typed = str(text).strip()
    try:
        value = float(typed.removesuffix("%").strip()) / (100 if typed.endswith("%") else 1)
    except ValueError:
        value = math.nan
    if not value >= 0 or math.isinf(value):
        raise typer.BadParameter(f"{typed}: wanted a share from 0 upwards, such as 0.001 or 0.1%")
    if value >= 1:
        raise typer.BadParameter(f"{typed}: that is {100 * value:g} % of the cost; did you mean {typed.rstrip('%')}%?")
    return value

"""What money is worth at the start of the horizon: paid at once, or as time goes by (Discounting)."""

from __future__ import annotations

from math import log1p

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

ENDS = ("refill", "salvage")
"""Kinds of cost that fall at the end of the horizon."""
AT_ONCE = ("investment", "closing")
"""Kinds of cost that are paid at the start of the node of decision; all others run evenly over their node."""


def at_once(rate: float, time: Array) -> Array:
    """(1 + r)^(-t): what a unit of money paid at ``time`` (years) is worth at a yearly ``rate``."""
    return np.asarray((1.0 + rate) ** -np.asarray(time, dtype=np.float64))


def running(rate: float, start: Array, years: Array) -> Array:
    """δ: what a unit of money is worth that runs evenly over [start, start + years]; 1 at a rate of 0.

    The mean of (1 + r)^(-t) over that time: ((1 + r)^(-τ) - (1 + r)^(-τ-d)) / (d · ln(1 + r)). So cutting a node into
    parts in which nothing differs changes no cost.

    Parameters
    ----------
    rate
        Discount rate a year.
    start
        Start of each node, years from the start of the horizon.
    years
        Length of each node, in years.

    Returns
    -------
    Array
        By node, from 0 to 1.
    """
    if rate == 0.0:
        return np.ones(np.shape(start))
    force = log1p(rate)
    return np.asarray(at_once(rate, start) * -np.expm1(-force * years) / (force * years))


def worth(kind: str, rate: float, start: Array, years: Array, horizon: float) -> Array:
    """What a unit of money of a kind of cost is worth at nodes [start, start + years] of a horizon, all in years.

    Parameters
    ----------
    kind
        Kind of cost.
    rate
        Discount rate a year.
    start
        Start of each node, years from the start of the horizon.
    years
        Length of each node, in years.
    horizon
        Length of the horizon, in years.

    Returns
    -------
    Array
        By node, from 0 to 1.
    """
    if kind in ENDS:
        return np.full(np.shape(start), float(at_once(rate, np.array(horizon))))
    return at_once(rate, start) if kind in AT_ONCE else running(rate, start, years)


def years_in_money(rate: float, horizon: float) -> float:
    """Years of a horizon by what a unit of money a year in them is worth at its start; their number at a rate of 0.

    An amount at the start of the horizon divided by it is an even payment a year.
    """
    return float((running(rate, np.zeros(1), np.array([horizon])) * horizon)[0])

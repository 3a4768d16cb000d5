"""What is nothing beside a cost: differences that the tolerances of a solver leave, whatever the unit of money."""

from __future__ import annotations

LEAST = 1e-6
"""Costs below this count as this much: a share of no cost at all would be nothing to lie within."""


def negligible(share: float, *costs: float) -> float:
    """The largest amount of money that is nothing beside costs.

    Parameters
    ----------
    share
        Which part of the greatest of them is nothing.
    costs
        In the currency of the amount.

    Returns
    -------
    float
        Above 0.

    Examples
    --------
    >>> negligible(0.5, 10.0, -20.0), negligible(0.5)
    (10.0, 5e-07)
    """
    return share * max((LEAST, *map(abs, costs)))

"""How far towards the master's own point the branches are asked, from the best point so far.

Halfway tells more than either end while what lies between curves. Where policies fail at the best point it may be dear
by that alone, along a straight line: every half then only halves how much too dear it is, and the master's own point is
asked instead.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

HALFWAY = 0.5
"""How far while there is a better known point."""

STRAIGHT = 0.02
"""Share of how much dearer the best point is than the master's LP by which a point between them may cost other than
what a straight line between the two says, to be on it."""


@dataclass(frozen=True)
class Asked:
    """What the branches answered at a point between the master's own and the best one.

    Parameters
    ----------
    share
        How far from the best towards the master's own it was, from 0 to 1; 1 where there was no best.
    lower
        The optimum of the master's LP, in money.
    before
        What the best point cost before, in money; inf where there was none.
    cost
        What this one costs, in money.
    added
        How many of its cuts the master's plan violated.
    fails
        Whether policies of a branch fail there.
    """

    share: float
    lower: float
    before: float
    cost: float
    added: int
    fails: bool


def next_share(asked: Asked) -> float:
    """How far the next point is to be from the best towards the master's own.

    Parameters
    ----------
    asked
        The point before.

    Returns
    -------
    float
        1 where the master has learnt nothing there, or policies fail and costs fall along a straight line: what a
        convex cost is further on is then no less than the line says, and the line ends at the master's own optimum.
    """
    if not asked.added or (asked.fails and _on_the_line(asked)):
        return 1.0
    return HALFWAY


def _on_the_line(asked: Asked) -> bool:
    dearer = asked.before - asked.lower
    if asked.share == 1.0 or not np.isfinite(dearer):
        return False
    line = asked.before - asked.share * dearer
    return abs(asked.cost - line) <= STRAIGHT * dearer

"""Ends of many decisions sought at once: one linear program in which all of them are as few, or as many, as can be.

Its solution often has most of them at ends that no plan can pass, so that none of these needs a program of its own. A
solution proves nothing else here: what it does not attain is asked for by itself as before.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from friendshore.optimizer.studies.alternatives.asked import SIGN
from friendshore.optimizer.studies.alternatives.attained import Attained
from friendshore.optimizer.studies.alternatives.extremes import Extremes
from friendshore.optimizer.studies.alternatives.measures import Measure

FEWEST = 4
"""So few ends are asked for one by one: a program for several takes as long as some for one."""


def attain_together(extremes: Extremes, attained: Attained, measures: Sequence[Measure], places: Sequence[int]) -> None:
    """Solutions with as few, then as many, of some decisions as can be, while each attains most of what is left.

    Parameters
    ----------
    extremes
        The relaxation, with decisions kept as they are in ``attained``.
    attained
        Takes note of the solutions.
    measures
        Of all questions.
    places
        Of the questions about decisions.

    Raises
    ------
    friendshore.optimizer.studies.alternatives.extremes.Stopped
        Where it was interrupted.
    """
    for side, sign in SIGN.items():
        left = attained.left(places, side)
        while len(left) >= FEWEST:
            row = np.zeros(extremes.relaxation.width)
            for place, most in left.items():
                row += sign / max(1.0, most) * measures[place].slope
            extremes.free()
            answer = extremes.least(extremes.relaxation.row(row))
            if answer is None or answer.columns is None:
                break
            attained.see(answer.columns)
            before, left = len(left), attained.left(places, side)
            if 2 * len(left) > before:
                break

"""How many problems a random test draws: few in every run, many in the long form that FRIENDSHORE_EXAMPLES asks for."""

from __future__ import annotations

import os

SHORT = 8
"""What the longest of the random tests draws where nothing else is asked for."""

FULL = 48
"""What its number in the source stands for."""


def examples(full: int) -> int:
    """How many problems to draw in place of ``full``: a sixth of them, or as FRIENDSHORE_EXAMPLES (48: all) says.

    Parameters
    ----------
    full
        Problems of the long form.

    Returns
    -------
    int
        In the same proportion for all tests, at least one.
    """
    return max(1, round(full * int(os.environ.get("FRIENDSHORE_EXAMPLES", SHORT)) / FULL))

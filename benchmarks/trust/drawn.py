"""Random problems handed over one by one, always the same for a seed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st


def drawn(problems: st.SearchStrategy[Any], most: int, number: int, take: Callable[[Any], None]) -> None:
    """Hand over so many random problems at most.

    Parameters
    ----------
    problems
        What they are drawn from.
    most
        How many.
    number
        The seed.
    take
        Called with each.
    """

    @seed(number)
    @settings(
        max_examples=most,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(problems)
    def draw(stated: Any) -> None:
        take(stated)

    draw()

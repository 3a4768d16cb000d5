"""What allies cost in groups that each go by themselves: the cheapest way to part them, of groups that are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import inf

from friendshore.models.plan.baselines import Interval
from friendshore.optimizer.studies.share.game import Coalition


def cheapest_parts(players: int, costs: Mapping[Coalition, Interval]) -> tuple[tuple[Coalition, ...], float]:
    """The groups, each ally in one of them, whose plans cost least together.

    Parameters
    ----------
    players
        How many allies there are, eight at most.
    costs
        What is known of the cost of groups, that of all among them.

    Returns
    -------
    tuple[tuple[Coalition, ...], float]
        Two groups or more, the one of the first ally first, and what their plans cost together; inf where there is no
        such division of which all plans are known.
    """
    whole = frozenset(range(players))
    known = {each: cost.high for each, cost in costs.items() if each != whole and cost.high < inf}
    parted = ((parts, sum(known[each] for each in parts)) for parts in _parts(whole, known))
    return min(parted, key=lambda one: (one[1], len(one[0])), default=((), inf))


def _parts(left: Coalition, known: Mapping[Coalition, float]) -> Iterator[tuple[Coalition, ...]]:
    """Every way to part some allies into groups that are known."""
    if not left:
        yield ()
        return
    first = min(left)
    for each in known:
        if first in each and each <= left:
            for rest in _parts(left - each, known):
                yield (each, *rest)

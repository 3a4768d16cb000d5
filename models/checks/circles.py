"""Circles of names that lead to each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter


def has_circle(after: Mapping[str, Iterable[str]]) -> bool:
    """Whether following ``after``, from each name to those behind it, ever leads back to a name.

    >>> has_circle({"ore": ["metal"], "metal": ["part", "scrap"], "scrap": ["metal"]})
    True
    """
    return bool(_circle(after))


def circles(after: Mapping[str, str]) -> dict[str, list[str]]:
    """The circle of each name on one, from the name on, where at most one name is behind each.

    >>> circles({"a": "b", "b": "a", "c": "a", "d": "base"})
    {'a': ['a', 'b', 'a'], 'b': ['b', 'a', 'b']}
    """
    around: dict[str, list[str]] = {}
    left = dict(after)
    while circle := _circle({name: (behind,) for name, behind in left.items()}):
        for place, name in enumerate(circle):
            around[name] = [*circle[place:], *circle[:place], name]
            del left[name]
    return {name: around[name] for name in after if name in around}


def _circle(after: Mapping[str, Iterable[str]]) -> list[str]:
    """The names of one circle in order, each once; none where there is no circle."""
    try:
        TopologicalSorter(after).prepare()
    except CycleError as error:
        names: list[str] = error.args[1]  # each before the one it is reached from, the first again as the last
        return names[:0:-1]
    return []

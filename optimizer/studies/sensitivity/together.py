"""Many figures moved at once, and which of them moved what.

Group testing (R. Dorfman, The detection of defective members of large populations, Annals of Mathematical Statistics
14, 1943): laying a program out takes as long for one figure that moved as for fifty. So each figure of a group is moved
in some of a few programs, as a code says, no two in the same ones, and each in as many: an entry that moved in just
these, and by the same everywhere, was moved by that figure alone. Where an entry tells otherwise, as two figures are in
it, the group is parted and each part asked anew, in the end figure by figure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from math import comb

import numpy as np

from friendshore.optimizer.studies.sensitivity.lagrangian import Moves

MOST = 126
"""Figures of a group: as many as nine programs tell apart."""

FEW = 4
"""Up to so many each is moved by itself."""

PARTED = 20
"""From so many on a group that tells nothing is parted; of fewer each is moved by itself, as their parts seldom tell
more, and to ask them takes as long."""

SAME = 1e-6
"""Share by which what one figure moves an entry by may differ between two programs: of a difference of two numbers that
are much alike fewer digits are left."""

Tried = Callable[[Sequence[int]], Moves | None]
"""What figures, by their places, move together."""


def moved_by_each(count: int, tried: Tried) -> list[float | None]:
    """By how much each of some figures moves the cost by itself.

    Parameters
    ----------
    count
        How many figures there are, at most ``MOST``.
    tried
        Lays the program out with some of them moved.

    Returns
    -------
    list[float | None]
        By figure, in money; None where the program has other rows or columns when it alone is moved.
    """
    found: list[float | None] = [None] * count
    groups = [list(range(count))]
    while groups:
        group = groups.pop()
        together = _of_group(group, tried) if len(group) > FEW else None
        if together is not None:
            for place, amount in zip(group, together, strict=True):
                found[place] = amount
        elif len(group) >= PARTED:
            groups += [group[::2], group[1::2]]
        else:
            for place in group:
                alone = tried([place])
                found[place] = None if alone is None else alone.total
    return found


def codes(count: int) -> list[tuple[int, ...]]:
    """By figure, the programs in which it is moved: as few programs as can be, in each code the same number of them."""
    programs = next(m for m in range(1, count + 2) if comb(m, m // 2) >= count)
    chosen = combinations(range(programs), programs // 2)
    return [code for code, _ in zip(chosen, range(count), strict=False)]


def _of_group(group: Sequence[int], tried: Tried) -> list[float] | None:
    """What each figure of a group moves; None where that cannot be told of all together."""
    mine = codes(len(group))
    programs = 1 + max(max(code) for code in mine)
    moves: list[Moves] = []
    for program in range(programs):
        answer = tried([place for place, code in zip(group, mine, strict=True) if program in code])
        if answer is None:
            return None
        moves.append(answer)
    return _told_apart(mine, moves)


def _told_apart(mine: Sequence[tuple[int, ...]], moves: Sequence[Moves]) -> list[float] | None:
    """The sum of what is moved by each code alone; None where an entry is moved otherwise."""
    places, entry = np.unique(np.concatenate([each.places for each in moves]), return_inverse=True)
    if not len(places):
        return [0.0] * len(mine)
    amounts = np.zeros((len(places), len(moves)))
    program = np.repeat(np.arange(len(moves)), [len(each.places) for each in moves])
    amounts[entry, program] = np.concatenate([each.amounts for each in moves])
    there = amounts != 0.0
    owner_of = {sum(1 << program for program in code): place for place, code in enumerate(mine)}
    patterns, kind = np.unique(there @ (1 << np.arange(len(moves))), return_inverse=True)
    owners = np.array([owner_of.get(int(pattern), -1) for pattern in patterns])[kind]
    least, most = np.where(there, amounts, np.inf).min(axis=1), np.where(there, amounts, -np.inf).max(axis=1)
    if np.any(owners < 0) or np.any(most - least > SAME * np.maximum(np.abs(least), np.abs(most))):
        return None
    return [float(each) for each in np.bincount(owners, weights=most, minlength=len(mine))]

"""Games of cooperation: what each coalition is worth, and how what all are worth together is divided.

Coalitions are frozen sets of players, who are numbered from 0; ``worth`` is what a coalition is worth, the more the
better (of costs: the negative). The excess of a coalition in a division x is worth(S) - x(S): what it forgoes by
staying with the others. Sources: L. S. Shapley, A value for n-person games, 1953; D. Schmeidler, The nucleolus of a
characteristic function game, SIAM Journal on Applied Mathematics 17(6), 1969; M. Maschler, B. Peleg and L. S. Shapley,
Geometric properties of the kernel, nucleolus, and related solution concepts, Mathematics of Operations Research 4(4),
1979 (the sequence of linear programs).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import factorial

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

Coalition = frozenset[int]
Worth = Mapping[Coalition, float]
Array = NDArray[np.float64]

_TIGHT = 1e-9
"""A price of a row, in a program of numbers up to 1, from which on the row is tight in every optimal division."""


def coalitions(players: int) -> Iterator[Coalition]:
    """Every coalition, by size and then in order of its members; the empty one is left out.

    Examples
    --------
    >>> [sorted(each) for each in coalitions(3)]
    [[0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]]
    """
    for size in range(1, players + 1):
        yield from map(frozenset, combinations(range(players), size))


def shapley_weights(players: int) -> dict[int, dict[Coalition, float]]:
    """By player, what the worth of each coalition weighs in the player's Shapley value.

    Parameters
    ----------
    players
        How many there are.

    Returns
    -------
    dict[int, dict[Coalition, float]]
        (|S|-1)! (n-|S|)! / n! for a coalition S with the player; for one without, the negative for S and the player.
    """
    weights: dict[int, dict[Coalition, float]] = {player: {} for player in range(players)}
    for coalition in coalitions(players):
        size = len(coalition)
        for player in range(players):
            joined = size if player in coalition else size + 1
            weight = factorial(joined - 1) * factorial(players - joined) / factorial(players)
            weights[player][coalition] = weight if player in coalition else -weight
    return weights


def shapley(players: int, worth: Worth) -> tuple[float, ...]:
    """The Shapley value: what each player adds to those before it, on average over all orders.

    Parameters
    ----------
    players
        How many there are.
    worth
        Of every coalition.

    Returns
    -------
    tuple[float, ...]
        By player; KeyError where a coalition lacks.
    """
    weights = shapley_weights(players)
    return tuple(sum(weight * worth[each] for each, weight in weights[player].items()) for player in range(players))


def shapley_between(players: int, low: Worth, high: Worth) -> tuple[tuple[float, float], ...]:
    """Between what the Shapley value of each player lies where worths are known to lie between two each.

    Parameters
    ----------
    players
        How many there are.
    low, high
        The ends for every coalition.

    Returns
    -------
    tuple[tuple[float, float], ...]
        Least and most by player; each is reached, though not by all players at once.
    """
    ends = []
    for mine in shapley_weights(players).values():
        least = sum(weight * (low if weight > 0 else high)[each] for each, weight in mine.items())
        most = sum(weight * (high if weight > 0 else low)[each] for each, weight in mine.items())
        ends.append((least, most))
    return tuple(ends)


def least_excess(players: int, worth: Worth) -> float:
    """The largest excess of any coalition in the division that makes it least: the ε of the least core.

    Parameters
    ----------
    players
        How many there are.
    worth
        Of all players together, and of those other coalitions that count.

    Returns
    -------
    float
        Not above 0 where the core has a division; -inf where no other coalition counts.
    """
    shifted = _shifted(players, worth)
    step = _Step(players, shifted, dict.fromkeys(shifted.others, 1.0), {}, rational=False)
    solved = step.solve()
    return -np.inf if solved is None else float(solved.excess) * shifted.scale


def nucleolus(players: int, worth: Worth, *, per_capita: bool = False) -> tuple[float, ...] | None:
    """The division whose excesses, from the largest down, are as small as can be.

    Parameters
    ----------
    players
        How many there are.
    worth
        Of all players together, and of those other coalitions that count.
    per_capita
        Whether the excess of a coalition is divided by the number of its members.

    Returns
    -------
    tuple[float, ...] | None
        By player. None gets less than alone, where that can be. None where the coalitions that count leave it open.
    """
    shifted = _shifted(players, worth)
    free = {each: float(len(each)) if per_capita else 1.0 for each in shifted.others}
    settled: dict[Coalition, float] = {}
    division = np.zeros(players)
    while _rank(players, settled) < players:
        solved = _Step(players, shifted, free, settled, shifted.rational).solve()
        if solved is None:
            return None
        for each in solved.tight:
            settled[each] = shifted.worth[each] - free[each] * solved.excess
        free = {each: weight for each, weight in free.items() if not _spanned(players, settled, each)}
        division = solved.division
    return tuple(float(part * shifted.scale + base) for part, base in zip(division, shifted.base, strict=True))


@dataclass(frozen=True)
class _Shifted:
    """The game with what each player is worth alone taken off (``base``), in units of ``scale``."""

    worth: dict[Coalition, float]
    base: tuple[float, ...]
    scale: float
    whole: Coalition
    alone: tuple[int, ...]

    @property
    def others(self) -> tuple[Coalition, ...]:
        """The coalitions that count, but for that of all."""
        return tuple(each for each in self.worth if each != self.whole)

    @property
    def rational(self) -> bool:
        """Whether each player can get what it is worth alone."""
        return self.worth[self.whole] >= -1e-12


def _shifted(players: int, worth: Worth) -> _Shifted:
    whole = frozenset(range(players))
    alone = tuple(player for player in range(players) if frozenset({player}) in worth)
    part = worth[whole] / players
    base = tuple(worth.get(frozenset({player}), part) for player in range(players))
    taken = {each: value - sum(base[player] for player in each) for each, value in worth.items() if each}
    scale = max((abs(value) for value in taken.values()), default=0.0) or 1.0
    return _Shifted({each: value / scale for each, value in taken.items()}, base, scale, whole, alone)


@dataclass(frozen=True)
class _Solved:
    """The least possible largest excess, a division with it, and coalitions whose excess it is in all of these."""

    excess: float
    division: Array
    tight: tuple[Coalition, ...]


@dataclass(frozen=True)
class _Step:
    """One program of the sequence: least ε with x(S) + weight(S) ε ≥ worth(S) for the coalitions that are free."""

    players: int
    game: _Shifted
    free: Mapping[Coalition, float]
    settled: Mapping[Coalition, float]
    rational: bool

    def solve(self) -> _Solved | None:
        """None where the coalitions that count do not bound it."""
        if not self.free:
            return None
        rows = list(self.free)
        above = np.array([[*_indicator(self.players, each), self.free[each]] for each in rows])
        worths = np.array([self.game.worth[each] for each in rows])
        equal, right = self._equalities()
        alone = set(self.game.alone) if self.rational else set()
        bounds = [(0.0 if player in alone else None, None) for player in range(self.players)] + [(None, None)]
        cost = np.array([0.0] * self.players + [1.0])
        found = linprog(cost, A_ub=-above, b_ub=-worths, A_eq=equal, b_eq=right, bounds=bounds, method="highs")
        if found.x is None:
            return None
        tight = tuple(each for each, price in zip(rows, -found.ineqlin.marginals, strict=True) if price > _TIGHT)
        return _Solved(float(found.x[-1]), np.asarray(found.x[:-1], dtype=np.float64), tight) if tight else None

    def _equalities(self) -> tuple[Array, Array]:
        """What all get, and what settled coalitions get, as far as the one does not follow from the others."""
        wanted = {self.game.whole: self.game.worth[self.game.whole], **self.settled}
        kept: dict[Coalition, float] = {}
        for each, value in wanted.items():
            if not kept or not _depends(self.players, kept, each):
                kept[each] = value
        rows = np.array([[*_indicator(self.players, each), 0.0] for each in kept])
        return rows, np.array(list(kept.values()))


def _indicator(players: int, coalition: Coalition) -> list[float]:
    return [float(player in coalition) for player in range(players)]


def _matrix(players: int, rows: Iterable[Coalition]) -> Array:
    return np.array([_indicator(players, each) for each in rows])


def _depends(players: int, rows: Iterable[Coalition], other: Coalition) -> bool:
    """Whether what a coalition gets follows from what others get."""
    known = list(rows)
    return bool(
        np.linalg.matrix_rank(_matrix(players, [*known, other])) == np.linalg.matrix_rank(_matrix(players, known))
    )


def _spanned(players: int, settled: Iterable[Coalition], other: Coalition) -> bool:
    return _depends(players, [frozenset(range(players)), *settled], other)


def _rank(players: int, settled: Iterable[Coalition]) -> int:
    return int(np.linalg.matrix_rank(_matrix(players, [frozenset(range(players)), *settled])))

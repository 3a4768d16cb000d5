"""Published games with their answers, and random ones held against brute force and the criterion of Kohlberg."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from itertools import combinations, permutations

import numpy as np
import pytest
from scipy.optimize import linprog

from friendshore.optimizer.studies.share.game import (
    Coalition,
    coalitions,
    least_excess,
    nucleolus,
    shapley,
    shapley_between,
)

EXAMPLES = int(os.environ.get("FRIENDSHORE_EXAMPLES", "1"))


def game(players: int, values: Sequence[float]) -> dict[Coalition, float]:
    """Worths in the order 1, 2, …, 12, 13, …, 123."""
    return dict(zip(coalitions(players), map(float, values), strict=True))


FOUR = game(4, (0, 0, 0, 0, 5, 5, 8, 9, 10, 8, 13, 15, 16, 17, 21))
LEMAIRE = game(3, (46125, 17437.5, 5812.5, 69187.5, 53812.5, 30750, 90000))
MAJORITY = game(3, (0, 0, 0, 1, 1, 1, 1))


def bankruptcy(claims: Sequence[float], estate: float) -> dict[Coalition, float]:
    """What is left of the estate when all others have taken what they claim."""
    others = {each: sum(claim for i, claim in enumerate(claims) if i not in each) for each in coalitions(len(claims))}
    return {each: max(0.0, estate - taken) for each, taken in others.items()}


@pytest.mark.parametrize(
    ("worth", "players", "answer"),
    [
        (FOUR, 4, (3.5, 4.5, 5.5, 7.5)),
        (game(3, (1, 1, 1, 2, 3, 4, 5)), 3, (1, 1.5, 2.5)),
        (LEMAIRE, 3, (52687.5, 24468.75, 12843.75)),
        (bankruptcy((100, 200, 300), 100), 3, (100 / 3, 100 / 3, 100 / 3)),
        (bankruptcy((100, 200, 300), 200), 3, (50, 75, 75)),
        (bankruptcy((100, 200, 300), 300), 3, (50, 100, 150)),
        (MAJORITY, 3, (1 / 3, 1 / 3, 1 / 3)),
    ],
    ids=["four", "three", "Lemaire", "Talmud 100", "Talmud 200", "Talmud 300", "majority"],
)
def test_published_nucleoli(worth: dict[Coalition, float], players: int, answer: tuple[float, ...]) -> None:
    assert nucleolus(players, worth) == pytest.approx(answer, rel=1e-6)


def test_published_shapley_values() -> None:
    assert shapley(4, FOUR) == pytest.approx((3.9167, 5.25, 5.25, 6.5833), abs=1e-4)
    assert shapley(3, LEMAIRE) == pytest.approx((51750, 25875, 12375))


def test_per_capita_by_hand() -> None:
    """Two players are worth 0 and 6 alone, 12 together, a third nothing: per head the pair forgoes half of what it
    forgoes. Worths 0, 0, 0, pair 12 = 6, all 9. Whoever forgoes most per head: ε = -1 for x = (3.5, 3.5, 2) would leave
    the third 2 and the pair (6 - 7)/2; least is x3 = 1, with excess -1 of the third and (6 - 8)/2 = -1 of the pair.
    The plain nucleolus has x3 = 1.5: excess -1.5 of both."""
    worth = game(3, (0, 0, 0, 6, 0, 0, 9))
    assert nucleolus(3, worth, per_capita=True) == pytest.approx((4, 4, 1))
    assert nucleolus(3, worth) == pytest.approx((3.75, 3.75, 1.5))


def test_a_majority_has_no_core() -> None:
    assert least_excess(3, MAJORITY) == pytest.approx(1 / 3)


def test_prices_of_a_production_game_divide_it_stably() -> None:
    """Owen: most of 3x + 4y, x + y ≤ 5, x + 2y ≤ 6, resources (2, 1), (1, 3), (2, 2): 16 in all, at prices (2, 1)
    5, 5 and 6, which no coalition betters."""
    resources = np.array([(2, 1), (1, 3), (2, 2)], dtype=float)
    worth = {}
    for each in coalitions(3):
        have = resources[sorted(each)].sum(axis=0)
        worth[each] = -float(linprog([-3, -4], A_ub=[[1, 1], [1, 2]], b_ub=have).fun)
    assert worth[frozenset({0, 1, 2})] == pytest.approx(16)
    assert resources @ np.array([2, 1]) == pytest.approx([5, 5, 6])
    assert all(worth[each] <= sum((5, 5, 6)[i] for i in each) + 1e-9 for each in worth)
    assert least_excess(3, worth) <= 1e-9


def test_what_is_not_known_is_left_open() -> None:
    """Of three players only the first is known alone, so that the others may be paid anything."""
    worth = {frozenset({0}): 1.0, frozenset({0, 1, 2}): 5.0}
    assert nucleolus(3, worth) is None
    assert least_excess(1, {frozenset({0}): 3.0}) == -np.inf
    assert nucleolus(1, {frozenset({0}): 3.0}) == (3.0,)


def drawn(draw: random.Random, players: int) -> dict[Coalition, float]:
    """A game in which no player makes others worse by joining: whole numbers, with ties."""
    worth: dict[Coalition, float] = {}
    for each in coalitions(players):
        joined = [worth[each - {i}] + worth[frozenset({i})] for i in each if len(each) > 1]
        worth[each] = max(joined, default=0.0) + draw.randint(0, 4) * (len(each) > 1) + draw.randint(0, 3)
    return worth


def balanced(players: int, x: Sequence[float], worth: dict[Coalition, float]) -> bool:
    """Kohlberg: x is the nucleolus if and only if, for every a, no transfer between players that takes from no
    coalition with an excess of a or more gives to any of them."""
    whole = frozenset(range(players))
    excess = {each: worth[each] - sum(x[i] for i in each) for each in worth if each != whole}
    for a in sorted(set(np.round(list(excess.values()), 7))):
        rows = np.array([[float(i in each) for i in range(players)] for each in excess if excess[each] >= a - 1e-6])
        given = linprog(
            -rows.sum(axis=0), A_ub=-rows, b_ub=np.zeros(len(rows)), A_eq=np.ones((1, players)), b_eq=[0.0],
            bounds=[(-1, 1)] * players,
        )  # fmt: skip
        if -given.fun > 1e-6:
            return False
    return True


@pytest.mark.parametrize("seed", range(4 * EXAMPLES))
def test_random_games(seed: int) -> None:
    """All of it is divided; the nucleolus is balanced, in the core where there is one, and Shapley's value is the mean
    over orders."""
    draw = random.Random(seed)  # noqa: S311 - a test
    players = draw.choice((3, 4, 5))
    worth = drawn(draw, players)
    whole = frozenset(range(players))
    x = nucleolus(players, worth)
    assert x is not None and sum(x) == pytest.approx(worth[whole])
    assert balanced(players, x, worth)
    y = [part + shift for part, shift in zip(x, (0.5, -0.5) + (0.0,) * (players - 2), strict=True)]
    assert not balanced(players, y, worth)
    worst = max(worth[each] - sum(x[i] for i in each) for each in worth if each != whole)
    assert worst == pytest.approx(least_excess(players, worth), abs=1e-7)
    heads = nucleolus(players, worth, per_capita=True)
    assert heads is not None and sum(heads) == pytest.approx(worth[whole])
    if worst <= 0:
        assert max(worth[each] - sum(heads[i] for i in each) for each in worth) <= 1e-7
    orders = list(permutations(range(players)))
    mean = [0.0] * players
    for order in orders:
        for place, player in enumerate(order):
            before = frozenset(order[:place])
            mean[player] += (worth[before | {player}] - worth.get(before, 0.0)) / len(orders)
    assert shapley(players, worth) == pytest.approx(mean)


@pytest.mark.parametrize("divide", [shapley, nucleolus], ids=["Shapley", "nucleolus"])
def test_likes_get_alike_and_who_adds_nothing_nothing(divide) -> None:
    """The first two do the same for every coalition, the last adds only what it is worth alone: 2."""
    alike = {0: 0.0, 1: 3.0, 2: 8.0}
    worth = {}
    for each in coalitions(4):
        pair = len(each & {0, 1})
        worth[each] = alike[pair] + 4.0 * (2 in each) * pair + 2.0 * (3 in each)
    first, second, _, last = divide(4, worth)
    assert first == pytest.approx(second)
    assert last == pytest.approx(2)


def test_shapley_between_encloses_and_reaches() -> None:
    """Every choice of ends of two players, all eight of them: the least and the most of each are the interval."""
    low, high = game(2, (0, 1, 5)), game(2, (1, 3, 6))
    chosen = [frozenset(c) for size in range(4) for c in combinations(low, size)]
    found = [shapley(2, {each: (high if each in ends else low)[each] for each in low}) for ends in chosen]
    between = shapley_between(2, low, high)
    for player in range(2):
        assert between[player] == pytest.approx((min(f[player] for f in found), max(f[player] for f in found)))

"""The cheapest way to part allies into groups, by hand and against every way there is."""

from __future__ import annotations

import random
from collections.abc import Iterator
from math import inf

import pytest

from friendshore.models.plan.baselines import Interval
from friendshore.optimizer.studies.share.apart import cheapest_parts
from friendshore.optimizer.studies.share.game import Coalition, coalitions
from tests.examples import examples


def test_pairs_of_four_by_hand() -> None:
    """Each alone 10, pairs 19 but for {1, 2}, 15, and {0, 3}, 16: these two, 31, below all in one, 33."""
    costs = {each: Interval(0, 10 if len(each) == 1 else 19) for each in coalitions(4) if len(each) < 3}
    costs |= {frozenset({1, 2}): Interval(0, 15), frozenset({0, 3}): Interval(0, 16)}
    costs[frozenset(range(4))] = Interval(33, 33)
    assert cheapest_parts(4, costs) == ((frozenset({0, 3}), frozenset({1, 2})), 31)


def test_a_group_of_which_no_plan_is_known_is_no_part() -> None:
    """Of two allies one has no plan: there is nothing to part."""
    costs = {frozenset({0}): Interval(5, inf), frozenset({1}): Interval(5, 5), frozenset({0, 1}): Interval(9, 9)}
    assert cheapest_parts(2, costs) == ((), inf)


def every_way(players: list[int]) -> Iterator[list[set[int]]]:
    """Every way to part players, by putting the last in a group of the others or alone."""
    if not players:
        yield []
        return
    *others, last = players
    for parts in every_way(others):
        yield [*parts, {last}]
        for i in range(len(parts)):
            yield [group | {last} if i == j else group for j, group in enumerate(parts)]


@pytest.mark.parametrize("seed", range(examples(20)))
def test_against_every_way(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - a test
    count = draw.randint(2, 6)
    costs: dict[Coalition, Interval] = {
        each: Interval(0, float(draw.randint(1, 9) * len(each))) for each in coalitions(count) if draw.random() < 0.8
    }
    costs[frozenset(range(count))] = Interval(1, 1)
    ways = [[frozenset(group) for group in parts] for parts in every_way(list(range(count))) if len(parts) > 1]
    least = min((sum(costs[g].high for g in parts) for parts in ways if all(g in costs for g in parts)), default=inf)
    parts, cost = cheapest_parts(count, costs)
    assert cost == least
    assert cost == inf or (
        sum(costs[g].high for g in parts) == cost and sorted(i for g in parts for i in g) == list(range(count))
    )

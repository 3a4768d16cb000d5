"""Who pays on random problems: every group by the second formulation, and what follows from the costs of groups."""

from __future__ import annotations

import random
from itertools import combinations, permutations

import pytest
from scipy.optimize import linprog

from friendshore.models.examine import problem_from_sheets
from friendshore.optimizer.studies.share.divide import divide
from friendshore.optimizer.studies.share.groups import Outside
from friendshore.optimizer.studies.share.share import Asks, Rule
from friendshore.optimizer.studies.share.stability import Verdict
from tests.examples import examples
from tests.mathematics.cases import Sheets
from tests.reference.solve import solve_reference
from tests.studies.share.cases import by_hand, drawn_allies

NEAR = 1e-5
GROUPS = tuple("".join(group) for size in (1, 2, 3) for group in combinations("ABC", size))


def gains_of_the_worst(costs: dict[str, float]) -> float:
    """By how much some group pays too much whatever the division: not above 0 where there is a stable one.

    No ally pays more than alone, where that can be: Schmeidler (1969) defines the nucleolus among such divisions.
    """
    together = sum(costs[ally] for ally in "ABC") >= costs["ABC"]
    paid = [[float(ally in group) for ally in "ABC"] + [-1.0] for group in GROUPS[:-1]]
    found = linprog(
        [0, 0, 0, 1],
        A_ub=paid,
        b_ub=[costs[group] for group in GROUPS[:-1]],
        A_eq=[[1, 1, 1, 0]],
        b_eq=[costs["ABC"]],
        bounds=[*((None, costs[ally] if together else None) for ally in "ABC"), (None, None)],
    )
    return float(found.fun)


def check(sheets: Sheets, outside: Outside) -> None:
    """Costs of all groups, whether a division holds together, and what each should pay."""
    study = divide(problem_from_sheets(sheets), outside, Asks(gap=0.0))
    costs: dict[str, float] = {}
    for members in GROUPS:
        wanted = solve_reference(by_hand(sheets, members, outside)).objective
        group = study.group(*members)
        assert wanted is not None and group is not None
        near = NEAR * max(1.0, abs(wanted))
        assert group.cost.low - near <= wanted <= group.cost.high + near and group.cost.high - group.cost.low <= near
        costs[members] = wanted
    near, worst = NEAR * costs["ABC"], gains_of_the_worst(costs)
    assert study.saving is not None
    saved = sum(costs[ally] for ally in "ABC") - costs["ABC"]
    assert study.saving.low - near <= saved <= study.saving.high + near
    if abs(worst) > near:
        assert study.stable in (worst < 0, None)
        assert study.stable is not None
    shares = {division.rule: division for division in study.divisions}
    assert set(shares) == set(Rule)
    for division in shares.values():
        assert sum(division.shares.values()) == pytest.approx(costs["ABC"], rel=NEAR)
        gains = [sum(division.shares[ally] for ally in group) - costs[group] for group in GROUPS[:-1]]
        if max(gains) > near:
            assert division.stability.verdict is Verdict.BLOCKED
        if max(gains) < -near:
            assert division.stability.verdict is Verdict.STABLE
    gains = [sum(shares[Rule.NUCLEOLUS].shares[ally] for ally in group) - costs[group] for group in GROUPS[:-1]]
    assert max(gains) == pytest.approx(worst, abs=near)
    mean = shapley_by_orders(costs)
    assert shares[Rule.SHAPLEY].shares == pytest.approx(mean, abs=near)
    between = shares[Rule.SHAPLEY].between
    assert between is not None
    assert all(between[ally].low - near <= mean[ally] <= between[ally].high + near for ally in "ABC")


def shapley_by_orders(costs: dict[str, float]) -> dict[str, float]:
    """What each ally adds to the cost, on average over all orders of joining."""
    orders = list(permutations("ABC"))
    mean = dict.fromkeys("ABC", 0.0)
    for order in orders:
        for place, ally in enumerate(order):
            before = "".join(sorted(order[:place]))
            mean[ally] += (costs["".join(sorted(before + ally))] - costs.get(before, 0.0)) / len(orders)
    return mean


PAIRS_APART = (70097, 70111, 70177)
"""Where a pair and the third apart cost less than all three, so that the third pays as much as alone."""


@pytest.mark.parametrize("seed", [*range(examples(24)), *PAIRS_APART])
def test_groups_and_divisions_are_those_of_groups_solved_by_themselves(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - a test
    check(drawn_allies(draw), draw.choice(list(Outside)))

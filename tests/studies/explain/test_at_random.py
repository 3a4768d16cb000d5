"""Why, and what it would take, of random lines: against every set of lines worked out one by one."""

from __future__ import annotations

from itertools import combinations
from math import isfinite
from random import Random

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.optimizer.search.limits import Limits
from friendshore.optimizer.studies.explain import Asks, explain_problem
from tests.examples import examples
from tests.studies.explain.test_settle import cost, lines

NEAR = 1e-6


def check(seed: int, gap: float) -> None:
    """What each line is worth, and at what price: each interval holds the true number, and at no gap nothing is open.

    ``lines`` sells at 8 without a line; a set of lines costs its capex and two years of the cheapest sources. A line is
    worth building up to the price at which a plan with it costs what the cheapest without it does.
    """
    sheets, offers = lines(Random(seed))  # noqa: S311 - no secret
    problem = problem_from_sheets(sheets)
    costs = {s: cost(offers, s) for k in range(len(offers) + 1) for s in combinations(range(len(offers)), k)}
    best = min(costs.values())
    which = Random(seed).randrange(len(offers))  # noqa: S311 - no secret
    name, capex = f"line{which}", offers[which][0]
    with_it = min(value for built, value in costs.items() if which in built)
    without = min(value for built, value in costs.items() if which not in built)
    study = explain_problem(problem, Asks(name, name), Limits(gap, threads=1))
    slip = NEAR * max(1.0, without)
    assert study.has_plan and study.why is not None and study.worth is not None and study.why.other is not None
    assert study.why.cost.low - slip <= best <= study.why.cost.high + slip
    other = without if study.why.used else with_it
    assert study.why.other.low - slip <= other <= study.why.other.high + slip
    assert study.why.more is not None and study.why.more.low - slip <= other - best <= study.why.more.high + slip
    if gap == 0:
        assert study.why.more.high - study.why.more.low <= slip
    worth, least = study.worth, without - (with_it - capex)
    assert worth.complete and worth.without is not None
    assert worth.without.low - slip <= without <= worth.without.high + slip
    assert worth.pays is None or worth.pays <= least + slip
    assert worth.does_not is None or worth.does_not >= least - slip
    if gap == 0 and isfinite(least) and least > slip:
        assert worth.pays is not None and worth.does_not is not None
        assert worth.does_not - worth.pays <= 0.0025 * worth.does_not + slip


@pytest.mark.parametrize("seed", range(examples(24)))
def test_what_a_line_is_worth_and_at_what_price(seed: int) -> None:
    check(seed, (0.0, 0.0, 0.05)[seed % 3])

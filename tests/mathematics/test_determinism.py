"""The same problem gives the same plan, whatever the order of its rows; and what has no plan is told."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import fields

import pandas as pd
import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.plan import Plan, Status
from friendshore.optimizer.solve import solve_problem
from tests.mathematics.cases import (
    Sheets,
    about,
    everything,
    fails,
    importer,
    island,
    plan_of,
    short,
    stop,
    store,
    under,
)


def shuffled(sheets: Sheets, seed: int) -> Sheets:
    """The rows of every sheet in another order, but those of Periods, whose order is time."""
    order = random.Random(seed)  # noqa: S311 - not for secrets
    return {name: rows if name == "Periods" else order.sample(rows, len(rows)) for name, rows in sheets.items()}


def assert_same(one: Plan, other: Plan) -> None:
    """All numbers and all tables, to the last bit."""
    assert one.objective == other.objective
    assert one.costs_by_kind == other.costs_by_kind
    assert one.policies == other.policies
    for field in fields(Plan):
        table = getattr(one, field.name)
        if isinstance(table, pd.DataFrame):
            pd.testing.assert_frame_equal(table, getattr(other, field.name), check_exact=True)


def ties() -> Sheets:
    """Four equal makers for one buyer, two equal stores: very many equally good plans."""
    sheets = importer(2, demand=30, capacity=9) | stop(0.25)
    makers = [f"Far {i}" for i in range(3)]
    sheets["Countries"] += [{"country": name, "bloc": "concern"} for name in makers]
    sheets["Plants"] += [sheets["Plants"][0] | {"plant": f"works {name}", "country": name} for name in makers]
    sheets["Lanes"] += [{"from": name, "to": "Home", "cost": 1} for name in makers]
    sheets["Stockpiles"] = [store(stockpile=name, holding_cost=1) for name in ("a", "b")]
    return sheets


@pytest.mark.parametrize(("drawn", "seeds"), [(everything, (1,)), (ties, (1, 2, 3))])
def test_the_order_of_rows_does_not_matter(drawn: Callable[[], Sheets], seeds: Sequence[int]) -> None:
    """Where several plans are equally good the same one is chosen, bit by bit."""
    plan = plan_of(drawn())
    for seed in seeds:
        assert_same(plan, plan_of(shuffled(drawn(), seed)))


def test_twice_the_same() -> None:
    """Solved again, with the solver's own choice of threads: the same to the last bit."""
    problem = problem_from_sheets(ties())
    plans = [solve_problem(problem).plan for _ in range(2)]
    assert plans[0] is not None
    assert plans[1] is not None
    assert_same(plans[0], plans[1])


@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "max_shortage", "limit": 0.1},
        {"kind": "stock_cover", "limit": 30},
        {"kind": "min_share", "limit": 0.5, "suppliers": "@concern"},
        {"kind": "survive", "limit": 0, "suppliers": "each *", "years": 0.5},
    ],
)
def test_what_has_no_plan_is_told(rule: dict[str, object]) -> None:
    """Works of 5 for 10 and no store: no plan keeps these. Status infeasible and no plan, never an empty one; and the
    same rule at a price has one."""
    sheets = island(2, capacity=5)
    sheets["Countries"].append({"country": "Far", "bloc": "concern"})
    if rule["kind"] == "min_share":
        sheets = under(sheets, kind="max_shortage", limit=0.5, policy="serve")
    assert fails(under(sheets, **rule))
    assert short(plan_of(under(sheets, **rule, penalty=1))) == about(10)


def test_infeasible_without_any_policy() -> None:
    """A final level that nothing can fill."""
    sheets = island(1, capacity=1)
    sheets["Stockpiles"] = [store(final_min=3)]
    outcome = solve_problem(problem_from_sheets(sheets))
    assert outcome.status is Status.INFEASIBLE
    assert outcome.plan is None
    assert outcome.objective is None

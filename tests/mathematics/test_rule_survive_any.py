"""survive_any: as survive, for every choice of k members at once."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from friendshore.optimizer.program.assemble import assemble
from friendshore.optimizer.reporting.scorecard import scorecard, state_of
from friendshore.optimizer.solver import solve_program
from tests.mathematics.cases import (
    Sheets,
    about,
    importer,
    optimum,
    plan_of,
    policy,
    proves,
    quantity,
    slope,
    store,
    under,
    whole,
)

pytestmark = proves("rule:survive_any")


def three(k: int, suppliers: str = "@concern", limit: float = 0.0, **cells: Any) -> Sheets:
    """Home wants 12 a year; Far 0, 1 and 2 can each make 6 at 2, 3 and 4. The stop lasts half a year; a stock costs 1 a
    unit and year."""
    sheets = importer(2, capacity=6)
    sheets["Stockpiles"] = [store(holding_cost=1)]
    first = sheets["Plants"].pop()
    sheets["Countries"].pop()
    sheets["Lanes"] = [{"from": "@concern", "to": "Home", "cost": 1, "routes": "strait"}]
    for i in range(3):
        sheets["Countries"].append({"country": f"Far {i}", "bloc": "concern"})
        sheets["Plants"].append(first | {"plant": f"works {i}", "country": f"Far {i}", "unit_cost": 2 + i})
    rule = {"kind": "survive_any", "suppliers": suppliers, "k": k, "years": 0.5, "limit": limit}
    return under(sheets, **(rule | cells))


def held(sheets: Sheets) -> float:
    """Stock at the end of y0 on the base path."""
    return quantity(plan_of(sheets).stocks, "level", scenario="base", period="y0")


@pytest.mark.parametrize(("k", "stock"), [(1, 0), (2, 3), (3, 6)])
def test_every_choice_of_k(k: int, stock: float) -> None:
    """Any one leaves two of 6 a year each, which is all that is wanted; any two leave 3 of the 6 of half a year; all
    three nothing."""
    assert held(three(k)) == about(stock)


@pytest.mark.parametrize(
    ("k", "names"),
    [(1, ["Far 0", "Far 1", "Far 2"]), (2, ["Far 0+Far 1", "Far 0+Far 2", "Far 1+Far 2"]), (3, ["Far 0+Far 1+Far 2"])],
)
def test_the_paths_it_tests(k: int, names: list[str]) -> None:
    """Paths of probability 0, named after the members that stop and the onset; only those that the plan had to be told
    of: none where any one may stop at no harm."""
    paths = plan_of(three(k)).paths
    found = [name for name in paths["scenario"] if name != "base"]
    assert set(found) <= {f"rule/{name}@y1" for name in names}
    assert bool(found) == (k > 1)
    assert paths["probability"].sum() == about(1)


def test_a_promise_that_no_stop_threatens_is_met() -> None:
    """Any one may stop at no harm, so that no branch is built and there is no value; it is survived all the same."""
    plan = plan_of(three(1))
    (score,) = plan.policies
    assert score.value is None and state_of(score) == "met"
    assert scorecard(plan)["value"].tolist() == ["survived"]
    unknown = dataclasses.replace(score, survived_years=None, survived_to_end=False)
    assert state_of(unknown) == state_of(dataclasses.replace(score, unsurvived=("rule/Far 0@y1",))) == "nothing to test"


@pytest.mark.parametrize("k", [1, 2, 3])
@pytest.mark.parametrize("cells", [{}, {"limit": 0.2}, {"penalty": 0.4}, {"penalty": 3}])
def test_choices_found_one_by_one_are_all_there_are(k: int, cells: dict[str, float]) -> None:
    """The optimum is that of the program in which every choice stands from the start; makers of different size, so that
    the choices differ. An adversary that stops too early leaves a cheaper plan."""
    sheets = three(k, **cells)
    for row, capacity in zip(sheets["Plants"], (8, 6, 3), strict=True):
        row["capacity"] = capacity
    found = solve_program(assemble(whole(sheets)).program, gap=0.0, threads=1)
    assert found.objective is not None
    assert optimum(sheets) == about(found.objective)


@pytest.mark.parametrize(("suppliers", "stock"), [("plant:*", 3), ("Far 0, Far 1", 3), ("each @concern", 3)])
def test_whom_it_tests(suppliers: str, stock: float) -> None:
    """Two at once of all plants, of two countries, or of a group with ``each`` before it."""
    assert held(three(2, suppliers)) == about(stock)


def test_one_at_a_time_is_survive_each() -> None:
    """k = 1 asks what ``survive`` with ``each`` asks: with the limit at what one stop leaves short of 9 a year more."""
    sheets = three(1, limit=0.25)
    sheets["Demand"][0]["per_year"] = 18
    other = three(1, limit=0.25)
    other["Demand"][0]["per_year"] = 18
    other["Policies"][0] |= {"kind": "survive", "suppliers": "each @concern", "k": None}
    assert plan_of(sheets).objective == about(plan_of(other).objective)
    assert held(sheets) == about(held(other))


def test_value_price_and_penalty() -> None:
    """A sixth of 3 in each of two quarters may be short: 3 − 2 · 0.5 held. A unit of limit is 6 of stock, each made by
    the dearest maker in y0 for 1 more than it saves in y1, and held for 1."""
    sheets = three(2, limit=1 / 6)
    plan = plan_of(sheets)
    line = policy(plan, "rule")
    assert quantity(plan.stocks, "level", scenario="base", period="y0") == about(2)
    assert line.value == about(1 / 6)
    assert line.shadow_price == about(12)
    assert line.shadow_price == pytest.approx(slope(sheets), rel=1e-5)
    soft = plan_of(three(2, penalty=0.1))
    assert soft.penalties == about(0.1 * 3 * 3)

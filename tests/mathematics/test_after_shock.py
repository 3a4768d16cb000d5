"""Back in normal times: a path that has come through holds the stock of the base path, or pays for what it lacks."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.tree.normal_times import in_normal_times, rejoining
from friendshore.models.tree.scenario_tree import Tree, build_tree
from tests.mathematics.cases import Sheets, about, importer, island, plan_of, proves, quantity, store, with_settings


def shaken(periods: int = 5, **event: Any) -> Sheets:
    """A path of probability ½ from y1 on, on which the works stand still for a year, in whole years."""
    sheets = island(periods)
    sheets["Scenarios"] = [{"scenario": "x", "probability": 0.5, "onset": "y1", "step_months": 12}]
    cells = {"scenario": "x", "kind": "capacity", "years": 1.0, "remaining": 0.0} | event
    sheets["Events"] = [cells]
    return sheets


def tree_of(sheets: Sheets) -> Tree:
    return build_tree(problem_from_sheets(sheets))


def normal(sheets: Sheets, rejoin_years: float = 1.0) -> list[float]:
    """Starts of the nodes of the branch that are in normal times."""
    tree = tree_of(sheets)
    own = np.array(tree.own_nodes["x"])
    return [float(tree.start[n]) for n in own[in_normal_times(tree, rejoin_years)[own]]]


def test_normal_times_begin_a_year_after_the_last_event() -> None:
    """The stop fills y1; with rejoin_years 1 the path is normal from y3 on, with 0 from y2 on."""
    assert normal(shaken()) == [3, 4]
    assert normal(shaken(), 0.0) == [2, 3, 4]


def test_recovery_counts_and_a_late_start_is_normal_before() -> None:
    """An event from year 1 after the onset, half a year long with a year of recovery: y1 is normal, then y5 on."""
    assert normal(shaken(7, start_years=1.0, years=0.5, recovery_years=1.0)) == [1, 5, 6]


def test_cost_events_leave_times_normal() -> None:
    """A surge of prices is no shock to capacity: the rules of normal times hold throughout."""
    assert normal(shaken(kind="cost", remaining=2.0)) == [1, 2, 3, 4]


def test_paths_that_cannot_happen_are_never_in_normal_times() -> None:
    """Probability 0: a stress test."""
    sheets = shaken()
    sheets["Scenarios"][0]["probability"] = 0
    assert normal(sheets) == []


def test_where_stocks_rejoin() -> None:
    """In normal times but not at the end of the path, where final_min is priced instead: y3 of five years."""
    tree = tree_of(shaken())
    assert [(tree.nodes[n].scenario, tree.nodes[n].period) for n in np.flatnonzero(rejoining(tree, 1.0))] == [("x", 3)]


def with_stock(price: float, **settings: Any) -> Sheets:
    """Far sells at 3 and stops for y1 with probability ½; the base path must hold a year's need of 12, at 1 a year."""
    sheets = importer(6, capacity=30)
    sheets["Commodities"][0]["price"] = price
    sheets["Scenarios"] = [{"scenario": "x", "probability": 0.5, "onset": "y1", "step_months": 12}]
    sheets["Events"] = [{"scenario": "x", "kind": "export", "country": "Far", "years": 1, "remaining": 0}]
    sheets["Stockpiles"] = [store(holding_cost=1, max_level=12, initial=12, final_min=12)]
    sheets["Policies"] = [{"policy": "cover", "kind": "stock_cover", "limit": 365, "scenario": "base"}]
    return with_settings(sheets, **settings)


@proves("row:rejoin", "cost:rejoin", "port:base_level")
@pytest.mark.parametrize(("price", "held", "extra"), [(0.5, 0.0, 6.0), (3.0, 12.0, 12.0)])
def test_a_path_that_has_come_through_holds_stock_again_or_pays(price: float, held: float, extra: float) -> None:
    """The stop uses the store up; free, the path never fills it again and pays the price of each unit at the end.

    To rejoin it buys a unit in y3, holds it for two years at 1, uses it in y5 in place of a purchase and pays the price
    at the end as before: 2 more; or it lacks it in y3 and y4 at the price of each. At 0.5 it pays: ½ · 12 · 2 · 0.5
    more than free; at 3 it buys: ½ · 12 · 2 more.
    """
    free, asked = plan_of(with_stock(price, after_shock="free")), plan_of(with_stock(price))
    assert quantity(free.stocks, "level", scenario="x", period="y3") == about(0)
    assert quantity(asked.stocks, "level", scenario="x", period="y3") == about(held)
    assert asked.objective == about(free.objective + extra)
    assert free.objective == about(0.5 * (6 * 36 + 6 * 12) + 0.5 * (36 + 12 + 4 * 36 + 12 * price))


def test_without_a_price_nothing_is_asked() -> None:
    """Lacking stock is priced by Commodities.price: blank, it costs nothing."""
    sheets = with_stock(1)
    sheets["Commodities"][0].pop("price")
    sheets["Stockpiles"][0].pop("final_min")
    sheets["Stockpiles"][0]["final_min"] = 0
    assert plan_of(sheets).costs_by_kind["rejoin"] == about(0)

"""Dangers at every onset, their sequels and dated scenarios: branches, names and probabilities, worked out by hand."""

from __future__ import annotations

from math import exp, log, prod
from typing import Any

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.tree.branch import BASE
from friendshore.models.tree.dangers import branches_of, chances
from friendshore.models.tree.outlook import outlook
from friendshore.models.tree.scenario_tree import build_tree
from tests.mathematics.cases import Row, Sheets, about, importer, island, plan_of, quantity, store


def with_scenarios(sheets: Sheets, *rows: Row, **event: Any) -> Sheets:
    """The same problem with these scenarios, each with one event: Far (or the works) makes nothing for a year."""
    cells = {"kind": "capacity", "plant": "works", "years": 1.0, "remaining": 0.0} | event
    return sheets | {"Scenarios": list(rows), "Events": [{"scenario": row["scenario"]} | cells for row in rows]}


def probabilities(sheets: Sheets) -> dict[str, float]:
    """The probability of each branch by its name."""
    known = chances(problem_from_sheets(sheets))
    return {BASE: known.base} | {branch.name: branch.probability for branch in known.branches}


def test_two_dangers_over_ten_years() -> None:
    """0.1 and 0.05 a year from the second of ten years on: the base path keeps (0.9 · 0.95)⁹ = 0.2442."""
    found = probabilities(
        with_scenarios(island(10), {"scenario": "a", "per_year": 0.1}, {"scenario": "b", "per_year": 0.05})
    )
    assert found[BASE] == pytest.approx(0.2442, abs=5e-5) and found[BASE] == about((0.9 * 0.95) ** 9)
    assert len(found) == 1 + 18 and sum(found.values()) == about(1)
    rates = {"a": -log(0.9), "b": -log(0.95)}
    whole = sum(rates.values())
    for name, rate in rates.items():
        for year in range(1, 10):
            share = exp(-whole * (year - 1)) * (1 - exp(-whole)) * rate / whole
            assert found[f"{name}@y{year}"] == about(share)


def test_a_period_of_five_years_is_as_dangerous_as_five_years() -> None:
    """The chance that nothing happens does not depend on how time is cut: 0.9¹⁰ for the ten years after the first."""
    sheets = with_scenarios(island(3), {"scenario": "a", "per_year": 0.1})
    sheets["Periods"] = [{"period": "p", "years": 1}, {"period": "q", "years": 5}, {"period": "r", "years": 5}]
    assert probabilities(sheets)[BASE] == about(0.9**10)


def test_spans_and_single_periods() -> None:
    """A danger of a span begins within it alone; while another one cannot begin, its own rate counts alone."""
    found = probabilities(
        with_scenarios(
            island(5),
            {"scenario": "a", "per_year": 0.2, "onset": "y2..y3"},
            {"scenario": "b", "per_year": 0.1, "onset": "y3"},
        )
    )
    assert set(found) == {BASE, "a@y2", "a@y3", "b@y3"}
    assert found["a@y2"] == about(0.2)
    assert found["a@y3"] + found["b@y3"] == about(0.8 * (1 - 0.8 * 0.9))
    assert found["a@y3"] / found["b@y3"] == about(log(0.8) / log(0.9))
    assert found[BASE] == about(0.8 * 0.8 * 0.9)


def test_sequels_take_their_chance_from_their_parent() -> None:
    """A sequel of 0.25 two years on, and one of 0.5 a year after that: 0.25 of the danger's branch, half of it again.

    Past the horizon the parent keeps its share.
    """
    found = probabilities(
        with_scenarios(
            island(5),
            {"scenario": "a", "per_year": 0.1, "onset": "y1..y3"},
            {"scenario": "c", "probability": 0.25, "onset": "+2", "parent": "a"},
            {"scenario": "d", "probability": 0.5, "onset": 1, "parent": "c"},
        )
    )
    alone = [0.1, 0.9 * 0.1, 0.81 * 0.1]
    assert found["a@y1"] == about(alone[0] * 0.75)
    assert found["c@y3/a@y1"] == about(alone[0] * 0.25 * 0.5)
    assert found["d@y4/c@y3/a@y1"] == about(alone[0] * 0.25 * 0.5)
    assert found["c@y4/a@y2"] == about(alone[1] * 0.25)
    assert found["a@y3"] == about(alone[2])
    assert set(found) == {BASE, "a@y1", "a@y2", "a@y3", "c@y3/a@y1", "d@y4/c@y3/a@y1", "c@y4/a@y2"}
    assert sum(found.values()) == about(1)


def test_a_danger_on_a_dated_path() -> None:
    """It strikes after the path has begun, and takes of that path's probability: 0.4 · 0.1 in y3, 0.4 · 0.09 in y4."""
    found = probabilities(
        with_scenarios(
            island(5),
            {"scenario": "a", "per_year": 0.1, "parent": "base, known"},
            {"scenario": "known", "probability": 0.4, "onset": "y2"},
        )
    )
    assert found["a@y3/known"] == about(0.04) and found["a@y4/known"] == about(0.036)
    assert found["known"] == about(0.4 * 0.81)
    assert found["a@y1"] == about(0.6 * 0.1) and found[BASE] == about(0.6 * 0.9**4)


def test_a_danger_of_chance_zero_is_a_stress_test_from_every_onset() -> None:
    """Branches of probability 0, and the base path keeps all."""
    found = probabilities(with_scenarios(island(4), {"scenario": "a", "per_year": 0}))
    assert found == {BASE: 1.0, "a@y1": 0.0, "a@y2": 0.0, "a@y3": 0.0}


def test_a_name_stands_for_all_branches() -> None:
    """What a policy names: a danger, whenever it begins, and a sequel, whatever it follows."""
    problem = problem_from_sheets(
        with_scenarios(
            island(4),
            {"scenario": "a", "per_year": 0.1},
            {"scenario": "c", "probability": 0.5, "onset": "+1", "parent": "a"},
            {"scenario": "known", "probability": 0.1, "onset": "y2"},
        )
    )
    assert branches_of(problem, "a") == ("a@y1", "a@y2", "a@y3")
    assert branches_of(problem, "c") == ("c@y2/a@y1", "c@y3/a@y2")
    assert branches_of(problem, "known") == ("known",)


def test_children_inherit_what_strikes_their_parents() -> None:
    """A sequel's nodes meet the events of its danger, counted from the danger's onset, and its own from its own."""
    sheets = with_scenarios(
        island(4),
        {"scenario": "a", "per_year": 0.1},
        {"scenario": "c", "probability": 0.5, "onset": "+1", "parent": "a"},
        years=1.5,
    )
    tree = build_tree(problem_from_sheets(sheets))
    own = [tree.nodes[n] for n in tree.own_nodes["c@y2/a@y1"]]
    assert [node.start for node in own] == [2, 2.25, 2.5, 2.75, 3, 3.25, 3.5, 3.75]
    meets = {
        strike.event.scenario: strike
        for strike in tree.strikes
        if own and tree.own_nodes["c@y2/a@y1"][0] in strike.nodes
    }
    assert set(meets) == {"a", "c"}


@pytest.mark.parametrize(("chance", "held"), [(0.02, 0.0), (0.2, 12.0)])
def test_a_danger_at_any_time_is_prepared_for_at_any_time(chance: float, held: float) -> None:
    """A unit in stock costs 5 to hold for a year and saves 100 − 3 with the chance of that year: 1.94 or 19.4."""
    sheets = with_scenarios(
        importer(4, capacity=30),
        {"scenario": "stop", "per_year": chance, "step_months": 12},
        kind="export",
        plant=None,
        country="Far",
    )
    sheets["Events"] = [{k: v for k, v in row.items() if v is not None} for row in sheets["Events"]]
    sheets["Commodities"][0].pop("price")
    sheets["Stockpiles"] = [store(holding_cost=5, max_level=12)]
    plan = plan_of(sheets)
    for period in ("y0", "y1", "y2"):
        assert quantity(plan.stocks, "level", scenario="base", period=period) == about(held)


def test_the_expected_cost_is_that_of_the_branches() -> None:
    """12 a year at 3 on the base path; where the stop strikes, 12 · 100 in its year: Σ over the years by hand."""
    sheets = with_scenarios(importer(3), {"scenario": "stop", "per_year": 0.1, "step_months": 12})
    struck = {1: 0.1, 2: 0.09}
    normal = 3 * 36
    by_hand = (1 - sum(struck.values())) * normal + sum(p * (2 * 36 + 1200) for p in struck.values())
    assert plan_of(sheets).objective == about(by_hand)
    assert prod((0.9, 0.9)) == about(1 - sum(struck.values()))


def test_the_outlook_of_a_sheet() -> None:
    """Two years in which a may begin at 0.1, and then be followed by c with 0.5: it strikes with 0.19, c with 0.05."""
    sheets = with_scenarios(
        island(3),
        {"scenario": "a", "per_year": 0.1},
        {"scenario": "c", "probability": 0.5, "onset": "+1", "parent": "a"},
    )
    seen = outlook(problem_from_sheets(sheets))
    assert seen.nothing == about(0.81)
    assert seen.strikes == {"a": about(0.19), "c": about(0.05)}
    assert seen.branches == 3
    assert seen.nodes == 3 + (4 + 1) + 4 + 4  # the base path, a@y1, a@y2, and the sequel a year after the first


def test_after_which_onsets_a_sequel_would_begin_past_the_horizon() -> None:
    """Two years on from y1 is y3, the last of four; from y2 and y3 on there is none. One that follows at once after a
    year is late from y3 on alone, one that its parent always leaves time for is not listed."""
    problem = problem_from_sheets(
        with_scenarios(
            island(4),
            {"scenario": "a", "per_year": 0.1},
            {"scenario": "b", "per_year": 0.1, "onset": "y1"},
            {"scenario": "c", "probability": 0.25, "onset": "+2", "parent": "a"},
            {"scenario": "d", "probability": 0.25, "onset": "+1", "parent": "a"},
            {"scenario": "e", "probability": 0.25, "onset": "+1", "parent": "b"},
        )
    )
    assert outlook(problem).late == {"c": ("y2", "y3"), "d": ("y3",)}

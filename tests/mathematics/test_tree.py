"""The tree: steps, weights, discounting, parents and children, and the exact mean of an event over a node."""

from __future__ import annotations

from math import isclose, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from friendshore.models.examine import problem_from_sheets
from friendshore.models.tables import Event
from friendshore.models.tree.scenario_tree import build_tree, mean_severity
from tests.mathematics.cases import (
    Sheets,
    about,
    importer,
    island,
    optimum,
    plan_of,
    quantity,
    short,
    stop,
    with_settings,
)


def lengths(sheets: Sheets, scenario: str) -> list[tuple[str, float]]:
    """Period and length of the scenario's own nodes."""
    tree = build_tree(problem_from_sheets(sheets))
    nodes = (tree.nodes[n] for n in tree.own_nodes[scenario])
    return [(f"y{node.period}", node.length) for node in nodes]


@pytest.mark.parametrize(
    ("months", "steps"), [(None, [0.25] * 4), (3, [0.25] * 4), (6, [0.5] * 2), (12, [1.0]), (1, [1 / 12] * 12)]
)
def test_a_period_that_meets_an_event_is_cut(months: int | None, steps: list[float]) -> None:
    """y1 in steps of ``step_months`` (3 where blank), y2 whole: the event of y1 ends where y2 begins.

    A default of a whole period, or an end counted as meeting, changes the list.
    """
    sheets = importer(3) | stop(0.25, months=months)
    got = lengths(sheets, "stop")
    assert [length for period, length in got if period == "y1"] == pytest.approx(steps)
    assert [length for period, length in got if period == "y2"] == [1]


def test_default_steps_where_three_months_do_not_fit() -> None:
    """A period of 5 months that meets an event stays whole."""
    sheets = importer(2) | stop(0.25, months=None)
    sheets["Periods"][1]["years"] = 5 / 12
    assert lengths(sheets, "stop") == [("y1", pytest.approx(5 / 12))]


def test_recovery_is_met_and_a_later_start_is_not_before() -> None:
    """Half a year from 1.25 years after the onset, recovering over 0.5: y1 is whole, y2 and y3 are cut."""
    event = {"start_years": 1.25, "years": 0.5, "recovery_years": 0.5}
    sheets = importer(5) | stop(0.25, months=6, **event)
    assert lengths(sheets, "stop") == [("y1", 1), ("y2", 0.5), ("y2", 0.5), ("y3", 0.5), ("y3", 0.5), ("y4", 1)]


def test_what_is_decided_before_the_onset_is_shared() -> None:
    """A branch has no nodes before its onset; weights are 1 before, 0.75 on the base path and 0.25 on the branch."""
    plan = plan_of(importer(3) | stop(0.25))
    weights = {(row.scenario, row.period): row.weight for row in plan.nodes.itertuples()}
    assert weights == {
        ("base", "y0"): 1,
        ("base", "y1"): 0.75,
        ("base", "y2"): 0.75,
        ("stop", "y1"): 0.25,
        ("stop", "y2"): 0.25,
    }


def family() -> Sheets:
    """A stop from y1 on, halved demand in its child from y2 on, and a second branch from y1 on."""
    sheets = importer(3) | stop(0.25, years=2, onset="y1")
    sheets["Scenarios"] += [
        {"scenario": "easing", "probability": 0.125, "onset": "y2", "parent": "stop", "step_months": 12},
        {"scenario": "surge", "probability": 0.125, "onset": "y1", "step_months": 12},
    ]
    sheets["Events"] += [
        {"scenario": "easing", "kind": "demand", "years": 1, "remaining": 0.5},
        {"scenario": "surge", "kind": "demand", "years": 1, "remaining": 1.25},
    ]
    return sheets


def test_children_inherit_events_and_leave_their_parents_path() -> None:
    """The child lives through its parent's y1 and suffers the stop in y2 as well: 6 short of 6, not 0.

    Path costs: base 3 · 36; stop 36 + 2400; easing 36 + 1200 + 600; surge 36 + 45 + 36. A child that left the base
    path would cost 36 + 36 + 600; without inheritance 36 + 1200 + 18.
    """
    plan = plan_of(family())
    costs = dict(zip(plan.paths["scenario"], plan.paths["cost"], strict=True))
    assert costs == about({"base": 108, "stop": 2436, "easing": 1836, "surge": 117})
    assert short(plan, "easing") == about(6)
    assert plan.objective == about(0.5 * 108 + 0.25 * 2436 + 0.125 * 1836 + 0.125 * 117)


def test_weights_are_those_of_the_paths_through_a_node() -> None:
    """The stop's node of y1 carries its own path and its child's: 0.375; its y2 only its own."""
    nodes = plan_of(family()).nodes.set_index(["scenario", "period"])["weight"]
    assert nodes["stop", "y1"] == about(0.375)
    assert nodes["stop", "y2"] == about(0.25)
    assert nodes["base", "y1"] == about(0.5)
    assert nodes["base", "y0"] == about(1)


def test_events_count_from_the_onset_of_their_own_scenario() -> None:
    """The child's event starts half a year after the child's onset y2, not after the parent's y1."""
    sheets = family()
    sheets["Events"][1] |= {"start_years": 0.5, "years": 0.5}
    assert short(plan_of(sheets), "easing") == about(12 * 0.75)


def test_costs_are_discounted_as_they_run() -> None:
    """20 a year at 25%, evenly over three years: 20 · ∫₀³ 1.25⁻ᵗ dt = 20 · (1 − 1.25⁻³)/ln 1.25 = 43.7387.

    A branch in half years on which nothing changes costs the same. Each node at its own start would give 48.8, and on
    the branch 47.9554."""
    sheets = with_settings(island(3), discount_rate=0.25)
    running = 20 * (1 - 1.25**-3) / log(1.25)
    assert running == pytest.approx(43.7387, abs=5e-5)
    assert optimum(sheets) == about(running)
    sheets |= stop(0.5, months=6, kind="demand", remaining=1.0)
    assert optimum(sheets) == about(running)


def test_the_default_rate_is_five_percent() -> None:
    """Without a setting: 20 · (1 − 1.05⁻²)/ln 1.05 = 38.1104."""
    sheets = island(2)
    sheets["Settings"] = []
    assert optimum(sheets) == about(20 * (1 - 1.05**-2) / log(1.05))


# -- the mean of an event over a node --------------------------------------------------------------------------------


def half(years: float = 0.5, recovery: float = 1.0, **event: float) -> Sheets:
    """Works of 20 for 20 wanted that stop in y1 for a while and recover."""
    sheets = island(3, demand=20)
    return sheets | stop(0.25, kind="capacity", years=years, recovery_years=recovery, **event)


@pytest.mark.parametrize(
    ("months", "lacking"), [(12, [17.5, 2.5]), (6, [10, 7.5, 2.5, 0]), (3, [5, 5, 4.375, 3.125, 1.875, 0.625, 0, 0])]
)
def test_recovery_is_an_exact_integral(months: int, lacking: list[float]) -> None:
    """Gone for half a year, back in a straight line over one: of 20 a year 10 + 20 · (½ · ¾) = 17.5 are lost in y1 and
    20 · ½ · ¼ = 2.5 in y2, however fine the steps. Sampling the middle of a node gives 20 and 0 for whole years."""
    sheets = half()
    sheets["Scenarios"][0]["step_months"] = months
    table = plan_of(sheets).shortages
    got = table[table["scenario"] == "stop"].sort_values(["period", "step"])["shortage"].tolist()
    assert got == about(lacking)


def test_an_event_may_be_recovery_alone() -> None:
    """years 0: it falls to ``remaining`` at once and comes back from there: half of 20 is lost in the first year."""
    assert short(plan_of(half(0, 1)), "stop") == about(10)


def test_a_later_start_is_known_from_the_onset_on() -> None:
    """A stop that starts half a year after the onset, in steps of half a year: nothing is short in the first step, and
    the second lives from the 6 stocked in the first, when the price of holding is paid."""
    sheets = importer(2, capacity=24) | stop(0.25, months=6, start_years=0.5, years=0.5)
    assert short(plan_of(sheets), "stop") == about(6)
    sheets["Stockpiles"] = [
        {
            "stockpile": "store",
            "country": "Home",
            "commodity": "metal",
            "max_level": 9,
            "holding_cost": 1,
            "final_min": 0,
        }
    ]
    plan = plan_of(sheets)
    assert short(plan, "stop") == about(0)
    assert quantity(plan.stocks, "level", scenario="base") == about(0)
    assert plan.objective == about(72 + 0.25 * 6 * 0.5)


def test_events_multiply_their_means() -> None:
    """Gone in the first half of a year by one event and in the second by another: ½ · ½ of 20 are left in a whole node,
    0 in half-year nodes, where each is struck in full. Means that were added, or the lesser of the two, would
    differ."""
    for months, left in ((12, 5), (6, 0)):
        sheets = half(0.5, 0)
        sheets["Scenarios"][0]["step_months"] = months
        sheets["Events"].append(sheets["Events"][0] | {"start_years": 0.5})
        assert short(plan_of(sheets), "stop") == about(20 - left), months


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(*[st.integers(0, 40).map(lambda x: x / 20) for _ in range(4)], st.floats(0.05, 2), st.floats(0, 1.5))
def test_mean_against_a_fine_sum(
    first: float, years: float, recovery: float, begin: float, length: float, left: float
) -> None:
    """The exact mean agrees with the sum over 2000 points of the shape that the page of formulas draws."""
    event = Event(
        scenario="s", kind="capacity", start_years=first, years=years, recovery_years=recovery, remaining=left
    )
    severity = mean_severity(event, 0.0, np.array([begin]), np.array([length]))[0]
    times = begin + length * (np.arange(2000) + 0.5) / 2000
    back = np.divide(times - first - years, recovery, out=np.full(2000, 2.0), where=recovery > 0)
    shape = np.where(
        times < first,
        1.0,
        np.where(times < first + years, left, np.clip(left + (1 - left) * back, min(left, 1.0), max(left, 1.0))),
    )
    assert isclose(1 + (left - 1) * severity, float(shape.mean()), abs_tol=2e-3)

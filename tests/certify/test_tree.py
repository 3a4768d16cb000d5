"""The tree: nodes, lengths, weights and parents recomputed from the sheets."""

from __future__ import annotations

from math import inf
from typing import Any

import pytest

from friendshore.models.problem import Problem
from friendshore.models.tables import Policy
from friendshore.optimizer.certify.disruptions import disruptions_of
from friendshore.optimizer.certify.events import mean
from friendshore.optimizer.certify.groups import Groups
from friendshore.optimizer.certify.lanes import resolve, tags
from friendshore.optimizer.certify.tree import Tree, build_tree, step_count
from tests.certify.drafts import Sheets, changed, problem, without
from tests.certify.trade import event, fails, right, trade


def tree(sheets: Sheets | Problem, *known: str) -> Tree:
    tables = problem(sheets).tables
    groups = Groups(tables)
    return build_tree(tables, disruptions_of(tables, groups, tags(resolve(tables, groups)), frozenset(known)))


@pytest.mark.parametrize(("column", "value"), [("start", 1.25), ("years", 0.25), ("weight", 0.5)])
def test_a_node_must_be_as_recomputed(column: str, value: float) -> None:
    """Start, length and weight of a node are recomputed: another number is named."""
    plan = changed(right(), "nodes", column, value, scenario="stop", step=1)
    fails(plan, f"{column} of the node at stop/y2/1")


def test_nodes_are_complete_and_known() -> None:
    """A node left out, one that is not in the tree, one said twice, a wrong parent: none can be checked."""
    assert fails(without(right(), "nodes", scenario="stop", step=2), "stop/y2/2 is missing").max_violation == inf
    assert (
        fails(changed(right(), "nodes", "step", 3, scenario="stop", step=2), "no node stop/y2/3").max_violation == inf
    )
    assert fails(changed(right(), "nodes", "step", 1, scenario="stop", step=2), "repeats a node").max_violation == inf
    wrong = changed(right(), "nodes", "parent_scenario", "stop", scenario="stop", step=2)
    assert fails(wrong, "parent of stop/y2/2").max_violation == inf


def test_children_share_the_nodes_of_their_parents() -> None:
    """A grandchild's path: y1 of base, y2 of its parent, y3 its own; the weights are sums over paths."""
    grown = tree(
        trade(
            Periods=[{"period": "y1"}, {"period": "y2"}, {"period": "y3", "years": 2}],
            Scenarios=[
                {"scenario": "stop", "probability": 0.25, "onset": "y2", "step_months": 6},
                {"scenario": "longer", "probability": 0.125, "onset": "y3", "parent": "stop", "step_months": 12},
            ],
            Events=[event(), event(scenario="longer", years=3)],
        )
    )
    assert [grown.branches[b.name].labels[:n] for b, n in grown.pieces("longer")] == [
        ("base/y1/1",),
        ("stop/y2/1", "stop/y2/2"),
        ("longer/y3/1", "longer/y3/2"),
    ]
    assert grown.base.weight.tolist() == [1.0, 0.625, 0.625]
    assert grown.branches["stop"].weight.tolist() == [0.375, 0.375, 0.25]
    assert grown.branches["longer"].weight.tolist() == [0.125, 0.125]
    assert grown.branches["longer"].start.tolist() == [2.0, 3.0]


def test_events_are_inherited_and_count_from_the_onset_of_their_own() -> None:
    """A stop of a year and a half from y2 cuts y3 of the child too, which leaves only then."""
    longer = tree(
        trade(
            Periods=[{"period": "y1"}, {"period": "y2"}, {"period": "y3"}],
            Scenarios=[
                {"scenario": "stop", "probability": 0.25, "onset": "y2", "step_months": 12},
                {"scenario": "longer", "probability": 0.125, "onset": "y3", "parent": "stop", "step_months": 6},
            ],
            Events=[event(years=1.5)],
        )
    ).branches["longer"]
    assert longer.labels == ("longer/y3/1", "longer/y3/2")
    (struck,) = longer.struck
    assert [mean(struck.event, struck.origin, t, t + 0.5) for t in longer.start] == [0.0, 1.0]


def test_only_periods_that_meet_an_event_are_cut() -> None:
    """An event of half a year from the onset cuts the first period of the branch and leaves the next whole; its
    recovery, once it reaches into the next, cuts that too; an event that ends at its start does not."""
    periods = [{"period": "y1"}, {"period": "y2"}, {"period": "y3"}]

    def labels(**cells: object) -> tuple[str, ...]:
        return tree(trade(Periods=periods, Events=[event(**cells)])).branches["stop"].labels

    assert labels() == ("stop/y2/1", "stop/y2/2", "stop/y3/1")
    assert labels(years=1) == ("stop/y2/1", "stop/y2/2", "stop/y3/1")
    assert labels(recovery_years=1) == ("stop/y2/1", "stop/y2/2", "stop/y3/1", "stop/y3/2")
    assert labels(start_years=1) == ("stop/y2/1", "stop/y3/1", "stop/y3/2")


def test_steps_of_a_period() -> None:
    """Three months where they divide the period, else the whole."""
    assert [step_count(1.0, None), step_count(0.25, None), step_count(0.4, None), step_count(2.0, 6)] == [4, 1, 1, 4]


def test_tested_disruptions_are_branches_of_their_own() -> None:
    """One branch for each member after `each`, one `all` for a pooled group, one for each choice of k held, from
    every onset of the window."""

    def names(*known: str, **cells: Any) -> list[str]:
        row = Policy(**{"policy": "p", "kind": "survive", "limit": 1, "years": 1} | cells)
        countries = [*trade()["Countries"], {"country": "Third", "bloc": "concern"}]
        return [name for name in tree(problem(trade(Countries=countries), row), *known).branches if "/" in name]

    assert names(suppliers="each @concern") == ["p/Far@y2", "p/Third@y2"]
    assert names(suppliers="@concern") == ["p/all@y2"]
    assert names(suppliers="@concern", from_period="y1") == ["p/all@y1", "p/all@y2"]
    assert names(suppliers="@concern", from_period="y1", to_period="y1") == ["p/all@y1"]
    assert names(suppliers="each plant:*") == ["p/mine@y2", "p/works@y2"]
    assert names(suppliers="each route:*") == []
    assert names(suppliers="each route:strait") == ["p/strait@y2"]
    pairs = ["p/Far+Home@y2", "p/Far+Third@y2", "p/Home+Third@y2"]
    assert names(*pairs, kind="survive_any", k=2, suppliers="*") == pairs
    assert names("p/Far+Third@y2", "p/Far+Moon@y2", kind="survive_any", k=2, suppliers="*") == ["p/Far+Third@y2"]


def test_a_rate_next_to_nothing() -> None:
    """1 + 1e-20 is 1 to a computer: money is worth what it is without discounting, and not 0 / 0."""
    assert tree({**trade(), "Settings": [{"setting": "discount_rate", "value": 1e-20}]}).discount(
        tree(trade()).branches["base"]
    ) == pytest.approx(1.0)

"""The objective: expected discounted cost, CVaR over paths, penalties; and what the plan says of its own cost."""

from __future__ import annotations

from math import log

import pytest

from friendshore.models.node.costs import COST_KINDS
from friendshore.models.tree.risk import conditional_value_at_risk
from tests.mathematics.cases import (
    Sheets,
    about,
    everything,
    importer,
    island,
    optimum,
    plan_of,
    proves,
    quantity,
    short,
    stop,
    store,
    under,
    with_settings,
)


def two_paths(probability: float = 0.25) -> Sheets:
    """72 on the base path; 36 and 1200 short on the other: nothing to decide."""
    return importer(2) | stop(probability)


@proves("link:node_cost", "link:excess")
@pytest.mark.parametrize("risk", [0.25, 0.5, 0.75])
@pytest.mark.parametrize(
    ("alpha", "tail"),
    [(0.0, 0.75 * 72 + 0.25 * 1236), (0.5, (0.25 * 1236 + 0.25 * 72) / 0.5), (0.75, 1236), (0.9, 1236)],
)
def test_the_mean_of_the_worst(alpha: float, tail: float, risk: float) -> None:
    """CVaR at α is the mean of the worst 1 − α: at 0 the expectation, at ½ the stop's quarter and a quarter of the
    rest, from ¾ on the stop alone. The objective weighs it by λ."""
    plan = plan_of(with_settings(two_paths(), risk_aversion=risk, cvar_alpha=alpha))
    expected = 0.75 * 72 + 0.25 * 1236
    assert plan.expected_cost == about(expected)
    assert plan.cvar == about(tail)
    assert plan.objective == about((1 - risk) * expected + risk * tail)


def test_three_paths() -> None:
    """Worst first: 1236 (0.1), 117 (0.2), 72 (0.7). At α = 0.8 the tail is 0.1 · 1236 and 0.1 · 117 over 0.2."""
    sheets = two_paths(0.1)
    sheets["Scenarios"].append({"scenario": "surge", "probability": 0.2, "onset": "y1", "step_months": 12})
    sheets["Events"].append({"scenario": "surge", "kind": "cost", "years": 1, "remaining": 2.875})
    sheets = with_settings(sheets, risk_aversion=0.5, cvar_alpha=0.8)
    plan = plan_of(sheets)
    assert plan.cvar == about((1236 + 117) / 2)
    assert plan.objective == about(0.5 * (0.7 * 72 + 0.2 * 117 + 0.1 * 1236) + 0.5 * (1236 + 117) / 2)


@pytest.mark.parametrize("alpha", [0, 0.5, 0.95])
def test_with_one_path_risk_aversion_does_not_matter(alpha: float) -> None:
    """Worked answer: one path is its own tail, and a path of probability 0 is none."""
    for sheets in (importer(2), importer(2) | stop(0)):
        assert optimum(with_settings(sheets, risk_aversion=0.75, cvar_alpha=alpha)) == about(72)


@proves("link:excess")
@pytest.mark.parametrize(("risk", "stocked"), [(0.0, 0), (0.02, 0), (0.05, 12)])
def test_risk_aversion_buys_stock(risk: float, stocked: float) -> None:
    """A unit ahead costs 1 to hold and saves 20 in the tail, with p = 0.02: it pays where
    (1 − λ)(0.02 · 20 − 1) + λ(20 − 1) > 0, that is λ > 0.0306."""
    sheets = with_settings(importer(2, capacity=24) | stop(0.02), risk_aversion=risk, cvar_alpha=0.98)
    sheets["Demand"][0]["shortage_cost"] = 23
    sheets["Stockpiles"] = [store(holding_cost=1)]
    plan = plan_of(sheets)
    assert quantity(plan.stocks, "level", scenario="base", period="y0") == about(stocked)


def test_penalties_stand_beside_the_cost() -> None:
    """30 days of 10 a year are not in stock, at a penalty of 7 a unit and year: 2 years of 300/365 · 7, neither
    discounted nor part of the path's cost, nor weighed by λ. 20 a year cost 20 · (1 − 1.25⁻²)/ln 1.25 as they run."""
    sheets = with_settings(island(2), discount_rate=0.25, risk_aversion=0.5, cvar_alpha=0.5)
    sheets = under(sheets, kind="stock_cover", limit=30, penalty=7)
    plan = plan_of(sheets)
    assert plan.penalties == about(2 * 7 * 300 / 365)
    assert plan.expected_cost == about(20 * (1 - 1.25**-2) / log(1.25))
    assert plan.objective == about(plan.expected_cost + plan.penalties)


def test_costs_by_kind_add_up() -> None:
    """On the problem with everything: the kinds add up to the expected cost, the table to the paths, and the objective
    to its parts; every kind occurs."""
    plan = plan_of(everything())
    assert set(plan.costs_by_kind) == set(COST_KINDS)
    assert sum(plan.costs_by_kind.values()) == about(plan.expected_cost)
    assert plan.expected_cost == about(float((plan.paths["probability"] * plan.paths["cost"]).sum()))
    assert plan.objective == about(0.5 * plan.expected_cost + 0.5 * plan.cvar + plan.penalties)
    weight = plan.nodes.set_index(["scenario", "period", "step"])["weight"]
    table = plan.costs.join(weight, on=["scenario", "period", "step"])
    by_kind = (table["discounted"] * table["weight"]).groupby(table["kind"]).sum()
    for kind in COST_KINDS:
        assert plan.costs_by_kind[kind] == about(float(by_kind.get(kind, 0.0))), kind


def test_the_table_of_costs_gives_the_cost_of_every_path() -> None:
    """Discounted costs of the nodes of a path, shared ones included, add up to what ``paths`` says: 36 shared, then 36
    and 1200."""
    plan = plan_of(two_paths())
    assert quantity(plan.costs, "discounted", scenario="base") == about(72)
    assert quantity(plan.costs, "discounted", scenario="stop") == about(1200)
    costs = dict(zip(plan.paths["scenario"], plan.paths["cost"], strict=True))
    assert costs == about({"base": 72, "stop": 1236})


def test_shortage_and_demand_of_paths_are_those_of_their_own_nodes() -> None:
    """base: nothing of 24; stop: 12 of 12."""
    paths = plan_of(two_paths()).paths.set_index("scenario")
    assert paths.loc["base", ["shortage", "demand"]].tolist() == about([0, 24])
    assert paths.loc["stop", ["shortage", "demand"]].tolist() == about([12, 12])
    assert short(plan_of(two_paths()), "stop") == about(12)


@pytest.mark.parametrize(
    ("outcomes", "alpha", "tail"),
    [
        ([(10, 0.25), (2, 0.75)], 0.75, 10),
        ([(10, 0.25), (2, 0.75)], 0.5, 6),
        ([(10, 0.25), (2, 0.75)], 0, 4),
        ([(10, 0.125), (2, 0.125)], 0.5, 6),
    ],
)
def test_the_mean_of_a_tail(outcomes: list[tuple[float, float]], alpha: float, tail: float) -> None:
    """The worst quarter is 10, the worst half 10 and 2 alike, all of it 0.25 · 10 + 0.75 · 2 = 4. Of outcomes that make
    up less than the tail, their mean: (10 + 2)/2 = 6, not (10 + 2)/8 ÷ ½ = 3 as if the rest were nothing."""
    assert conditional_value_at_risk(outcomes, alpha) == about(tail)

"""What a plan reports of itself is held against what was recomputed."""

from __future__ import annotations

import dataclasses

import pytest

from friendshore.models.plan import Plan
from friendshore.optimizer.certify import certify
from tests.certify.drafts import changed, without
from tests.certify.trade import fails, holds, right, trade


def plan() -> Plan:
    values = {"discount_rate": 0, "risk_aversion": 0.4, "cvar_alpha": 0.5}
    return right(trade(Settings=[{"setting": name, "value": value} for name, value in values.items()]))


def test_the_objective() -> None:
    """The objective is not a constraint: its difference stands by itself, relative to the one recomputed."""
    good = plan()
    holds(good)
    certificate = certify(dataclasses.replace(good, objective=good.objective * 1.01))
    assert certificate.max_violation < 1e-12
    assert certificate.objective_difference == pytest.approx(0.01)
    assert not certificate.holds()


@pytest.mark.parametrize(
    ("name", "text"),
    [("expected_cost", "reported expected cost"), ("cvar", "reported cvar"), ("penalties", "reported penalties")],
)
def test_figures_of_the_whole_plan(name: str, text: str) -> None:
    """One more than recomputed is named."""
    good = plan()
    fails(dataclasses.replace(good, **{name: vars(good)[name] + 1}), text)


def test_penalties_beside_costs_of_millions() -> None:
    """3.5 t short at 1e8 are 3.5e8, the largest kind of cost: of a thousandth of it a millionth may be off, 0.35."""
    demand = {"country": "Home", "commodity": "metal", "shortage_cost": 1e8, "per_year": 12}
    good = right(trade(Demand=[demand]))
    assert certify(dataclasses.replace(good, penalties=0.34)).holds()
    assert not certify(dataclasses.replace(good, penalties=0.36)).holds()


def test_costs_by_kind() -> None:
    """A kind that is off, and one that is left out."""
    good = plan()
    wrong = dict(good.costs_by_kind) | {"transport": good.costs_by_kind["transport"] + 2}
    fails(dataclasses.replace(good, costs_by_kind=wrong), "reported transport cost", "(by 2)")
    left = {kind: value for kind, value in good.costs_by_kind.items() if kind != "production"}
    fails(dataclasses.replace(good, costs_by_kind=left), "reported production cost")


@pytest.mark.parametrize("column", ["probability", "cost", "shortage", "demand"])
def test_paths(column: str) -> None:
    """Each column of each path; a path left out cannot be checked."""
    text = {"cost": "reported cost of the path of stop"}.get(column, f"reported {column} of stop")
    fails(changed(plan(), "paths", column, 0.75, scenario="stop"), text)
    fails(without(plan(), "paths", scenario="stop"), "stop is missing")


def test_costs_of_nodes() -> None:
    """The costs of the nodes must add up along each path."""
    wrong = changed(plan(), "costs", "discounted", 90.0, scenario="stop", step=1, kind="shortage")
    fails(wrong, "reported shortage cost along the path of stop")


def test_demand_beside_a_shortage() -> None:
    """Demand is recomputed; another number, or no row where there is demand, is named."""
    fails(changed(plan(), "shortages", "demand", 11.0, scenario="base", period="y1"), "reported demand for metal (all)")
    fails(without(plan(), "shortages", scenario="base", period="y1"), "reported demand for metal (all)", "base/y1/1")

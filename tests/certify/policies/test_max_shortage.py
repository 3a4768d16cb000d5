"""``max_shortage``: the stop leaves 3.5 of 12 short on the own nodes of its branch, of 24 on its path."""

from __future__ import annotations

import pytest

from friendshore.models.tables import Policy
from friendshore.optimizer.certify import certify
from tests.certify.drafts import draft, problem
from tests.certify.policies.under import under
from tests.certify.trade import RIGHT, STOP, at, fails, holds, together, trade

OWN = 3.5 / 12
PATH = 3.5 / 24


@pytest.mark.parametrize(
    ("scenario", "value", "name"),
    [
        ("stop", OWN, "metal for Home in stop"),
        ("each", OWN, "metal for Home in stop"),
        ("expected", 0.25 * 3.5 / 24, "metal for Home, expected"),
        ("cvar", 0.25 * PATH / 0.5, "metal for Home, cvar"),
    ],
)
def test_each_form_of_scenario(scenario: str, value: float, name: str) -> None:
    """Each form by its share: own nodes, all of them, expected over whole paths, CVaR at 0.5 of the shares of paths."""
    sheets = trade(Settings=[{"setting": "cvar_alpha", "value": 0.5}])
    holds(under(sheets, "max_shortage", value + 1e-9, scenario=scenario, over="path"))
    found = certify(under(sheets, "max_shortage", value - 1e-3, scenario=scenario, over="path"))
    assert found.max_violation > 1e-5 and f"rule (max_shortage): {name}" in found.worst


@pytest.mark.parametrize(
    ("over", "value", "name"),
    [
        ("step", 3.5 / 6, "metal for Home at stop/y2/1"),
        ("event", 3.5 / 6, "metal for Home in stop"),
        ("path", OWN, "metal for Home in stop"),
    ],
)
def test_over_steps_events_and_paths(over: str, value: float, name: str) -> None:
    """The stop of half a year leaves 3.5 of 6 short in the step that meets it, 3.5 of 12 in its branch."""
    for scenario in ("stop", "each", "base, stop"):
        holds(under(trade(), "max_shortage", value + 1e-9, scenario=scenario, over=over))
        fails(under(trade(), "max_shortage", value - 1e-2, scenario=scenario, over=over), name)
    holds(under(trade(), "max_shortage", 0.0, scenario="normal", over="step"))


def test_base_is_the_default_and_every_step() -> None:
    """On the base path nothing is short; a year without the mine is, by 7 of 12, which is 7 of 24 over the path."""
    holds(under(trade(), "max_shortage", 0))
    rows = together(at("base/y1/1", 0, 5, 7), at("base/y2/1", 8.75, 5), STOP)
    holds(under(trade(), "max_shortage", 7 / 24, rows=rows, over="path"))
    fails(under(trade(), "max_shortage", 0.25, rows=rows, over="path"), "metal for Home in base")
    holds(under(trade(), "max_shortage", 7 / 12, rows=rows))
    fails(under(trade(), "max_shortage", 0.5, rows=rows), "metal for Home at base/y1/1")


def test_tiers_and_consumers_set_the_scope() -> None:
    """A tier that is short of nothing, a country that needs nothing."""
    holds(under(trade(), "max_shortage", 0, scenario="stop", consumers="@concern"))
    sheets = trade(
        Demand=[
            {"country": "Home", "commodity": "metal", "tier": tier, "shortage_cost": 100, "per_year": 6}
            for tier in "ab"
        ]
    )
    rows = together(
        {name: part for name, part in RIGHT.items() if name != "shortages"},
        {"shortages": [("stop/y2/1", 0, 3.0), ("stop/y2/1", 1, 0.5)]},
    )
    cells = {"rows": rows, "scenario": "stop", "over": "path"}
    holds(under(sheets, "max_shortage", 0.5, tier="a", **cells))
    fails(under(sheets, "max_shortage", 0.4, tier="a", **cells), "max_shortage")
    holds(under(sheets, "max_shortage", 0.09, tier="b", **cells))


def test_penalties_of_each_form() -> None:
    """What is lacking is in units of the commodity, for CVaR a share; on the stop's path it counts by its 0.25."""
    sheets = trade(Settings=[{"setting": "cvar_alpha", "value": 0.5}])
    for scenario, lack in (("stop", 0.25 * 3.5), ("expected", 0.875), ("cvar", 0.5 * PATH)):
        row = Policy(policy="rule", kind="max_shortage", limit=0, scenario=scenario, penalty=10)
        plan = draft(problem(sheets, row), **RIGHT)
        assert plan.penalties == pytest.approx(10 * lack)
        holds(plan)

"""The scorecard says where each rule was asked to hold, and the worst value at the other nodes."""

from __future__ import annotations

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.plan import PolicyValue
from friendshore.optimizer.solve import solve_problem


def score(**cells: object) -> PolicyValue:
    """The line of one rule: two years of 10 from Far at 1 or from home at 5; in half of all futures Far sends nothing
    in the second half of the second year, so that 5 of 10 are made at home."""
    sheets = {
        "Settings": [{"setting": "discount_rate", "value": 0}],
        "Countries": [{"country": "Home", "bloc": "ally"}, {"country": "Far", "bloc": "concern"}],
        "Commodities": [{"commodity": "ore", "unit": "t"}],
        "Periods": [{"period": "y1"}, {"period": "y2"}],
        "Plants": [
            {"plant": "far", "country": "Far", "commodity": "ore", "capacity": 99, "unit_cost": 1, "emissions": 1},
            {"plant": "home", "country": "Home", "commodity": "ore", "capacity": 99, "unit_cost": 5},
        ],
        "Lanes": [{"from": "Far", "to": "Home"}],
        "Demand": [{"country": "Home", "commodity": "ore", "shortage_cost": 100, "per_year": 10}],
        "Scenarios": [{"scenario": "stop", "probability": 0.5, "onset": "y2", "step_months": 6}],
        "Events": [
            {"scenario": "stop", "kind": "export", "country": "Far", "start_years": 0.5, "years": 0.5, "remaining": 0}
        ],
        "Policies": [{"policy": "rule", **cells}],
    }
    plan = solve_problem(problem_from_sheets(sheets), gap=0.0, threads=1).plan
    assert plan is not None and plan.certificate is not None and plan.certificate.holds()
    return plan.policies[0]


@pytest.mark.parametrize(
    ("scenario", "holds", "value", "elsewhere", "place"),
    [
        ("base", "base", 0.4, 1.0, "rule/Home/Far/ore/stop/y2/1"),
        (None, "normal", 0.4, 0.0, "rule/Home/Far/ore/stop/y2/2"),
        ("each", "each", 0.4, None, ""),
        ("stop", "stop", 0.4, 1.0, "rule/Home/Far/ore/y1"),
    ],
)
def test_a_cap_on_a_share(scenario: str | None, holds: str, value: float, elsewhere: float | None, place: str) -> None:
    """At most 0.4 from Far: where it is not asked all of it comes from there. In normal times also the half-year before
    the stop is asked, so that only the stop itself is left, in which nothing comes."""
    line = score(kind="max_share", limit=0.4, suppliers="Far", scenario=scenario)
    assert line.holds == holds and line.value == pytest.approx(value)
    assert line.elsewhere == (None if elsewhere is None else pytest.approx(elsewhere))
    assert line.elsewhere_place == place


def test_concentration_and_emissions() -> None:
    """‖X‖² ÷ T² of one supplier is its share squared; emissions are 10 a year where nothing is asked of them."""
    line = score(kind="max_hhi", limit=0.16, scenario="base")
    assert line.value == pytest.approx(0.16, abs=1.1e-5) and line.elsewhere == pytest.approx(1.0)
    line = score(kind="max_emissions", limit=4, scenario="base")
    assert line.value == pytest.approx(4) and line.elsewhere == pytest.approx(10)


@pytest.mark.parametrize(
    ("kind", "cells", "holds"),
    [
        ("max_shortage", {"limit": 0.5, "scenario": "expected"}, "expected"),
        ("survive", {"limit": 0.5, "suppliers": "Far", "years": 0.5}, "its own paths"),
        ("max_capex", {"limit": 5}, "base"),
        ("clean_origin", {"limit": 0.5, "suppliers": "Far", "commodity": "ore", "scenario": "base"}, "base"),
    ],
)
def test_rules_that_have_no_other_places(kind: str, cells: dict[str, object], holds: str) -> None:
    """Over whole paths, on paths of their own, on decisions; and clean parts are known only where they are tracked."""
    line = score(kind=kind, **cells)
    assert (line.holds, line.elsewhere, line.elsewhere_place) == (holds, None, "")

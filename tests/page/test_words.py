"""What things are called on the page, and when they are."""

from __future__ import annotations

from math import nan

from friendshore.models.examine import problem_from_sheets
from friendshore.optimizer.page.sections.brief import purpose
from friendshore.optimizer.page.words import Names
from tests.mathematics.test_opened_by import technology
from tests.reporting import plans


def test_times_of_a_plan_whose_periods_are_years() -> None:
    names = Names(plans.problem())
    assert names.starts == {"2026": 2026.0, "2027": 2027.0}
    assert [names.when(v) for v in (2027.0, 2027.5, 2027.25, nan)] == ["2027", "mid-2027", "2027.25", "–"]
    assert names.span == "2026 to 2028"  # 2027 is a period of two years


def test_what_branches_and_places_are_called() -> None:
    names = Names(plans.problem())
    assert names.scenario("base") == "base plan"
    assert names.scenario("no_china/A+B@2027") == "no china (A and B stop from 2027)"
    assert names.scenario("no_china/A") == "no china (A stops)"  # of a plan made when stops had one onset
    assert names.scenario("ban@2027/embargo@2026") == "ban from 2027 after embargo from 2026"
    assert names.place("A, C+B, ore_x, 2027") == "A, C + B, ore x, 2027"


def test_what_may_succeed_is_no_disruption() -> None:
    """A scenario that opens a plant is a chance; one that closes the works for a year is what a plan prepares for."""
    sheets = technology()
    assert "prepared for" not in purpose(Names(problem_from_sheets(sheets)))
    danger = {"scenario": "flood", "per_year": 0.1, "step_months": 12}
    sheets["Scenarios"].append(danger)
    sheets["Events"] = [{"scenario": "flood", "kind": "capacity", "plant": "works", "years": 1, "remaining": 0}]
    assert "prepared for 1 disruption." in purpose(Names(problem_from_sheets(sheets)))

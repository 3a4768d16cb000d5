"""Plans made again whose answers are worked out by hand."""

from __future__ import annotations

import pytest

from friendshore._studies import saved_plan
from friendshore.optimizer.studies.replan.actuals import Actuals, Built, Figure
from friendshore.optimizer.studies.replan.standing import Struck
from friendshore.optimizer.studies.replan.words import opening
from friendshore.optimizer.studies.replan.work import replan
from tests.mathematics.cases import Sheets, about, built, importer, island, with_settings
from tests.studies.replan.cases import EXACT, adds_up, again, amounts


def site(**cells: object) -> Sheets:
    """Three years, ten wanted in each, nothing made until a unit of ten for 90 stands; a unit short costs 100."""
    sheets = island(3, 10.0, capacity=0, cost=0)
    sheets["Expansions"] = [built(**cells)]
    return sheets


def two_stops() -> Sheets:
    """Twelve wanted a year for four years, from abroad at 3; in the second year all may stop, or in the third."""
    sheets = importer(4, capacity=12.0)
    sheets["Demand"][0]["shortage_cost"] = 10
    sheets["Scenarios"] = [
        {"scenario": "early", "probability": 0.2, "onset": "y1", "step_months": 12},
        {"scenario": "late", "probability": 0.3, "onset": "y2", "step_months": 12},
    ]
    sheets["Events"] = [
        {"scenario": name, "kind": "export", "country": "Far", "years": years, "remaining": 0}
        for name, years in (("early", 2), ("late", 1))
    ]
    return sheets


def test_as_planned_the_rest_is_what_the_plan_had_left() -> None:
    """Ninety is spent, nothing more to pay; both decisions and cost are the plan's."""
    study = again(site(), "y1")
    assert study.same and not study.changes and not amounts(study)
    assert study.rest is not None and study.rest.high == about(0) and study.before == about(0)


def test_why_it_is_not_known_what_was_expected() -> None:
    """Five of ten are short each year, beyond a limit of nothing that is paid for with 1 a unit."""
    sheets = island(3, 10.0, capacity=5, cost=0)
    sheets["Policies"] = [{"policy": "met", "kind": "max_shortage", "limit": 0, "penalty": 1}]
    study = again(sheets, "y1")
    assert study.before is None and not study.stopped
    assert opening(study).endswith(
        "; what was expected when the plan was made is not known (what a plan pays for policies that it does not keep "
        "falls in no period)."
    )


def test_a_plant_that_comes_late_leaves_a_year_short() -> None:
    """Ten short at 100 in y1; from y2 on it serves."""
    study = again(site(), "y1", built=[Built("new", "y0", 1, serves_in=1)])
    assert amounts(study) == {"building": 1000}
    assert study.rest is not None and study.rest.high == about(1000) and adds_up(study)


def test_a_project_that_was_cancelled_is_ordered_anew() -> None:
    """Ninety were to be paid before and 30 were, for nothing; 90 are paid now: 30 more in all."""
    study = again(site(max_units=2), "y1", built=[Built("new", "y0", 0, sunk_cost=30)])
    [cause] = [each for each in study.causes if each.cause == "building"]
    assert (cause.past, cause.amount) == (about(-60), about(30))
    assert study.rest is not None and study.rest.high == about(90) and adds_up(study)
    assert [(each.name, each.period, each.after) for each in study.changes] == [("new", "y1", 1)]


def test_units_ordered_beyond_the_plan_were_paid_before() -> None:
    """A second unit for 90 that nobody needs: it changes nothing of the rest, and 90 were paid more."""
    study = again(site(max_units=2), "y1", built=[Built("new", "y0", 2)])
    assert amounts(study) == {"building": 90}
    assert study.rest is not None and study.rest.high == about(0) and adds_up(study)


def stocked() -> Sheets:
    """The works stand for the first year alone, so that ten are laid by at 2 for the second."""
    sheets = island(2, 10.0, capacity=20.0)
    sheets["Plants"][0]["to_period"] = "y0"
    sheets["Stockpiles"] = [{"stockpile": "store", "country": "Home", "commodity": "metal", "max_level": 50}]
    return sheets


def test_what_is_missing_in_the_store_goes_short() -> None:
    study = again(stocked(), "y1", levels={"store": 6.0})
    assert amounts(study) == {"stocks": 400} and adds_up(study)


def test_prices_and_demand_are_told_apart() -> None:
    """Making costs 5 in place of 2, in the second year: 30 more for ten; twelve wanted: 10 more at that price. A third
    figure, capacity of eleven, leaves one short at 100 in place of 5."""
    study = again(
        island(2),
        "y1",
        figures=[
            Figure("Plants", "works", "unit_cost", {"y1": 5.0}),
            Figure("Plants", "works", "capacity", {"y1": 11.0}),
        ],
        demand={2: {"y1": 12.0}},
    )
    assert amounts(study) == {"prices": 30, "demand": 10, "input": 95} and adds_up(study)


def test_what_could_come_and_did_not_leaves_the_rest_its_chance() -> None:
    """Early has not come: late has 0.3 of the 0.8 that are left. Expected were, of the three years from y1 on, 36 a
    year, 84 more for each stopped year: 0.2 · 2 + 0.3 of them."""
    study = again(two_stops(), "y1")
    [late] = study.asked.tables.scenarios
    assert (late.scenario, late.probability) == ("late", about(0.375))
    assert study.before == about(108 + 84 * 0.7)
    assert study.rest is not None and study.rest.high == about(108 + 84 * 0.375)
    assert amounts(study) == {"passing": about(84 * (0.375 - 0.7))}


@pytest.mark.parametrize(("as_of", "years", "stopped"), [("y1", 3, 2), ("y2", 2, 1)])
def test_what_has_struck_goes_on_for_as_long_as_it_would(as_of: str, years: int, stopped: int) -> None:
    """Two years from y1 on: as of y1 both are to come, as of y2 one of two."""
    study = again(two_stops(), as_of, struck=[Struck("early", "y1")])
    assert study.lasting == "early"
    assert study.rest is not None and study.rest.high == pytest.approx(36 * years + 84 * stopped, rel=1e-5)


def test_what_has_struck_and_is_over_leaves_a_plan_in_normal_times() -> None:
    """Two years from y1 on and none to wait: as of y3 there is a year left, and nothing more may come."""
    study = again(with_settings(two_stops(), rejoin_years=0), "y3", struck=[Struck("early", "y1")])
    assert study.lasting == "" and not study.asked.tables.scenarios
    assert study.rest is not None and study.rest.high == about(36)


def test_money_is_of_the_start_of_the_rest() -> None:
    """At 25% a year what the plan expected for the last year, 20 evenly paid, has grown to what the rest costs."""
    study = again(with_settings(island(3), discount_rate=0.25), "y2")
    assert study.rest is not None and study.before == about(study.rest.high)


def test_keeping_a_decision_is_priced() -> None:
    """The works that were to be built in y1 for 90 are not wanted any more: keeping them costs 90."""
    sheets = site(earliest="y1", fixed_cost=1)
    study = again(sheets, "y1", keep=True, demand={2: {"y1": 0.0, "y2": 0.0}})
    assert [(each.name, each.before, each.after) for each in study.changes] == [("new", 1, 0)]
    [kept] = study.kept
    assert kept.cost is not None and kept.cost.high == about(92)
    assert study.as_planned is not None and study.as_planned.high == about(92)


def test_a_plan_made_again_is_made_again() -> None:
    """As of y1 and then as of y2, as planned: what is on order stays on order and nothing is paid twice."""
    first = again(site(fixed_cost=4, life_years=10), "y1")
    assert first.plan is not None
    second = replan(saved_plan(first.plan), Actuals("y2"), EXACT)
    assert second.same and second.rest is not None and second.rest.high == about(4)
    assert [(row.committed, row.lead_years) for row in second.asked.tables.expansions] == [(1, -2)]

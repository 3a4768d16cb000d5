"""Every cost term by hand, expectation, CVaR, objective."""

from __future__ import annotations

from math import log
from typing import Any

import pytest

from friendshore.models.plan import Plan
from friendshore.models.tables import Expansion
from friendshore.optimizer.certify.case import read_case
from friendshore.optimizer.certify.cost import PathCost, path_costs, running_costs
from friendshore.optimizer.certify.decisions import kappa
from friendshore.optimizer.certify.risk import cvar
from tests.certify.drafts import draft
from tests.certify.trade import BASE, at, event, on_base, right, together, trade


def kinds(plan: Plan, path: str = "base") -> dict[str, float]:
    """Discounted cost of a path by kind, those that are zero left out."""
    by_kind = _costs(plan)[path].kinds
    return {kind: value for kind, value in by_kind.items() if abs(value) > 1e-12}


def _costs(plan: Plan) -> dict[str, PathCost]:
    case = read_case(plan)
    return path_costs(case, running_costs(case))


def settings(**values: Any) -> list[dict[str, Any]]:
    return [{"setting": name, "value": value} for name, value in ({"discount_rate": 0} | values).items()]


def test_production_transport_tariff_and_shortage() -> None:
    """Base, a year: 5 · 3 + 8.75 · 2 made, 8.75 · 1 moved, 8.75 · 0.1 · 10 duty. The branch: y1, then half as
    much made at home twice, 4.375 bought, 3.5 short at 100."""
    assert kinds(right()) == pytest.approx({"production": 65.0, "transport": 17.5, "tariff": 17.5})
    branch = kinds(right(), "stop")
    assert branch == pytest.approx(
        {"production": 32.5 + 15 + 8.75, "transport": 8.75 + 4.375, "tariff": 8.75 + 4.375, "shortage": 350.0}
    )


def test_tariffs_are_reported_and_do_not_count_where_they_are_no_costs() -> None:
    """With the setting off the kind stays, the total is without it."""
    counted = _costs(on_base(trade()))["base"]
    aside = _costs(on_base(trade(Settings=settings(tariffs_are_costs="no"))))["base"]
    assert counted.total == pytest.approx(100.0)
    assert aside.total == pytest.approx(82.5)
    assert aside.kinds["tariff"] == pytest.approx(17.5)


def worth(start: float, end: float) -> float:
    """What a unit of money is worth that runs evenly from one time to another, at 25%."""
    return float((1.25**-start - 1.25**-end) / ((end - start) * log(1.25)))


def test_costs_are_discounted_as_they_run() -> None:
    """At 25% a year's cost of the first year counts 0.2/ln 1.25 = 0.896, of the second 0.8 of that, halves likewise."""
    plan = right(trade(Settings=settings(discount_rate=0.25)))
    assert kinds(plan)["production"] == pytest.approx(32.5 * 1.8 * 0.2 / log(1.25))
    halves = 7.5 * worth(1, 1.5) + (7.5 + 8.75) * worth(1.5, 2)
    assert kinds(plan, "stop")["production"] == pytest.approx(32.5 * worth(0, 1) + halves)


def test_cost_events_and_profiles() -> None:
    """A price rise of one half at the mine in the second half of the year; a profile of 4 at home in y2."""
    rise = event(kind="cost", plant="mine", start_years=0.5, remaining=1.5)
    assert kinds(right(trade(Events=[event(), rise])), "stop")["production"] == pytest.approx(32.5 + 15 + 8.75 * 1.5)
    profile = {"table": "Plants", "id": "works", "column": "unit_cost", "y2": 4}
    assert kinds(right(trade(Profiles=[profile])))["production"] == pytest.approx(70.0)


def store(**cells: Any) -> dict[str, Any]:
    return {"stockpile": "store", "country": "Home", "commodity": "metal", "initial": 4, "max_level": 9} | cells


STOCKS = [
    ("base/y1/1", "store", 4, 0),
    ("base/y2/1", "store", 4, 0),
    ("stop/y2/1", "store", 1, 0),
    ("stop/y2/2", "store", 1, 0),
]


def stocked(**values: Any) -> Plan:
    """Three of the four in store are used in the stop; what is left is one."""
    rows = together(BASE, at("stop/y2/1", 0, 2.5, 0.5), at("stop/y2/2", 4.375, 2.5))
    sheets = trade(Stockpiles=[store(holding_cost=2, salvage=0.5)], Settings=settings(**values))
    return draft(sheets, **rows, stocks=STOCKS, releases=[("stop/y2/1", "store", "Home", 3)])


def test_holding_salvage_and_refill() -> None:
    """Held at the end of each node: 2 · 4 · 1 twice; the branch 8 + 2 · 1 · 0.5 twice. Left: 0.5 · 4, on the
    branch 0.5 · 1 and 3 to refill at the price of 10. All ends are discounted at H = 2."""
    base, branch = kinds(stocked()), kinds(stocked(), "stop")
    assert (base["holding"], base["salvage"]) == pytest.approx((16.0, -2.0)) and "refill" not in base
    assert (branch["holding"], branch["salvage"], branch["refill"]) == pytest.approx((10.0, -0.5, 30.0))
    late = kinds(stocked(discount_rate=0.25), "stop")
    assert (late["salvage"], late["refill"]) == pytest.approx((-0.5 * 0.64, 30 * 0.64))


def test_releases_abroad_pay_the_lane_and_those_at_home_do_not() -> None:
    """Far's store releases 5 to Home over a lane of 1 and a duty of 1."""
    sheets = trade(Stockpiles=[store(country="Far", initial=5, serves="Home", final_min=0)])
    calm = {name: rows for name, rows in sheets.items() if name not in ("Scenarios", "Events")}
    rows = together(at("base/y1/1", 8.75, 5), at("base/y2/1", 3.75, 5))
    stocks = [("base/y1/1", "store", 5, 0), ("base/y2/1", "store", 0, 0)]
    plan = draft(calm, **rows, stocks=stocks, releases=[("base/y2/1", "store", "Home", 5)])
    assert kinds(plan) == pytest.approx({"production": 55.0, "transport": 17.5, "tariff": 17.5})


def test_protections_are_paid_on_every_path() -> None:
    """Two years at 3."""
    plan = right(trade(Protections=[{"protection": "guard", "hazard": "cyber", "cost": 3}]), protections=[("guard", 1)])
    assert (kinds(plan)["protection"], kinds(plan, "stop")["protection"]) == pytest.approx((6.0, 6.0))


def kiln(**cells: Any) -> dict[str, Any]:
    return {"expansion": "kiln", "plant": "works", "size": 1, "capex": 100, "fixed_cost": 8} | cells


def test_investment_and_fixed_cost() -> None:
    """Decided at the start of the second year at 25%: capex 100 · 0.8; 8 a year of fixed cost run from then on, on the
    branch over two halves. The branch builds it as well and pays."""
    sheets = trade(Expansions=[kiln(lead_years=0)], Settings=settings(discount_rate=0.25))
    plan = right(sheets, investments=[("base/y2/1", "kiln", 1)])
    base, branch = kinds(plan), kinds(plan, "stop")
    assert (base["investment"], base["fixed"]) == pytest.approx((80.0, 8 * worth(1, 2)))
    assert (branch["investment"], branch["fixed"]) == pytest.approx((80.0, 4 * worth(1, 1.5) + 4 * worth(1.5, 2)))


def test_a_branch_that_decides_anew_pays_its_own() -> None:
    """What the base path decides after the onset is not the branch's, and the other way round."""
    sheets = trade(Expansions=[kiln(max_units=2)], Settings=settings(branch_investment="integer"))
    plan = right(sheets, investments=[("base/y2/1", "kiln", 1), ("stop/y2/2", "kiln", 2)])
    assert (kinds(plan)["investment"], kinds(plan, "stop")["investment"]) == pytest.approx((100.0, 200.0))


def test_kappa_by_hand() -> None:
    """Life 20, lead 2, H = 10: κ = 8/20 at r = 0; at 10% the quotient of annuities; never above 1; blank is 1."""
    row = Expansion(expansion="e", plant="p", size=1, capex=1, lead_years=2, life_years=20)
    assert kappa(row, 0.0, 10.0, 0.0) == pytest.approx(0.4)
    assert kappa(row, 0.0, 10.0, 0.1) == pytest.approx((1 - 1.1**-8) / (1 - 1.1**-20))
    short = Expansion(expansion="e", plant="p", size=1, capex=1, life_years=3)
    assert kappa(short, 1.0, 10.0, 0.1) == pytest.approx(1.0)
    assert kappa(Expansion(expansion="e", plant="p", size=1, capex=1), 9.0, 10.0, 0.1) == 1.0


def test_expectation_cvar_and_objective() -> None:
    """Base 100 at 0.75, the branch 432.5 at 0.25; CVaR at 0.5 is the mean of both halves of the worst half."""
    values = {"risk_aversion": 0.4, "cvar_alpha": 0.5}
    plan = right(trade(Settings=settings(**values)))
    branch = 56.25 + 13.125 + 13.125 + 350
    assert plan.expected_cost == pytest.approx(0.75 * 100 + 0.25 * branch)
    assert plan.cvar == pytest.approx(0.5 * 100 + 0.5 * branch)
    assert plan.objective == pytest.approx(0.6 * plan.expected_cost + 0.4 * plan.cvar)


def test_cvar_of_discrete_outcomes() -> None:
    """At 0 the expectation; far in the tail the worst; in between the mean of the worst 1 − α."""
    outcomes = [(0.5, 0.0), (0.3, 10.0), (0.2, 20.0)]
    assert cvar(outcomes, 0.0) == pytest.approx(7.0)
    assert cvar(outcomes, 0.9) == pytest.approx(20.0)
    assert cvar(outcomes, 0.6) == pytest.approx(15.0)

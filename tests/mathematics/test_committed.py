"""What is committed stands, whether it pays or not; what has served already goes on from where it is."""

from __future__ import annotations

import pytest

from tests.mathematics.cases import Sheets, about, built, island, optimum, plan_of, proves, short, units


def site(**cells: object) -> Sheets:
    """Three years in which nothing is made until units of 10 a year serve; nothing is worth being short of."""
    sheets = island(3, 10.0, capacity=0, cost=0)
    sheets["Demand"][0]["shortage_cost"] = 1
    sheets["Expansions"] = [built(capex=90, **cells)]
    return sheets


@proves("link:units")
def test_a_unit_on_order_is_decided_although_it_does_not_pay() -> None:
    """90 against thirty short at 1: nobody would order it. Committed it is paid, and takes the shortage away."""
    assert optimum(site()) == about(30)
    plan = plan_of(site(committed=1))
    assert units(plan) == about(1)
    assert plan.objective == about(90)


def test_further_units_are_still_on_offer() -> None:
    """Twenty wanted at 100 short: the second unit of two pays, beside the one that is committed."""
    sheets = site(committed=1, max_units=2)
    sheets["Demand"][0] |= {"shortage_cost": 100, "per_year": 20}
    assert units(plan_of(sheets)) == about(2)


@pytest.mark.parametrize(("lead", "life", "missing"), [(-1, 3, 10), (-1, 1.5, 30), (-0.5, 1.5, 20), (-2, None, 0)])
def test_what_has_served_already_is_worn_out_earlier(lead: float, life: float | None, missing: float) -> None:
    """Three years of life, one of them over: it is gone after the second year of the plan.

    One that would be worn out within the first year counts in none; with half a year over, of one and a half, in the
    first alone.
    """
    sheets = site(committed=1, max_units=1, lead_years=lead, life_years=life, latest="y0")
    sheets["Expansions"][0]["capex"] = 0
    assert short(plan_of(sheets)) == about(missing)


def test_a_ramp_goes_on_from_where_it_is() -> None:
    """A fifth, then half: after a year of service the second share holds in the first year of the plan."""
    sheets = site(committed=1, max_units=1, lead_years=-1, latest="y0", ramp="0.2, 0.5")
    assert short(plan_of(sheets)) == about(5)


def test_fixed_cost_of_what_stands_is_paid_in_any_case() -> None:
    """Four a year against ten short at 1: worth having. Against a shortage of nothing: paid all the same."""
    sheets = site(committed=1, max_units=1, fixed_cost=4)
    sheets["Expansions"][0]["capex"] = 0
    sheets["Demand"][0]["shortage_cost"] = 0
    assert optimum(sheets) == about(12)


def test_a_protection_in_force_is_paid_whether_it_helps_or_not() -> None:
    sheets = island(2)
    sheets["Events"] = []
    sheets["Protections"] = [{"protection": "guard", "hazard": "cyber", "cost": 3, "committed": "yes"}]
    assert optimum(sheets) == about(optimum(island(2)) + 6)

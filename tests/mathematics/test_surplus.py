"""What is made and not wanted leaves where it is made, at a value or at a cost."""

from __future__ import annotations

import dataclasses
import io
import zipfile

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.optimizer.certify import certify
from friendshore.optimizer.reporting.workbook import plan_sheets
from tests.mathematics.cases import Sheets, about, importer, island, plan_of, proves, quantity, short, stop, under


def by_products(value: float, **cells: object) -> Sheets:
    """A plant makes 1 A and 2 B of 1 ore that costs 8; 5 A are wanted, B is sold or got rid of at ``value``."""
    sheets = island(1, demand=5)
    sheets["Commodities"] = [
        {"commodity": "ore", "unit": "t", "price": 8},
        {"commodity": "A", "unit": "t", "price": 10},
        {"commodity": "B", "unit": "t", "price": 10, "surplus_value": value},
    ]
    sheets["Recipes"] = [
        {"recipe": "m", "commodity": "ore", "role": "input", "amount": 1},
        {"recipe": "m", "commodity": "A", "role": "output", "amount": 1},
        {"recipe": "m", "commodity": "B", "role": "output", "amount": 2},
    ]
    sheets["Plants"] = [
        {"plant": "s", "country": "Home", "commodity": "ore", "capacity": 99, "unit_cost": 8},
        {"plant": "fab", "country": "Home", "recipe": "m", "capacity": 99, "unit_cost": 0} | cells,
    ]
    sheets["Demand"] = [{"country": "Home", "commodity": "A", "shortage_cost": 1000, "per_year": 5}]
    return sheets


@proves("row:supply", "cost:surplus")
def test_a_by_product_brings_money() -> None:
    """Five runs at 8, whose 10 B bring 30; a sixth would cost 8 and bring 6."""
    plan = plan_of(by_products(3))
    assert plan.objective == about(10)
    assert quantity(plan.surplus, "quantity", country="Home", commodity="B") == about(10)
    assert plan.costs_by_kind["surplus"] == about(-30)
    assert plan.costs_by_kind["shortage"] == about(0) and short(plan) == about(0)
    assert len(plan.surplus) == 1, "B alone, and the two goods without a value have no surplus"


@proves("cost:surplus")
def test_what_nobody_wants_has_to_be_got_rid_of() -> None:
    """Ten B at 1.5 each, and the plant cannot keep them back."""
    plan = plan_of(by_products(-1.5))
    assert plan.objective == about(40 + 15)
    assert quantity(plan.surplus, "quantity") == about(10)


def test_where_disposal_costs_more_than_the_shortage_nothing_is_made() -> None:
    """A unit of A brings 2 B: at 500 each and 8 of ore that is 1008 against a shortage of 1000."""
    assert plan_of(by_products(-500)).objective == about(5000)


def test_only_what_is_left_over_is_surplus() -> None:
    """6 of the 10 B are wanted at home, so 4 are sold."""
    sheets = by_products(3)
    sheets["Demand"].append({"country": "Home", "commodity": "B", "shortage_cost": 50, "per_year": 6})
    plan = plan_of(sheets)
    assert plan.objective == about(40 - 12)
    assert quantity(plan.surplus, "quantity") == about(4)


def test_a_surplus_worth_more_than_it_costs_is_made_to_capacity() -> None:
    """At 5 a run costs 8 and brings 10: 7 runs, all that the plant can do, and no end beyond it."""
    sheets = by_products(5, capacity=7)
    assert plan_of(sheets).objective == about(56 - 70)
    findings = [(each.code, each.sheet, each.row) for each in problem_from_sheets(sheets).warnings]
    assert ("FS560", "Commodities", 4) in findings
    assert "FS560" not in {each.code for each in problem_from_sheets(by_products(3)).warnings}


def test_a_surge_lets_more_be_sold() -> None:
    """On a path on which the plant works at one and a half times its capacity, 3 runs more are sold at 2 each."""
    sheets = by_products(5, capacity=6) | stop(0.5, onset="y0", kind="capacity", plant="fab", remaining=1.5)
    assert plan_of(sheets).objective == about(-12 - 0.5 * 6)


def test_it_leaves_where_it_is_made_though_nothing_may_be_exported() -> None:
    """The maker abroad sells 4 for 1 each on the spot, whatever its lane to Home does, and no rule counts them."""
    sheets = importer(demand=6, capacity=10, cost=0.5)
    sheets["Commodities"][0]["surplus_value"] = 1
    plan = plan_of(under(sheets, kind="max_share", suppliers="@concern", limit=1))
    assert plan.objective == about(10 * 0.5 + 6 * 1 - 4 * 1)
    assert quantity(plan.surplus, "quantity", country="Far") == about(4)


def test_clean_and_tainted_leave_alike() -> None:
    """A fifth of the use of A must be clean: 1 of ore at 9 from Home; the B of all five runs is sold."""
    sheets = by_products(3)
    sheets["Countries"].append({"country": "Far", "bloc": "concern"})
    sheets["Plants"][0]["country"] = "Far"
    sheets["Plants"].append({"plant": "pit", "country": "Home", "commodity": "ore", "capacity": 99, "unit_cost": 9})
    sheets["Lanes"] = [{"from": "Far", "to": "Home"}]
    clean = under(sheets, kind="clean_origin", suppliers="Far", commodity="*", limit=0.2)
    assert plan_of(clean).objective == about(4 * 8 + 9 - 30)


def test_it_runs_evenly_over_its_years() -> None:
    """Two years at 10% as one period or two bring the same."""
    whole = by_products(3)
    whole["Settings"] = [{"setting": "discount_rate", "value": 0.1}]
    whole["Periods"] = [{"period": "a", "years": 2}]
    cut = whole | {"Periods": [{"period": "a"}, {"period": "b"}]}
    assert plan_of(whole).costs_by_kind["surplus"] == about(plan_of(cut).costs_by_kind["surplus"])


@pytest.mark.parametrize("change", [{"quantity": 9.0}, {"commodity": "A"}, {"quantity": -10.0}])
def test_the_certificate_sees_a_surplus_that_is_not_so(change: dict[str, object]) -> None:
    """Less than is left over, a good without a value, less than nothing."""
    plan = plan_of(by_products(3))
    wrong = certify(dataclasses.replace(plan, surplus=plan.surplus.assign(**change)))
    assert not wrong.holds()
    assert "surplus" in wrong.worst or "cost" in wrong.worst


def test_the_plan_tells_it_on_the_sheet_of_production() -> None:
    """A plan without the word has no such table, and no such kind of cost."""
    assert b"Plan_Surplus" in _tables(plan_sheets(plan_of(by_products(3))))
    plain = plan_of(by_products(0))
    assert b"Plan_Surplus" not in _tables(plan_sheets(plain))
    assert "surplus" not in plain.costs_by_kind and plain.surplus.empty
    assert "surplus" not in repr(plain)


def _tables(workbook: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        return b"".join(parts.read(name) for name in parts.namelist() if name.startswith("xl/tables/"))

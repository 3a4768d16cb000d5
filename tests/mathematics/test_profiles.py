"""What changes with the years: the value of the node's period, or of the period in which a unit is decided."""

from __future__ import annotations

from math import isfinite

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.rules import every_disruption
from friendshore.models.tables import OFFERED
from friendshore.optimizer.program.assemble import assemble
from tests.mathematics.cases import (
    Row,
    Sheets,
    about,
    built,
    everything,
    importer,
    island,
    optimum,
    plan_of,
    policy,
    stop,
    store,
    under,
    units,
    with_settings,
)
from tests.mathematics.rows import differences


def changing(sheets: Sheets, table: str, name: str, column: str, **values: float) -> Sheets:
    """The same with one row of Profiles more."""
    row: Row = {"table": table, "id": name, "column": column, **values}
    return sheets | {"Profiles": [*sheets.get("Profiles", []), row]}


def two_sources(periods: int = 2) -> Sheets:
    """A dirty source at 1 and a clean one at 5, 10 wanted a year."""
    sheets = island(periods, cost=1)
    sheets["Plants"][0]["emissions"] = 1
    sheets["Plants"].append({"plant": "clean", "country": "Home", "commodity": "metal", "capacity": 20, "unit_cost": 5})
    return sheets


def closed_later() -> Sheets:
    """Works that make up to 20 in y0 and nothing in y1, 10 wanted in each, and a store."""
    sheets = island(2)
    sheets["Plants"][0]["to_period"] = "y0"
    sheets["Stockpiles"] = [store()]
    return sheets


def test_a_unit_costs_what_it_costs_when_it_is_decided() -> None:
    """A new hall at 0 for works at 9: capex 120, 20 in y1. Waiting costs 90 + 20; building at once 120, never 270."""
    sheets = island(3, cost=9)
    sheets["Plants"].append({"plant": "hall", "country": "Home", "commodity": "metal", "capacity": 0, "unit_cost": 0})
    sheets["Expansions"] = [built(plant="hall", capex=120)]
    plan = plan_of(changing(sheets, "Expansions", "new", "capex", y1=20))
    assert plan.objective == about(110)
    assert units(plan, period="y1") == about(1)
    assert optimum(sheets) == about(120)


def test_branches_pay_the_price_of_the_period_in_which_they_build() -> None:
    """A path that builds anew in y1 pays 30, not 90: (1 - p)·(10 short cost nothing) and p·(30 + 20 + ...)."""
    sheets = with_settings(importer(3, cost=1), branch_investment="integer", after_shock="free")
    sheets |= stop(0.5, years=2)
    sheets["Plants"].append({"plant": "home", "country": "Home", "commodity": "metal", "capacity": 0, "unit_cost": 1})
    sheets["Expansions"] = [built(plant="home", size=12, earliest="y1")]
    plan = plan_of(changing(sheets, "Expansions", "new", "capex", y1=30))
    assert units(plan, scenario="stop", period="y1") == about(1)
    assert plan.objective == about(24 + 0.5 * 48 + 0.5 * (30 + 24))


def test_fixed_cost_of_the_year() -> None:
    """90 to build, 40 to run, 3 a year and 5 in y1."""
    sheets = island(2, capacity=0)
    sheets["Expansions"] = [built(fixed_cost=3)]
    assert optimum(changing(sheets, "Expansions", "new", "fixed_cost", y1=5)) == about(90 + 40 + 3 + 5)


def guarded() -> Sheets:
    """Works of just what is wanted that stand still in y1 with a chance of a half, and a guard at 1 a year."""
    sheets = island(2, capacity=10) | stop(0.5, kind="capacity", plant="works", hazard="cyber")
    sheets["Protections"] = [{"protection": "guard", "hazard": "cyber", "cost": 1}]
    return sheets


def test_protections_by_the_year() -> None:
    """The guard costs 1 in y0 and 4 in y1; where it averts half in y1, 5 are short there with a chance of a half."""
    sheets = changing(guarded(), "Protections", "guard", "cost", y1=4)
    assert optimum(sheets) == about(40 + 5)
    sheets = changing(sheets, "Protections", "guard", "effectiveness", y1=0.5)
    assert optimum(sheets) == about(40 + 5 + 0.5 * (500 - 10))


def test_room_and_holding_of_the_year() -> None:
    """6 fit in y0, at 3 a unit: 6 made ahead, 4 short. In y1 all of them are used, so that its 50 cost nothing."""
    sheets = changing(closed_later(), "Stockpiles", "store", "max_level", y0=6)
    sheets = changing(sheets, "Stockpiles", "store", "holding_cost", y0=3, y1=50)
    assert optimum(sheets) == about(32 + 18 + 400)


def test_loss_of_the_year() -> None:
    """Nothing is lost in y0, half in y1: of the 10 that can be made ahead 5 are left, 5 are short."""
    sheets = changing(closed_later(), "Stockpiles", "store", "loss_rate", y1=0.5)
    assert optimum(sheets) == about(40 + 500)


@pytest.mark.parametrize(("constant", "short"), [(None, 6), (2, 14)])
def test_release_and_fill_of_the_year(constant: float | None, short: float) -> None:
    """20 held, nothing made: without end 10 leave in y0, 4 in y1; at 2 a year 2 leave in y0. An end read as 0 shows."""
    sheets = island(2, capacity=0)
    sheets["Stockpiles"] = [store(initial=20, max_release=constant)]
    assert optimum(changing(sheets, "Stockpiles", "store", "max_release", y1=4)) == about(100 * short)
    sheets = changing(closed_later(), "Stockpiles", "store", "max_fill", y0=3)
    assert optimum(sheets) == about(26 + 700)


def test_limits_and_emissions_of_the_year() -> None:
    """At most 4 t in y0 and 2 in y1: 34 + 42; the same where a unit emits twice as much in y1."""
    sheets = under(two_sources(), kind="max_emissions", limit=4)
    limited = plan_of(changing(sheets, "Policies", "rule", "limit", y1=2))
    assert limited.objective == about(34 + 42)
    assert policy(limited, "rule").limit in (2.0, 4.0) and policy(limited, "rule").binding == 2
    assert optimum(changing(sheets, "Plants", "works", "emissions", y1=2)) == about(34 + 42)


def test_the_scorecard_tells_the_limit_that_is_nearest() -> None:
    """The clean source makes 5 in y1, so that 5 t are emitted of the 6 allowed there, 10 of 20 in y0."""
    sheets = under(two_sources(), kind="max_emissions", limit=20)
    sheets = changing(sheets, "Plants", "works", "capacity", y1=5)
    line = policy(plan_of(changing(sheets, "Policies", "rule", "limit", y1=6)), "rule")
    assert (line.value, line.limit, line.place) == (about(5), 6, "rule/y1")


def test_penalties_of_the_year() -> None:
    """A tonne too many costs 1 in y0, less than the clean source, and 10 in y1: 10 + 6, then 34."""
    sheets = under(two_sources(), kind="max_emissions", limit=4, penalty=1)
    assert optimum(changing(sheets, "Policies", "rule", "penalty", y1=10)) == about(16 + 34)


def test_least_use_of_the_year() -> None:
    """Nothing is wanted; in y1 a quarter of the 20 runs all the same."""
    sheets = island(2, demand=0)
    assert optimum(changing(sheets, "Plants", "works", "min_use", y1=0.25)) == about(10)


def test_refill_at_the_price_of_the_last_period() -> None:
    """5 held against a stop in y1: 5 short, and 5 to be bought again at 3, not at the 1 or the 7 of before."""
    sheets = island(2) | stop(0.5, kind="capacity", plant="works")
    sheets["Stockpiles"] = [store(initial=5, final_min=5, max_level=5)]
    sheets = changing(sheets, "Commodities", "metal", "price", y0=7, y1=3)
    assert optimum(sheets) == about(20 + 0.5 * 20 + 0.5 * (500 + 15))


def test_tariffs_by_the_year() -> None:
    """Imported at 1 + 1 + a tenth of 10 in y0, which is 3; made at home for 4.2 in y1, where the tariff is a quarter:
    30 + 42. The same where the price is 2.5 times as high, or the freight 1.5 dearer."""
    sheets = importer(2, demand=10, cost=1, capacity=999)
    sheets["Commodities"][0]["price"] = 10
    sheets["Plants"].append(
        {"plant": "home", "country": "Home", "commodity": "metal", "capacity": 999, "unit_cost": 4.2}
    )
    sheets["Lanes"] = [{"from": "Far", "to": "Home", "commodity": "metal", "cost": 1, "tariff": 0.1, "lane": "sea"}]
    changed = changing(sheets, "Lanes", "sea", "tariff", y1=0.25)
    assert optimum(changed) == about(72)
    assert optimum(changing(sheets, "Commodities", "metal", "price", y1=25)) == about(72)
    assert optimum(changing(sheets, "Lanes", "sea", "cost", y1=2.5)) == about(72)
    assert optimum(with_settings(changed, tariffs_are_costs="no")) == about(40)


def by_sea(**cells: float) -> Sheets:
    """12 wanted a year, brought over one lane with a name for 2 + 1 a unit."""
    sheets = importer(2)
    sheets["Lanes"] = [{"from": "Far", "to": "Home", "commodity": "metal", "cost": 1, "lane": "sea"} | cells]
    return sheets


def test_lanes_by_the_year() -> None:
    """Room for 4 in y1, without end in y0: 8 short. Half lost in y1: 20 leave, 10 arrive. A row for all lanes too."""
    assert optimum(changing(by_sea(), "Lanes", "sea", "capacity", y1=4)) == about(36 + 12 + 800)
    assert optimum(changing(by_sea(capacity=4), "Lanes", "sea", "capacity", y1=6)) == about(12 + 800 + 18 + 600)
    assert optimum(changing(by_sea(), "Lanes", "sea", "loss", y1=0.5)) == about(36 + 60 + 200)
    every = by_sea()
    every["Lanes"][0] |= {"from": "*", "to": "*", "commodity": "*"}
    assert optimum(changing(every, "Lanes", "sea", "cost", y1=3)) == about(36 + 60)


def test_struck_routes_by_the_year() -> None:
    """A route at a half in y1: 6 of the 12 that the lane may carry then; without end 10, half of what Far can make."""
    sheets = by_sea() | stop(0.5, kind="route", route="strait", remaining=0.5)
    sheets["Lanes"][0]["routes"] = "strait"
    assert optimum(sheets) == about(36 + 0.5 * 36 + 0.5 * (30 + 200))
    assert optimum(changing(sheets, "Lanes", "sea", "capacity", y1=12)) == about(36 + 0.5 * 36 + 0.5 * (18 + 600))


def test_a_contract_by_the_year() -> None:
    """At least 5 in y1 over the dear lane, which nobody would use: 5·(4 + 1) and 7·3 there."""
    sheets = by_sea()
    sheets["Countries"].append({"country": "Near", "bloc": "ally"})
    sheets["Plants"].append({"plant": "dear", "country": "Near", "commodity": "metal", "capacity": 9, "unit_cost": 4})
    sheets["Lanes"].append({"from": "Near", "to": "Home", "commodity": "metal", "cost": 1, "lane": "land"})
    assert optimum(changing(sheets, "Lanes", "land", "least", y1=5)) == about(36 + 25 + 21)


def test_length_of_periods_changes_nothing() -> None:
    """A period of two years is two of one year with the same values: costs, limits and prices that run evenly."""
    one, two = (with_settings(two_sources(n), discount_rate=0.08) for n in (2, 4))
    for sheets, years in ((one, 2), (two, 1)):
        sheets["Periods"] = [row | {"years": years} for row in sheets["Periods"]]
        sheets["Expansions"] = [built(fixed_cost=2, size=2, capex=1)]
    one = under(one, kind="max_emissions", limit=4)
    two = under(two, kind="max_emissions", limit=4)
    for table, name, column, value in (
        ("Plants", "works", "unit_cost", 2.0),
        ("Plants", "works", "emissions", 0.5),
        ("Plants", "works", "capacity", 3.0),
        ("Policies", "rule", "limit", 1.0),
        ("Expansions", "new", "fixed_cost", 1.0),
    ):
        one = changing(one, table, name, column, y1=value)
        two = changing(two, table, name, column, y2=value, y3=value)
    assert optimum(one) == about(optimum(two))


def test_a_profile_of_every_period_replaces_the_constant() -> None:
    """Filled throughout with one value it is that value, wherever it is read: 10 at 4 for two years."""
    sheets = changing(island(2), "Plants", "works", "unit_cost", y0=4, y1=4)
    assert optimum(sheets) == about(80)
    sheets = under(two_sources(), kind="max_emissions", limit=9)
    assert optimum(changing(sheets, "Policies", "rule", "limit", y0=4, y1=4)) == about(68)


def everything_changing() -> Sheets:
    """One problem with everything, in which each number that may change is half as large in y1."""
    sheets = everything() | {"Profiles": []}
    sheets["Lanes"] = [row | {"lane": f"lane {i}"} for i, row in enumerate(sheets["Lanes"])]
    tables = problem_from_sheets(sheets).tables
    rule_rows = {row.policy: row for row in tables.policies}
    for sheet, table in OFFERED.items():
        assert table.name_column is not None
        for row in tables.by_sheet[sheet]:
            name = vars(row)[table.name_column.field]
            summed = name in rule_rows and not rule_rows[name].at_single_steps
            for column in table.varying.values() if name and not summed else ():
                value = vars(row)[column.field]
                if value and isfinite(value):
                    sheets = changing(sheets, sheet, name, column.name, y1=value / 2)
    return sheets


def test_every_number_changes_in_both_ways_to_write_the_model() -> None:
    """The plain Pyomo model and the arrays agree row by row where all that may change does, and the certificate, which
    reads the sheets by itself, finds the plan as it should be."""
    sheets = everything_changing()
    assert len({(row["table"], row["column"]) for row in sheets["Profiles"]}) > 15
    problem = problem_from_sheets(sheets)
    assert differences(problem, assemble(build_model_data(problem, every_disruption(problem)))) == []
    assert plan_of(sheets).objective != about(optimum(everything()))

"""One year as things stand: what is in it, what is not, and stocks by the pace of a stop."""

import dataclasses

import numpy as np
import pytest

from friendshore.models.core.shortage import SHORTAGE
from friendshore.optimizer.solver import solve_lp
from friendshore.optimizer.studies.vulnerabilities.base_year import COALITION, consumers, needs_of, only_today, tiers_of
from tests.mathematics.cases import everything, importer, store
from tests.studies.cases import problem, three_suppliers, today


def test_the_cost_of_a_year():
    # 2 at home for 1, 3 near for 2, 5 far for 4
    assert solve_lp(today(three_suppliers()).program).objective == pytest.approx(2 + 6 + 20)


def test_nothing_but_what_exists_is_in_it():
    given = problem(everything())
    one = only_today(given, 1)
    kept = one.tables
    assert not (kept.scenarios or kept.events or kept.policies or kept.expansions or kept.protections or kept.profiles)
    assert [(row.period, row.years) for row in one.periods] == [("y1", 1.0)]
    assert one.existing_capacity("works", 0) == 16  # what Profiles says of y1
    assert {row.per_year for row in one.demand if row.country == "Near"} == {3.0}
    assert given.existing_capacity("works", 0) == 20


def test_capacity_of_another_period_is_not_in_it():
    sheets = importer(2)
    sheets["Plants"][0]["from_period"] = "y1"
    assert only_today(problem(sheets), 0).existing_capacity("works", 0) == 0
    assert only_today(problem(sheets), 1).existing_capacity("works", 0) == 20


def test_a_stock_gives_what_it_holds_times_the_pace():
    sheets = importer() | {"Stockpiles": [store(initial=6)]}
    sheets["Plants"][0]["capacity"] = 0
    one = today(sheets)
    for pace, short in ((0.0, 12.0), (1.0, 6.0), (0.5, 9.0), (4.0, 0.0)):
        lower, upper = one.program.column_lower.copy(), one.program.column_upper.copy()
        lower[one.pace] = upper[one.pace] = pace
        answer = solve_lp(dataclasses.replace(one.program, column_lower=lower, column_upper=upper))
        assert answer.columns is not None
        assert answer.columns[one.place[SHORTAGE.at(0)]] == pytest.approx(short)
        assert answer.objective == pytest.approx(100 * short + (12 - short) * 1)  # damage 100, refilling at price 1


def test_a_stock_abroad_gives_over_its_lane():
    sheets = importer() | {"Stockpiles": [store(country="Far", initial=6, serves="Home")]}
    sheets["Plants"][0]["capacity"] = 0
    one = today(sheets)
    upper = one.program.column_upper.copy()
    upper[one.pace] = 1.0
    answer = solve_lp(dataclasses.replace(one.program, column_upper=upper))
    assert answer.columns is not None
    assert answer.columns[one.place[SHORTAGE.at(0)]] == pytest.approx(6)


def test_needs_by_consumer_and_rows_that_hold_them():
    sheets = three_suppliers()
    sheets["Demand"] += [
        {"country": "Near", "commodity": "metal", "shortage_cost": 100, "per_year": 1},
        {"country": "Far", "commodity": "metal", "shortage_cost": 100, "per_year": 7},
    ]
    one = today(sheets)
    assert dict(consumers(one.problem)) == {COALITION: ("Home", "Near"), "Home": ("Home",), "Near": ("Near",)}
    rows = needs_of(one.problem)["metal", "all"]
    assert {one.problem.demand[i].country for i in rows} == {"Home", "Near"}
    row = one.program.matrix[[one.need_rows[COALITION, ("metal", "all")]], :]
    assert sorted(row.indices) == sorted(one.place[SHORTAGE.at(i)] for i in rows)
    np.testing.assert_array_equal(row.data, 1.0)


def test_tiers_by_what_hurts_most():
    sheets = three_suppliers()
    sheets["Demand"] = [
        {"country": "Home", "commodity": "metal", "tier": "a", "shortage_cost": 10, "per_year": 1},
        {"country": "Home", "commodity": "metal", "tier": "b", "shortage_cost": 90, "per_year": 1},
        {"country": "Near", "commodity": "metal", "tier": "b", "shortage_cost": 30, "per_year": 2},  # mean 50
        {"country": "Near", "commodity": "metal", "tier": "c", "shortage_cost": 60, "per_year": 1},
    ]
    assert tiers_of(today(sheets).problem) == ("c", "b", "a")

"""The loss of each source by hand: cost, damage, who goes short, and the risk exposure index."""

from math import inf

import pytest

from friendshore.optimizer.studies.vulnerabilities.single_points import single_points
from tests.mathematics.cases import store
from tests.studies.cases import base_year, three_suppliers


def points(sheets, years=None):
    return {(point.source.kind, point.source.name): point for point in single_points(base_year(sheets), years)}


def test_every_loss_by_hand():
    found = points(three_suppliers())  # damage 100 a unit; 2 of home at 1, 3 of near at 2, 5 of far at 4
    far = found["country", "Far"]
    assert far.recover_years == 2
    assert far.stop.cost == pytest.approx(2 * (5 * 100 - 5 * 4)) and far.stop.damage == pytest.approx(2 * 500)
    assert far.for_good.cost == pytest.approx(480)
    assert (far.stop.worst, far.stop.worst_share) == (("metal", "all"), pytest.approx(0.5))
    assert far.stop.worst_short == pytest.approx(10)  # over two years
    assert far.survives == {"all": 0.0} and far.members_survive == {"Home": {"all": 0.0}, "Near": {}}
    near = found["country", "Near"]  # replaced by Far at 4 instead of 2
    assert near.stop.cost == pytest.approx(3 * 2) and near.stop.worst is None and near.survives == {"all": inf}
    works = found["plant", "works"]
    assert works.stop.cost == pytest.approx(2 * 3) and works.stop.shortfalls == ()
    strait = found["route", "strait"]  # only the works are left
    assert strait.stop.cost == pytest.approx(8 * 100 - 3 * 2 - 5 * 4)
    assert strait.stop.tier_shares == {"all": pytest.approx(0.8)}
    assert far.exposure_index == 1 and near.exposure_index == pytest.approx(6 / 960)


def test_worst_first():
    found = single_points(base_year(three_suppliers()))
    assert [point.stop.cost for point in found] == sorted((point.stop.cost for point in found), reverse=True)
    assert found[0].source.name == "Far"


def test_shortfalls_row_by_row():
    [row] = points(three_suppliers())["country", "Far"].stop.shortfalls
    assert (row.country, row.commodity, row.tier) == ("Home", "metal", "all")
    assert (row.short, row.before, row.demand) == pytest.approx((10, 0, 20)) and row.share == pytest.approx(0.5)


def test_stocks_soften_a_stop_but_not_a_loss_for_good():
    found = points(three_suppliers() | {"Stockpiles": [store(initial=4)]})["country", "Far"]
    assert found.survives == {"all": pytest.approx(4 / 5)}
    # two years: 10 needed from Far, 4 of them from the store, which without the stop saves as much at 4 a unit
    assert found.stop.damage == pytest.approx(600)
    assert found.stop.cost == pytest.approx(600 - 10 * 4 + 4 * 4)
    assert found.for_good.cost == pytest.approx(480)
    assert found.shortest == pytest.approx(0.8)


def test_one_length_for_all():
    found = points(three_suppliers(), years=0.5)
    assert {point.recover_years for point in found.values()} == {0.5}
    assert found["country", "Far"].stop.cost == pytest.approx(0.5 * 480)


def test_what_recovers_at_once_costs_nothing():
    sheets = three_suppliers()
    sheets["Countries"][2]["recover_years"] = 0
    found = points(sheets)["country", "Far"]
    assert found.stop.cost == 0 and found.stop.worst is None and found.for_good.cost == pytest.approx(480)


def test_of_needs_hit_alike_the_one_that_hurts_most_is_named():
    sheets = three_suppliers()
    sheets["Demand"] = [
        {"country": "Home", "commodity": "metal", "tier": "a", "shortage_cost": 50, "per_year": 5},
        {"country": "Home", "commodity": "metal", "tier": "z", "shortage_cost": 90, "per_year": 5},
    ]
    sheets["Plants"] = sheets["Plants"][2:]
    assert points(sheets)["country", "Far"].stop.worst == ("metal", "z")


def test_progress_is_told():
    heard = []
    single_points(base_year(three_suppliers()), on_progress=heard.append)
    assert [(progress.phase, progress.done, progress.total) for progress in heard] == [
        (f"loss {i + 1} of 7", i, 7) for i in range(7)
    ]

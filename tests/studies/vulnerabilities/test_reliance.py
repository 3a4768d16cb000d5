"""Reliance, concentration and concern, worked out by hand."""

import pytest

from friendshore.optimizer.studies.vulnerabilities.reliance import concentration, reliance
from tests.studies.cases import flows, magnets, three_suppliers


def line(sheets, consumer, name, scope="commodity"):
    return next(
        each for each in reliance(flows(sheets)) if (each.consumer, each.scope, each.name) == (consumer, scope, name)
    )


def test_of_one_member():
    found = line(three_suppliers(), "Home", "metal")  # 2 from home, 3 near, 5 far
    assert (found.intake, found.unit) == (pytest.approx(10), "t")
    assert found.import_reliance == found.net_import_reliance == pytest.approx(0.8)
    assert found.hhi == pytest.approx(0.04 + 0.09 + 0.25)
    assert found.hhi_imports == pytest.approx((3 / 8) ** 2 + (5 / 8) ** 2)
    assert (found.largest, found.largest_share, found.concern_share) == ("Far", pytest.approx(0.5), pytest.approx(0.5))


def test_of_the_coalition_whose_members_are_home():
    found = line(three_suppliers(), "coalition", "metal")
    assert found.import_reliance == pytest.approx(0.5)
    assert found.hhi == pytest.approx(0.38) and found.hhi_imports == pytest.approx(1)
    assert found.largest == "Far"


def test_net_of_exports():
    sheets = three_suppliers()
    sheets["Demand"].append({"country": "Near", "commodity": "metal", "shortage_cost": 100, "per_year": 1})
    found = line(sheets, "Near", "metal")  # makes 3, keeps 1, sends 2 home
    assert found.import_reliance == 0 and found.net_import_reliance == pytest.approx(-2)
    assert (found.hhi, found.hhi_imports, found.largest) == (1, None, "")


def test_a_stage_adds_up_by_value():
    sheets = three_suppliers()
    sheets["Commodities"].append({"commodity": "tin", "unit": "kg", "stage": "metal", "price": 3})
    sheets["Plants"].append({"plant": "tin works", "country": "Far", "commodity": "tin", "capacity": 9, "unit_cost": 1})
    sheets["Demand"].append({"country": "Home", "commodity": "tin", "shortage_cost": 100, "per_year": 5})
    found = line(sheets, "Home", "metal", "stage")  # 10 of metal at 1, 5 of tin at 3, all of it from Far
    assert found.intake == pytest.approx(25)
    assert found.concern_share == pytest.approx((5 + 15) / 25)
    assert found.hhi == pytest.approx((2 / 25) ** 2 + (3 / 25) ** 2 + (20 / 25) ** 2)


def test_process_input_counts():
    found = line(magnets(), "Home", "oxide")
    assert found.intake == pytest.approx(5) and found.import_reliance == pytest.approx(1)
    assert found.hhi == pytest.approx(0.8**2 + 0.2**2) and found.concern_share == pytest.approx(0.2)


def test_concentration():
    assert concentration([1, 1, 1, 1]) == pytest.approx(0.25) and concentration([7]) == 1
    assert concentration([]) is None

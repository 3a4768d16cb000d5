"""Worth of a unit: its price, else what it costs to make."""

import pytest

from friendshore.optimizer.studies.vulnerabilities.values import unit_values
from tests.studies.cases import flows, magnets, plant, three_suppliers


def test_price_first():
    assert unit_values(flows(magnets())) == {"ore": 1, "oxide": 10, "magnet": 20}


def test_without_a_price_the_mean_cost_of_what_is_made():
    sheets = three_suppliers()
    sheets["Commodities"][0]["price"] = 0
    assert unit_values(flows(sheets))["metal"] == pytest.approx((2 * 1 + 3 * 2 + 5 * 4) / 10)


def test_without_work_the_mean_over_plants_and_joint_products_share_a_cost():
    sheets = three_suppliers()
    sheets["Commodities"] += [{"commodity": "tin", "unit": "t"}, {"commodity": "slag", "unit": "t"}]
    sheets["Recipes"] = [
        {"recipe": "smelt", "commodity": "tin", "role": "output", "amount": 3},
        {"recipe": "smelt", "commodity": "slag", "role": "output", "amount": 1},
    ]
    sheets["Plants"].append(plant("smelter", "Far", 5, 8, recipe="smelt"))
    values = unit_values(flows(sheets))
    assert values["tin"] == pytest.approx(2) and values["slag"] == pytest.approx(2)

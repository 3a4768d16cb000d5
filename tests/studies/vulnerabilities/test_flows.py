"""Least-cost flows of a year, ties, and least use that can't be met."""

import pytest

from tests.mathematics.cases import importer
from tests.studies.cases import flows, plant, three_suppliers


def test_cheapest_first():
    found = flows(three_suppliers())
    assert found.shipments == pytest.approx(
        {("Home", "Home", "metal", ""): 2, ("Near", "Home", "metal", ""): 3, ("Far", "Home", "metal", ""): 5}
    )
    assert found.activity == pytest.approx({"works": 2, "near works": 3, "far works": 5})
    assert found.cost == pytest.approx(28) and not found.shortage and found.least_use_kept
    assert found.served("Home", "metal") == pytest.approx(10)


@pytest.mark.parametrize("turn", [1, -1])
def test_of_what_costs_the_same_home_comes_first_then_friends_whatever_the_order_of_rows(turn):
    sheets = three_suppliers()
    sheets["Countries"].append({"country": "Alien", "bloc": "neutral"})
    sheets["Plants"] = [
        plant("works", "Home", 2, 1),
        plant("near works", "Near", 3, 1),
        plant("far works", "Far", 20, 1),
        plant("alien works", "Alien", 4, 1),
    ][::turn]
    sheets["Lanes"] = [{"from": "Near, Far, Alien", "to": "Home"}]
    assert flows(sheets).shipments == pytest.approx(
        {
            ("Home", "Home", "metal", ""): 2,
            ("Near", "Home", "metal", ""): 3,
            ("Alien", "Home", "metal", ""): 4,
            ("Far", "Home", "metal", ""): 1,
        }
    )


def test_shortage_where_it_is_cheaper():
    sheets = three_suppliers()
    sheets["Demand"][0]["shortage_cost"] = 3  # less than a unit from Far costs
    found = flows(sheets)
    assert found.shortage == pytest.approx({0: 5}) and found.served("Home", "metal") == pytest.approx(5)


def test_least_use_is_kept_or_given_up():
    sheets = importer()
    sheets["Plants"].append(plant("dear works", "Home", 10, 50, min_use=0.5))
    assert flows(sheets).activity == pytest.approx({"dear works": 5, "works": 7})
    sheets["Recipes"] = [
        {"recipe": "melt", "commodity": "ore", "role": "input", "amount": 1},
        {"recipe": "melt", "commodity": "metal", "role": "output", "amount": 1},
    ]
    sheets["Commodities"].append({"commodity": "ore", "unit": "t"})
    sheets["Plants"][1] = plant("dear works", "Home", 10, 50, recipe="melt", min_use=0.5)  # there is no ore
    sheets["Plants"].append(plant("mine", "Home", 0, 1, commodity="ore"))
    found = flows(sheets)
    assert not found.least_use_kept and found.activity == pytest.approx({"works": 12})

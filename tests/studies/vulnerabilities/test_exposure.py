"""Look-through exposure by hand: value, mass, tiers, and what stops."""

import pytest

from friendshore.optimizer.studies.vulnerabilities.exposure import exposures, one_unit
from tests.mathematics.cases import everything
from tests.studies.cases import flows, magnets, problem, recycling


def shares(sheets, consumer="coalition", commodity="magnet"):
    return {
        line.country: line
        for line in exposures(flows(sheets))[0]
        if (line.consumer, line.commodity) == (consumer, commodity)
    }


def test_value_mass_and_any_tier():
    # a magnet of 20 holds oxide of 5, 4 of it from Near and 1 from Far; an oxide of 10 holds ore of 2, all from Far
    found = shares(magnets())
    assert {name: line.value_share for name, line in found.items()} == pytest.approx(
        {"Home": 15 / 20, "Near": 4 / 20 * 0.8, "Far": 1 / 20 + 4 / 20 * 0.2}
    )
    assert {name: line.mass_share for name, line in found.items()} == pytest.approx({"Home": 0, "Near": 0, "Far": 1})
    assert {name: line.any_tier for name, line in found.items()} == pytest.approx({"Home": 1, "Near": 0.8, "Far": 1})


def test_tier_by_tier():
    tiers = {
        (line.tier_commodity, line.country): line.share
        for line in exposures(flows(magnets()))[1]
        if line.consumer == "coalition"
    }
    assert tiers == pytest.approx(
        {("magnet", "Home"): 1, ("oxide", "Near"): 0.8, ("oxide", "Far"): 0.2, ("ore", "Far"): 1}
    )


@pytest.mark.parametrize("sheets", [magnets(), recycling(), everything()], ids=["magnets", "recycling", "everything"])
def test_shares_sum_to_one(sheets):
    wholes, tiers = exposures(flows(sheets))
    for key in {(line.consumer, line.commodity) for line in wholes}:
        mine = [line for line in wholes if (line.consumer, line.commodity) == key]
        assert sum(line.value_share for line in mine) == pytest.approx(1, abs=1e-7)
        assert sum(line.mass_share for line in mine) == pytest.approx(1, abs=1e-7)
        assert all(0 <= line.any_tier <= 1 + 1e-9 for line in mine)
    for key in {(line.consumer, line.commodity, line.tier_commodity) for line in tiers}:
        assert sum(
            line.share for line in tiers if (line.consumer, line.commodity, line.tier_commodity) == key
        ) == pytest.approx(1)


def test_the_coalition_is_the_mean_of_its_members_by_what_they_get():
    sheets = magnets()
    sheets["Countries"].append({"country": "Isle", "bloc": "ally"})
    sheets["Plants"].append(
        {"plant": "isle works", "country": "Isle", "commodity": "magnet", "capacity": 30, "unit_cost": 9}
    )
    sheets["Demand"].append({"country": "Isle", "commodity": "magnet", "shortage_cost": 1000, "per_year": 30})
    found = shares(sheets)
    assert found["Isle"].value_share == pytest.approx(30 / 40)
    assert found["Near"].any_tier == pytest.approx(0.8 * 10 / 40)
    assert shares(sheets, "Isle")["Isle"].value_share == pytest.approx(1)


def test_mass_needs_one_unit():
    sheets = magnets()
    sheets["Commodities"][0]["unit"] = "kg"
    assert not one_unit(problem(sheets)) and one_unit(problem(magnets()))
    assert {line.mass_share for line in shares(sheets).values()} == {None}


def test_what_is_not_supplied_has_no_origin():
    sheets = magnets()
    sheets["Plants"][3]["capacity"] = 0
    assert exposures(flows(sheets)) == ((), ())

"""Tiers by what their shortage hurts, the same for every study."""

from friendshore.optimizer.studies.recovery import plant_recovers
from friendshore.optimizer.studies.tiers import tiers_by_damage
from tests.mathematics.cases import Row, island
from tests.studies.cases import problem


def need(tier: str, cost: float, country: str = "Home", **cells: object) -> Row:
    return {"country": country, "commodity": "metal", "tier": tier, "shortage_cost": cost, **cells}


def test_rows_count_by_what_they_need_over_the_horizon() -> None:
    """civil: (90·1 + 10·9)/10 = 18 a unit, its plain mean 50; defence: 40, in one year of two; what Far needs, no ally,
    does not count."""
    sheets = island(2)
    sheets["Countries"].append({"country": "Far", "bloc": "concern"})
    sheets["Demand"] = [
        need("civil", 90, per_year=1),
        need("civil", 10, per_year=9),
        need("defence", 40, y0=0, y1=3),
        need("civil", 1000, "Far", per_year=50),
    ]
    assert tiers_by_damage(problem(sheets)) == ("defence", "civil")


def test_a_tier_that_needs_nothing_has_its_place_all_the_same() -> None:
    """Equals stand by name; without any need the plain mean counts: 30 before 20."""
    sheets = island()
    sheets["Demand"] = [need("b", 20, per_year=1), need("none", 20, per_year=0), need("none", 40, per_year=0)]
    sheets["Demand"].append(need("a", 20, per_year=2))
    assert tiers_by_damage(problem(sheets)) == ("none", "a", "b")


def test_a_plant_recovers_with_its_country_unless_it_says_otherwise() -> None:
    sheets = island()
    sheets["Countries"][0]["recover_years"] = 2
    sheets["Plants"].append(sheets["Plants"][0] | {"plant": "mill", "recover_years": 0.5})
    given = problem(sheets)
    assert (plant_recovers(given, "works"), plant_recovers(given, "mill")) == (2, 0.5)

"""Export events: a share of nominal capacity, or a quota, for a set of buyers; releases of stock abroad as well."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mathematics.cases import Sheets, about, built, importer, plan_of, proves, quantity, short, stop, store

pytestmark = proves("event:export")


def sold(sheets: Sheets, wanted: float = 12.0, **where: Any) -> float:
    """What arrives on the branch in y1."""
    return wanted - short(plan_of(sheets), "stop", period="y1", **where)


@proves("row:export_limit")
@pytest.mark.parametrize(
    ("event", "left"),
    [
        ({}, 0),
        ({"remaining": 0.25}, 5),
        ({"remaining": 0.25, "years": 0.5}, 12),
        ({"remaining": 0, "years": 0.5}, 10),
        ({"remaining": 0, "years": 0, "recovery_years": 1}, 10),
        ({"remaining": 2}, 12),
        ({"country": "Home"}, 12),
        ({"country": "*"}, 0),
        ({"commodity": "metal", "remaining": 0.25}, 5),
        ({"to": "Far"}, 12),
    ],
)
def test_share_of_nominal_capacity(event: dict[str, Any], left: float) -> None:
    """The share is of the 20 a year that Far could make, not of the 12 it sells: 0.25 leaves 5; of half a year without
    10 are left in a whole node. A share of usual trade would leave 3."""
    assert sold(importer(2) | stop(0.25, **event)) == about(left)


def test_nominal_capacity_counts_what_is_built_and_not_what_stands_still() -> None:
    """(20 + 10 built) · 0.5 = 15 of 18 wanted; a capacity event of 0.6 on top leaves 18 to make and still 15
    to sell."""
    sheets = importer(2, demand=30) | stop(0.25, remaining=0.5)
    sheets["Expansions"] = [built(capex=1)]
    assert sold(sheets, 30) == about(15)
    sheets["Events"].append({"scenario": "stop", "kind": "capacity", "years": 1, "remaining": 0.6})
    assert sold(sheets, 30) == about(15)
    sheets["Events"][1]["remaining"] = 0.25
    assert sold(sheets, 30) == about(7.5)


def test_nominal_capacity_of_a_by_product() -> None:
    """Runs of 20 make 0.5 metal each: a half of 10, not of 20."""
    sheets = importer(2, demand=9) | stop(0.25, remaining=0.5)
    sheets["Recipes"] = [{"recipe": "cast", "commodity": "metal", "role": "output", "amount": 0.5}]
    sheets["Plants"][0] |= {"commodity": None, "recipe": "cast"}
    assert sold(sheets, 9) == about(5)


def two_buyers(**event: Any) -> Sheets:
    """A second buyer of 4, a partner."""
    sheets = importer(2) | stop(0.25, **event)
    sheets["Countries"].append({"country": "Near", "bloc": "partner"})
    sheets["Lanes"].append({"from": "Far", "to": "Near", "cost": 1})
    sheets["Demand"].append({"country": "Near", "commodity": "metal", "shortage_cost": 50, "per_year": 4})
    return sheets


def test_buyers_share_what_is_left_and_others_are_served() -> None:
    """``to`` names who is shut out (the coalition where blank): both share 5, or the partner is served in full.

    A row for each buyer by itself would leave 5 to each.
    """
    for to, lacking in ((None, 7), ("Home", 7), ("*", 11), ("Near", 0), ("@partner", 0)):
        plan = plan_of(two_buyers(remaining=0.25, to=to))
        assert short(plan, "stop", period="y1") == about(lacking), to


def test_own_use_is_untouched() -> None:
    """Far shuts out all, itself among them by name: its own demand is still met."""
    sheets = importer(2) | stop(0.25, to="*")
    sheets["Demand"].append({"country": "Far", "commodity": "metal", "shortage_cost": 50, "per_year": 8})
    plan = plan_of(sheets)
    assert short(plan, "stop", country="Far") == about(0)
    assert short(plan, "stop", country="Home") == about(12)


def test_events_on_the_same_buyers_multiply() -> None:
    """Two halves leave a quarter of 20; one on Home alone and one on all buyers are rows of their own: 10 binds."""
    half = {"scenario": "stop", "kind": "export", "country": "Far", "years": 1, "remaining": 0.5}
    sheets = importer(2) | stop(0.25)
    sheets["Events"] = [half, half]
    assert sold(sheets) == about(5)
    sheets = two_buyers()
    sheets["Events"] = [half | {"to": "*"}, half | {"to": "Home"}]
    assert sold(sheets, country="Home") == about(10)


@proves("row:export_limit")
@pytest.mark.parametrize(
    ("event", "left"),
    [
        ({"quota": 4}, 4),
        ({"quota": 0}, 0),
        ({"quota": 30}, 12),
        ({"quota": 2, "years": 0.75}, 6.5),
        ({"quota": 2, "years": 0, "recovery_years": 1}, 11),
    ],
)
def test_quota(event: dict[str, Any], left: float) -> None:
    """(1 − μ) · quota + μ · 20: three quarters of a year at 2 and a quarter at 20 are 6.5; recovering over the year,
    half of 2 and half of 20 are 11. A quota not scaled by μ would leave 7 and 12."""
    assert sold(importer(2) | stop(0.25, remaining=None, commodity="metal", **event)) == about(left)


def test_a_quota_is_a_rate_a_year() -> None:
    """4 a year over a node of two years: 8."""
    sheets = importer(2) | stop(0.25, remaining=None, commodity="metal", quota=4, years=2, months=24)
    sheets["Periods"][1]["years"] = 2
    assert sold(sheets, 24) == about(8)


def test_quotas_stand_beside_other_limits() -> None:
    """A half of 20 and a quota of 3: the tighter binds; two quotas do not multiply: 3 of 3 and 5."""
    half = {"scenario": "stop", "kind": "export", "country": "Far", "years": 1, "commodity": "metal"}
    sheets = importer(2) | stop(0.25)
    sheets["Events"] = [half | {"remaining": 0.5}, half | {"quota": 3}]
    assert sold(sheets) == about(3)
    sheets["Events"] = [half | {"quota": 5}, half | {"quota": 3}]
    assert sold(sheets) == about(3)


def depot(**cells: Any) -> dict[str, Any]:
    """A store of 50 abroad that Home may draw on."""
    return store(stockpile="depot", country="Far", initial=50, serves="@coalition", **cells)


@proves("row:export_release_limit")
@pytest.mark.parametrize(("most", "left"), [(None, 12), (8, 2)])
def test_releases_abroad_are_cut_alike(most: float | None, left: float) -> None:
    """A quarter of ``max_release`` 8 a year is 2; blank, a quarter of the 100 it can hold is more than is wanted.

    The plant sells 0 because it is closed. Releases left out of the event would serve 8.
    """
    sheets = importer(2) | stop(0.25, remaining=0.25)
    sheets["Plants"][0]["to_period"] = "y0"
    sheets["Stockpiles"] = [depot(max_release=most)]
    assert sold(sheets) == about(left)


@proves("row:export_release_limit")
def test_a_release_without_limit_is_cut_to_a_share_of_what_it_can_hold() -> None:
    """max_level 16, half a year: 0.25 · 16 a year · ½ = 2 of the 6 wanted in each of two steps."""
    sheets = importer(2) | stop(0.25, remaining=0.25, months=6)
    sheets["Plants"][0]["to_period"] = "y0"
    sheets["Stockpiles"] = [depot(max_level=50) | {"initial": 16, "max_level": 16}]
    assert sold(sheets) == about(4)


def test_each_stockpile_has_its_own_limit() -> None:
    """Two depots of 8 a year each: a quarter of each, 4."""
    sheets = importer(2) | stop(0.25, remaining=0.25)
    sheets["Plants"][0]["to_period"] = "y0"
    sheets["Stockpiles"] = [depot(max_release=8), depot(max_release=8) | {"stockpile": "other"}]
    assert sold(sheets) == about(4)


def test_quotas_leave_releases_alone() -> None:
    """No sale from plants, 8 a year from the depot."""
    sheets = importer(2) | stop(0.25, remaining=None, commodity="metal", quota=0)
    sheets["Stockpiles"] = [depot(max_release=8)]
    plan = plan_of(sheets)
    assert short(plan, "stop") == about(4)
    assert quantity(plan.releases, "quantity", scenario="stop", destination="Home") == about(8)


def test_releases_at_home_are_untouched() -> None:
    """The depot's own country draws on it while exports stand still."""
    sheets = importer(2) | stop(0.25, country="*", to="*")
    sheets["Stockpiles"] = [store(initial=12)]
    sheets["Plants"][0]["to_period"] = "y0"
    plan = plan_of(sheets)
    assert short(plan, "stop") == about(0)

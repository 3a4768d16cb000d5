"""What may be lost, how long it takes to recover, and what stops with it."""

import pytest

from friendshore.optimizer.studies.vulnerabilities.sources import ROUTE_RECOVERS, Source, sources_of, stopped_columns
from tests.mathematics.cases import store
from tests.studies.cases import plant, three_suppliers, today


def names(one, source):
    back = {column: name for name, column in one.place.items()}
    return {back[column] for column in stopped_columns(one, source)}


def test_countries_plants_and_routes_with_their_times():
    sheets = three_suppliers()
    sheets["Countries"].append({"country": "Idle", "bloc": "neutral"})
    sheets["Plants"] += [plant("idle works", "Idle", 0, 1), plant("fast works", "Far", 1, 9, recover_years=0.25)]
    found = {(source.kind, source.name): source for source in sources_of(today(sheets).problem)}
    assert set(found) == {
        ("country", "Home"),
        ("country", "Near"),
        ("country", "Far"),
        ("plant", "works"),
        ("plant", "near works"),
        ("plant", "far works"),
        ("plant", "fast works"),
        ("route", "strait"),
    }
    assert found["country", "Far"].recover_years == found["plant", "far works"].recover_years == 2
    assert found["plant", "fast works"].recover_years == 0.25 and found["country", "Home"].recover_years == 1
    assert found["route", "strait"].recover_years == ROUTE_RECOVERS
    assert (found["plant", "far works"].bloc, found["plant", "far works"].country) == ("concern", "Far")


def test_what_stops_with_a_country_a_plant_and_a_route():
    sheets = three_suppliers() | {"Stockpiles": [store(country="Near", initial=4, serves="Home")]}
    one = today(sheets)

    def of(kind, name):
        return names(one, Source(kind, name, name, "", 1.0))

    assert of("country", "Far") == {("shipped", ("Far", "Home", "metal", ""))}
    assert of("country", "Near") == {
        ("shipped", ("Near", "Home", "metal", "")),
        ("released", ("store", "Home", "")),
        ("activity", "near works"),
    }
    assert of("plant", "works") == {("activity", "works")}
    assert of("route", "strait") == {
        ("shipped", ("Near", "Home", "metal", "")),
        ("shipped", ("Far", "Home", "metal", "")),
        ("released", ("store", "Home", "")),
    }


@pytest.mark.parametrize("name", ["Home", "Near"])
def test_a_members_own_stock_stays_at_hand_there(name):
    sheets = three_suppliers() | {"Stockpiles": [store(country=name, initial=4)]}
    assert ("released", ("store", name, "")) not in names(today(sheets), Source("country", name, name, "", 1.0))

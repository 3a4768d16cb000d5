"""Suppliers are countries; for survive a plant or a route; and k of them at most as many as there are."""

import pytest

from tests.parsing.valid import expect, silent, valid


def test_of(suppliers="each @concern", kind="survive", **values):
    sheets = valid()
    sheets["Policies"] = [{"policy": "p", "kind": kind, "limit": 1, "suppliers": suppliers, "years": 1, **values}]
    return sheets


test_of.__test__ = False


@pytest.mark.parametrize(
    "text", ["plant:mine", "each plant:*", "route:canal", "each route:*", "Berg, @concern", "plant: mine"]
)
def test_good_suppliers(text):
    silent(test_of(text))


def test_unknown_plants_and_routes():
    expect(test_of("plant:mien"), "FS201", "Policies!D2", "the nearest is 'mine'")
    expect(test_of("route:cannal"), "FS207", "Policies!D2", "the nearest is 'canal'")
    expect(test_of("plant:Mine"), "FS202", "Policies!D2", "'mine'")


def test_plants_are_for_survive():
    expect(test_of("plant:mine", kind="max_share", years=None), "FS210", "Policies!D2", "wanted countries")


def test_one_plant_or_route_by_itself():
    expect(test_of("Alia, plant:mine"), "FS405", "Policies!D2", "by itself")


@pytest.mark.parametrize(("text", "count"), [("*", 3), ("@ally", 2), ("plant:*", 2), ("route:*", 2), ("plant:mine", 1)])
def test_k_is_at_most_the_number_of_members(text, count):
    silent(test_of(text, kind="survive_any", k=count), "FS404")
    expect(test_of(text, kind="survive_any", k=count + 1), "FS404", "Policies!F2", f"at most {count}")

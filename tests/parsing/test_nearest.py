"""Suggestions name the nearest known name and never apply it."""

import pytest

from friendshore.models.parsing.nearest import nearest, same_but_case, suggestion
from friendshore.models.tables import TABLES


def test_the_nearest_is_found_whatever_the_case():
    assert nearest("MALASIA", ["Malaysia", "Mali"]) == "Malaysia"
    assert nearest("zzz", ["Malaysia"]) == ""


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Plnats", "Plants"),
        ("Stockpile", "Stockpiles"),
        ("Commodity", "Commodities"),
        ("allies", "ally"),
        ("cost", "unit_cost"),
        ("cost of a unit", "unit_cost"),
        ("stpo", "stop"),
        ("Brg", "Berg"),
    ],
)
def test_near_names_are_suggested(word, meant):
    assert nearest(word, ["Protections", "Periods", "Plants", meant, "Lanes", "Countries"]) == meant


@pytest.mark.parametrize("word", ["CCT", "DSM", "Notes", "SupIm", "Global", "Process", "Buy-Sell-Price", "a", ""])
def test_chance_likeness_is_none(word):
    sheets = [table.sheet for table in TABLES]
    assert nearest(word, sheets) == ""


def test_few_names_are_listed_many_are_counted():
    assert suggestion("zzz", ["a", "b"]) == "; known are 'a', 'b'"
    assert suggestion("###", [f"n{i}" for i in range(20)]).endswith("and 12 more")
    assert suggestion("x", []) == ""


def test_same_but_case():
    assert same_but_case("ORE", ["ore"]) == "ore"
    assert same_but_case("ores", ["ore"]) == ""

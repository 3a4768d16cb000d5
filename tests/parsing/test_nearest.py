"""Suggestions name the nearest known name and never apply it."""

from friendshore.models.parsing.nearest import nearest, same_but_case, suggestion


def test_the_nearest_is_found_whatever_the_case():
    assert nearest("MALASIA", ["Malaysia", "Mali"]) == "Malaysia"
    assert nearest("zzz", ["Malaysia"]) == ""


def test_few_names_are_listed_many_are_counted():
    assert suggestion("zzz", ["a", "b"]) == "; known are 'a', 'b'"
    assert suggestion("###", [f"n{i}" for i in range(20)]).endswith("and 12 more")
    assert suggestion("x", []) == ""


def test_same_but_case():
    assert same_but_case("ORE", ["ore"]) == "ore"
    assert same_but_case("ores", ["ore"]) == ""

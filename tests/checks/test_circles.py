"""Circles are found wherever they are, and what only leads into one is not on it."""

from friendshore.models.checks.circles import circles, has_circle


def test_a_circle_behind_a_long_way():
    """In, once round, and out again; without the way back there is none."""
    after = {"in": ["a"], "a": ["b"], "b": ["c", "out"], "c": ["a"]}
    assert has_circle(after)
    assert not has_circle(after | {"c": ["out"]})
    assert not has_circle({})


def test_names_that_lead_to_themselves():
    assert has_circle({"a": ["a"]})
    assert circles({"a": "a"}) == {"a": ["a", "a"]}


def test_every_circle_from_each_of_its_names_on():
    """Two circles of three and of one, and two names that only lead into them; the order is that of the names."""
    around = circles({"into": "b", "c": "a", "a": "b", "b": "c", "self": "self", "too": "self", "end": "base"})
    assert around == {"c": list("cabc"), "a": list("abca"), "b": list("bcab"), "self": ["self", "self"]}
    assert list(around) == ["c", "a", "b", "self"]


def test_where_all_lead_to_an_end_there_is_none():
    assert circles({"a": "b", "b": "base", "c": "b"}) == {}

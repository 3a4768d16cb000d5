"""Names that mean something else already, and what to write in their place."""

import pytest

from friendshore.models.parsing.reserved import refusal, reserved


@pytest.mark.parametrize(
    "name", ["base", "each", "*", "@ally", "each ally", "any line", "stage:ore", "a, b", "2026..28"]
)
def test_reserved(name):
    assert reserved(name)
    assert refusal(name, "name").startswith(f"found {name!r}, which ")


@pytest.mark.parametrize("name", ["baseline", "Pb-Zn conc.", "FY26-27", "stage"])
def test_free(name):
    assert not reserved(name)
    assert refusal(name, "name") == ""


def test_another_name_is_offered_where_signs_alone_are_reserved():
    assert refusal("FY26/27", "label").endswith("wanted another label, such as 'FY26-27'")
    assert refusal("Korea, Rep.", "name").endswith("such as 'Korea Rep.'")
    assert refusal("base", "name").endswith("wanted another name")


def test_a_long_name_is_quoted_short():
    assert refusal("a/" * 50, "name").startswith(f"found '{'a/' * 29}a…', which holds '/'")

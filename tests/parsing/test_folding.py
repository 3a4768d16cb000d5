"""Names and headers are compared after folding; names stay case-sensitive."""

import pytest

from friendshore.models.parsing.folding import fold, fold_header, is_blank, label


@pytest.mark.parametrize(
    "text",
    ["Port Klang", "  Port Klang ", "Port\u00a0Klang", "Port \u2003 Klang", "Port\u200b Klang\ufeff", "Ｐｏｒｔ Klang"],
)
def test_blanks_width_and_invisible_characters_do_not_tell_names_apart(text):
    assert fold(text) == "Port Klang"


def test_case_tells_names_apart_but_not_headers():
    assert fold("Ore") != fold("ore")
    assert fold_header("Unit Cost") == fold_header("unit_cost") == fold_header(" UNIT  cost_ ") == "unit_cost"


def test_composed_and_decomposed_letters_are_one_name():
    assert fold("Äther") == fold("A\u0308ther")


@pytest.mark.parametrize(
    ("value", "text"), [(2026, "2026"), (2026.0, "2026"), ("2026", "2026"), (2026.5, "2026.5"), (" Q1 ", "Q1")]
)
def test_labels_are_text(value, text):
    assert label(value) == text


@pytest.mark.parametrize(
    ("value", "blank"), [(None, True), ("", True), (" \u00a0\u200b", True), (0, False), (False, False), ("0", False)]
)
def test_zero_is_not_blank(value, blank):
    assert is_blank(value) is blank


def test_hyphens_that_look_alike_are_one():
    assert fold("Guinea\u2010Bissau") == fold("Guinea\u2011Bissau") == fold("Guinea\u2212Bissau") == "Guinea-Bissau"
    assert fold("2026–27") == "2026–27"  # a dash is another sign

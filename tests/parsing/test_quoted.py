"""Values as messages quote them."""

import datetime

from friendshore.models.parsing.quoted import shown


def test_long_texts_are_quoted_short():
    assert len(shown("x" * 1000)) < 100


def test_values_read_as_a_sheet_shows_them():
    assert shown(True) == "TRUE"
    assert shown(datetime.datetime(2026, 3, 1)) == "2026-03-01"
    assert (shown(0.1 + 0.2), shown(3), shown("a b")) == ("0.3", "3", "'a b'")

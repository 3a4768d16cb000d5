"""Numbers as sentences and tables say them."""

from math import inf, nan

import pytest

from friendshore.optimizer.wording.numbers import number_cell, precise, say, signed


def test_numbers_in_sentences():
    """Three digits that matter; from a hundred on whole numbers."""
    numbers = (0, 2.5, 12.345, 99.96, 1234.5, 12345.6, -0.00012345, inf, nan)
    assert [say(value) for value in numbers] == [
        "0",
        "2.5",
        "12.3",
        "100",
        "1,234",
        "12,346",
        "-0.000123",
        "unknown",
        "unknown",
    ]


def test_figures_that_are_compared_keep_six_digits():
    """No figure of a million falls into powers of ten, as 2.5e+06 would."""
    numbers = (2_500_000, 99_999.4, 99_999.6, 1_234.5, 0.25, 1 / 3, -1_200, inf)
    assert [precise(value) for value in numbers] == [
        "2,500,000",
        "99,999.4",
        "100,000",
        "1,234.5",
        "0.25",
        "0.333333",
        "-1,200",
        "inf",
    ]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1234.6, "1,235"),
        (99.94, "99.9"),
        (9.876, "9.88"),
        (0.01234, "0.0123"),
        (0.00001, "1.0e-05"),
        (0, "0"),
        (-2.5, "-2.50"),
        (nan, "–"),
        (7.0, "7"),
    ],
)
def test_numbers_in_tables(value, said):
    assert number_cell(value) == said


def test_changes_have_a_sign_and_nothing_has_none():
    assert [signed(value, say) for value in (12.0, -1_031.4, 0.0)] == ["+12", "-1,031", "0"]

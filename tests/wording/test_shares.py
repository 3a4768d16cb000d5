"""Shares in per cent, and gaps that claim no more than is proven."""

from math import inf, nan

import pytest

from friendshore.optimizer.wording.shares import gap_words, percent, percent_cell


def test_shares_in_sentences():
    """Whole per cent from 10 on, one decimal below; what is not nothing is never called 0%."""
    shares = (0, 0.0004, 0.001, 0.034, 0.0994, 0.0996, 0.5, 0.635, -0.2, nan)
    assert [percent(share) for share in shares] == [
        "0%",
        "less than 0.1%",
        "0.1%",
        "3.4%",
        "9.9%",
        "10%",
        "50%",
        "64%",
        "-20%",
        "unknown",
    ]


def test_shares_in_tables():
    shares = (0.0, 0.0004, 0.0005, 0.1234, 1.0, nan)
    assert [percent_cell(share) for share in shares] == ["0.0%", "<0.1%", "0.1%", "12.3%", "100.0%", "–"]


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        (0.0234, "2.34%"),
        (0.023401, "2.35%"),
        (0.1, "10%"),
        (1e-3, "0.1%"),
        (0.9999, "100%"),
        (1.5, "150%"),
        (123.456, "12400%"),
        (1.0001e-5, "0.00101%"),
        (9e-6, "0.001%"),
        (0.0, "0.001%"),
        (None, "an unknown gap"),
        (inf, "an unknown gap"),
    ],
)
def test_a_gap_is_rounded_up(gap, said):
    """Nearest rounding would call 2.3401% 2.34%, and a gap of 0.0009% none at all: more than was proven."""
    assert gap_words(gap) == said

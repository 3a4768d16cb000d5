"""Lengths of time, said alike by plans, pages and studies."""

from math import inf, nan

import pytest

from friendshore.optimizer.wording.durations import duration, months


@pytest.mark.parametrize(
    ("years", "said"),
    [
        (1, "1 year"),
        (2, "2 years"),
        (0.5, "6 months"),
        (1.5, "18 months"),
        (0.167, "2 months"),
        (1 / 12, "1 month"),
        (23 / 12, "23 months"),
        (2.5, "2.5 years"),
        (1.37, "1.37 years"),
        (2.844, "2.84 years"),
        (12.4, "12.4 years"),
        (1_500_000, "1,500,000 years"),
        (0.86, "314 days"),
        (0.02, "7 days"),
        (1 / 365, "1 day"),
        (0.001, "less than a day"),
        (0.0, "0 days"),
        (inf, "without end"),
        (nan, "unknown"),
    ],
)
def test_lengths_of_time(years, said):
    """Whole months up to two years; what is no whole number of months in days below one year, in years above."""
    assert duration(years) == said


def test_months_by_themselves():
    assert [months(years) for years in (0.5, 1 / 3, 7.3 / 12, 2.0)] == ["6", "4", "7.3", "24"]

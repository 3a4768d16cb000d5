"""Amounts in sentences: three digits that matter, in the words a minister would use."""

import pytest

from friendshore.optimizer.wording.money import money, money_between, readable


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        (31_061_729, "USD thousand", "31.1 billion USD"),
        (6_628, "USD thousand", "6.63 million USD"),
        (2.4, "USD thousand", "2,400 USD"),
        (999_600, "EUR", "1 million EUR"),
        (999_400, "EUR", "999,400 EUR"),
        (-1_175_318, "USD thousand", "-1.18 billion USD"),
        (0, "EUR million", "0 EUR"),
        (0.25, "EUR", "0.25 EUR"),
        (12_345_678_901_234, "JPY", "12.3 trillion JPY"),
        (3, "billion", "3 billion"),
        (5_000, "M USD", "5,000 M USD"),
        (float("nan"), "USD", "an unknown amount of USD"),
    ],
)
def test_amounts_as_one_says_them(amount, currency, said):
    """The multiple at the end of the currency is counted in; a currency that is only such a word is left alone."""
    assert money(amount, currency) == said


@pytest.mark.parametrize(
    ("low", "high", "currency", "said"),
    [
        (9.9942, 10.0061, "USD thousand", "9,994 USD to 10,007 USD"),
        (1_238_000, 1_238_900, "EUR", "1.23 million EUR to 1.24 million EUR"),
        (999_499.4, 999_499.4, "EUR", "999,499 EUR to 1 million EUR"),
        (2.4, 2.4, "USD thousand", "2,400 USD"),
        (2.4 * (1 - 1e-9), 2.4 * (1 + 1e-9), "USD thousand", "2,400 USD"),
        (0.0, 0.1234, "EUR", "0 EUR to 0.124 EUR"),
        (0.0, float("inf"), "EUR", "0 EUR to an unknown amount of EUR"),
    ],
)
def test_an_interval_says_no_more_than_is_known(low, high, currency, said):
    """The lower end is rounded down, the upper up, to the last digit that is said; noise does not move them."""
    assert money_between(low, high, currency) == said


def test_charts_are_drawn_in_a_unit_that_reads_well():
    assert readable(5_357_302, "USD thousand") == (1e6, "billion USD")
    assert readable(12.0, "USD thousand") == (1e-3, "USD")
    assert readable(3.0, "JPY billion") == (1.0, "billion JPY")
    assert readable(7.0, "gold coins") == (1.0, "gold coins")

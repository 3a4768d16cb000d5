"""Amounts in sentences: three digits that matter, in the words a minister would use."""

import pytest

from friendshore.optimizer.wording.money import in_words


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
    assert in_words(amount, currency) == said

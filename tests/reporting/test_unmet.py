"""What goes unmet is a part of its own beside the shares of suppliers."""

import pandas as pd
import pytest

from friendshore.optimizer.reporting.unmet import NOT_MET, unmet_share, unmet_words, with_unmet

TAKEN = pd.DataFrame([["ore", "2026", 8.0], ["ore", "2027", 10.0]], columns=["commodity", "period", "quantity"])
SHORT = pd.DataFrame(
    [
        ["base", "A", "ore", "2026", 92.0],
        ["base", "C", "ore", "2026", 7.0],
        ["ban", "A", "ore", "2027", 7.0],
        ["base", "A", "salt", "2027", 7.0],
    ],
    columns=["scenario", "country", "commodity", "period", "shortage"],
)
SHARES = pd.DataFrame({"B": [0.5, 1.0], "C": [0.5, 0.0]}, index=["2026", "2027"])


def test_the_whole_is_what_is_taken_in_and_what_is_lacking() -> None:
    """8 come and 92 are lacking: half of 8 % each from B and C, not half each of everything."""
    unmet = unmet_share(["2026", "2027"], ("A", "B"), TAKEN, SHORT, "ore")
    assert unmet.tolist() == [0.92, 0.0]
    whole = with_unmet(SHARES, unmet)
    assert list(whole.columns) == ["B", "C", NOT_MET]
    assert whole.loc["2026"].tolist() == pytest.approx([0.04, 0.04, 0.92])
    assert whole.sum(axis=1).tolist() == pytest.approx([1.0, 1.0])
    assert unmet_words(unmet) == "; up to 92% of what is needed goes unmet, in 2026"


def test_where_all_is_met_shares_stay_as_they_are() -> None:
    none = unmet_share(["2026", "2027"], ("A",), TAKEN, SHORT.iloc[:0], "ore")
    assert with_unmet(SHARES, none) is SHARES and unmet_words(none) == ""

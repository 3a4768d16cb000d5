"""How a run ended, in words."""

from math import inf

import pytest

from friendshore.models.plan import Status
from friendshore.optimizer.wording.outcomes import STATUS_WORDS, doubt, headline, status_words


def test_every_status_has_words():
    """A status that is added without words fails here, not on a plan sheet."""
    assert set(STATUS_WORDS) == {str(status) for status in Status}


def test_a_search_that_was_stopped_says_why():
    assert status_words("optimal") == STATUS_WORDS["optimal"]
    assert status_words("feasible", "interrupted").endswith("; the search stopped early: interrupted")


@pytest.mark.parametrize(
    ("status", "stopped", "gap", "said"),
    [
        ("optimal", "", 0.0, "Optimal: no plan is cheaper by more than 0.001%."),
        ("optimal", "", 0.000451, "Optimal: no plan is cheaper by more than 0.0451%."),
        ("feasible", "time limit", 0.0234, "Stopped by the time limit with a plan, at most 2.34% above the cheapest"),
        ("feasible", "interrupted", None, "Interrupted with a plan, an unknown gap above the cheapest"),
        ("feasible", "", inf, "Ended with a plan, an unknown gap above the cheapest"),
        ("feasible", "interrupted", 0.05, "Interrupted with a plan, at most 5% above the cheapest there is. Its "),
        ("no_plan", "time limit", None, "Stopped by the time limit before a plan was found."),
        ("infeasible", "", None, "Infeasible: no plan can satisfy the workbook."),
        ("unbounded", "", None, "Unbounded: cost falls without end."),
        ("invalid", "", None, "invalid"),
    ],
)
def test_headlines(status, stopped, gap, said):
    assert headline(status, stopped, gap).startswith(said)


def test_decisions_are_doubted_above_three_per_cent():
    assert doubt("feasible", 0.031).startswith("Its decisions are not yet reliable")
    assert doubt("feasible", None) != ""
    assert doubt("feasible", 0.03) == doubt("optimal", 0.5) == doubt("no_plan", None) == ""

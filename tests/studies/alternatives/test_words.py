"""What is said of intervals: never narrower than proven, never wider than reached, and what a gap means."""

from __future__ import annotations

import dataclasses
from math import inf

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.plan.baselines import Interval
from friendshore.optimizer.studies.alternatives.alternatives import Alternatives, Answer, Asks, Verdict
from friendshore.optimizer.studies.alternatives.questions import About, Question
from friendshore.optimizer.studies.alternatives.words import amount_words, gap_words, lines, range_words, subject
from tests.studies.alternatives.cases import power

SHARE = Question(About.SHARE, "Coalia", "metal", most=1.0)
STOCK = Question(About.STOCK, "Home", "metal")
LINES = Question(About.PROJECT, "lines", whole=True, most=3.0)
MONEY = Question(About.SPENDING, "Home")


def study(**figures: object) -> Alternatives:
    """A study with a best plan of 1,000 and a limit of 1,020."""
    cost = {"cost": Interval(1000, 1000), "limit": 1020.0, "cheapest": 1000.0}
    return Alternatives(problem_from_sheets(power()), Asks(), "optimal", **(cost | figures))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "ends", "proven", "told"),
    [
        (SHARE, (0.7804, 0.9316), True, "78% to 93.2%"),
        (SHARE, (0.7804, 0.9316), False, "78.0% to 93.2%"),
        (STOCK, (1.2341, 12.346), True, "1.23 to 12.4 t"),
        (STOCK, (1.2341, 12.346), False, "1.24 to 12.3 t"),
        (STOCK, (4.0, 4.0), True, "4 t"),
        (STOCK, (2.0, inf), True, "2 t or more"),
        (LINES, (1.0, 3.0), True, "1 to 3 units"),
        (MONEY, (1_234_567, 2_345_678), True, "1.23 million USD to 2.35 million USD"),
        (MONEY, (1_234_567, 2_345_678), False, "1.24 million USD to 2.34 million USD"),
    ],
)
def test_proven_outward_reached_inward(question: Question, ends: tuple[float, float], proven: bool, told: str) -> None:
    assert range_words(study(), question, Interval(*ends), proven=proven) == told


def test_what_plans_reach_is_told_where_it_is_less() -> None:
    one = Answer(STOCK, Interval(0, 10), Interval(2, 9), 2)
    assert amount_words(study(), one) == "Home, stock of metal on average: 0 to 10 t (plans reach 2 to 9 t)"
    same = Answer(STOCK, Interval(0, 10), Interval(0.01, 9.99), 2)
    assert amount_words(study(), same) == "Home, stock of metal on average: 0 to 10 t"


def test_a_gap() -> None:
    """Nothing where there is none; else that what is proven holds, and what is not known."""
    assert gap_words(study()) == ""
    wide = gap_words(study(cost=Interval(990, 1000)))
    assert wide.startswith(
        "The best possible plan costs 990 USD to 1,000 USD. All plans within 2% of it are among these"
    )
    assert "made on the way" not in wide
    assert "made on the way costs less" in gap_words(study(cost=Interval(990, 1000), cheapest=995.0))
    assert gap_words(study(cost=Interval(-inf, 1000))).startswith("What the best possible plan costs is not known.")


def test_what_is_left_open() -> None:
    undecided = Answer(LINES, Interval(0, 3), Interval(0, 0), 0, Verdict.UNDECIDED)
    told = list(lines(study(answers=(undecided,))))
    assert told[1] == "Not decided by what was proven and found: lines (0 to 3 units)."
    assert told[-1] == "More searches (--searches) may decide what is not."
    assert "more of it (--time-limit) may help" in list(lines(study(answers=(undecided,), unbounded=1)))[-1]
    none = dataclasses.replace(study(), cost=None, status="no_plan", why="time limit")
    assert list(lines(none)) == ["No plan was found: time limit."]


def test_subjects() -> None:
    assert [subject(study(), each) for each in (LINES, SHARE, MONEY, Question(About.CLOSING, "coal"))] == [
        "lines",
        "Coalia, share in the supply of metal",
        "Home, spending on new capacity",
        "closing of coal",
    ]

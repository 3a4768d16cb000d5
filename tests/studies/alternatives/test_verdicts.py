"""Verdicts and pairs from bounds and plans that are made up."""

from __future__ import annotations

import dataclasses
from math import inf

import pytest

from friendshore.models.plan.baselines import Interval
from friendshore.optimizer.studies.alternatives.alternatives import Alternative, Answer, Asks, Verdict
from friendshore.optimizer.studies.alternatives.choose import Candidate, directions, gains, most_different
from friendshore.optimizer.studies.alternatives.plans import Aim
from friendshore.optimizer.studies.alternatives.questions import About, Question
from friendshore.optimizer.studies.alternatives.verdicts import (
    answers_of,
    least_told,
    most_told,
    pairs_to_prove,
    undecided,
    with_instead,
)

A, B = (Question(About.PROJECT, name, whole=True) for name in "AB")
STOCK, SHARE = Question(About.STOCK, "Home", "metal"), Question(About.SHARE, "Far", "metal", most=1.0)


def plan(*values: float, cost: float = 1.0) -> Alternative:
    """A plan with these values."""
    return Alternative(cost, values, Aim())


def answer(bounds: tuple[float, float], *values: float, question: Question = A) -> Answer:
    """What is known of one question that plans have some values of."""
    (told,) = answers_of([question], {(0, "least"): bounds[0], (0, "most"): bounds[1]}, [plan(v) for v in values])
    return told


@pytest.mark.parametrize(
    ("bounds", "values", "verdict", "proven"),
    [
        ((0.2, 2.9), (1, 2), Verdict.ALL, (1, 2)),
        ((0.0, 0.9), (0,), Verdict.NONE, (0, 0)),
        ((0.0, 1.0), (0, 1), Verdict.OPEN, (0, 1)),
        ((0.0, 1.0), (0,), Verdict.UNDECIDED, (0, 1)),
        ((0.0, 1.0), (1,), Verdict.UNDECIDED, (0, 1)),
        ((0.00001, 1.99999), (0, 1), Verdict.OPEN, (0, 2)),
    ],
)
def test_verdicts(bounds: tuple[float, float], values: tuple[float, ...], verdict: Verdict, proven: object) -> None:
    """Whole numbers are rounded inward, but not for what tolerances leave."""
    told = answer(bounds, *values)
    assert told.verdict is verdict and (told.proven.low, told.proven.high) == proven


def test_a_project_of_which_every_plan_has_a_millionth_is_not_in_none() -> None:
    """Of a billion tonnes a unit, 197 to 208 t are 2e-7 units: they are had, though no bound is that fine."""
    told = answer((1.97e-7, 2.08e-7), 2e-7, question=dataclasses.replace(A, whole=False))
    assert told.verdict is Verdict.UNDECIDED
    assert answer((0.0, 1e-9), 0.0, question=dataclasses.replace(A, whole=False)).verdict is Verdict.NONE


def test_amounts() -> None:
    """Told a millionth looser; where a plan is as near as that, its value; a share is no more than 1."""
    told = answer((2.0, 8.0), 3.0, 8.0, question=STOCK)
    assert told.verdict is None and told.proven.low == pytest.approx(2 - 2e-6, abs=1e-12) and told.proven.high == 8
    assert (least_told(STOCK, None), most_told(STOCK, None), most_told(SHARE, None)) == (0, inf, 1)
    assert most_told(SHARE, 0.9999999999) == 1 and least_told(STOCK, -1e-9) == 0
    assert answers_of([STOCK], {}, [plan(3.0)])[0].proven == Interval(0, inf)


def test_what_is_searched_for() -> None:
    answers = [answer((0, 1), 0), answer((0, 1), 1), answer((0, 1), 0, 1), answer((0, 1), 0.5, question=STOCK)]
    assert list(undecided(answers)) == [(0, "most"), (1, "least")]


def test_pairs() -> None:
    """Every plan has one of the two, some the one alone, some the other; and the bound proves one of them."""
    answers = [answer((0, 1), 0, 1), answer((0, 1), 1, 0, question=B)]
    pool = [plan(0, 1), plan(1, 0)]
    assert pairs_to_prove(answers, pool, 5) == [(0, 1)]
    assert pairs_to_prove(answers, [*pool, plan(0, 0)], 5) == []
    assert pairs_to_prove(answers, [plan(1, 1), plan(0, 1)], 5) == []
    assert [each.instead for each in with_instead(answers, [(0, 1, 0.4)])] == [(B,), (A,)]
    assert [each.instead for each in with_instead(answers, [(0, 1, 0.00001)])] == [(), ()]
    assert [each.instead for each in with_instead(answers, [(0, 1, -inf)])] == [(), ()]


def test_plans_that_differ_most() -> None:
    """From (0, 0): first the one that differs in both decisions, then one of the others, none twice."""
    answers = [answer((0, 1), 0, 1), answer((0, 1), 0, 1, question=B)]
    pool = [plan(0, 0), plan(1, 0), plan(1, 1), plan(1, 1), plan(0, 1)]
    chosen = most_different(answers, pool, 8)
    assert [each.values for each in chosen] == [(0, 0), (1, 1), (1, 0), (0, 1)]
    assert most_different(answers, pool, 2) == chosen[:2]
    assert most_different([], pool, 8) == (pool[0],)


def test_what_a_candidate_adds() -> None:
    answers = [answer((0, 2), 0, 1), answer((0, 10), 4, question=STOCK)]
    pool = [plan(0, 4), plan(1, 4)]
    made = [Candidate(0, "most", values, {}) for values in ((2.0, 4.0), (1.0, 9.0), (0.0, 4.0))]
    assert gains(answers, pool, made) == pytest.approx([0.5, 0.5, 0.0], abs=1e-5)
    assert gains(answers, pool, []).shape == (0,)


def test_directions() -> None:
    """All decisions at once, then one by one, then stocks, then shares; nothing where plans reach what is proven."""
    answers = [
        answer((0, 1), 0),
        answer((0, 1), 1, question=B),
        answer((0, 10), 4, question=STOCK),
        answer((0, 1), 0, 1, question=SHARE),
    ]
    found = [([(place, side) for place, side, _ in toward], anew) for toward, anew in directions(answers) if toward]
    assert found == [
        ([(0, "most"), (1, "least")], True),
        ([(0, "most")], True),
        ([(1, "least")], True),
        ([(2, "most")], False),
        ([(2, "least")], False),
    ]


@pytest.mark.parametrize(
    "asks", [{"within": -0.1}, {"within": 1}, {"searches": -1}, {"plans": -1}, {"gap": -1}, {"time_limit": 0}]
)
def test_what_means_nothing(asks: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="wanted"):
        Asks(**asks)  # type: ignore[arg-type]


def test_as_suits_the_size() -> None:
    assert (Asks().most_plans(100), Asks().most_plans(100_000), Asks(plans=3).most_plans(100_000)) == (16, 5, 3)
    assert (Asks().most_searches(100), Asks().most_searches(100_000), Asks(searches=0).most_searches(9)) == (4, 1, 0)

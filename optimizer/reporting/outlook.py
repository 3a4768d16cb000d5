"""What could change the plan: limits at which it stands, choices left open by its gap, offers used up, weak figures.

All of it is known from the plan at hand; nothing is solved. Each row says what it is about, why, and how much money is
at stake. Sheet, page and JSON tell the same rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite, nan
from typing import Literal, get_args

import pandas as pd

from friendshore.models.plan import Plan, PolicyValue
from friendshore.optimizer.reporting import undecided
from friendshore.optimizer.reporting.content import Block, Field
from friendshore.optimizer.reporting.frames import BASE
from friendshore.optimizer.reporting.named import names_of
from friendshore.optimizer.reporting.promises import FREE, step_words
from friendshore.optimizer.reporting.scorecard import state_of
from friendshore.optimizer.reporting.weak_figures import Weak, weak_figures
from friendshore.optimizer.wording.counts import listed
from friendshore.optimizer.wording.money import money
from friendshore.optimizer.wording.names import capital
from friendshore.optimizer.wording.shares import gap_words, percent

NAME = "Could_change"
FIELDS = (Field("cause", "What"), Field("subject", "Which"), Field("stake", "At stake"), Field("words", "Why"))
Cause = Literal["Limit", "Not decided", "Offer used up", "Weak figure"]
LIMIT: Cause = "Limit"
OPEN: Cause = "Not decided"
USED_UP: Cause = "Offer used up"
WEAK: Cause = "Weak figure"
TITLE = "What could change the plan"
NOTHING = (
    "Nothing that the plan knows of: no limit binds, no choice on offer costs less than its gap, no offer is used up, "
    "and no figure is a weak one."
)
MOST = 4
"""Of each kind of cause."""


FOREMOST = 2
"""Of each kind of cause, in a sentence."""
_CAUSES: dict[str, str] = {
    LIMIT: "limits at which it stands",
    USED_UP: "offers used up",
    WEAK: "figures with a weak source or none",
}


@dataclass(frozen=True)
class Turn:
    """One thing that could change a plan.

    ``cause`` is one of the kinds of cause, ``sheet`` and ``id`` name the row of the workbook (on Demand and Lanes its
    place), ``subject`` is what it is called; ``stake`` is money in the currency of Settings, discounted: what a step of
    a limit costs at most, what a choice costs, what expected cost rests on a figure; NaN where it is not known.
    """

    cause: Cause
    sheet: str
    id: str
    subject: str
    stake: float
    words: str


def turns(plan: Plan) -> tuple[Turn, ...]:
    """What could change the plan, by kind of cause, within each what most is at stake first."""
    parts = (_limits, _open, _used_up, _weak)
    return tuple(turn for part in parts for turn in part(plan))


def table(plan: Plan) -> pd.DataFrame:
    """cause, subject, stake (in words, blank where not known), words: the first few of each cause."""
    currency = plan.problem.settings.currency
    told: list[tuple[str, str, str, str]] = []
    for cause in get_args(Cause):
        rows = [turn for turn in turns(plan) if turn.cause == cause]
        told += [(cause, capital(t.subject), _stake(t, currency), t.words) for t in rows[:MOST]]
    return pd.DataFrame(told, columns=[field.key for field in FIELDS])


def block(plan: Plan) -> Block:
    """The rows as a table; one that says so where there are none."""
    rows = table(plan)
    return Block(NAME, TITLE, rows, FIELDS, "" if len(rows) else NOTHING)


def sentence(rows: pd.DataFrame) -> str:
    """The foremost things that could change the plan, by cause, without what its gap leaves open.

    Parameters
    ----------
    rows
        As of ``table``, also when read back.

    Returns
    -------
    str
        A sentence; blank where there is nothing to tell.
    """
    said = []
    for cause, words in _CAUSES.items():
        subjects = [str(subject) for subject in rows.loc[rows["cause"] == cause, "subject"]]
        if subjects:
            said.append(f"{words} ({listed(subjects[:FOREMOST])})")
    return f"Foremost: {'; '.join(said)}." if said else ""


def _stake(turn: Turn, currency: str) -> str:
    return money(turn.stake, currency) if isfinite(turn.stake) else ""


def _limits(plan: Plan) -> Iterator[Turn]:
    """Policies at their limit, or beyond it, by what a step tighter costs."""
    names, rows = names_of(plan.problem), []
    for score in plan.policies:
        state = state_of(score)
        if state not in ("met, at its limit", "not met"):
            continue
        said = capital(step_words(score, plan.problem.settings.currency))
        words = f"{said}." if state != "not met" else f"Not kept. {said}."
        called = names.words("Policies", score.policy)
        rows.append(Turn(LIMIT, "Policies", score.policy, called, _step_stake(score), words))
    yield from sorted(rows, key=lambda turn: -turn.stake if isfinite(turn.stake) else 0.0)


def _step_stake(score: PolicyValue) -> float:
    if score.step_price is not None:
        return score.step_price[1]
    if score.shadow_price is None or abs(score.shadow_price) <= FREE:
        return nan
    return abs(score.shadow_price) * score.declared.unit.step


def _open(plan: Plan) -> Iterator[Turn]:
    """Choices that the plan does not take and that its gap does not decide, the cheapest first."""
    names, apart = names_of(plan.problem), undecided.apart(plan)
    for (sheet, id), cost in sorted(undecided.open_choices(plan).items(), key=lambda each: (each[1], each[0])):
        finer = gap_words(undecided.HALF * cost / plan.objective)
        more = money(apart, plan.problem.settings.currency)
        words = f"A plan with it may still be cheaper, by up to {more}; solve to {finer}."
        yield Turn(OPEN, sheet, id, names.words(sheet, id), cost, words)


def _used_up(plan: Plan) -> Iterator[Turn]:
    """Expansions of which the base path builds all that may be built."""
    names, built = names_of(plan.problem), plan.investments[plan.investments["scenario"] == BASE]
    units = built.groupby("expansion", sort=False)["units"].sum()
    for name, row in plan.problem.expansions.items():
        if row.max_units and float(units.get(name, 0.0)) >= row.max_units - 0.5:
            count = "The one unit on offer is" if row.max_units == 1 else f"All {row.max_units:g} units on offer are"
            words = f"{count} built; whether more would pay the plan cannot say."
            yield Turn(USED_UP, "Expansions", name, names.words("Expansions", name), nan, words)


def _weak(plan: Plan) -> Iterator[Turn]:
    ahead = any(period.look_ahead for period in plan.problem.periods)
    for weak in weak_figures(plan):
        yield Turn(WEAK, weak.sheet, weak.id, weak.subject, weak.amount, _weak_words(weak, ahead))


def _weak_words(weak: Weak, ahead: bool) -> str:
    """What rests on a figure: its share is of the cost of all periods, those looked ahead to as well."""
    source = f"its source, {weak.source_id}, is of low confidence" if weak.source_id else "it has no source"
    total = "expected cost, look-ahead included," if ahead else "expected cost"
    return f"{percent(weak.share)} of the {total} rests on it; {source}."

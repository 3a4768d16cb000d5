"""What the plan is held against: doing nothing, and the cheapest plan without rules; premium and damage avoided."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from friendshore.models.plan import Plan
from friendshore.models.plan.baselines import Baselines, Course, Interval
from friendshore.models.problem import Problem
from friendshore.models.tree.discounting import years_in_money
from friendshore.optimizer.reporting.content import Block, Field, Figure
from friendshore.optimizer.reporting.frames import look_ahead_periods, tidy
from friendshore.optimizer.wording.comparisons import averted_words, nothing_words, premium_words

NOTHING, WITHOUT, PLAN = "Doing nothing", "Without rules", "This plan"

FIELDS = (
    Field("course", "Course"),
    Field("paid", "Bill", "number", "currency"),
    Field("damage", "Damage from shortage", "number", "currency"),
    Field("cost", "Bill and damage", "number", "currency"),
    Field("least", "At least, as far as is proven", "number", "currency"),
)
NAME = "Baselines"
NOTE = (
    "Expected and discounted. Doing nothing: nothing is built, bought for protection, closed or stored, and no rule "
    "holds; what there is is used at its best. Without rules: the same workbook without its policies."
)


def table(plan: Plan) -> pd.DataFrame:
    """course, paid, damage, cost, least: a row for each course that is known, the plan last; none without baselines."""
    known = plan.baselines
    courses = [] if known is None else [(NOTHING, known.nothing), (WITHOUT, known.no_rules), (PLAN, known.plan)]
    rows = [(name, c.paid, c.damage, c.cost.high, c.cost.low) for name, c in courses if c is not None]
    return tidy(plan, pd.DataFrame(rows, columns=[field.key for field in FIELDS]), FIELDS)


def baselines_of(problem: Problem, rows: pd.DataFrame) -> Baselines | None:
    """The baselines that the rows of the table tell; None where there are none.

    Parameters
    ----------
    problem
        The problem that the plan answers.
    rows
        As of ``table``, also when read back.
    """
    told = {str(row["course"]): _course(row) for row in rows.to_dict("records")}
    plan = told.get(PLAN)
    if plan is None:
        return None
    return Baselines(
        plan, years_in_money(problem.settings.discount_rate, problem.horizon), told.get(NOTHING), told.get(WITHOUT)
    )


def _course(row: Mapping[Hashable, Any]) -> Course:
    return Course(Interval(float(row["least"]), float(row["cost"])), float(row["damage"]))


def sentences(problem: Problem, known: Baselines | None) -> tuple[str, ...]:
    """What doing nothing brings, what damage the plan averts, and what the rules cost; nothing without baselines."""
    if known is None:
        return ()
    currency, said = problem.settings.currency, []
    if known.nothing is not None:
        cost, damage, beyond = known.nothing.cost, known.nothing.damage, any(p.look_ahead for p in problem.periods)
        said.append(nothing_words(cost.ends, damage, known.plan.cost.high, currency, look_ahead=beyond))
        said.append(averted_words(known.nothing.damage, known.plan.damage, currency))
    premium, a_year, share = known.premium, known.premium_a_year, known.premium_share
    paid_for = _paid_for(problem)
    if premium is not None and a_year is not None and paid_for:
        of_cost = None if share is None else share.ends
        said.append(premium_words(premium.ends, a_year.ends, of_cost, currency, of=paid_for))
    return tuple(sentence for sentence in said if sentence)


def _paid_for(problem: Problem) -> str:
    parts = (("rules", bool(problem.policies)), ("caution", problem.settings.risk_aversion > 0))
    return " and ".join(word for word, there in parts if there)


def block(plan: Plan) -> Block | None:
    """The whole table; None without baselines."""
    rows = table(plan)
    return None if rows.empty else Block(NAME, "If we do nothing, without rules, and with this plan", rows, FIELDS)


def figure(plan: Plan) -> Figure | None:
    """The bars of bill and damage, one for each course; None without baselines."""
    rows = table(plan)
    if rows.empty:
        return None
    beyond = look_ahead_periods(plan)
    note = f"{NOTE} Look-ahead periods ({', '.join(beyond)}) included." if beyond else NOTE
    fields = tuple(field for field in FIELDS if field.key in ("course", "paid", "damage"))
    drawn = Block("Baseline_bars", "If we do nothing, without rules, and with this plan", rows, fields, note)
    return Figure(
        "What if we do nothing, and what the rules cost",
        "stacked bars",
        drawn,
        "course",
        ("paid", "damage"),
        plan.problem.settings.currency,
    )

"""Promises for people: what each policy asks, whether it is kept, where and when it is nearest, what a step more costs.

The scorecard has the same in numbers. The price of a step is that of solving again where that was asked for: at the
margin, with what is built unchanged, a limit that is met may cost nothing and still be dear to tighten.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from friendshore.models.plan import Plan, PolicyValue
from friendshore.models.problem import Problem
from friendshore.optimizer.reporting.calendar import moment
from friendshore.optimizer.reporting.content import Block, Field
from friendshore.optimizer.reporting.frames import BASE, periods
from friendshore.optimizer.reporting.named import names_of
from friendshore.optimizer.reporting.scorecard import state_of
from friendshore.optimizer.wording.counts import counted, listed
from friendshore.optimizer.wording.durations import in_months
from friendshore.optimizer.wording.money import money, money_between
from friendshore.optimizer.wording.names import capital
from friendshore.optimizer.wording.numbers import say
from friendshore.optimizer.wording.shares import percent

NAME = "Promises"
FIELDS = (
    Field("promise", "Promise"),
    Field("asked", "What must hold"),
    Field("state", "State"),
    Field("stands", "Where it stands"),
    Field("place", "Where and when it is nearest"),
    Field("survived", "Stop that is survived"),
    Field("price", "What a step more costs"),
)
TITLE = "What is promised, and where and when it is nearest to its limit"
NO_PRICE = "a step tighter costs nothing at the margin, which may mislead; --prices solves again"
FREE = 1e-7
"""What prices of a solver may be off by: no more than this is told as a price."""


def table(plan: Plan) -> pd.DataFrame:
    """A row of words for each policy, in the order of the sheet Policies; columns are those of ``FIELDS``."""
    return pd.DataFrame([_told(plan, score) for score in plan.policies], columns=[field.key for field in FIELDS])


def block(plan: Plan) -> Block:
    """The rows as a table."""
    return Block(NAME, TITLE, table(plan), FIELDS)


def kept_words(plan: Plan) -> str:
    """How many policies are met, and which are not, for the penalty that their rows allow; blank without policies."""
    if not plan.policies:
        return ""
    names = names_of(plan.problem)
    missed = [names.words("Policies", score.policy) for score in plan.policies if state_of(score) == "not met"]
    said = f"{len(plan.policies) - len(missed)} of {counted(len(plan.policies), 'policy', 'policies')} met"
    if not missed:
        return said
    if plan.penalties <= 0:
        return f"{said}; not met: {listed(missed)}"
    paid = money(plan.penalties, plan.problem.settings.currency)
    return f"{said}; not met, for penalties of {paid} that the objective counts: {listed(missed)}"


def _told(plan: Plan, score: PolicyValue) -> tuple[str, str, str, str, str, str, str]:
    problem, declared = plan.problem, score.declared
    known = score.value is not None
    return (
        capital(names_of(problem).words("Policies", score.policy)),
        f"{declared.sentence} {_amount(score, score.limit, problem)}",
        capital(state_of(score)),
        _amount(score, score.value, problem) if score.value is not None else "",
        place_names(plan, score.policy, score.place) if known else "",
        survived_words(score, problem),
        capital(step_words(score, problem.settings.currency)) if known else "",
    )


def _amount(score: PolicyValue, value: float, problem: Problem) -> str:
    """A limit, or where a plan stands: a share, days, or an amount with its unit."""
    unit = score.declared.unit
    if unit.percent:
        return percent(value)
    if unit.bare:
        return say(value)
    currency = problem.settings.currency
    words = unit.words(currency)
    return money(value, currency) if words == currency else f"{say(value)} {words}{'s' if words == 'day' else ''}"


def survived_words(score: PolicyValue, problem: Problem) -> str:
    """How long a stop may last and is survived, of how long was asked, and which longer one is not; blank without one.

    Parameters
    ----------
    score
        A line of the scorecard.
    problem
        The problem that the plan answers.

    Returns
    -------
    str
        Months, and from when on a longer stop hurts most.
    """
    if score.asked_years is None:
        return ""
    asked = f"{in_months(score.asked_years)} asked"
    if score.survived_years is None:
        return f"Not known, {asked}"
    if score.survived_to_end:
        return f"To the end of the plan, {asked}"
    said = f"{in_months(score.survived_years)}, {asked}"
    if not score.weakest:
        return said
    names = _part_names(problem)
    return f"{said}; no longer without {listed([names.get(m, m) for m in score.weakest])} from {score.worst_onset}"


def step_words(score: PolicyValue, currency: str) -> str:
    """What a limit a step tighter costs: solved again where that was done, else at the margin.

    Parameters
    ----------
    score
        A line of the scorecard.
    currency
        As in Settings.

    Returns
    -------
    str
        Words for a sentence.
    """
    unit = score.declared.unit
    if score.step_note:
        return score.step_note
    if score.step is not None and score.step_price is not None:
        low, high = score.step_price
        costs = "nothing" if high <= FREE else money_between(low, high, currency)
        return f"{say(score.step / unit.step)} {unit.words(currency)} tighter costs {costs}, solved again"
    if score.shadow_price is None:
        return "price not known"
    if abs(score.shadow_price) <= FREE:
        return NO_PRICE if score.binding else "nothing: the limit does not bind"
    price = money(abs(score.shadow_price) * unit.step, currency)
    return f"one {unit.words(currency)} tighter costs {price} at the margin"


def place_names(plan: Plan, policy: str, place: str) -> str:
    """The place of a policy in words: who, from whom, of what, on which path, from when.

    Parameters
    ----------
    plan
        The plan.
    policy
        Name of the policy, with which the place begins.
    place
        As a plan tells it: ``cap/JPN/CHN+MMR/magnet/embargo/2028/1``.

    Returns
    -------
    str
        ``Japan, China and Myanmar, magnet, embargo, 2028``.
    """
    parts = place.removeprefix(f"{policy}/").split("/") if place != policy else []
    names, labels = _part_names(plan.problem), periods(plan)
    when = ""
    if len(parts) > 1 and parts[-2] in labels and parts[-1].isdigit():
        when = _when(plan, parts)
        parts = parts[:-2]
    said = [_part(part, names, plan) for part in parts]
    return ", ".join([*said, when] if when else said)


def _when(plan: Plan, parts: list[str]) -> str:
    """When the step begins with which a place ends: its scenario may stand before, in parts of its own."""
    nodes = plan.nodes[(plan.nodes["period"] == parts[-2]) & (plan.nodes["step"] == int(parts[-1]))]
    path = "/".join(parts[:-2])
    own = [str(name) for name in nodes["scenario"] if path.endswith(str(name))]
    found = nodes[nodes["scenario"] == (max(own, key=len) if own else BASE)]
    if found.empty:
        return parts[-2]
    return moment(plan.problem, float(found["start"].iloc[0]), float(found["years"].iloc[0]))


def _part(part: str, names: Mapping[str, str], plan: Plan) -> str:
    who, dated, onset = part.partition("@")
    begun = dated and any(row.scenario == who for row in plan.problem.tables.scenarios)  # a sequel, before its danger
    if begun or part in set(plan.nodes["scenario"]):
        return names_of(plan.problem).path(part)
    called = " and ".join(names.get(each, each) for each in who.split("+"))
    return f"{called} from {onset}" if dated else called


def _part_names(problem: Problem) -> Mapping[str, str]:
    """What countries, commodities and plants of a place are called."""
    names = names_of(problem)
    return {
        **{id: names.words("Plants", id) for id in problem.plants},
        **{id: names.words("Commodities", id) for id in problem.commodities},
        **{id: names.of("Countries", id) for id in problem.countries},
    }

"""Promises for people: what each policy asks, whether it is kept, where and when it is nearest, what a step more costs.

The scorecard has the same in numbers. The price of a step is that of solving again where that was asked for: at the
margin, with what is built unchanged, a limit that is met may cost nothing and still be dear to tighten.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from friendshore.models.plan import Plan, PolicyValue
from friendshore.models.problem import Problem
from friendshore.models.tables.policy_kinds import INDEX
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
    """A limit, or where a plan stands: a share, an index, or an amount with its unit."""
    unit = score.declared.unit
    if unit.percent:
        return percent(value)
    if unit == INDEX:
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
        step = steps_words(score.step / unit.step, unit.words(currency), currency)
        return f"{step} tighter costs {costs}, solved again"
    if score.shadow_price is None:
        return "price not known"
    if abs(score.shadow_price) <= FREE:
        return NO_PRICE if score.binding else "nothing: the limit does not bind"
    return f"{margin_words(score, currency)} at the margin"


def margin_words(score: PolicyValue, currency: str) -> str:
    """What a limit tighter by one unit costs at the margin: ``1 percentage point tighter costs 2,400 USD``."""
    unit = score.declared.unit
    price = money(abs(score.shadow_price or 0.0) * unit.step, currency)
    return f"{steps_words(1.0, unit.words(currency), currency)} tighter costs {price}"


def steps_words(count: float, unit: str, currency: str) -> str:
    """So many units of tightening.

    Parameters
    ----------
    count
        How many.
    unit
        One of them in words, as the scorecard has it.
    currency
        As in Settings.

    Returns
    -------
    str
        ``1 percentage point``, ``2 days``, ``0.03 of the index``, ``1,000 USD``.
    """
    first, _, rest = unit.partition(" ")
    if unit == currency:
        return money(count, currency)
    if first[0].isdigit():
        return f"{say(count * float(first))} {rest}"
    return f"{say(count)} {unit}{'s' if count != 1 and unit in ('day', 'percentage point') else ''}"


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
    step = parts[-2:] if len(parts) > 1 and parts[-2] in labels and parts[-1].isdigit() else []
    parts = parts[: len(parts) - len(step)]
    dangers = {row.scenario for row in plan.problem.tables.scenarios}
    begun = [at for at, part in enumerate(parts) if "@" in part and part.partition("@")[0] in dangers]
    first = begun[0] if begun else len(parts)  # of a path: a sequel, what it follows, and what that leaves
    said = [_part(part, names, plan) for part in parts[:first]]
    said += [names_of(plan.problem).path("/".join(parts[first:]))] if begun else []
    return ", ".join([*said, _when(plan, _path(plan, policy, parts), *step)] if step else said)


def _path(plan: Plan, policy: str, parts: list[str]) -> str:
    """The path of a place: that with whose name its parts end, or the stop with which they begin; else the base."""
    known = set(plan.nodes["scenario"])
    ends = ("/".join(parts[at:]) for at in range(len(parts)))
    return next((name for name in (*ends, f"{policy}/{parts[0]}" if parts else "") if name in known), BASE)


def _when(plan: Plan, path: str, period: str, step: str) -> str:
    """When a step of a path begins."""
    nodes = plan.nodes[(plan.nodes["period"] == period) & (plan.nodes["step"] == int(step))]
    found = nodes[nodes["scenario"] == path]
    if found.empty:
        return period
    return moment(plan.problem, float(found["start"].iloc[0]), float(found["years"].iloc[0]))


def _part(part: str, names: Mapping[str, str], plan: Plan) -> str:
    who, dated, onset = part.partition("@")
    if part in set(plan.nodes["scenario"]):
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

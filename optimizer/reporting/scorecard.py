"""The resilience scorecard: each policy with its limit, where the plan stands, and what more of it costs."""

from __future__ import annotations

import pandas as pd

from friendshore.models.plan import Plan, PolicyValue
from friendshore.optimizer.reporting.content import Field
from friendshore.optimizer.reporting.frames import tidy
from friendshore.optimizer.wording.durations import MONTHS_A_YEAR
from friendshore.optimizer.wording.outcomes import Standing

SCORE_FIELDS = (
    Field("policy", "Policy"),
    Field("limit", "Limit", "mixed"),
    Field("value", "Where the plan stands", "mixed"),
    Field("slack", "Slack", "mixed"),
    Field("price", "Price of tightening by one unit", "number", "currency"),
    Field("unit", "One unit"),
    Field("state", "State"),
    Field("binds", "Places at the limit"),
    Field("place", "Tightest place"),
    Field("holds", "Asked to hold"),
    Field("elsewhere", "Worst elsewhere", "mixed"),
    Field("rule", "What must hold"),
)
STOP_FIELDS = (
    Field("asked", "Stop to survive", "number", "months"),
    Field("survived", "Stop survived", "mixed", "months"),
    Field("hurts", "A longer stop hurts most"),
)
BIND_FIELDS = (
    Field("policy", "Policy"),
    Field("place", "Where it binds"),
    Field("value", "Where the plan stands", "mixed"),
    Field("price", "Price of tightening there by one unit", "number", "currency"),
    Field("unit", "One unit"),
)
BIND_NOTE = (
    "Every row of a policy that holds with equality, with its share of the price: at the margin, with what is built "
    "unchanged."
)
MOST_BINDS = 15
STEP_FIELDS = (
    Field("policy", "Policy"),
    Field("step", "Step", "mixed"),
    Field("unit", "Unit of the step"),
    Field("low", "Costs at least", "number", "currency"),
    Field("high", "Costs at most", "number", "currency"),
    Field("note", "Remark"),
)
STEP_NOTE = (
    "Each limit by itself one step tighter, the whole plan made anew, what is built included; the true price lies "
    "between the two figures, as both plans are known within their gaps."
)
STOP_NOTE = (
    " Stop survived: the longest stop within the limit in every step, whenever it begins, what is built and stocked "
    "held, at the ends of steps; 'or more': to the end of the plan."
)
TOLERANCE = 1e-5
NOT_KNOWN = "not known"

PLACES = {
    "base": "base path",
    "normal": "normal times on every path",
    "each": "every path",
    "expected": "in expectation over paths",
    "cvar": "in the worst tail of paths",
}
"""Where a rule is asked to hold, in words; names of scenarios stand for themselves."""


def scorecard(plan: Plan) -> pd.DataFrame:
    """One row for each policy: limit, where the plan stands, slack, price of tightening, state and tightest place."""
    rows = [_score(plan, value) for value in plan.policies]
    fields = score_fields(plan)
    columns = [*(field.key for field in fields), "limit_kind", "value_kind", "slack_kind", "elsewhere_kind"]
    return tidy(plan, pd.DataFrame(rows, columns=columns), fields)


def score_fields(plan: Plan) -> tuple[Field, ...]:
    """The columns of the scorecard; those of stops where a policy tests one."""
    if all(score.asked_years is None for score in plan.policies):
        return SCORE_FIELDS
    return (*SCORE_FIELDS[:4], *STOP_FIELDS, *SCORE_FIELDS[4:])


def _score(plan: Plan, score: PolicyValue) -> dict[str, object]:
    declared = score.declared
    slack = None if score.value is None else slack_of(score)
    kind = "share" if declared.unit.percent else "number"
    price = None if score.shadow_price is None else abs(score.shadow_price) * declared.unit.step
    return {
        "policy": score.policy,
        "rule": declared.sentence,
        "limit": score.limit,
        "limit_kind": kind,
        "value": _unmeasured(score) if score.value is None else score.value,
        "value_kind": kind,
        "slack": slack,
        "slack_kind": kind,
        "elsewhere_kind": kind,
        "price": price,
        **_stop(score),
        "unit": declared.unit.words(plan.problem.settings.currency),
        "state": state_of(score),
        "place": place_words(score.policy, score.place),
        "holds": PLACES.get(score.holds, score.holds),
        "elsewhere": score.elsewhere,
        "binds": f"{score.binding} of {score.rows}",
    }


def _stop(score: PolicyValue) -> dict[str, object]:
    """Months of the tested stop that were asked for and that are survived, and the onset that is worst beyond them."""
    if score.asked_years is None:
        return {"asked": None, "survived": None, "hurts": ""}
    asked = MONTHS_A_YEAR * score.asked_years
    if score.survived_years is None:
        return {"asked": asked, "survived": NOT_KNOWN, "hurts": ""}
    months = round(MONTHS_A_YEAR * score.survived_years, 6)
    survived = f"{months:g} or more" if score.survived_to_end else months
    hurts = f"{'+'.join(score.weakest)} from {score.worst_onset}" if score.weakest else ""
    return {"asked": asked, "survived": survived, "hurts": hurts}


def where_they_bind(plan: Plan) -> pd.DataFrame:
    """policy, place, value, price, unit: every row that holds with equality, the dearest first."""
    rows = []
    for score in plan.policies:
        limit_unit = score.declared.unit
        kind = "share" if limit_unit.percent else "number"
        unit = limit_unit.words(plan.problem.settings.currency)
        for bind in score.binds:
            price = None if bind.shadow_price is None else bind.shadow_price * limit_unit.step
            rows.append((score.policy, place_words(score.policy, bind.place), bind.value, price, unit, kind))
    rows.sort(key=lambda row: -(row[3] or 0.0))
    columns = [*(field.key for field in BIND_FIELDS), "value_kind"]
    return tidy(plan, pd.DataFrame(rows, columns=columns), BIND_FIELDS)


def place_words(policy: str, place: str) -> str:
    """A place without the name of its policy: ``JPN, CHN+MMR, magnet, 2032``, ``CHN from 2028, coalition, magnet``."""
    return place.removeprefix(f"{policy}/").replace("/", ", ").replace("@", " from ")


def step_prices(plan: Plan) -> pd.DataFrame:
    """policy, step, unit, low, high, note: what one step tighter costs by solving again."""
    rows = []
    for score in plan.policies:
        if score.step is not None:
            limit_unit = score.declared.unit
            low, high = score.step_price or (None, None)
            unit = limit_unit.words(plan.problem.settings.currency)
            rows.append((score.policy, score.step / limit_unit.step, unit, low, high, score.step_note, "number"))
    columns = [*(field.key for field in STEP_FIELDS), "step_kind"]
    return tidy(plan, pd.DataFrame(rows, columns=columns), STEP_FIELDS)


def _survives(score: PolicyValue) -> bool:
    """Whether stops are survived for as long as is asked, from every onset, as a plan looked at by itself tells."""
    asked, found = score.asked_years, score.survived_years
    if asked is None or found is None or score.unsurvived:
        return False
    return score.survived_to_end or found >= asked - TOLERANCE


def slack_of(score: PolicyValue) -> float:
    """How far the plan is on the right side of the limit; below 0 where it is not met."""
    value = score.limit if score.value is None else score.value
    slack = score.declared.slack(value, score.limit)
    return 0.0 if abs(slack) <= TOLERANCE * max(1.0, abs(score.limit)) else slack


def _unmeasured(score: PolicyValue) -> str:
    """What stands in place of a value where no stop was so hard that the plan was made for it."""
    return "not tested" if state_of(score) == "nothing to test" else "survived"


def state_of(score: PolicyValue) -> Standing:
    """``met``, ``met, at its limit``, ``not met`` or ``nothing to test``.

    Stops that the plan survives without having been made for them are met.
    """
    if score.value is None:
        return "met" if _survives(score) else "nothing to test"
    if score.violation > TOLERANCE or slack_of(score) < 0:
        return "not met"
    return "met, at its limit" if score.binding or slack_of(score) == 0 else "met"

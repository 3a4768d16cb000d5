"""Plan Summary: the plan on one page: what it costs, what it withstands, what goes short, and how far to trust it."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from friendshore.models.plan import Plan, PolicyValue
from friendshore.optimizer.reporting import costs, investments, shortages
from friendshore.optimizer.reporting.content import Block, Content, Field, Figure, Sheet
from friendshore.optimizer.reporting.frames import BASE, most_rows, tidy
from friendshore.optimizer.wording.counts import counted
from friendshore.optimizer.wording.money import money
from friendshore.optimizer.wording.outcomes import doubt, status_words

KEY_FIELDS = (Field("figure", "Key figure"), Field("value", "Value", "mixed"), Field("unit", "Unit"))
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
    Field("rule", "What must hold"),
)
STOP_FIELDS = (
    Field("asked", "Stop to survive", "number", "months"),
    Field("survived", "Stop survived", "mixed", "months"),
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
    " Stop survived: the longest stop within the limit in every step, what is built and stocked held, at the ends of "
    "steps; 'or more': to the end of the plan."
)
FAILED_NOTE = (
    "Recomputed outside the solver, the plan does not keep these rows to within 1e-6 of their terms. Look at them "
    "before you rely on it."
)
MONTHS = 12
FAILED_FIELDS = (Field("constraint", "What does not hold"),)
PROOF_FIELDS = (Field("item", "About this plan"), Field("value", "Value", "mixed"))
TOLERANCE = 1e-5
NOT_KNOWN = "not known"

EXPECTED = "Expected cost, discounted"
TAIL = "Mean cost of the worst"
PENALTIES = "Penalties for policies not met"
OBJECTIVE = "Objective: cost, risk and penalties together"
BOUND = "Proven lower bound of the objective"
GAP = "Gap between objective and bound"
SPENT = "New capacity on the base plan, price not discounted"
STATUS = "Status"
WORKBOOK = "Workbook"
FINGERPRINT = "Fingerprint of the workbook (SHA-256)"
CERTIFICATE = "Certificate"
RECHECKED = "Rules re-checked"
VIOLATION = "Largest violation found (relative)"
DIFFERENCE = "Objective re-computed, relative difference"
VERSION = "Version of {}"


def key_figures(plan: Plan) -> pd.DataFrame:
    """figure, value, unit: status, cost, risk and how much is built."""
    currency, settings = plan.problem.settings.currency, plan.problem.settings
    built = investments.built(plan)
    spent = float(built.loc[built["scenario"] == BASE, "capex"].sum())
    tail = f"{TAIL} {100 * (1 - settings.cvar_alpha):.3g}% of outcomes"
    rows: list[tuple[str, object, str, str]] = [
        (EXPECTED, plan.expected_cost, currency, "number"),
        (tail, plan.cvar, currency, "number"),
        (PENALTIES, plan.penalties, currency, "number"),
        (OBJECTIVE, plan.objective, currency, "number"),
        ("Weight of risk in the objective", settings.risk_aversion, "% of the objective", "share"),
        (BOUND, _known(plan.run.bound), currency, "number"),
        (GAP, _known(plan.run.gap), "% of the objective", "share"),
        (SPENT, spent, currency, "number"),
    ]
    return tidy(plan, pd.DataFrame(rows, columns=["figure", "value", "unit", "value_kind"]), KEY_FIELDS)


def scorecard(plan: Plan) -> pd.DataFrame:
    """One row for each policy: limit, where the plan stands, slack, price of tightening, state and tightest place."""
    rows = [_score(plan, value) for value in plan.policies]
    fields = score_fields(plan)
    columns = [*(field.key for field in fields), "limit_kind", "value_kind", "slack_kind"]
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
        "value": "not tested" if score.value is None else score.value,
        "value_kind": kind,
        "slack": slack,
        "slack_kind": kind,
        "price": price,
        **_stop(score),
        "unit": declared.unit.words(plan.problem.settings.currency),
        "state": state_of(score),
        "place": place_words(score.policy, score.place),
        "binds": f"{score.binding} of {score.rows}",
    }


def _stop(score: PolicyValue) -> dict[str, object]:
    """Months of the tested stop that were asked for and that are survived."""
    asked = None if score.asked_years is None else MONTHS * score.asked_years
    if score.asked_years is None:
        return {"asked": asked, "survived": None}
    if score.survived_years is None:
        return {"asked": asked, "survived": NOT_KNOWN}
    months = round(MONTHS * score.survived_years, 6)
    return {"asked": asked, "survived": f"{months:g} or more" if score.survived_to_end else months}


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
    """A place without the name of its policy: ``JPN, CHN+MMR, magnet, 2032``."""
    return place.removeprefix(f"{policy}/").replace("/", ", ")


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


def slack_of(score: PolicyValue) -> float:
    """How far the plan is on the right side of the limit; below 0 where it is not met."""
    value = score.limit if score.value is None else score.value
    slack = score.declared.slack(value, score.limit)
    return 0.0 if abs(slack) <= TOLERANCE * max(1.0, abs(score.limit)) else slack


def state_of(score: PolicyValue) -> str:
    """``met``, ``met, at its limit``, ``not met`` or ``nothing to test``."""
    if score.value is None:
        return "nothing to test"
    if score.violation > TOLERANCE or slack_of(score) < 0:
        return "not met"
    return "met, at its limit" if score.binding or slack_of(score) == 0 else "met"


def proof(plan: Plan) -> pd.DataFrame:
    """item, value: status, certificate, the file it came from, versions, time and size."""
    rows = [(item, value, "number") for item, value in (*_origin(plan), *_certificate(plan), *_run(plan))]
    return tidy(plan, pd.DataFrame(rows, columns=["item", "value", "value_kind"]), PROOF_FIELDS)


def failures(plan: Plan) -> pd.DataFrame:
    """constraint: what does not hold when the plan is recomputed; no rows where all does."""
    found = plan.certificate
    rows = [] if found is None or found.holds() else list(found.failures or (found.worst or "the objective",))
    return tidy(plan, pd.DataFrame({"constraint": pd.Series(rows, dtype=str)}), FAILED_FIELDS)


def _origin(plan: Plan) -> Iterator[tuple[str, object]]:
    yield STATUS, status_words(str(plan.run.status), plan.run.stopped)
    yield WORKBOOK, plan.problem.name or NOT_KNOWN
    yield FINGERPRINT, plan.problem.digest or NOT_KNOWN
    yield "Warnings about the workbook", len(plan.problem.warnings)


def _certificate(plan: Plan) -> Iterator[tuple[str, object]]:
    found = plan.certificate
    if found is None:
        yield CERTIFICATE, "not re-checked"
        return
    verdict = (
        "every rule re-checked outside the solver and found to hold"
        if found.holds()
        else "FAILED: not all of this plan holds"
    )
    yield CERTIFICATE, verdict
    yield RECHECKED, found.constraints
    yield VIOLATION, f"{found.max_violation:.1e}"
    yield "Where it was found", found.worst or "nowhere"
    yield DIFFERENCE, f"{found.objective_difference:.1e}"


def _run(plan: Plan) -> Iterator[tuple[str, object]]:
    size = plan.run.size
    for name, version in plan.run.versions.items():
        yield VERSION.format(name), version
    for phase, seconds in plan.run.seconds.items():
        yield f"Time, {phase} (seconds)", float(seconds)
    yield (
        "Model",
        f"{size.rows:,} rows, {size.columns:,} columns ({size.integers:,} whole-number), {size.nonzeros:,} nonzeros",
    )
    yield "Scenario tree", f"{counted(size.scenarios, 'path')}, {counted(size.nodes, 'step')} in time"


def _head(frame: pd.DataFrame, most: int) -> pd.DataFrame:
    shown = frame.head(most)
    shown.attrs = frame.attrs
    return shown


def _known(value: float | None) -> object:
    return NOT_KNOWN if value is None else value


def _headline(plan: Plan) -> str:
    cost = f"Expected cost {money(plan.expected_cost, plan.problem.settings.currency)}"
    missed = sum(state_of(score) == "not met" for score in plan.policies)
    kept = (
        f"{len(plan.policies) - missed} of {counted(len(plan.policies), 'policy', 'policies')} met"
        if plan.policies
        else ""
    )
    return (
        ". ".join(
            part
            for part in (
                status_words(str(plan.run.status), plan.run.stopped),
                doubt(str(plan.run.status), plan.run.gap).rstrip("."),
                cost,
                shortages.worst_words(plan),
                kept,
            )
            if part
        )
        + "."
    )


def content(plan: Plan) -> Content:
    """What the sheet says."""
    short, _ = most_rows(shortages.by_scenario(plan))
    failed = failures(plan)
    left: list[Figure | Block] = [
        *([Block("Not_certified", "Not certified", failed, FAILED_FIELDS, FAILED_NOTE)] if len(failed) else []),
        Block("Key_figures", "Key figures", key_figures(plan), KEY_FIELDS),
        costs.kind_figure(plan, "Summary_costs"),
    ]
    if plan.policies:
        note = (
            "Price: what one unit more of safety costs at the margin, with what is built unchanged; blank: not known."
        )
        if len(score_fields(plan)) > len(SCORE_FIELDS):
            note += STOP_NOTE
        left.append(Block("Scorecard", "Resilience scorecard", scorecard(plan), score_fields(plan), note))
    binds = where_they_bind(plan)
    if len(binds):
        note = BIND_NOTE if len(binds) <= MOST_BINDS else f"{BIND_NOTE} The {MOST_BINDS} dearest of {len(binds)}."
        left.append(Block("Where_policies_bind", "Where policies bind", _head(binds, MOST_BINDS), BIND_FIELDS, note))
    if any(score.step is not None for score in plan.policies):
        left.append(
            Block("Step_prices", "Price of resilience, solved again", step_prices(plan), STEP_FIELDS, STEP_NOTE)
        )
    worst = shortages.share_figure(plan, "Summary_worst", most=8)
    left.extend([worst] if worst else [])
    note = "" if len(short) else "No scenario leaves any demand unmet."
    left.append(
        Block("Summary_shortages", "Shortages, over each scenario's own years", short, shortages.SUM_FIELDS, note)
    )
    left.append(Block("About", "How far to trust it", proof(plan), PROOF_FIELDS))
    return Content(_headline(plan), (), tuple(left))


SHEET = Sheet("Plan Summary", content)

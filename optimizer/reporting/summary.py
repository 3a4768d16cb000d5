"""Plan Summary: the plan on one page: what it costs, what it withstands, what goes short, and how far to trust it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

import pandas as pd

from friendshore.models.plan import Plan
from friendshore.optimizer.reporting import (
    baselines,
    benefits,
    closings,
    costs,
    decisions,
    investments,
    outlook,
    promises,
    settled,
    shortfalls,
    stockpiles,
    undecided,
)
from friendshore.optimizer.reporting.content import Block, Content, Field, Figure, Sheet
from friendshore.optimizer.reporting.frames import BASE, tidy, within_the_plan
from friendshore.optimizer.reporting.named import names_of
from friendshore.optimizer.reporting.readable_money import readable_block, readable_figure
from friendshore.optimizer.reporting.scorecard import (
    BIND_FIELDS,
    BIND_NOTE,
    MOST_BINDS,
    NOT_KNOWN,
    SCORE_FIELDS,
    STEP_FIELDS,
    STEP_NOTE,
    STOP_NOTE,
    score_fields,
    scorecard,
    step_prices,
    where_they_bind,
)
from friendshore.optimizer.wording.counts import counted
from friendshore.optimizer.wording.money import money
from friendshore.optimizer.wording.outcomes import doubt, status_words

KEY_FIELDS = (Field("figure", "Key figure"), Field("value", "Value", "mixed"), Field("unit", "Unit"))
FAILED_NOTE = (
    "Recomputed outside the solver, the plan does not keep these rows to within 1e-6 of their terms. Look at them "
    "before you rely on it."
)
FAILED_FIELDS = (Field("constraint", "What does not hold"),)
PROOF_FIELDS = (Field("item", "About this plan"), Field("value", "Value", "mixed"))

EXPECTED = "Expected cost, discounted"
LOOK_AHEAD = "Expected cost of the look-ahead periods, apart"
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
BY_PRICES = "Bound of the objective that prices prove, recomputed outside the solver"
VERSION = "Version of {}"
GAP_ASKED = "Asked: relative gap"
TIME_LIMIT = "Asked: longest search (seconds)"
THREADS = "Asked: threads of the solver"
SEED = "Asked: random seed"
METHOD = "Asked: method"
SETTLE = "Asked: choices to settle"
BEGUN = "Begun from an earlier run"
NO_LIMIT = "no limit"
MOST_SHORT = 12
MOST_LATER = 12
MORE_NOTE = (
    "The scorecard in numbers stands to the right and is not printed. Certificate, versions and times stand on Plan "
    "Log."
)
OWN_CHOICE = "its own choice"


def key_figures(plan: Plan) -> pd.DataFrame:
    """figure, value, unit: status, cost, risk and how much is built."""
    currency, settings = plan.problem.settings.currency, plan.problem.settings
    built = investments.built(plan)
    decided = within_the_plan(plan, built)
    spent = float(decided.loc[decided["scenario"] == BASE, "capex"].sum())
    beyond = costs.look_ahead_cost(plan)
    tail = f"{TAIL} {100 * (1 - settings.cvar_alpha):.3g}% of outcomes"
    rows: list[tuple[str, object, str, str]] = [
        (EXPECTED, costs.planned_cost(plan), currency, "number"),
        *([] if beyond is None else [(LOOK_AHEAD, beyond, currency, "number")]),
        (tail, plan.cvar, currency, "number"),
        (PENALTIES, plan.penalties, currency, "number"),
        (OBJECTIVE, plan.objective, currency, "number"),
        ("Weight of risk in the objective", settings.risk_aversion, "% of the objective", "share"),
        (BOUND, _known(plan.run.bound), currency, "number"),
        (GAP, _known(plan.run.gap), "% of the objective", "share"),
        (SPENT, spent, currency, "number"),
    ]
    return tidy(plan, pd.DataFrame(rows, columns=["figure", "value", "unit", "value_kind"]), KEY_FIELDS)


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
    if plan.run.dual_bound is not None:
        yield BY_PRICES, plan.run.dual_bound


def _run(plan: Plan) -> Iterator[tuple[str, object]]:
    size = plan.run.size
    for name, version in plan.run.versions.items():
        yield VERSION.format(name), version
    asked = plan.run.options
    if asked is not None:
        yield GAP_ASKED, asked.gap
        yield TIME_LIMIT, NO_LIMIT if asked.time_limit is None else asked.time_limit
        yield THREADS, OWN_CHOICE if asked.threads is None else asked.threads
        yield SEED, asked.seed
        yield METHOD, asked.method
        if asked.settle:
            yield SETTLE, "; ".join(asked.settle)
        if asked.begun:
            yield BEGUN, "yes"
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


def decision_tables(plan: Plan) -> dict[str, pd.DataFrame]:
    """The tables of the plan sheets from which its decisions are read."""
    closed = {block.name: block.frame for block in closings.blocks(plan)}
    return {
        "Investments": investments.built(plan),
        "Protections_bought": investments.protections(plan),
        "Stockpiles": stockpiles.levels(plan),
        **closed,
    }


def _decision_blocks(plan: Plan) -> Iterator[Block]:
    """What to decide now; what can wait, and until when."""
    found = decisions.decisions(plan.problem, decision_tables(plan))
    now, later = decisions.now_and_later(found)
    first = plan.problem.periods[0].period
    told = decisions.table(plan.problem, now)
    note = "" if len(now) else "Nothing has to be decided in the first period."
    yield Block("Decide_now", f"Decide now, in {first}", told, decisions.FIELDS, note)
    if later:
        shown = decisions.table(plan.problem, later[:MOST_LATER])
        yield Block("Can_wait", "What can wait, and until when", shown, decisions.FIELDS, _cut(later))


def _cut(later: Sequence[decisions.Decision]) -> str:
    return (
        f"The first {MOST_LATER} of {len(later):,}; all stand on Plan Investments." if len(later) > MOST_LATER else ""
    )


def _headline(plan: Plan, short: pd.DataFrame) -> str:
    cost = f"Expected cost {money(costs.planned_cost(plan), plan.problem.settings.currency)}"
    kept = promises.kept_words(plan)
    return (
        ". ".join(
            part
            for part in (
                status_words(str(plan.run.status), plan.run.stopped),
                doubt(str(plan.run.status), plan.run.gap).rstrip("."),
                cost,
                shortfalls.worst_words(plan, short),
                kept,
            )
            if part
        )
        + "."
    )


def content(plan: Plan) -> Content:
    """What the sheet says: what to decide, what it buys and costs, who pays, what is promised, what may go short."""
    failed, short = failures(plan), shortfalls.shortfalls(plan)
    held_against, currency = baselines.figure(plan), plan.problem.settings.currency
    left: list[Figure | Block] = [
        *([Block("Not_certified", "Not certified", failed, FAILED_FIELDS, FAILED_NOTE)] if len(failed) else []),
        *_decision_blocks(plan),
        *([readable_figure(held_against, currency)] if held_against else []),
        readable_figure(costs.kind_figure(plan, "Summary_costs"), currency),
        *_payers(plan),
        *([promises.block(plan)] if plan.policies else []),
        *_shortages(plan, short),
        *filter(None, (settled.block(plan),)),
        outlook.block(plan),
        Block("Key_figures", "Key figures", key_figures(plan), KEY_FIELDS),
    ]
    net = benefits.sentences(plan.problem, plan.baselines, benefits.table(plan))
    said = (*baselines.sentences(plan.problem, plan.baselines), *net, shortfalls.without_disruption(plan, short))
    notes = (*said, undecided.sentence_of(plan), MORE_NOTE)
    told = tuple(note for note in notes if note)
    return Content(_headline(plan, short), told, tuple(left), tuple(_scores(plan)), brief=True)


def _payers(plan: Plan) -> Iterator[Block]:
    """Who pays first, and what each gets for it."""
    names, first = names_of(plan.problem), costs.payer_block(plan, "Summary_payers")
    called = first.frame.assign(payer=[names.of("Countries", str(payer)) for payer in first.frame["payer"]])
    called.attrs = first.frame.attrs
    yield readable_block(dataclasses.replace(first, frame=called), plan.problem.settings.currency)
    net = benefits.readable(plan)
    yield from [net] if net else []


def _scores(plan: Plan) -> Iterator[Block]:
    """The scorecard in numbers, where policies bind, and what a step of them costs."""
    if plan.policies:
        note = (
            "Price: what one unit more of safety costs at the margin, with what is built unchanged; blank: not known."
        )
        if len(score_fields(plan)) > len(SCORE_FIELDS):
            note += STOP_NOTE
        yield Block("Scorecard", "Resilience scorecard", scorecard(plan), score_fields(plan), note)
    binds = where_they_bind(plan)
    if len(binds):
        note = BIND_NOTE if len(binds) <= MOST_BINDS else f"{BIND_NOTE} The {MOST_BINDS} dearest of {len(binds)}."
        yield Block("Where_policies_bind", "Where policies bind", _head(binds, MOST_BINDS), BIND_FIELDS, note)
    if any(score.step is not None for score in plan.policies):
        yield Block("Step_prices", "Price of resilience, solved again", step_prices(plan), STEP_FIELDS, STEP_NOTE)


def _shortages(plan: Plan, worst: pd.DataFrame) -> Iterator[Figure | Block]:
    """What goes short, the worst step first, as bars and as a table."""
    drawn = shortfalls.figure(plan, worst, "Summary_worst", most=8)
    yield from [drawn] if drawn else []
    note = shortfalls.NOTE if len(worst) else "No scenario leaves any demand unmet."
    if len(worst) > MOST_SHORT:
        note += f" The first {MOST_SHORT} of {len(worst):,}; all stand on Plan Shortages."
    told = shortfalls.brief(plan, worst.head(MOST_SHORT))
    yield Block("Summary_shortages", "Who is short of what, worst step first", told, shortfalls.BRIEF_FIELDS, note)


SHEET = Sheet("Plan Summary", content)

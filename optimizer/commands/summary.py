"""What a planner reads at the end of ``solve``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from friendshore.optimizer.commands.plan_json import bought, investments, shortages

if TYPE_CHECKING:
    from friendshore.models.plan import Certificate, Outcome, Plan, PolicyValue, Run

LINES = 6


def headline(run: Run) -> str:
    """How it ended, in a sentence."""
    gap = "by an unknown gap" if run.gap is None else f"at most {run.gap:.2%}"
    words = {
        "optimal": f"Optimal: no plan is cheaper by more than {run.gap or 0:.3%}.",
        "feasible": f"{_stop(run)} with a plan, {gap} above the cheapest there is.",
        "infeasible": "Infeasible: no plan can satisfy the workbook. Give policies a penalty, or ease their limits.",
        "unbounded": "Unbounded: cost falls without end. Look for negative costs or a salvage above all costs.",
        "no_plan": f"{_stop(run)} before a plan was found.",
    }
    return words.get(str(run.status), str(run.status))


def _stop(run: Run) -> str:
    stops = {"time limit": "Stopped by the time limit", "interrupted": "Interrupted"}
    return stops.get(run.stopped, "Ended")


def summary(outcome: Outcome, path: str | None) -> Iterator[str]:
    """The lines of the summary."""
    yield headline(outcome.run)
    plan = outcome.plan
    if plan is None:
        return
    currency = plan.problem.settings.currency
    yield ""
    yield f"Objective      {money(plan.objective, currency)}"
    yield f"Expected cost  {money(plan.expected_cost, currency)}"
    if outcome.gap is not None:
        yield f"Gap            {outcome.gap:.3%}"
    yield from _section("Built", list(_built(plan)), "nothing")
    yield from _section("Worst shortages", list(_short(plan)), "none")
    tested = [row for row in plan.policies if row.survived_years is not None]
    if tested:
        yield from _section("Stops survived", [_survived(row) for row in tested], "none")
    yield from _section("Policies that bind", [_policy(row, currency) for row in plan.policies if _binds(row)], "none")
    yield "  (prices at the margin, with what is built unchanged)"
    yield ""
    if plan.certificate is not None:
        yield _certificate(plan.certificate)
    if path is not None:
        yield f"Plan: {path}"


def money(amount: float, currency: str) -> str:
    """An amount with thousands separators and its currency."""
    return f"{amount:,.0f} {currency}" if abs(amount) >= 1000 else f"{amount:,.2f} {currency}"


def _section(title: str, lines: list[str], nothing: str) -> Iterator[str]:
    yield ""
    yield f"{title}: {nothing}" if not lines else f"{title}:"
    yield from (f"  {line}" for line in lines[:LINES])
    if len(lines) > LINES:
        yield f"  and {len(lines) - LINES} more"


def _built(plan: Plan) -> Iterator[str]:
    for row in investments(plan):
        where = "" if row["scenario"] == "base" else f", after {row['scenario']}"
        yield f"{row['expansion']}: {row['units']:,.6g} in {row['period']}{where}"
    yield from (f"{name}: bought" for name in bought(plan))


def _short(plan: Plan) -> Iterator[str]:
    for row in sorted(shortages(plan), key=lambda row: -float(row["share"])):
        yield f"{row['scenario']}: {row['commodity']} ({row['tier']}) {row['quantity']:,.6g} short, {row['share']:.1%}"


def _survived(row: PolicyValue) -> str:
    years, asked = row.survived_years or 0.0, row.asked_years or 0.0
    words = (
        f"{row.policy}: {12 * years:.4g} months{' or more' if row.survived_to_end else ''} of {12 * asked:.4g} asked"
    )
    return words + (f" (not longer without {' and '.join(row.weakest)})" if row.weakest else "")


def _binds(row: PolicyValue) -> bool:
    return row.binding > 0 or row.violation > 0


def _policy(row: PolicyValue, currency: str) -> str:
    from friendshore.optimizer.reporting.words import policy_words  # noqa: PLC0415 - --help loads no library

    told = policy_words(row.kind)
    words = f"{row.policy} ({row.kind}): limit {row.limit:,.6g}"
    if row.violation > 0:
        words += f", violated by {row.violation:,.6g}"
    if row.shadow_price is not None:
        unit = told.unit.format(currency=currency)
        unit = unit if unit[0].isdigit() else f"one {unit}"
        words += f"; {unit} tighter costs {money(row.shadow_price * told.step, currency)}"
    if row.step is not None and row.step_price is not None:
        low, high = row.step_price
        between = money(low, currency), money(high, currency)
        cost = between[0] if between[0] == between[1] else " to ".join(between)
        words += f"; solved again {row.step:,.4g} tighter: {cost}"
    return words + (f"; {row.step_note}" if row.step_note else "")


def _certificate(certificate: Certificate) -> str:
    return (
        f"Certificate: {certificate.constraints:,} constraints recomputed outside the solver, worst violation "
        f"{certificate.max_violation:.1e}, objective off by {certificate.objective_difference:.1e}."
    )

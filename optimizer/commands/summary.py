"""What a planner reads at the end of ``solve``."""
# ruff: noqa: PLC0415 - the rooms of reporting are loaded when there is a plan

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from friendshore.optimizer.commands.schema.outcome import investments, protections_bought, shortages
from friendshore.optimizer.wording import outcomes
from friendshore.optimizer.wording.durations import months
from friendshore.optimizer.wording.money import money, money_between
from friendshore.optimizer.wording.names import BASE, Names
from friendshore.optimizer.wording.numbers import precise
from friendshore.optimizer.wording.shares import gap_words, percent

if TYPE_CHECKING:
    from friendshore.models.plan import Certificate, Outcome, Plan, PolicyValue, Run

LINES = 6


def headline(run: Run) -> str:
    """How a solve ended, in a sentence."""
    return outcomes.headline(str(run.status), run.stopped, run.gap)


def summary(outcome: Outcome, path: str | None) -> Iterator[str]:
    """The lines of the summary."""
    yield headline(outcome.run)
    plan = outcome.plan
    if plan is None:
        return
    from friendshore.optimizer.reporting import baselines, undecided
    from friendshore.optimizer.reporting.costs import look_ahead_cost, planned_cost

    currency, names = plan.problem.settings.currency, Names(plan.problem.names)
    if plan.certificate is not None and not plan.certificate.holds():
        failed = list(plan.certificate.failures or ("the objective",))
        yield from _section("Does not hold when it is recomputed", failed, "nothing")
    yield ""
    yield f"Objective      {money(plan.objective, currency)}"
    yield f"Expected cost  {money(planned_cost(plan), currency)}"
    beyond = look_ahead_cost(plan)
    if beyond is not None:
        yield f"Look-ahead     {money(beyond, currency)}, apart"
    if outcome.gap is not None:
        yield f"Gap            at most {gap_words(outcome.gap)}"
    held_against = [*baselines.sentences(plan.problem, plan.baselines), undecided.sentence_of(plan)]
    yield from ("", *(line for line in held_against if line))
    yield from _section("Built", list(_built(plan)), "nothing")
    yield from _section("Worst shortages", list(_short(plan)), "none")
    tested = [row for row in plan.policies if row.survived_years is not None]
    if tested:
        yield from _section("Stops survived", [_survived(row, names) for row in tested], "none")
    failed = [
        f"{names.with_id('Policies', row.policy)}: {', '.join(map(stop_words, row.unsurvived))}"
        for row in plan.policies
        if row.unsurvived
    ]
    if failed:
        yield from _section("Stops not survived yet, as the search was stopped", failed, "none")
    binding = [_policy(row, currency, names) for row in plan.policies if _binds(row)]
    yield from _section("Policies that bind", binding, "none")
    yield "  (prices at the margin, with what is built unchanged)"
    yield ""
    if plan.certificate is not None:
        yield _certificate(plan.certificate)
    if path is not None:
        yield f"Plan: {path}"


def _section(title: str, lines: list[str], nothing: str) -> Iterator[str]:
    yield ""
    yield f"{title}: {nothing}" if not lines else f"{title}:"
    yield from (f"  {line}" for line in lines[:LINES])
    if len(lines) > LINES:
        yield f"  and {len(lines) - LINES} more"


def _built(plan: Plan) -> Iterator[str]:
    from friendshore.optimizer.saved.decisions import closings_of

    names = Names(plan.problem.names)
    for row in investments(plan):
        where = "" if row.scenario == BASE else f", after {names.path(row.scenario)}"
        yield f"{names.with_id('Expansions', row.expansion)}: {precise(row.units)} in {row.period}{where}"
    yield from (f"{names.with_id('Protections', name)}: bought" for name in protections_bought(plan))
    closed = closings_of(plan)
    yield from (f"{names.with_id('Plants', name)}: closed from {period} on" for name, period in closed.items())


def _short(plan: Plan) -> Iterator[str]:
    names = Names(plan.problem.names)
    for row in sorted(shortages(plan), key=lambda row: -row.share):
        short = f"{precise(row.quantity)} short, {percent(row.share)}"
        good = names.with_id("Commodities", row.commodity)
        yield f"{names.path(row.scenario)}: {good} ({row.tier}) {short}"


def _survived(row: PolicyValue, names: Names) -> str:
    years, asked = row.survived_years or 0.0, row.asked_years or 0.0
    more = " or more" if row.survived_to_end else ""
    policy = names.with_id("Policies", row.policy)
    words = f"{policy}: {months(years)} months{more} of {months(asked)} asked"
    if not row.weakest:
        return words
    weakest = " and ".join(names.of("Plants", each) for each in row.weakest)
    return f"{words} (not longer without {weakest} from {row.worst_onset} on)"


def stop_words(branch: str) -> str:
    """A tested stop in words.

    Examples
    --------
    >>> stop_words("survive_china/CHN@2030")
    'CHN from 2030'
    """
    return branch.partition("/")[2].replace("+", " and ").replace("@", " from ")


def _binds(row: PolicyValue) -> bool:
    return row.binding > 0 or row.violation > 0


def _policy(row: PolicyValue, currency: str, names: Names) -> str:
    limit_unit = row.declared.unit
    words = f"{names.with_id('Policies', row.policy)} ({row.kind}): limit {precise(row.limit)}"
    if row.violation > 0:
        words += f", violated by {precise(row.violation)}"
    if row.shadow_price is not None:
        unit = limit_unit.words(currency)
        unit = unit if unit[0].isdigit() else f"one {unit}"
        words += f"; {unit} tighter costs {money(row.shadow_price * limit_unit.step, currency)}"
    if row.step is not None and row.step_price is not None:
        words += f"; solved again {precise(row.step)} tighter: {money_between(*row.step_price, currency)}"
    return words + (f"; {row.step_note}" if row.step_note else "")


def _certificate(certificate: Certificate) -> str:
    return (
        f"Certificate: {certificate.constraints:,} constraints recomputed outside the solver, worst violation "
        f"{certificate.max_violation:.1e}, objective off by {certificate.objective_difference:.1e}."
    )

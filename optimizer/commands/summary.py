"""What a planner reads at the end of ``solve``."""
# ruff: noqa: PLC0415 - the rooms of reporting are loaded when there is a plan

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from friendshore.optimizer.wording import outcomes
from friendshore.optimizer.wording.durations import in_months, months
from friendshore.optimizer.wording.money import money
from friendshore.optimizer.wording.names import Names
from friendshore.optimizer.wording.numbers import precise
from friendshore.optimizer.wording.shares import gap_words

if TYPE_CHECKING:
    from friendshore.models.plan import Outcome, Plan, PolicyValue, Run


@dataclass(frozen=True)
class Lengths:
    """How many of what is to be decided ``now`` are told, and of every other list; the rest is counted."""

    now: int = 4
    other: int = 2


SHORTER = (Lengths(), Lengths(3, 1), Lengths(2, 1), Lengths(2, 0), Lengths(1, 0))
"""What is tried until all of it stands on a screen."""

_SAME = 1e-9
"""Of an amount: what arithmetic leaves of a difference."""


def headline(run: Run) -> str:
    """How a solve ended, in a sentence."""
    return outcomes.headline(str(run.status), run.stopped, run.gap)


def found(plan: Plan) -> str:
    """What has been found, while it is held against baselines and written."""
    cost = money(plan.expected_cost, plan.problem.settings.currency)
    ahead = ", look-ahead included" if any(period.look_ahead for period in plan.problem.periods) else ""
    return f"Found a plan: expected cost {cost}{ahead}. {headline(plan.run)}"


def on_a_screen(outcome: Outcome, path: str | None, columns: int, rows: int) -> list[str]:
    """The lines of the summary, lists as short as it takes to stand on a screen with the prompt beneath.

    Parameters
    ----------
    outcome, path
        As for ``summary``.
    columns, rows
        Of the screen.

    Returns
    -------
    list of str
        Without blank lines where nothing else helps, which may still be too much.
    """
    told: list[str] = []
    for lengths in SHORTER:
        told = list(summary(outcome, path, lengths))
        if sum(-(-max(1, len(line)) // max(1, columns)) for line in told) < rows:
            return told
    return [line for line in told if line]


def summary(outcome: Outcome, path: str | None, lengths: Lengths = SHORTER[0]) -> Iterator[str]:
    """The lines of the summary.

    Parameters
    ----------
    outcome
        What the search came to.
    path
        Where the plan is; None: it was not written.
    lengths
        How many of each list are told.

    Yields
    ------
    str
        A line, however long.
    """
    yield headline(outcome.run)
    plan = outcome.plan
    if plan is None:
        return
    names = Names(plan.problem.names)
    if plan.certificate is not None and not plan.certificate.holds():
        failed = list(plan.certificate.failures or ("the objective",))
        yield from _section("Does not hold when it is recomputed", failed, "nothing", lengths.now)
    yield from _decisions(plan, lengths)
    yield ""
    yield from _costs(plan, outcome)
    yield from _settled(plan, lengths)
    yield from _section("Worst shortages", list(_short(plan)), "none", lengths.other)
    tested = [row for row in plan.policies if row.survived_years is not None]
    if tested:
        yield from _section("Stops survived", [_survived(row, names) for row in tested], "none", lengths.other)
    failed = [
        f"{names.with_id('Policies', row.policy)}: {', '.join(map(stop_words, row.unsurvived))}"
        for row in plan.policies
        if row.unsurvived
    ]
    if failed:
        yield from _section("Stops not survived yet, as the search was stopped", failed, "none", lengths.other)
    currency = plan.problem.settings.currency
    binding = [_policy(row, currency, names) for row in plan.policies if _binds(row)]
    if binding:
        yield from _section(
            "Policies that bind (prices at the margin, with what is built unchanged, unless solved again)",
            binding,
            "none",
            lengths.other,
        )
    if path is not None:
        yield ""
        yield f"Plan: {path} (look first at its sheet Plan Summary)"


def _decisions(plan: Plan, lengths: Lengths) -> Iterator[str]:
    """What is to be decided now, and what can wait until when."""
    from friendshore.optimizer.reporting.decisions import by_when, decisions, now_and_later
    from friendshore.optimizer.reporting.summary import decision_tables

    now, later = now_and_later(decisions(plan.problem, decision_tables(plan)))
    first = plan.problem.periods[0].period
    yield from _section(f"Decide now, in {first}", [each.words for each in now], "nothing", lengths.now)
    if later:
        waiting = [f"until {by_when(plan.problem, each)}: {each.words}" for each in later]
        yield from _section("Can wait", waiting, "nothing", lengths.other)


def _costs(plan: Plan, outcome: Outcome) -> Iterator[str]:
    """What it costs, how near that is to the best, and what it is held against."""
    from friendshore.optimizer.reporting import baselines, undecided
    from friendshore.optimizer.reporting.costs import look_ahead_cost, planned_cost

    currency = plan.problem.settings.currency
    yield f"Expected cost  {money(planned_cost(plan), currency)}"
    if abs(plan.objective - plan.expected_cost) > _SAME * abs(plan.objective):
        yield f"Objective      {money(plan.objective, currency)}, with the weight of risk and penalties"
    beyond = look_ahead_cost(plan)
    if beyond is not None:
        yield f"Look-ahead     {money(beyond, currency)}, apart"
    if outcome.gap is not None:
        yield f"Gap            at most {gap_words(outcome.gap)}"
    yield from baselines.sentences(plan.problem, plan.baselines)
    yield from filter(None, (undecided.sentence_of(plan),))


def _settled(plan: Plan, lengths: Lengths) -> Iterator[str]:
    """What was held in and out, and what that proves."""
    from friendshore.optimizer.reporting.settled import words

    asked = plan.run.options
    if asked is not None and asked.settle:
        told = [words(each, plan.problem) for each in plan.settled]
        yield from _section(
            "Settled by holding it in and out", told, "no choice on offer costs less than the gap", lengths.now
        )


def _section(title: str, lines: list[str], nothing: str, most: int) -> Iterator[str]:
    yield ""
    if lines and not most:
        yield f"{title}: {len(lines)}"
        return
    yield f"{title}: {nothing}" if not lines else f"{title}:"
    yield from (f"  {line}" for line in lines[:most])
    if len(lines) > most:
        yield f"  and {len(lines) - most} more"


def _short(plan: Plan) -> Iterator[str]:
    from friendshore.optimizer.reporting.shortfalls import shortfalls, words

    rows = shortfalls(plan)
    yield from (words(plan, row) for _, row in rows.iterrows())


def _survived(row: PolicyValue, names: Names) -> str:
    years, asked = row.survived_years or 0.0, row.asked_years or 0.0
    more = " or more" if row.survived_to_end else ""
    policy = names.with_id("Policies", row.policy)
    words = f"{policy}: {in_months(years)}{more} of {months(asked)} asked"
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
    from friendshore.optimizer.reporting.promises import margin_words, step_words

    words = f"{names.with_id('Policies', row.policy)} ({row.kind}): limit {precise(row.limit)}"
    if row.violation > 0:
        words += f", violated by {precise(row.violation)}"
    if row.step is not None:
        return f"{words}; {step_words(row, currency)}"
    if row.shadow_price is not None:
        words += f"; {margin_words(row, currency)}"
    return words

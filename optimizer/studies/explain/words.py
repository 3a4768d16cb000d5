"""The explanation in sentences: what command, workbook and JSON say alike."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.findings import Finding
from friendshore.models.plan.baselines import Interval
from friendshore.models.tables import Policy
from friendshore.optimizer.answer.elastic import Demand
from friendshore.optimizer.studies.explain.edits import asked, own_name, row_of
from friendshore.optimizer.studies.explain.explanation import Explanation
from friendshore.optimizer.studies.explain.held import TRICKLE
from friendshore.optimizer.studies.explain.prices import PRICE
from friendshore.optimizer.studies.explain.relaxing import Change
from friendshore.optimizer.studies.explain.repairs import Repair
from friendshore.optimizer.studies.explain.targets import Target
from friendshore.optimizer.studies.explain.why import Difference, Why
from friendshore.optimizer.studies.explain.worth_building import WorthBuilding
from friendshore.optimizer.wording.costs import cost_words
from friendshore.optimizer.wording.counts import counted, listed
from friendshore.optimizer.wording.money import money, money_between
from friendshore.optimizer.wording.names import Names, capital
from friendshore.optimizer.wording.numbers import precise
from friendshore.optimizer.wording.shares import percent
from friendshore.optimizer.workbook.locate import located

MOST_SHOWN = 6
"""Differences between two plans that are told, of each kind."""


def cell_of(study: Explanation, sheet: str, row: int, column: str) -> str:
    """Where a cell is.

    Parameters
    ----------
    study
        Whose workbook is meant.
    sheet, row, column
        Name of the sheet, number of the row, name of the column.

    Returns
    -------
    str
        ``Policies!D4``, or the sheet with the number of the row where its column is not known.
    """
    (found,) = located((Finding("FS601", "error", sheet, "", row, column),), study.problem)
    return found.place


def _row_words(study: Explanation, sheet: str, id: str) -> str:
    """A row as the plan calls it."""
    return Names(study.problem.names).words(sheet, id)


def demand_words(study: Explanation, demand: Demand) -> str:
    """A row that demands something, with its cell: ``civil floor (Policies!C4, limit 25%)``."""
    name = own_name(demand.sheet, row_of(study.problem, demand.sheet, demand.row))
    called = _row_words(study, demand.sheet, name) if name else f"row {demand.row}"
    where = cell_of(study, demand.sheet, demand.row, demand.column)
    return f"{called} ({where}, {demand.column} {value_words(study, demand, asked(study.problem, demand))})"


def value_words(study: Explanation, demand: Demand, value: float) -> str:
    """A number in the cell of a demand as people read it.

    Parameters
    ----------
    study
        Whose workbook is meant.
    demand
        Whose cell it stands in.
    value
        The number.

    Returns
    -------
    str
        ``46%`` for a share.
    """
    row = row_of(study.problem, demand.sheet, demand.row)
    if isinstance(row, Policy) and row.declared.unit.percent:
        return f"{100 * value:.6g}%"
    return precise(value)


def change_words(study: Explanation, change: Change) -> str:
    """What gives way: ``Policies!D4, civil floor: limit 40% -> 46%``."""
    demand = change.demand
    name = own_name(demand.sheet, row_of(study.problem, demand.sheet, demand.row))
    where = cell_of(study, demand.sheet, demand.row, demand.column)
    told = f"{where}, {_row_words(study, demand.sheet, name)}" if name else where
    if change.after is None:
        return f"{told}: left out" if demand.sheet == "Policies" else f"{told}: {demand.column} 0"
    before, after = (value_words(study, demand, value) for value in (change.before, change.after))
    return f"{told}: {demand.column} {before} -> {after}"


def repair_words(study: Explanation, repair: Repair) -> str:
    """A repair with its price."""
    changes = " and ".join(change_words(study, change) for change in repair.changes)
    price = "" if repair.more is None else f", + {between(repair.more, study.currency)}"
    return f"{changes}{price}; the plan then costs {between(repair.cost, study.currency)}"


def between(amount: Interval, currency: str) -> str:
    """An amount of money, as an interval where it is not known but for a gap."""
    low, high = amount.ends
    return money(high, currency) if low == high else money_between(low, high, currency)


# -- lines ------------------------------------------------------------------------------------------------------------


def lines(study: Explanation) -> Iterator[str]:
    """What a planner reads."""
    yield opening(study)
    if study.conflicts is not None:
        yield from _conflict_lines(study)
    if study.why is not None:
        yield ""
        yield from why_lines(study, study.why)
    if study.worth is not None:
        yield ""
        yield from worth_lines(study, study.worth)
    if study.stopped:
        yield f"Stopped ({study.stopped}): this is what was known by then."


def opening(study: Explanation) -> str:
    """The finding in a sentence."""
    if study.has_plan is None:
        return "Whether a plan can satisfy the workbook is not known yet."
    if not study.has_plan:
        count = len(study.conflicts.conflicts) if study.conflicts is not None else 0
        all_ = "" if study.conflicts is not None and study.conflicts.complete else " so far"
        return f"No plan can satisfy the workbook: {counted(count, 'smallest set')} of rows that clash{all_}."
    if study.cost is None:
        return "A plan can satisfy the workbook: no rows clash. --why NAME and --what-would-it-take NAME ask about it."
    return f"The plan costs {between(study.cost, study.currency)}."


def _conflict_lines(study: Explanation) -> Iterator[str]:
    found = study.conflicts
    if found is None or not found.conflicts:
        return
    yield ""
    yield "These cannot hold together; leave any one of a set out, and the rest of the set can:"
    for number, rows in enumerate(found.conflicts, 1):
        told = [demand_words(study, found.demands[i]) for i in sorted(rows)]
        said = " with ".join(told) if len(told) > 1 else f"{told[0]}, by itself"
        yield f"  {number}. {capital(said)}"
    if study.repairs:
        yield ""
        yield "Cheapest repairs, the least change that will do, beside a plan with none of the rows that clash:"
        yield from (f"  {number}. {repair_words(study, one)}" for number, one in enumerate(study.repairs, 1))


def why_lines(study: Explanation, why: Why) -> Iterator[str]:
    """Why the plan uses something, or not."""
    yield why_finding(study, why)
    yield from (f"  {difference_words(study, one)}" for one in shown(why))
    yield from (f"  {place}" for place in _forbidding(study, why))


def _forbidding(study: Explanation, why: Why) -> Iterator[str]:
    """The rows that leave no other plan, each with its cell."""
    for finding in why.forbidden:
        if finding.row:
            yield f"{cell_of(study, finding.sheet, finding.row, finding.column)}: {_named(study, finding)}"


def why_told(study: Explanation, why: Why) -> str:
    """The answer in a sentence that stands by itself: with the rows that leave no other plan."""
    places = list(_forbidding(study, why))
    finding = why_finding(study, why)
    return f"{finding} {listed(places, 6)}." if places else finding


def _named(study: Explanation, finding: Finding) -> str:
    """The row that a finding is about with what it asks, as the plan calls it."""
    told = finding.message.partition(" cannot ")[0]
    name = own_name(finding.sheet, row_of(study.problem, finding.sheet, finding.row))
    if not name or not told.startswith(f"{name} "):
        return told
    return _row_words(study, finding.sheet, name) + told.removeprefix(name)


def target_words(study: Explanation, target: Target) -> str:
    """What was asked about, as the plan calls it."""
    return _row_words(study, target.sheet, target.id) if target.id else target.words


def why_finding(study: Explanation, why: Why) -> str:
    """The answer in a sentence."""
    called = target_words(study, why.target)
    rule = why.target.sheet == "Policies"
    begin = f"{capital(called)} is asked for" if rule else f"The plan {'uses' if why.used else 'does not use'} {called}"
    if not why.possible:
        told = ", because of" if why.forbidden else "."
        return f"{begin}: {'without' if why.used else 'with'} it no plan can satisfy the workbook{told}"
    if why.more is None:
        if why.other is None and not why.used and why.target.sheet in ("Countries", "Stockpiles", "Lanes"):
            return f"{begin}. A plant, an expansion or a protection can be held in; ask for one of those."
        return f"{begin}; what that is worth was not found in the time."
    with_it = "Without it" if why.used else f"With it{_trickle(why)}"
    near = " Either is only near the best, so not all in which they differ need come of it." if _open(why) else ""
    return f"{begin}. {with_it} a plan costs {_more_words(why.more, why.cost, study.currency)}.{near}"


def _open(why: Why) -> bool:
    """Whether the plans differ and the gaps leave open whether that is worth anything."""
    if why.more is None or not why.changes or why.more.low == why.more.high:
        return False
    nothing = 1e-7 * abs(why.cost.high)
    return why.more.low <= nothing and why.more.high >= -nothing


def _more_words(more: Interval, cost: Interval, currency: str) -> str:
    """``10 USD more``, ``10 USD less``, or what the gaps leave open."""
    low, high = more.ends
    nothing = 1e-7 * abs(cost.high)
    if max(abs(low), abs(high)) <= nothing:
        return "the same"
    if low >= -nothing:
        return _by(Interval(max(0.0, low), high), nothing, currency, "more")
    if high <= nothing:
        return _by(Interval(max(0.0, -high), -low), nothing, currency, "less")
    return f"up to {money(-low, currency)} less or up to {money(high, currency)} more: the gaps leave it open"


def _by(amount: Interval, nothing: float, currency: str, word: str) -> str:
    """An amount more or less, which may be nothing where the gaps leave it open."""
    if amount.low > nothing or amount.low == amount.high:
        return f"{between(amount, currency)} {word}"
    return f"up to {money(amount.high, currency)} {word}: the gaps leave open how much, if anything"


def _trickle(why: Why) -> str:
    return f", at {percent(TRICKLE)} of its capacity," if why.target.sheet == "Plants" else ""


def shown(why: Why) -> tuple[Difference, ...]:
    """The differences that are told: the greatest of each kind."""
    chosen = [[one for one in why.changes if one.what == what][:MOST_SHOWN] for what in ("expansion", "kind")]
    return tuple(one for each in chosen for one in each)


def difference_words(study: Explanation, one: Difference) -> str:
    """What the other plan does otherwise, in a few words."""
    if one.what == "expansion":
        called = capital(Names(study.problem.names).words("Expansions", one.of))
        return f"{called}: {counted_units(one.after)} instead of {precise(one.before)}"
    change = one.after - one.before
    return f"{cost_words(one.of)}: {money(abs(change), study.currency)} {'more' if change > 0 else 'less'}"


def counted_units(units: float) -> str:
    """``2 units``."""
    return f"{precise(units)} {'unit' if units == 1 else 'units'}"


def worth_lines(study: Explanation, worth: WorthBuilding) -> Iterator[str]:
    """What it would take."""
    yield worth_finding(study, worth)
    if worth.without is not None and worth.today is not None:
        yield (
            f"  A plan without it costs {between(worth.without, study.currency)}, one with it at today's "
            f"{PRICE[worth.target.sheet]} {between(worth.today, study.currency)}."
        )


def worth_finding(study: Explanation, worth: WorthBuilding) -> str:
    """The answer in a sentence."""
    called = capital(target_words(study, worth.target))
    column, currency = PRICE[worth.target.sheet], study.currency
    today = f"today {money(worth.price, currency)}"
    if worth.forbidden:
        return f"{called}: no plan can have it, so that no {column} makes it worth building."
    if worth.without is None:
        return f"{called}: needed at any {column}: no plan does without it." if worth.complete else _unknown(called)
    if worth.pays is None:
        if worth.free is not None and worth.does_not is not None:
            dearer = Interval(worth.free.low - worth.without.high, worth.free.high - worth.without.low)
            told = between(Interval(max(0.0, dearer.low), max(0.0, dearer.high)), currency)
            return f"{called}: not worth building even for nothing: a plan with it still costs {told} more."
        return _unknown(called)
    if worth.does_not is None:
        return f"{called}: worth building up to a {column} of {money(worth.pays, currency)} at least; {today}."
    return (
        f"{called}: worth building up to a {column} of {money(worth.pays, currency)}, no more from "
        f"{money(worth.does_not, currency)} on; {today}."
    )


def _unknown(called: str) -> str:
    return f"{called}: what it would take was not found; a smaller gap or more time may tell."

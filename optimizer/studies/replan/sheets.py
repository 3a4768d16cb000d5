"""The study as a workbook: what the rest costs and why, which decisions change, and what stands."""

from __future__ import annotations

from friendshore.models.plan.baselines import Interval
from friendshore.optimizer.reporting.content import Block, Content, Field, Figure
from friendshore.optimizer.reporting.frames import table
from friendshore.optimizer.reporting.named import names_of
from friendshore.optimizer.reporting.study_sheets import StudySheets
from friendshore.optimizer.studies.replan.replan import Replanned
from friendshore.optimizer.studies.replan.words import (
    cause_words,
    change_words,
    decision_line,
    kept_words,
    measure,
    opening,
)
from friendshore.optimizer.wording.names import capital

HOW = (
    "All money is of the start of the period as of which the plan is made again: what the plan expected is grown to it "
    "at the discount rate. Periods with look_ahead are counted.",
    "Each cause is what the least cost of the rest rises by when it is taken in on top of those before it; in another "
    "order single causes would be told other amounts, their sum the same.",
    "Found: the difference between the plans found, which adds up. At least, at most: what is proven of the difference "
    "between the best plans, as wide as the gaps of the searches leave it.",
)
HOW_DECISIONS = (
    "All old decisions are kept where that is proven to cost no more than the gap beyond the best plan, or where "
    "nothing cheaper was found. What keeping one costs: this decision held as it was, all others free.",
)


def sheets(study: Replanned) -> StudySheets:
    """The study as sheets.

    Parameters
    ----------
    study
        The study.

    Returns
    -------
    StudySheets
        In the order of the workbook.
    """
    pages = (
        ("Replan Causes", causes(study)),
        ("Replan Decisions", decisions(study)),
        ("Replan Standing", standing(study)),
    )
    return StudySheets("replan", study.problem, "The plan made again", pages, objective=study.objective)


def _ends(value: Interval | None) -> dict[str, object]:
    return {"low": None if value is None else value.low, "high": None if value is None else value.high}


_BETWEEN = (Field("low", "At least", "number", "currency"), Field("high", "At most", "number", "currency"))


def causes(study: Replanned) -> Content:
    """From what was expected to what the rest costs now."""
    fields = (
        Field("cause", "What"),
        Field("amount", "Found", "number", "currency"),
        *_BETWEEN,
        Field("past", "Of it paid before", "number", "currency"),
    )
    now = study.actuals.as_of
    before = None if study.before is None else Interval(study.before, study.before)
    rows: list[dict[str, object]] = [
        {"cause": f"Expected from {now} on when the plan was made", "amount": study.before, **_ends(before)}
    ]
    rows += [
        {
            "cause": cause_words(study, cause.cause),
            "amount": cause.amount,
            **_ends(cause.between),
            "past": cause.past or None,
        }
        for cause in study.causes
    ]
    past = sum(cause.past for cause in study.causes)
    if past:
        rows.append({"cause": f"Paid otherwise before {now}, which is no cost of the rest", "amount": -past})
    found = None if study.rest is None else study.rest.high
    rows.append({"cause": f"The rest from {now} on costs now", "amount": found, **_ends(study.rest)})
    block = Block("Replan_causes", f"By cause: {measure(study)}", table(rows, fields, study.currency), fields)
    return Content(opening(study), HOW, (block,), _figure(study))


def _figure(study: Replanned) -> tuple[Figure, ...]:
    fields = (Field("cause", "Cause"), Field("amount", "Found", "number", "currency"))
    rows = [{"cause": cause_words(study, each.cause), "amount": each.amount} for each in study.causes if each.amount]
    if not rows:
        return ()
    block = Block("Replan_bars", "What each cause adds", table(rows, fields, study.currency), fields)
    return (Figure("What each cause adds to the cost of the rest", "bar", block, "cause", ("amount",), study.currency),)


def decisions(study: Replanned) -> Content:
    """The decisions that change, and what keeping each would cost."""
    fields = (
        Field("period", "Period"),
        Field("what", "Decision"),
        Field("before", "Planned", "number"),
        Field("after", "Now", "number"),
        Field("kept", "Keeping the old one"),
        *_BETWEEN,
    )
    prices = {id(each.change): each for each in study.kept}
    rows = []
    for change in study.changes:
        kept = prices.get(id(change))
        told = "" if kept is None else kept_words(study, kept)
        cells = {"period": change.period, "what": capital(change_words(study, change)), "kept": told}
        rows.append({**cells, "before": change.before, "after": change.after, **_ends(kept.cost if kept else None)})
    block = Block("Replan_decisions", "Decisions that change", table(rows, fields, study.currency), fields)
    return Content(decision_line(study), HOW_DECISIONS, (block,))


def standing(study: Replanned) -> Content:
    """What stands at the start of the rest: units on order or in service, stocks, protections, closings."""
    names = names_of(study.problem)
    unit_fields = (
        Field("expansion", "Expansion"),
        Field("period", "Decided in"),
        Field("units", "Units", "number"),
        Field("service", "Serves in (years; below 0: since)", "number"),
    )
    units = [
        {
            "expansion": capital(names.words("Expansions", each.expansion)),
            "period": each.period,
            "units": each.units,
            "service": each.service,
        }
        for each in study.standing.ordered
    ]
    stock_fields = (Field("stockpile", "Stockpile"), Field("level", "Holds", "number"), Field("unit", "Unit"))
    stocks = [
        {
            "stockpile": capital(names.words("Stockpiles", name)),
            "level": level,
            "unit": study.problem.commodities[study.problem.stockpiles[name].commodity].unit,
        }
        for name, level in study.standing.levels.items()
    ]
    other_fields = (Field("what", "What"), Field("name", "Name"))
    others = [
        {"what": what, "name": capital(names.words(sheet, name))}
        for what, sheet, found in (
            ("Protection in force", "Protections", study.standing.protections),
            ("Plant closed", "Plants", study.standing.closed),
        )
        for name in sorted(found)
    ]
    blocks = (
        Block(
            "Replan_units", "Units that stand or are on order", table(units, unit_fields, study.currency), unit_fields
        ),
        Block("Replan_stocks", "Stocks", table(stocks, stock_fields, study.currency), stock_fields),
        Block("Replan_others", "Protections and closings", table(others, other_fields, study.currency), other_fields),
    )
    told = f"What stands at the start of {study.actuals.as_of}."
    return Content(told, ("It is given in the new plan: in its sheets these units are committed.",), blocks)

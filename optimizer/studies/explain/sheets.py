"""The explanation as a workbook: what clashes, what would mend it, and what the answers about a plan rest on."""

from __future__ import annotations

from collections.abc import Callable

from friendshore.models.plan.baselines import Interval
from friendshore.optimizer.reporting.content import Block, Content, Field
from friendshore.optimizer.reporting.frames import table
from friendshore.optimizer.reporting.named import names_of, with_names
from friendshore.optimizer.reporting.study_sheets import StudySheets
from friendshore.optimizer.studies.explain.explanation import Explanation
from friendshore.optimizer.studies.explain.words import (
    cell_of,
    change_words,
    demand_words,
    difference_words,
    lines,
    opening,
    shown,
    value_words,
    why_told,
    worth_finding,
)
from friendshore.optimizer.wording.names import capital

HOW = (
    "Only what is demanded can clash: policies without a penalty, least use of plants, contracts on lanes, least "
    "levels of stocks. Sets are found by the algorithm MARCO; a smallest one can hold once any row of it is left out.",
    "A repair changes limits by as little as will do, one after the other; its price is the cost of the cheapest plan "
    "then, beyond that of the cheapest plan with none of the rows that clash.",
    "Costs are as the objective counts them: expected, discounted, weighed with risk and with penalties where there "
    "are any. What is known within a gap has a least and a most.",
)


def sheets(study: Explanation) -> StudySheets:
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
    names = names_of(study.problem)
    pages = tuple((name, with_names(content(study), names)) for name, has, content in SHEETS if has(study))
    return StudySheets("explain", study.problem, "Explanation", pages)


def summary(study: Explanation) -> Content:
    """All that was found, in sentences."""
    fields = (Field("said", "What was found"),)
    said = [{"said": line.strip()} for line in lines(study) if line.strip()]
    return Content(opening(study), HOW, (Block("Explain_summary", "", table(said, fields, study.currency), fields),))


def conflicts(study: Explanation) -> Content:
    """Every smallest set of rows that clash, row by row."""
    fields = (
        Field("set", "Set", "number"),
        Field("sheet", "Sheet"),
        Field("cell", "Cell"),
        Field("what", "What"),
        Field("asked", "Asked"),
    )
    found = study.conflicts
    rows = [] if found is None else list(enumerate(found.conflicts, 1))
    told = [
        {
            "set": number,
            "sheet": demand.sheet,
            "cell": cell_of(study, demand.sheet, demand.row, demand.column),
            "what": capital(demand_words(study, demand)),
            "asked": demand.column,
        }
        for number, places in rows
        for demand in ([] if found is None else [found.demands[i] for i in sorted(places)])
    ]
    note = "These are all." if found is not None and found.complete else "The search ended early: there may be more."
    return Content(
        opening(study), (note,), (Block("Explain_conflicts", "", table(told, fields, study.currency), fields),)
    )


def repairs(study: Explanation) -> Content:
    """What would mend it, the cheapest first."""
    fields = (
        Field("repair", "Repair", "number"),
        Field("change", "Change"),
        Field("before", "Before"),
        Field("after", "After"),
        *_between("more", "Price"),
        *_between("cost", "Cost of the plan then"),
    )
    rows = [
        {
            "repair": number,
            "change": change_words(study, change),
            "before": value_words(study, change.demand, change.before),
            "after": "left out" if change.after is None else value_words(study, change.demand, change.after),
            **_ends("more", repair.more),
            **_ends("cost", repair.cost),
        }
        for number, repair in enumerate(study.repairs, 1)
        for change in repair.changes
    ]
    finding = f"Cheapest: {change_words(study, study.repairs[0].changes[0])}." if study.repairs else "None was found."
    note = "The rows of one repair belong together. No limit of a repair can be drawn further back by itself."
    return Content(finding, (note,), (Block("Explain_repairs", "", table(rows, fields, study.currency), fields),))


def reason(study: Explanation) -> Content:
    """Why the plan uses something, or not."""
    why = study.why
    fields = (
        Field("difference", "Difference"),
        Field("before", "The plan", "number"),
        Field("after", "The other plan", "number"),
    )
    rows = (
        []
        if why is None
        else [
            {"difference": difference_words(study, one), "before": one.before, "after": one.after} for one in shown(why)
        ]
    )
    finding = "" if why is None else why_told(study, why)
    note = "Units of projects on the base path; expected cost by kind, in the currency of Settings."
    return Content(finding, (note,), (Block("Explain_why", "", table(rows, fields, study.currency), fields),))


def project(study: Explanation) -> Content:
    """At which prices a project is worth building."""
    worth = study.worth
    fields = (
        Field("price", "Price of a unit", "number", "currency"),
        *_between("cost", "Cost with it"),
        Field("verdict", "Worth building"),
    )
    rows = (
        []
        if worth is None
        else [
            {"price": one.factor * worth.price, **_ends("cost", one.cost), "verdict": _verdict(one.cost, worth.without)}
            for one in worth.tried
        ]
    )
    finding = "" if worth is None else worth_finding(study, worth)
    note = "Each price was searched. Worth building: where the cost with it is proven to be below that without it."
    return Content(finding, (note,), (Block("Explain_prices", "", table(rows, fields, study.currency), fields),))


def _verdict(cost: Interval, without: Interval | None) -> str:
    if without is None or cost.high <= without.low:
        return "yes"
    return "no" if cost.low >= without.high else "open"


def _between(key: str, header: str) -> tuple[Field, Field]:
    return (
        Field(f"{key}_low", f"{header}, least", "number", "currency"),
        Field(f"{key}_high", f"{header}, most", "number", "currency"),
    )


def _ends(key: str, amount: Interval | None) -> dict[str, object]:
    low, high = (None, None) if amount is None else amount.ends
    return {f"{key}_low": low, f"{key}_high": high}


SHEETS: tuple[tuple[str, Callable[[Explanation], bool], Callable[[Explanation], Content]], ...] = (
    ("Explain Summary", lambda _: True, summary),
    ("Explain Conflicts", lambda study: study.conflicts is not None and bool(study.conflicts.conflicts), conflicts),
    ("Explain Repairs", lambda study: bool(study.repairs), repairs),
    ("Explain Why", lambda study: study.why is not None, reason),
    ("Explain Prices", lambda study: study.worth is not None and bool(study.worth.tried), project),
)
"""Name, when there is anything to show, and what it says."""

"""Alternatives as a workbook: decisions with their verdicts, allies, suppliers with their chart, plans side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import isfinite

from friendshore.optimizer.reporting.content import Block, Content, Field, Figure, Kind
from friendshore.optimizer.reporting.frames import table
from friendshore.optimizer.reporting.named import names_of
from friendshore.optimizer.reporting.study_sheets import StudySheets
from friendshore.optimizer.studies.alternatives.alternatives import Alternatives, Answer
from friendshore.optimizer.studies.alternatives.questions import About, Question
from friendshore.optimizer.studies.alternatives.words import (
    gap_words,
    instead_words,
    open_words,
    opening,
    plans_words,
    subject,
    unit_of,
    verdict_words,
)
from friendshore.optimizer.wording.names import capital

HOW = (
    "Proven: no plan within the limit has less, or more. The bounds are those of linear programs of which every plan "
    "is a solution, for whole numbers rounded inward. Reached: certified plans within the limit have as little, and "
    "as much.",
    "In all plans, in none: proven. Open: a certified plan has it, another has not. Interchangeable: proven that every "
    "plan within the limit has one of the two, and for either a certified plan has it without the other.",
    "Decisions and amounts are those of the plan as it runs if nothing goes wrong, in the periods that are planned.",
)
KINDS = {About.PROJECT: "project", About.PROTECTION: "protection", About.CLOSING: "closing"}
AMOUNTS = {About.CAPACITY: "New capacity", About.SPENDING: "Spending on new capacity", About.STOCK: "Stock on average"}


def sheets(study: Alternatives) -> StudySheets:
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
    pages = [("Alternatives", decided(study))]
    if _about(study, AMOUNTS):
        pages.append(("Alternatives Allies", allies(study)))
    if _about(study, (About.SHARE,)):
        pages.append(("Alternatives Suppliers", suppliers(study)))
    if study.plans:
        pages.append(("Alternatives Plans", plans(study)))
    return StudySheets("alternatives", study.problem, "Alternatives", tuple(pages))


def _about(study: Alternatives, kinds: Iterable[About]) -> list[Answer]:
    wanted = set(kinds)
    return [answer for answer in study.answers if answer.question.about in wanted]


def _ends(answer: Answer) -> dict[str, object]:
    """The columns that every answer has."""
    return {
        "best": answer.best,
        "least": answer.proven.low,
        "most": answer.proven.high if isfinite(answer.proven.high) else None,
        "from": answer.found.low,
        "to": answer.found.high,
    }


def _fields(shown: Kind = "number") -> tuple[Field, ...]:
    return (
        Field("best", "Best plan found", shown),
        Field("least", "Proven least", shown),
        Field("most", "Proven most", shown),
        Field("from", "Reached least", shown),
        Field("to", "Reached most", shown),
    )


def decided(study: Alternatives) -> Content:
    """Each decision with its verdict."""
    fields = (
        Field("what", "Decision"),
        Field("kind", "Kind"),
        Field("verdict", "Within the limit"),
        *_fields(),
        Field("instead", "Interchangeable with"),
    )
    rows = [
        {
            "what": capital(subject(study, answer.question)),
            "kind": KINDS[answer.question.about],
            "verdict": str(answer.verdict),
            "instead": "; ".join(capital(subject(study, other)) for other in answer.instead),
        }
        | _ends(answer)
        for answer in _about(study, KINDS)
    ]
    told = (opening(study), *verdict_words(study), *instead_words(study), gap_words(study), open_words(study))
    block = Block("Alternatives_decisions", "", table(rows, fields, study.currency), fields)
    return Content(" ".join(words for words in told if words), HOW, (block,))


def allies(study: Alternatives) -> Content:
    """What each ally might be asked for."""
    fields = (
        Field("ally", "Ally"),
        Field("what", "What"),
        Field("commodity", "Commodity"),
        *_fields(),
        Field("unit", "Unit"),
    )
    answers = sorted(_about(study, AMOUNTS), key=lambda answer: answer.question.name)
    rows = [
        {
            "ally": _country(study, answer.question.name),
            "what": AMOUNTS[answer.question.about],
            "commodity": _good(study, answer.question.commodity),
            "unit": unit_of(study, answer.question),
        }
        | _ends(answer)
        for answer in answers
    ]
    block = Block("Alternatives_allies", "", table(rows, fields, study.currency), fields)
    figure = _spending_figure(study)
    return Content(
        f"What each ally might be asked for. {opening(study)}", (HOW[0],), (block,), () if figure is None else (figure,)
    )


def _country(study: Alternatives, id: str) -> str:
    return names_of(study.problem).of("Countries", id)


def _good(study: Alternatives, id: str) -> str:
    return names_of(study.problem).words("Commodities", id) if id else ""


def suppliers(study: Alternatives) -> Content:
    """The share of each supplier in what the coalition takes in, with a chart."""
    fields = (Field("supplier", "Supplier"), Field("commodity", "Commodity"), *_fields("share"))
    answers = _about(study, (About.SHARE,))
    rows = [
        {"supplier": _country(study, answer.question.name), "commodity": _good(study, answer.question.commodity)}
        | _ends(answer)
        for answer in answers
    ]
    block = Block("Alternatives_suppliers", "", table(rows, fields, study.currency), fields)
    notes = (
        "Share by quantity in what the coalition takes in over the periods that are planned, what its members make for "
        "themselves included. Told are the suppliers that deliver most in the best plan found.",
        HOW[0],
    )
    bars = _bars(study, answers, "Share in supply", "Alternatives_shares", "share")
    return Content(f"How far supply may shift. {opening(study)}", notes, (block,), (bars,))


def _spending_figure(study: Alternatives) -> Figure | None:
    answers = [answer for answer in _about(study, (About.SPENDING,)) if isfinite(answer.proven.high)]
    title = "Spending on new capacity"
    return _bars(study, answers, title, "Alternatives_spending", "number") if answers else None


def _bars(study: Alternatives, answers: list[Answer], title: str, name: str, shown: Kind) -> Figure:
    """Bars from the least to the most that is proven."""
    unit = "" if shown == "share" else "currency"
    fields = (
        Field("who", "Whose"),
        Field("least", "Proven least", shown, unit),
        Field("more", "Up to the proven most", shown, unit),
    )
    rows = [
        {
            "who": _bar_name(study, answer.question),
            "least": answer.proven.low,
            "more": answer.proven.high - answer.proven.low,
        }
        for answer in answers
    ]
    block = Block(name, title, table(rows, fields, study.currency), fields)
    axis = "" if shown == "share" else study.currency
    told = f"{title}, from the least to the most"
    return Figure(told, "stacked bars", block, "who", ("least", "more"), axis, shown, hidden=("least",))


def _bar_name(study: Alternatives, question: Question) -> str:
    who = _country(study, question.name)
    return f"{who}: {_good(study, question.commodity)}" if question.commodity else who


def plans(study: Alternatives) -> Content:
    """The plans that differ most, a column each."""
    numbers = range(1, len(study.plans) + 1)
    fields = (
        Field("what", "Decision or amount"),
        Field("unit", "Unit"),
        *(Field(f"plan{number}", f"Plan {number}", "mixed") for number in numbers),
    )
    block = Block("Alternatives_plans", "", table(_plan_rows(study), fields, study.currency), fields)
    notes = (
        "Plan 1 is the best one found; each next one is that which differs most from those before it, in decisions "
        "first. Rows in which all of them agree are left out.",
    )
    return Content(plans_words(study), notes, (block,))


def _plan_rows(study: Alternatives) -> Iterator[dict[str, object]]:
    kinds = {f"plan{number}_kind": "number" for number in range(1, len(study.plans) + 1)}
    costs = {f"plan{number}": plan.cost for number, plan in enumerate(study.plans, 1)}
    yield {"what": "Cost (objective)", "unit": study.currency, **costs, **kinds}
    for place, answer in enumerate(study.answers):
        values = [plan.values[place] for plan in study.plans]
        if max(values) - min(values) <= 1e-6 * max(1.0, abs(max(values))):
            continue
        shown = dict.fromkeys(kinds, "share" if answer.question.about is About.SHARE else "number")
        row = {f"plan{number}": value for number, value in enumerate(values, 1)}
        what = capital(subject(study, answer.question))
        yield {"what": what, "unit": unit_of(study, answer.question), **row, **shown}

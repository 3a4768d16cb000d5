"""A frontier as a workbook: the finding with its chart, the plans, and what is proven between them."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from friendshore.optimizer.reporting.content import Block, Content, Field, Figure, Kind
from friendshore.optimizer.reporting.frames import table
from friendshore.optimizer.reporting.study_sheets import StudySheets
from friendshore.optimizer.studies.frontier.axis import Over
from friendshore.optimizer.studies.frontier.frontier import Frontier, Point
from friendshore.optimizer.studies.frontier.words import (
    impossible_words,
    jump_words,
    knee_words,
    open_words,
    opening,
    policy_of,
    subject,
)

HOW = (
    "Each plan is the best one at its setting, certified as every plan; the setting told is the tightest at which it "
    "holds at its cost. Asking less never costs more: so each plan bounds the cost of all that asks less, and each "
    "proof that of all that asks more.",
)
HOW_RISK = (
    "With the weight of risk a plan comes to (1 − weight) · expected cost + weight · cost in the worst cases (CVaR). "
    "The best plan at a weight is one of those that no other betters in both; between two weights nothing can come to "
    "less than the chord between what is proven at them.",
)


def sheets(study: Frontier) -> StudySheets:
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
    pages = (("Frontier Plans", plans(study)), ("Frontier Proven", proven(study)))
    return StudySheets("frontier", study.problem, "Frontier", pages, subject(study))


def plans(study: Frontier) -> Content:
    """The plans from the one that asks least on, with a chart of what is proven."""
    fields = point_fields(study)
    frame = table((_point_row(study, point) for point in study.points), fields, study.currency)
    told = (opening(study), impossible_words(study), knee_words(study), open_words(study))
    figure = _risk_figure(study) if study.axis.over is Over.RISK else _figure(study)
    return Content(
        " ".join(words for words in told if words),
        HOW_RISK if study.axis.over is Over.RISK else HOW,
        (Block("Frontier_plans", "", frame, fields),),
        () if figure is None else (figure,),
    )


def proven(study: Frontier) -> Content:
    """What is proven from setting to setting."""
    shown, kind = _setting(study)
    fields = (
        Field("tight", f"{shown}, tighter end", kind),
        Field("loose", f"{shown}, looser end", kind),
        Field("low", "No plan costs less than", "number", "currency"),
        Field("high", "A plan costs at most", "number", "currency"),
        Field("width", "Known to within", "share"),
        Field("told", "What that is"),
    )
    rows = []
    for band in study.bands:
        low, high = (None, None) if band.cost is None else (band.cost.low, band.cost.high)
        rows.append(
            {
                "tight": band.tight,
                "loose": band.loose,
                "low": low,
                "high": high,
                "width": band.width,
                "told": "maybe no plan"
                if band.cost is None
                else "a jump"
                if band.jump
                else "within the tolerance"
                if band.within
                else "open",
            }
        )
    finding = " ".join(jump_words(study)) or open_words(study) or "The cost is known within the tolerance everywhere."
    notes = ["The least cost of all plans at any setting in a row lies between its two amounts."]
    if study.axis.over is Over.RISK:
        notes.append("It rises with the weight; what it is known to within is told where least is known.")
    return Content(finding, tuple(notes), (Block("Frontier_proven", "", table(rows, fields, study.currency), fields),))


def _setting(study: Frontier) -> tuple[str, Kind]:
    """Header and kind of a setting."""
    policy = policy_of(study)
    if study.axis.over is Over.MONTHS:
        return "Months survived", "number"
    if policy is None:
        return "Weight of risk", "number"
    unit = policy.declared.unit
    if unit.by_hundredths:  # an amount of money or of emissions
        return f"Limit in {unit.words(study.currency)}", "number"
    return "Limit", "share" if unit.percent else "number"


def point_fields(study: Frontier) -> tuple[Field, ...]:
    """The columns of the plans."""
    shown, kind = _setting(study)
    return (
        Field("setting", shown, kind),
        Field("asked", f"{shown} searched at", kind),
        Field("cost", "Cost of the plan (objective)", "number", "currency"),
        Field("low", "Proven least cost", "number", "currency"),
        Field("more", "More than the first", "number", "currency"),
        Field("expected", "Expected cost", "number", "currency"),
        Field("cvar", "Cost in the worst cases (CVaR)", "number", "currency"),
        Field("note", "Note"),
    )


def _point_row(study: Frontier, point: Point) -> dict[str, object]:
    knee = study.knee is not None and study.knee.at == point.setting
    return {
        "setting": point.setting,
        "asked": point.asked,
        "cost": point.cost.high,
        "low": point.cost.low,
        "more": point.cost.high - study.points[0].cost.high,
        "expected": point.expected_cost,
        "cvar": point.cvar,
        "note": ", ".join(word for word in ("knee" if knee else "", point.stopped) if word),
    }


def _figure(study: Frontier) -> Figure | None:
    """Between the two lines lies the least cost."""
    shown, kind = _setting(study)
    fields = (
        Field("setting", shown, kind),
        Field("high", "A plan costs at most", "number", "currency"),
        Field("low", "No plan costs less than", "number", "currency"),
    )
    rows = list(_steps(study))
    if not rows:
        return None
    block = Block("Frontier_steps", "What is proven", table(rows, fields, study.currency), fields)
    return Figure(opening(study), "lines over numbers", block, "setting", ("high", "low"), study.currency)


def _steps(study: Frontier) -> Iterator[dict[str, object]]:
    for band in study.bands:
        if band.cost is not None and isfinite(band.cost.low):
            for setting in (band.tight, band.loose):
                yield {"setting": setting, "high": band.cost.high, "low": band.cost.low}


def _risk_figure(study: Frontier) -> Figure | None:
    """Expected cost against cost in the worst cases."""
    if len(study.points) < 2:
        return None
    fields = (
        Field("cvar", "Cost in the worst cases (CVaR)", "number", "currency"),
        Field("expected", "Expected cost", "number", "currency"),
    )
    rows = [{"cvar": point.cvar, "expected": point.expected_cost} for point in study.points]
    block = Block("Frontier_risk", "Expected cost against the worst cases", table(rows, fields, study.currency), fields)
    title = f"{subject(study)}: what fewer bad outcomes cost on average"
    return Figure(title, "lines over numbers", block, "cvar", ("expected",), study.currency)

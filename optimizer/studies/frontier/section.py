"""The section of a frontier: what safety costs, with what is proven between the plans."""

from __future__ import annotations

from math import isfinite

from friendshore.optimizer.page.parts import Chart, Folded, Section
from friendshore.optimizer.page.study_parts import column, grid, multiple, plain, sentences
from friendshore.optimizer.page.study_tables import StudyTable, StudyTables, text
from friendshore.optimizer.studies.frontier.words import RISK

SHOWN = ("setting", "cost", "low", "more", "expected", "cvar", "note")
NOTE = (
    "Each plan is certified, and the setting told is the tightest at which it holds at its cost. Between two of them "
    "the least cost lies in the shaded box: no plan costs less than its lower edge, and one costs no more than its "
    "upper."
)
NOTE_RISK = (
    "Each plan is certified. With the weight of risk a plan comes to (1 − weight) · expected cost + weight · cost in "
    "the worst cases (CVaR). The dots are those plans; nothing is claimed of what lies between them."
)


def section(study: StudyTables) -> Section:
    """The frontier as a section.

    Parameters
    ----------
    study
        What ``frontier`` wrote.

    Returns
    -------
    Section
        The finding, the picture, the plans, and what is proven between them.
    """
    points, risk = study["Frontier_plans"], study.varied == RISK
    table = grid(study, study["Frontier_plans"], "The plans, from the one that asks least on", SHOWN)
    proven = grid(study, study["Frontier_proven"], "What is proven of the least cost from setting to setting")
    chart = _risk(study, points) if risk else _steps(study, points)
    return Section(
        "frontier",
        f"What safety costs: {study.varied}",
        sentences(study.said.get("Frontier Plans", "")),
        charts=(chart,) if chart else (),
        grids=(table,) if points.rows else (),
        folded=(Folded("What is proven between the plans", (proven,)),) if study["Frontier_proven"].rows else (),
        notes=(NOTE_RISK if risk else NOTE,) if points.rows else (),
    )


def _setting(points: StudyTable) -> tuple[str, bool]:
    """What a setting is called, and whether it is a share."""
    first = next((each for each in points.fields if each.key == "setting"), None)
    return ("Setting", False) if first is None else (first.header, first.kind == "share")


def _steps(study: StudyTables, points: StudyTable) -> Chart | None:
    bands = study["Frontier_proven"]
    if not points.rows:
        return None
    divisor, unit = multiple(study, points, ("cost", "low"))
    words, share = _setting(points)
    ends = (
        column(bands, "tight"),
        column(bands, "loose"),
        column(bands, "low", divisor),
        column(bands, "high", divisor),
    )
    boxes = [plain(box) for box in zip(*ends, strict=True) if all(isfinite(each) for each in box)]
    knees = [i for i, row in enumerate(points.rows) if "knee" in text(row["note"])]
    dots = zip(column(points, "setting"), column(points, "cost", divisor), strict=True)
    data = {
        "boxes": boxes,
        "points": [plain(dot) for dot in dots],
        "named": ["knee" if i in knees else "" for i in range(len(points.rows))],
        "across": words,
        "share": share,
        "axis": unit,
        "cost": "Cost of the plan",
    }
    title = f"Cost against {words[:1].lower()}{words[1:]}: certified plans, and what is proven between them"
    alt = f"Dots: cost of {len(points.rows)} certified plans by {words.lower()}. Boxes: where the least cost lies."
    figures = grid(study, study["Frontier_steps"], f"The edges of the boxes, {study.currency}")
    return Chart("frontier", title, alt, "steps", data, figures)


def _risk(study: StudyTables, points: StudyTable) -> Chart | None:
    if not study["Frontier_risk"].rows:
        return None
    divisor, unit = multiple(study, points, ("expected", "cvar"))
    dots = zip(column(points, "cvar", divisor), column(points, "expected", divisor), strict=True)
    data = {
        "boxes": [],
        "points": [plain(dot) for dot in dots],
        "named": [f"weight {each:.3g}" for each in column(points, "setting")],
        "across": f"Cost in the worst cases, {unit}",
        "share": False,
        "axis": unit,
        "cost": "Expected cost",
    }
    title = "What fewer bad outcomes cost on average"
    alt = f"Dots: expected cost of {len(points.rows)} certified plans by their cost in the worst cases."
    return Chart("frontier", title, alt, "steps", data, grid(study, study["Frontier_risk"], "Each plan"))

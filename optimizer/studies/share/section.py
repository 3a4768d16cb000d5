"""The section of who pays: what each ally pays by each rule beside what it would cost alone, and who would object."""

from __future__ import annotations

from math import isfinite

from friendshore.optimizer.page.parts import Chart, Folded, Section
from friendshore.optimizer.page.study_parts import Bars, Picture, column, grid, multiple, sentences, words
from friendshore.optimizer.page.study_tables import StudyTables, text

RULES = (("nucleolus", 0), ("per_capita", 2), ("shapley", 4))
"""Keys of the columns of the rules, and the tone of each."""

WORTH_SHOWING = 0.01
"""Part of a cost that is not proven from which on it is drawn; the table tells it always."""

MOST = 6
"""Groups that are named beneath the bars."""

NOTE = (
    "Alone: the best plan for an ally's own demand under the policies that bind it, without what belongs to the "
    "others. Nucleolus: no ally pays more than alone, where that can be, and the group that gains least by staying "
    "gains as much as it can, then the next; per-capita: by head. Shapley value: what an ally adds to the cost, on "
    "average over all orders of joining. All are worked out on the costs of the plans found, which may be as much "
    "above the best as the gap; where that leaves a verdict open it says so."
)


def section(study: StudyTables) -> Section:
    """Who pays, as a section.

    Parameters
    ----------
    study
        What ``share`` wrote.

    Returns
    -------
    Section
        The finding, the bars, each ally, every group, and who pays whom.
    """
    chart = _chart(study)
    allies = grid(study, study["Share_allies"], "Each ally alone and together")
    return Section(
        "share",
        "Who should pay how much",
        (*sentences(study.said.get("Share", "")),),
        charts=(chart,) if chart else (),
        grids=(allies,) if study["Share_allies"].rows else (),
        folded=tuple(
            Folded(title, (grid(study, study[name], caption),))
            for name, title, caption in (
                (
                    "Share_groups",
                    "Every group, and whether it would do better by itself",
                    study.said.get("Share Groups", ""),
                ),
                ("Share_payments", "Who pays whom, a year", "Payments that bring each to its share"),
                ("Share_positions", "From what is paid first to what is borne, a year", "By rule and ally"),
            )
            if study[name].rows
        ),
        notes=(NOTE,),
    )


def _chart(study: StudyTables) -> Chart | None:
    table = study["Share_chart"]
    if not table.rows:
        return None
    titles = {each.key: each.header for each in table.fields}
    keys = [(key, tone) for key, tone in RULES if key in titles]
    divisor, unit = multiple(study, table, ("alone", *(key for key, _ in keys)))
    nothing = [0.0] * len(table.rows)
    low = column(study["Share_allies"], "low", divisor)
    alone = column(table, "alone", divisor)
    bars = [Bars("Alone", 6, nothing, alone)]
    if any(isfinite(a) and isfinite(b) and a < b * (1 - WORTH_SHOWING) for a, b in zip(low, alone, strict=False)):
        bars = [Bars("Alone, proven at least", 6, nothing, low), Bars("Alone, its plan", -1, nothing, alone)]
    bars += [Bars(titles[key], tone, nothing, column(table, key, divisor)) for key, tone in keys]
    names = words(table, "ally")
    title = "What each ally would pay alone, and by each rule together"
    alt = f"Bars for each of {len(names)} allies: its cost alone and its share of the cost of all by each rule, {unit}."
    figures = grid(study, study["Share_chart"], "Alone and together")
    return Picture(names, bars, (), unit).chart("share", title, alt, figures, note=_verdicts(study))


def _verdicts(study: StudyTables) -> str:
    """How many groups would do better by themselves under a rule."""
    blocked = [text(row["group"]) for row in study["Share_groups"].rows if text(row["blocks"])]
    beyond = f"; and {len(blocked) - MOST} more" if len(blocked) > MOST else ""
    return f"Better off by themselves under a rule: {'; '.join(blocked[:MOST])}{beyond}." if blocked else ""

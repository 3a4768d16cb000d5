"""The study as a workbook: what planning for dangers is worth, paths known beforehand, and the regret of each plan."""

from __future__ import annotations

from friendshore.models.plan.baselines import Interval
from friendshore.optimizer.reporting.calendar import last_year
from friendshore.optimizer.reporting.content import Block, Content, Field, Figure
from friendshore.optimizer.reporting.frames import table
from friendshore.optimizer.reporting.study_sheets import StudySheets
from friendshore.optimizer.studies.worth.words import (
    clause,
    information_line,
    least_line,
    opening,
    plan_words,
    regret_heading,
    regret_line,
    stage_lines,
    world_words,
)
from friendshore.optimizer.studies.worth.worth import Regrets, Worth
from friendshore.optimizer.wording.names import capital

HOW = (
    "All plans are of least expected cost, damage of shortage included; resilience rules, the weight of risk and the "
    "duty to hold the base path's stock after a shock are left out everywhere alike. Money is discounted.",
    "An amount that a search leaves open is told by its two ends: it lies between them.",
)
HOW_REGRET = (
    "Regret is what a plan costs under a path beyond the best plan for that path. Held are what is built, protected "
    "and closed, and the stocks of the base path until the first of the two paths leaves it; what is done then is the "
    "best with what has begun in view. Blank: the plan cannot be held there, or it is not known.",
)


def sheets(study: Worth) -> StudySheets:
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
    pages = [("Worth Summary", summary(study)), ("Worth Known", known(study))]
    if study.regrets:
        pages.append(("Worth Regret", regret(study)))
    return StudySheets("worth", study.problem, "What planning is worth", tuple(pages))


def _ends(value: Interval | None) -> dict[str, object]:
    return {"low": None if value is None else value.low, "high": None if value is None else value.high}


_BETWEEN = (Field("low", "At least", "number", "currency"), Field("high", "At most", "number", "currency"))


def summary(study: Worth) -> Content:
    """The figures of the study, each between two ends."""
    fields = (Field("what", "What"), *_BETWEEN)
    rows: list[dict[str, object]] = [{"what": "Plan with all dangers in mind: expected cost", **_ends(study.plan)}]
    for stage in study.stages:
        upto = f"Dangers ignored through {last_year(study.problem, stage.period)}"
        rows.append({"what": f"{upto}: expected cost", **_ends(stage.cost)})
        rows.append({"what": f"{upto}: what that costs more", **_ends(stage.value)})
    rows.append({"what": "Every path known beforehand: expected cost", **_ends(study.perfect)})
    rows.append({"what": "Worth of perfect information", **_ends(study.information)})
    if study.least_regret is not None:
        rows.append({"what": "Least greatest regret", **_ends(study.least_regret)})
    told = (opening(study), next(stage_lines(study), ""), information_line(study))
    block = Block("Worth_figures", "", table(rows, fields, study.currency), fields)
    return Content(" ".join(words for words in told if words), HOW, (block,))


def known(study: Worth) -> Content:
    """Each path, its chance, and what its best plan would cost were it known beforehand."""
    fields = (Field("path", "Path"), Field("words", "In words"), Field("chance", "Chance", "share"), *_BETWEEN)
    rows = [
        {
            "path": each.world.name,
            "words": world_words(study, each.world.name),
            "chance": each.world.probability,
            **_ends(each.cost),
        }
        for each in study.known
    ]
    block = Block("Worth_known", "", table(rows, fields, study.currency), fields)
    return Content(information_line(study), ("Cost of the best plan for each path, known beforehand.",), (block,))


def regret(study: Worth) -> Content:
    """The greatest regret of each plan, and its regret under each path: a matrix of what is known at most."""
    ordered = sorted(study.regrets, key=lambda one: (one.greatest is None, one.greatest.high if one.greatest else 0.0))
    paths = list(study.regrets[0].under)
    fields = (
        Field("plan", "Plan"),
        Field("low", "Greatest regret, at least", "number", "currency"),
        Field("high", "Greatest regret, at most", "number", "currency"),
        *(Field(f"under {i}", f"Where {clause(study, name)}", "number", "currency") for i, name in enumerate(paths)),
    )
    rows = [_regret_row(study, one, paths) for one in ordered]
    heat = tuple(f"under {i}" for i in range(len(paths)))
    block = Block("Worth_regret", "", table(rows, fields, study.currency), fields, heat=("high", *heat))
    heading = regret_heading(study)
    looked = f"{heading}. " if heading != "Greatest regret" else ""
    told = f"{looked}{regret_line(study, ordered[0])}. {least_line(study)}".strip()
    return Content(told, HOW_REGRET, (block,), _figure(study, ordered))


def _regret_row(study: Worth, regrets: Regrets, paths: list[str]) -> dict[str, object]:
    under = (regrets.under[name] for name in paths)
    cells = {f"under {i}": None if value is None else value.high for i, value in enumerate(under)}
    return {"plan": capital(plan_words(study, regrets.name)), **_ends(regrets.greatest), **cells}


def _figure(study: Worth, ordered: list[Regrets]) -> tuple[Figure, ...]:
    fields = (Field("plan", "Plan"), Field("high", "Greatest regret, at most", "number", "currency"))
    rows = [
        {"plan": capital(plan_words(study, one.name)), "high": one.greatest.high}
        for one in ordered
        if one.greatest is not None
    ]
    if not rows:
        return ()
    block = Block("Worth_greatest", "Greatest regret of each plan", table(rows, fields, study.currency), fields)
    return (Figure(regret_line(study, ordered[0]), "bar", block, "plan", ("high",), study.currency),)

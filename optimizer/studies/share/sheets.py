"""Who pays, as a workbook: the allies with their chart, every group, and who pays whom."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from friendshore.optimizer.reporting.content import Block, Content, Field, Figure
from friendshore.optimizer.reporting.frames import table
from friendshore.optimizer.reporting.study_sheets import StudySheets
from friendshore.optimizer.studies.share.groups import Outside
from friendshore.optimizer.studies.share.share import Division, Rule, Share
from friendshore.optimizer.studies.share.stability import Verdict
from friendshore.optimizer.studies.share.task import Group
from friendshore.optimizer.studies.share.words import (
    OUTSIDE,
    apart_words,
    demand_words,
    group_words,
    impossible_words,
    named,
    open_words,
    opening,
    stable_words,
    verdict_words,
)

KEYS = {Rule.NUCLEOLUS: "nucleolus", Rule.PER_CAPITA: "per_capita", Rule.SHAPLEY: "shapley"}
BETWEEN = (
    Field("between", "Shapley value from", "number", "currency"),
    Field("until", "Shapley value to", "number", "currency"),
)
HOW = (
    "Alone: the best plan for an ally's own demand under the policies that bind it, without the plants, stocks, "
    "projects and contracts of the others; limits on amounts that allies have together are divided by demand.",
    "Nucleolus: no ally pays more than alone, where that can be, and the group that gains least by staying gains as "
    "much as it can, then the next. Per-capita: by head. "
    "Shapley value: what an ally adds, on average over all orders of joining. All are worked out on the costs of the "
    "plans found.",
)


def sheets(study: Share) -> StudySheets:
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
    pages = [("Share", allies(study)), ("Share Groups", groups(study))]
    if study.divisions:
        pages.append(("Share Payments", payments(study)))
    return StudySheets("share", study.problem, "Who pays", tuple(pages))


def share_fields(study: Share) -> tuple[Field, ...]:
    """The columns of the allies: one for each rule that was worked out."""
    assumed = "outside open" if study.outside is Outside.OPEN else "outside pro rata"
    return (
        Field("ally", "Ally"),
        Field("demand", "Part of demand", "share"),
        Field("alone", f"Cost alone, {assumed}", "number", "currency"),
        Field("low", "Proven least cost alone", "number", "currency"),
        *(
            Field(KEYS[division.rule], f"Share of cost ({division.rule})", "number", "currency")
            for division in study.divisions
        ),
        Field("saving", "Saving beside alone (first rule)", "number", "currency"),
        *(BETWEEN if any(division.between is not None for division in study.divisions) else ()),
    )


def allies(study: Share) -> Content:
    """Each ally alone and by each rule, with a chart."""
    fields = share_fields(study)
    rows = [_ally_row(study, ally) for ally in study.players]
    block = Block("Share_allies", "", table(rows, fields, study.currency), fields)
    told = (
        opening(study),
        stable_words(study),
        apart_words(study),
        impossible_words(study),
        demand_words(study),
        open_words(study),
    )
    verdicts = tuple(verdict_words(study, division) for division in study.divisions)
    figure = _figure(study)
    return Content(
        " ".join(words for words in told if words), (*verdicts, *HOW), (block,), () if figure is None else (figure,)
    )


def _ally_row(study: Share, ally: str) -> dict[str, object]:
    group = study.group(ally)
    row: dict[str, object] = {
        "ally": named(study, ally),
        "demand": study.weights[ally],
        "alone": _finite(None if group is None else group.cost.high),
        "low": _finite(None if group is None else group.cost.low),
    }
    row |= {KEYS[division.rule]: division.shares[ally] for division in study.divisions}
    if study.divisions and row["alone"] is not None and group is not None:
        row["saving"] = group.cost.high - study.divisions[0].shares[ally]
    for division in study.divisions:
        if division.between is not None:
            row |= {"between": _finite(division.between[ally].low), "until": _finite(division.between[ally].high)}
    return row


def _finite(value: float | None) -> float | None:
    return None if value is None or not isfinite(value) else value


def _figure(study: Share) -> Figure | None:
    """What each pays alone, and by each rule."""
    if not study.divisions:
        return None
    keys = ("alone", *(KEYS[division.rule] for division in study.divisions))
    shown = {"alone": "Alone"} | {KEYS[division.rule]: str(division.rule).capitalize() for division in study.divisions}
    fields = (Field("ally", "Ally"), *(Field(key, shown[key], "number", "currency") for key in keys))
    rows = [_ally_row(study, ally) for ally in study.players]
    kept = [{key: row.get(key) for key in ("ally", *keys)} for row in rows]
    block = Block("Share_chart", "Alone and together", table(kept, fields, study.currency), fields)
    return Figure(f"Who pays: {OUTSIDE[study.outside]}", "column", block, "ally", keys, study.currency)


def groups(study: Share) -> Content:
    """What every group costs, what its members pay by each rule, and whether it blocks one."""
    fields = (
        Field("group", "Group"),
        Field("size", "Allies", "number"),
        Field("cost", "Cost of its plan", "number", "currency"),
        Field("low", "Proven least cost", "number", "currency"),
        *(
            Field(f"pays_{KEYS[division.rule]}", f"Its members pay ({division.rule})", "number", "currency")
            for division in study.divisions
        ),
        Field("blocks", "Blocks"),
        Field("note", "Note"),
    )
    frame = table((_group_row(study, group) for group in study.groups), fields, study.currency)
    notes = (f"Costs of groups: {OUTSIDE[study.outside]}.",)
    finding = stable_words(study) or opening(study)
    return Content(finding, notes, (Block("Share_groups", "", frame, fields),))


def _group_row(study: Share, group: Group) -> dict[str, object]:
    place = study.coalition(group.members)
    blocks = [
        str(division.rule)
        for division in study.divisions
        if division.stability.verdict is Verdict.BLOCKED and place in division.stability.groups
    ]
    row: dict[str, object] = {
        "group": group_words(study, group.members),
        "size": len(group.members),
        "cost": _finite(group.cost.high),
        "low": _finite(group.cost.low),
        "blocks": ", ".join(blocks),
        "note": _note(group),
    }
    for division in study.divisions:
        row[f"pays_{KEYS[division.rule]}"] = sum(division.shares[member] for member in group.members)
    return row


def _note(group: Group) -> str:
    """Why there is no plan of a group, or why its search ended early; blank where all is well."""
    if not group.possible:
        return "no plan is possible"
    return group.stopped or ("" if isfinite(group.cost.high) else "no certified plan was found")


def payments(study: Share) -> Content:
    """Who pays whom by each rule, in money a year."""
    fields = (
        Field("rule", "Rule"),
        Field("payer", "Pays"),
        Field("receiver", "To"),
        Field("amount", "Amount", "number", "currency/year"),
    )
    rows = [row for division in study.divisions for row in _payments(study, division)]
    balance = (
        Field("rule", "Rule"),
        Field("ally", "Ally"),
        Field("first", "Pays first in the plan", "number", "currency/year"),
        Field("bears", "Bears in the end", "number", "currency/year"),
        Field("net", "Pays others on balance", "number", "currency/year"),
    )
    positions = [row for division in study.divisions for row in _positions(study, division)]
    notes = (
        "Even payments a year over the horizon, cost of goods included. Who pays first is as on Plan Costs: production "
        "where the plant stands, freight and tariffs at the destination, stock where it is held, damage where the "
        "demand is, new capacity and protections by their payer. Whoever owes pays all who are owed in proportion.",
    )
    return Content(
        f"Who pays whom, so that each bears its share; {OUTSIDE[study.outside]}.",
        notes,
        (
            Block("Share_payments", "Payments", table(rows, fields, study.currency), fields),
            Block(
                "Share_positions",
                "From what is paid first to what is borne",
                table(positions, balance, study.currency),
                balance,
            ),
        ),
    )


def _payments(study: Share, division: Division) -> Iterator[dict[str, object]]:
    for each in study.settlement(division).payments:
        yield {
            "rule": str(division.rule),
            "payer": named(study, each.payer),
            "receiver": named(study, each.receiver),
            "amount": each.amount,
        }


def _positions(study: Share, division: Division) -> Iterator[dict[str, object]]:
    settlement = study.settlement(division)
    for ally, first in settlement.first.items():
        bears = settlement.bears[ally]
        yield {
            "rule": str(division.rule),
            "ally": named(study, ally),
            "first": first,
            "bears": bears,
            "net": bears - first,
        }

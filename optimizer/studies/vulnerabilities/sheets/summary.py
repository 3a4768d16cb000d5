"""Vulnerabilities Summary: the sources whose loss would hurt most, ranked."""

from __future__ import annotations

from math import isfinite

from friendshore.optimizer.reporting.content import Block, Content, Field, Figure
from friendshore.optimizer.reporting.frames import table
from friendshore.optimizer.studies.vulnerabilities.sentences import (
    exposure_finding,
    hit,
    opening,
    source_name,
    supply_finding,
)
from friendshore.optimizer.studies.vulnerabilities.sheets.rows import need_words, survival, tier_fields
from friendshore.optimizer.studies.vulnerabilities.single_points import SinglePoint
from friendshore.optimizer.studies.vulnerabilities.vulnerabilities import Vulnerabilities
from friendshore.optimizer.wording.counts import counted, verb
from friendshore.optimizer.wording.durations import duration
from friendshore.optimizer.wording.money import money

FIRST = (
    Field("source", "Source lost"),
    Field("rank", "Rank", "number"),
    Field("kind", "Kind"),
    Field("country", "Country"),
    Field("index", "Risk exposure index", "number"),
    Field("recovers", "Time to recover", "number", "years"),
)
LAST = (
    Field("cost", "A stop until it recovers costs more", "number", "currency"),
    Field("worst", "Need hit hardest"),
    Field("share", "Share of it short", "share", "%"),
    Field("forever", "Lost for good it costs more", "number", "currency/year"),
)
MOST_RANKED = 25
MOST_BARS = 12


def ranked(study: Vulnerabilities) -> list[SinglePoint]:
    """The sources whose loss costs anything, worst first."""
    return [point for point in study.points if point.stop.cost > 0 or point.for_good.cost > 0]


def content(study: Vulnerabilities) -> Content:
    """What the sheet says."""
    fields = (*FIRST, *tier_fields(study), *LAST)
    points = ranked(study)
    rows = [
        {
            "rank": rank,
            "source": point.source.name,
            "kind": point.source.kind,
            "country": point.source.country,
            "index": point.exposure_index,
            "recovers": point.recover_years,
            **survival(study, point),
            "cost": point.stop.cost,
            "worst": need_words(point.stop.worst),
            "share": point.stop.worst_share,
            "forever": point.for_good.cost,
        }
        for rank, point in enumerate(points[:MOST_RANKED], 1)
    ]
    block = Block("Ranked", "", table(rows, fields, study.currency), fields)
    notes = (
        opening(study),
        *(text for text in (supply_finding(study), exposure_finding(study)) if text),
        "Risk exposure index: what a stop of the time to recover costs more, over the largest of all. Time to survive: "
        "the longest stop with no more shortage of a tier, nor of one that hurts more, than as things stand, from "
        "stocks and all other sources (Simchi-Levi et al., Harvard Business Review 92, 2014; Interfaces 45(5), 2015). "
        "All differences are to the same time without the stop. The sheet Method tells more.",
        *((f"Shown are the {MOST_RANKED} worst of {len(points)}.",) if len(points) > MOST_RANKED else ()),
    )
    figures = (_index_figure(study, points), _time_figure(study, points))
    return Content(finding(study, points), notes, (block,), tuple(figure for figure in figures if figure is not None))


def finding(study: Vulnerabilities, points: list[SinglePoint]) -> str:
    """The worst of all in a sentence."""
    if not points:
        return "No single country, plant or route is missed when it is lost."
    worst = points[0]
    return (
        f"The worst single loss is {source_name(study, worst)}: a stop of {duration(worst.recover_years)} costs "
        f"{money(worst.stop.cost, study.currency)} more; {hit(study, worst.stop)}"
    )


def _index_figure(study: Vulnerabilities, points: list[SinglePoint]) -> Figure | None:
    if not points:
        return None
    fields = (Field("source", "Source lost"), Field("index", "Risk exposure index", "number"))
    rows = [{"source": source_name(study, point), "index": point.exposure_index} for point in points[:MOST_BARS]]
    high = sum(point.exposure_index >= 0.1 for point in points)
    reach = f"{high} of {counted(len(study.points), 'source')} {verb(high, 'reaches', 'reach')}"
    title = f"{reach} a tenth of the worst, {source_name(study, points[0])}"
    block = Block("Exposure_index", "Risk exposure index, worst first", table(rows, fields, study.currency), fields)
    return Figure(title, "bar", block, "source", ("index",), "share of the worst loss", "share")


def _time_figure(study: Vulnerabilities, points: list[SinglePoint]) -> Figure | None:
    """Time to survive of the tier that lasts shortest beside time to recover, where it ends at all."""
    ending = [point for point in points if isfinite(point.shortest)][:MOST_BARS]
    if not ending:
        return None
    fields = (
        Field("source", "Source lost"),
        Field("survives", "Time to survive, all tiers", "number", "years"),
        Field("recovers", "Time to recover", "number", "years"),
    )
    rows = [
        {"source": source_name(study, point), "survives": point.shortest, "recovers": point.recover_years}
        for point in ending
    ]
    short = sum(point.shortest < point.recover_years for point in study.points)
    take = f"{short} of {counted(len(study.points), 'source')} {verb(short, 'takes', 'take')}"
    title = f"{take} longer to recover than supply lasts"
    block = Block(
        "Time_to_survive", "How long it lasts, and how long it takes", table(rows, fields, study.currency), fields
    )
    return Figure(title, "bar", block, "source", ("survives", "recovers"), "years")

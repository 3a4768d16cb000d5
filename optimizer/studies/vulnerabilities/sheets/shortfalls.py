"""Vulnerabilities Shortfalls: who goes short of what when a source stops."""

from __future__ import annotations

from friendshore.optimizer.reporting.content import Block, Content, Field
from friendshore.optimizer.reporting.frames import table
from friendshore.optimizer.studies.vulnerabilities.sentences import source_name
from friendshore.optimizer.studies.vulnerabilities.sheets.rows import unit_of
from friendshore.optimizer.studies.vulnerabilities.vulnerabilities import Vulnerabilities
from friendshore.optimizer.wording.counts import counted
from friendshore.optimizer.wording.shares import percent

FIELDS = (
    Field("source", "Source lost"),
    Field("kind", "Kind"),
    Field("years", "Stop", "number", "years"),
    Field("who", "Who goes short"),
    Field("commodity", "Commodity"),
    Field("tier", "Tier"),
    Field("unit", "Unit"),
    Field("demand", "Needed over the stop", "number"),
    Field("before", "Short without it", "number"),
    Field("short", "Short with it", "number"),
    Field("share", "Share of need not met", "share", "%"),
)


def content(study: Vulnerabilities) -> Content:
    """What the sheet says."""
    rows = [
        {
            "source": point.source.name,
            "kind": point.source.kind,
            "years": point.stop.years,
            "who": each.country,
            "commodity": each.commodity,
            "tier": each.tier,
            "unit": unit_of(study, each.commodity),
            "demand": each.demand,
            "before": each.before,
            "short": each.short,
            "share": each.share,
        }
        for point in study.points
        for each in point.stop.shortfalls
    ]
    hurting = [point for point in study.points if point.stop.shortfalls]
    finding = f"Of {counted(len(study.points), 'source')} {len(hurting)}, stopped, would leave someone short."
    if hurting:
        worst = max(hurting, key=lambda point: len(point.stop.shortfalls))
        peak = max(worst.stop.shortfalls, key=lambda each: each.share)
        finding += (
            f" {source_name(study, worst)} leaves {len(worst.stop.shortfalls)} needs short, the hardest hit "
            f"{peak.country}, {peak.commodity}, {peak.tier} by {percent(peak.share)}."
        )
    notes = (
        "Rows that are no shorter than without the stop are left out. Who among equals goes short is what costs least, "
        "and may be shared otherwise at the same cost.",
    )
    return Content(finding, notes, (Block("Shortfalls", "", table(rows, FIELDS, study.currency), FIELDS),))

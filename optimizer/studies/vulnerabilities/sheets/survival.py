"""Vulnerabilities Survival: how long each member of the coalition lasts when a source stops."""

from __future__ import annotations

from math import isfinite

from friendshore.optimizer.reporting.content import Block, Content, Field
from friendshore.optimizer.reporting.frames import table
from friendshore.optimizer.studies.vulnerabilities.sentences import source_name
from friendshore.optimizer.studies.vulnerabilities.sheets.rows import ENDLESS
from friendshore.optimizer.studies.vulnerabilities.vulnerabilities import Vulnerabilities
from friendshore.optimizer.wording.durations import duration

FIELDS = (
    Field("source", "Source lost"),
    Field("kind", "Kind"),
    Field("member", "Member"),
    Field("tier", "Tier"),
    Field("recovers", "Time to recover", "number", "years"),
    Field("survives", "Time to survive", "mixed", "years"),
    Field("gap", "Recovers later than it lasts by", "number", "years"),
)


def content(study: Vulnerabilities) -> Content:
    """What the sheet says."""
    ending = [
        (point, member, tier, years)
        for point in study.points
        for member, times in point.members_survive.items()
        for tier, years in times.items()
        if isfinite(years)
    ]
    rows = [
        {
            "source": point.source.name,
            "kind": point.source.kind,
            "member": member,
            "tier": tier,
            "recovers": point.recover_years,
            "survives": years if isfinite(years) else ENDLESS,
            "gap": max(0.0, point.recover_years - years),
        }
        for point, member, tier, years in ending
    ]
    notes = (
        "Only what ends is shown; everything else can be borne for good. Time to survive of a member: the longest stop "
        "during which it is not shorter of the tier, nor of one that hurts more, than as things stand, if all other "
        "countries give way.",
    )
    finding = "Every member can bear every single loss for good, if all others give way."
    if ending:
        worst = min(ending, key=lambda row: (row[3] - row[0].recover_years, row[0].source.name))
        point, member, tier, years = worst
        finding = (
            f"Without {source_name(study, point)}, {member} lasts {duration(years)} in {tier}, and it takes "
            f"{duration(point.recover_years)} to recover."
        )
    return Content(finding, notes, (Block("Survival", "", table(rows, FIELDS, study.currency), FIELDS),))

"""Vulnerabilities Single points: every country, plant and route lost by itself, for a time and for good."""

from __future__ import annotations

from friendshore.optimizer.reporting.content import Block, Content, Field
from friendshore.optimizer.reporting.frames import table
from friendshore.optimizer.studies.vulnerabilities.sheets.rows import need_words, survival, tier_fields, unit_of
from friendshore.optimizer.studies.vulnerabilities.single_points import Loss, SinglePoint
from friendshore.optimizer.studies.vulnerabilities.vulnerabilities import Vulnerabilities
from friendshore.optimizer.wording.counts import verb

FIRST = (
    Field("source", "Source lost"),
    Field("kind", "Kind"),
    Field("country", "Country"),
    Field("bloc", "Bloc"),
    Field("recovers", "Stop, time to recover", "number", "years"),
)
LAST = (
    Field("index", "Risk exposure index", "number"),
    Field("stop_cost", "Stop: costs more", "number", "currency"),
    Field("stop_damage", "Stop: of it damage from shortage", "number", "currency"),
    Field("stop_worst", "Stop: need hit hardest"),
    Field("stop_short", "Stop: short because of it", "number"),
    Field("stop_unit", "Stop: unit"),
    Field("stop_share", "Stop: share of need", "share", "%"),
    Field("good_cost", "For good: costs more", "number", "currency/year"),
    Field("good_damage", "For good: of it damage", "number", "currency/year"),
    Field("good_worst", "For good: need hit hardest"),
    Field("good_short", "For good: short a year", "number"),
    Field("good_unit", "For good: unit"),
    Field("good_share", "For good: share of need", "share", "%"),
)


def content(study: Vulnerabilities) -> Content:
    """What the sheet says."""
    fields = (*FIRST, *tier_fields(study), *LAST)
    frame = table((_row(study, point) for point in study.points), fields, study.currency)
    felt = sum(point.shortest < point.recover_years for point in study.points)
    harmless = sum(point.stop.cost <= 0 and point.for_good.cost <= 0 for point in study.points)
    finding = (
        f"Of {len(study.points)} countries, plants and routes {felt} {verb(felt, 'takes', 'take')} longer to "
        "recover than supply lasts; "
        f"{harmless} {verb(harmless, 'is', 'are')} not missed at all."
    )
    notes = (
        "A country lost sends nothing to the coalition and, where it is a member, makes nothing; its own stockpiles "
        "stay at hand there. A plant makes nothing; a route carries nothing. Nothing is built meanwhile.",
        "Stop: totals over the stop, with stocks as at the start, against the same time without it. For good: a year "
        "after stocks are gone. Damage can exceed the cost: what is not delivered is not paid for.",
        "Time to survive: the longest stop with no more shortage of a tier, nor of one that hurts more, than as things "
        "stand; 'no end' can be borne for good.",
    )
    return Content(finding, notes, (Block("Single_points", "", frame, fields),))


def _row(study: Vulnerabilities, point: SinglePoint) -> dict[str, object]:
    source = point.source
    return {
        "source": source.name,
        "kind": source.kind,
        "country": source.country,
        "bloc": source.bloc,
        "recovers": point.recover_years,
        **survival(study, point),
        "index": point.exposure_index,
        **_loss(study, "stop", point.stop),
        **_loss(study, "good", point.for_good),
    }


def _loss(study: Vulnerabilities, name: str, loss: Loss) -> dict[str, object]:
    return {
        f"{name}_cost": loss.cost,
        f"{name}_damage": loss.damage,
        f"{name}_worst": need_words(loss.worst),
        f"{name}_short": loss.worst_short,
        f"{name}_unit": unit_of(study, loss.worst[0]) if loss.worst else "",
        f"{name}_share": loss.worst_share,
    }

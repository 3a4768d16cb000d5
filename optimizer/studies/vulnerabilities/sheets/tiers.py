"""Vulnerabilities Tiers: where each commodity behind a final good is made."""

from __future__ import annotations

from friendshore.optimizer.reporting.content import Block, Content, Field, Figure
from friendshore.optimizer.reporting.frames import table
from friendshore.optimizer.studies.vulnerabilities.exposure import TierExposure
from friendshore.optimizer.studies.vulnerabilities.reliance import COALITION
from friendshore.optimizer.studies.vulnerabilities.vulnerabilities import Vulnerabilities
from friendshore.optimizer.wording.shares import percent

FIELDS = (
    Field("consumer", "Consumer"),
    Field("commodity", "Final good"),
    Field("tier_commodity", "Made of"),
    Field("stage", "Stage"),
    Field("country", "Made in"),
    Field("share", "Share of it", "share", "%"),
)
MOST_GOODS = 4
MOST_SERIES = 5
OTHERS = "others"


def content(study: Vulnerabilities) -> Content:
    """What the sheet says."""
    lines = sorted(
        study.exposure_by_tier,
        key=lambda line: (line.consumer != COALITION, line.consumer, line.commodity, line.tier_commodity, -line.share),
    )
    frame = table((dict(vars(line)) for line in lines), FIELDS, study.currency)
    notes = (
        "All that is behind a unit of the final good, at whatever tier, by where it is made; the shares of each "
        "commodity sum to 100% over the countries.",
    )
    own = [line for line in lines if line.consumer == COALITION]
    goods = list(dict.fromkeys(line.commodity for line in own))[:MOST_GOODS]
    figures = tuple(_figure(study, good, i, own) for i, good in enumerate(goods, 1))
    finding = figures[0].title + "." if figures else "Nothing is made for the coalition."
    return Content(finding, notes, (Block("Tiers", "", frame, FIELDS),), figures)


def _figure(study: Vulnerabilities, good: str, number: int, lines: list[TierExposure]) -> Figure:
    mine = [line for line in lines if line.commodity == good]
    weight: dict[str, float] = {}
    for line in mine:
        weight[line.country] = weight.get(line.country, 0.0) + line.share
    chosen = sorted(weight, key=lambda country: (-weight[country], country))[:MOST_SERIES]
    rest = [OTHERS] if len(weight) > len(chosen) else []
    shares: dict[str, dict[str, float]] = {}
    for line in mine:
        row = shares.setdefault(line.tier_commodity, dict.fromkeys([*chosen, *rest], 0.0))
        row[line.country if line.country in chosen else OTHERS] += line.share
    fields = (
        Field("tier_commodity", "Made of"),
        *(Field(country, country, "share", "%") for country in [*chosen, *rest]),
    )
    rows = [{"tier_commodity": name, **row} for name, row in shares.items()]
    top = max((line for line in mine if line.country == chosen[0]), key=lambda line: line.share)
    title = f"Behind {good}: {top.country} makes {percent(top.share)} of the {top.tier_commodity}"
    block = Block(
        f"Tiers_{number}", f"Where what is behind {good} is made", table(rows, fields, study.currency), fields
    )
    return Figure(
        title, "stacked bars", block, "tier_commodity", (*chosen, *rest), "share of each", "share", span=(0.0, 1.0)
    )

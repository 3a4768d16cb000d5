"""Vulnerabilities Exposure: what of each final good depends on each country, through all tiers."""

from __future__ import annotations

from math import nan

from friendshore.optimizer.reporting.content import Block, Content, Field, Figure
from friendshore.optimizer.reporting.frames import table
from friendshore.optimizer.studies.vulnerabilities.exposure import Exposure
from friendshore.optimizer.studies.vulnerabilities.reliance import COALITION
from friendshore.optimizer.studies.vulnerabilities.sentences import exposure_finding
from friendshore.optimizer.studies.vulnerabilities.vulnerabilities import Vulnerabilities
from friendshore.optimizer.wording.shares import percent

FIELDS = (
    Field("consumer", "Consumer"),
    Field("commodity", "Final good"),
    Field("country", "Country behind it"),
    Field("value_share", "Share of its value", "share", "%"),
    Field("mass_share", "Share of its mass, where it enters", "share", "%"),
    Field("any_tier", "Not made without it, as flows stand", "share", "%"),
)
CHART = (
    Field("country", "Country"),
    Field("value_share", "Share of its value", "share", "%"),
    Field("any_tier", "Not made without it", "share", "%"),
)
MOST_GOODS = 4
MOST_COUNTRIES = 10


def content(study: Vulnerabilities) -> Content:
    """What the sheet says."""
    lines = sorted(
        study.exposure, key=lambda line: (line.consumer != COALITION, line.consumer, line.commodity, -line.any_tier)
    )
    frame = table((_row(line) for line in lines), FIELDS, study.currency)
    notes = (
        "Every unit is followed back through all tiers of the least-cost flows, recycling included, each user of a "
        "good getting the same mix. Shares of value (what each country adds) and of mass (where material enters the "
        "chain) each sum to 100% over the countries; mass is blank where commodities have different units.",
        "Not made without it: the share that stops when the country makes nothing at any tier and nobody turns to "
        "others or to stocks. It does not sum to 100%: one missing input is enough.",
    )
    goods = _most_exposed(study)[:MOST_GOODS]
    return Content(
        exposure_finding(study) or "No final good of the coalition depends on a country outside.",
        notes,
        (Block("Exposure", "", frame, FIELDS),),
        tuple(_figure(study, good, i) for i, good in enumerate(goods, 1)),
    )


def _most_exposed(study: Vulnerabilities) -> list[str]:
    """Final goods of the coalition, that first of which most could not be made without one country outside it."""
    outside: dict[str, float] = {}
    for line in study.exposure:
        if line.consumer == COALITION:
            share = 0.0 if line.country in study.problem.coalition else line.any_tier
            outside[line.commodity] = max(outside.get(line.commodity, 0.0), share)
    return sorted(outside, key=lambda good: (-outside[good], good))


def _row(line: Exposure) -> dict[str, object]:
    return {**vars(line), "mass_share": nan if line.mass_share is None else line.mass_share}


def _figure(study: Vulnerabilities, good: str, number: int) -> Figure:
    lines = [line for line in study.exposure if line.consumer == COALITION and line.commodity == good]
    lines.sort(key=lambda line: (-line.any_tier, -line.value_share, line.country))
    rows = [{field.key: vars(line)[field.key] for field in CHART} for line in lines[:MOST_COUNTRIES]]
    top = lines[0]
    title = f"{good}: {percent(top.value_share)} of its value from {top.country}, {percent(top.any_tier)} stops with it"
    block = Block(
        f"Behind_{number}", f"Countries behind {good}, of the coalition", table(rows, CHART, study.currency), CHART
    )
    return Figure(
        title, "bar", block, "country", ("value_share", "any_tier"), "share of the good", "share", span=(0.0, 1.0)
    )

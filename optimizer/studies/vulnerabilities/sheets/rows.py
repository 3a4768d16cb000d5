"""Fields and cells that the sheets share."""

from __future__ import annotations

from math import isfinite

from friendshore.optimizer.reporting.content import Field
from friendshore.optimizer.studies.vulnerabilities.single_points import SinglePoint
from friendshore.optimizer.studies.vulnerabilities.vulnerabilities import Vulnerabilities

ENDLESS = "no end"
NO_SHORTAGE = "no shortage"


def tier_key(place: int) -> str:
    """Key of the column of a tier."""
    return f"survives_{place}"


def tier_fields(study: Vulnerabilities) -> tuple[Field, ...]:
    """A column of time to survive for each tier."""
    return tuple(
        Field(tier_key(place), f"Time to survive, {tier}", "mixed", "years") for place, tier in enumerate(study.tiers)
    )


def survival(study: Vulnerabilities, point: SinglePoint) -> dict[str, object]:
    """Cells of time to survive."""
    return {tier_key(place): _years(point.survives[tier]) for place, tier in enumerate(study.tiers)}


def _years(years: float) -> object:
    return years if isfinite(years) else ENDLESS


def need_words(need: tuple[str, str] | None) -> str:
    """The worst-hit need in a cell."""
    return NO_SHORTAGE if need is None else f"{need[0]}, {need[1]}"


def unit_of(study: Vulnerabilities, commodity: str) -> str:
    """Unit of a commodity."""
    return study.problem.commodities[commodity].unit

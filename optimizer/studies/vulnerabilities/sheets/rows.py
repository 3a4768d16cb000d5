"""Rows of the study as tables with units, and what the sheets share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite

import pandas as pd

from friendshore.optimizer.reporting.content import Field
from friendshore.optimizer.studies.vulnerabilities.single_points import SinglePoint
from friendshore.optimizer.studies.vulnerabilities.vulnerabilities import Vulnerabilities

ENDLESS = "no end"
NO_SHORTAGE = "no shortage"


def table(study: Vulnerabilities, rows: Iterable[Mapping[str, object]], fields: Sequence[Field]) -> pd.DataFrame:
    """Rows with the columns of the fields and their units in ``attrs["units"]``, money in the currency of Settings."""
    frame = pd.DataFrame(list(rows), columns=[field.key for field in fields])
    currency = study.currency
    frame.attrs["units"] = {
        field.key: " per ".join(currency if part == "currency" else part for part in field.unit.split("/"))
        for field in fields
        if field.unit
    }
    return frame


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

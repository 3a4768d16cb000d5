"""The tables of a plan: their columns, and frames of the declared types."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from friendshore.models.tables.processes import process_name

Types = Mapping[str, type[str] | type[int] | type[float]]

NODE: Types = MappingProxyType({"scenario": str, "period": str, "step": int})
"""The columns that name a node of the tree, first in every table but those of protections and paths."""

PLAN_TABLES: Mapping[str, Types] = MappingProxyType(
    {
        "nodes": {**NODE, "start": float, "years": float, "weight": float, "parent_scenario": str},
        "sourcing": {**NODE, "origin": str, "destination": str, "commodity": str, "way": str, "quantity": float},
        "production": {**NODE, "plant": str, "recipe": str, "activity": float},
        "shortages": {
            **NODE,
            "country": str,
            "commodity": str,
            "tier": str,
            "row": int,
            "demand": float,
            "shortage": float,
        },
        "stocks": {**NODE, "stockpile": str, "level": float, "filled": float},
        "releases": {**NODE, "stockpile": str, "destination": str, "way": str, "quantity": float},
        "investments": {**NODE, "expansion": str, "units": float},
        "protections": {"protection": str, "bought": int},
        "costs": {**NODE, "kind": str, "cost": float, "discounted": float},
        "paths": {"scenario": str, "probability": float, "cost": float, "shortage": float, "demand": float},
        "clean": {
            "split": str,
            **NODE,
            "part": str,
            "origin": str,
            "destination": str,
            "commodity": str,
            "way": str,
            "plant": str,
            "recipe": str,
            "stockpile": str,
            "row": int,
            "quantity": float,
        },
        "surplus": {**NODE, "country": str, "commodity": str, "quantity": float},
        "closings": {**NODE, "plant": str},
    }
)
"""Types of the columns by table of ``Plan``, where it says what they mean; the same for a table without rows."""

OF_WORDS = ("surplus", "closings")
"""Tables that are told only where a word of the workbook brings them."""


def typed_frame(columns: Mapping[str, object], types: Types) -> pd.DataFrame:
    """A table of the declared columns, in their order, each of its declared type whatever it holds.

    Parameters
    ----------
    columns
        The values of each column, all of one length; those of no declared column are an error (KeyError both ways).
    types
        Type of each column by name.
    """
    unknown = set(columns) - set(types)
    if unknown:
        raise KeyError(f"no column {', '.join(sorted(unknown))} is declared")
    return pd.DataFrame({name: pd.Series(columns[name], dtype=type_) for name, type_ in types.items()})


def plan_table(name: str, columns: Mapping[str, object], units: Mapping[str, str]) -> pd.DataFrame:
    """One table of a plan.

    Parameters
    ----------
    name
        Its name in ``PLAN_TABLES``.
    columns
        The values of each column, all of one length.
    units
        Unit of the numbers, by column.

    Returns
    -------
    pd.DataFrame
        The columns in the declared order, each of its declared type; the units stand in ``attrs["units"]``.
    """
    frame = typed_frame(columns, PLAN_TABLES[name])
    frame.attrs["units"] = dict(units)
    return frame


def process_names(rows: pd.DataFrame) -> pd.Series:
    """The process of each row of a table of a plan, by its plant and, where the plant has several, its recipe."""
    if "recipe" not in rows.columns or not rows["recipe"].astype(bool).any():
        return rows["plant"].astype(str).astype(object)
    recipes = rows["recipe"]
    each = zip(rows["plant"], recipes, strict=True)
    names = [process_name(str(plant), str(recipe), bool(recipe)) for plant, recipe in each]
    return pd.Series(names, index=rows.index, dtype=object)

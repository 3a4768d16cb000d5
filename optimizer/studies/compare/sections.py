"""Tables of several plans side by side: a column for each plan, and one for each change against the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

Kind = Literal["number", "share", "text", "mixed"]
TINY = 1e-7
"""Changes that are a smaller share of what they change are rounding."""


@dataclass(frozen=True, eq=False)
class Section:
    """One comparison.

    ``frame`` has the columns of ``keys`` (key and words of its header), then ``p0``, ``p1``, … with the value of each
    plan, then ``d1``, … with its change against the first (numbers only). ``unit`` is that of the values.
    """

    name: str
    title: str
    keys: tuple[tuple[str, str], ...]
    frame: pd.DataFrame
    kind: Kind
    unit: str = ""

    @property
    def changed(self) -> pd.DataFrame:
        """The rows in which a plan differs from the first."""
        return self.frame[changed(self.frame, self.kind)].reset_index(drop=True)


def section(
    name: str,
    title: str,
    keys: Mapping[str, str],
    parts: Sequence[pd.DataFrame],
    kind: Kind,
    unit: str = "",
    blank: Sequence[object] | object = 0.0,
) -> Section:
    """A section of the plans' ``parts``, frames with the columns of ``keys`` and ``value``.

    ``blank`` is what a row that a plan does not have counts as, for all plans or one for each.

    Parameters
    ----------
    name
        Name of its table.
    title
        Title of the section.
    keys
        Columns that name a line, with their words.
    parts
        One table a plan.
    kind
        What the values are.
    unit
        Unit of the values.
    blank
        What a missing value stands for.

    Returns
    -------
    Section
        The section.
    """
    by = list(keys)
    columns = [f"p{i}" for i, _ in enumerate(parts)]
    blanks = list(blank) if isinstance(blank, list) else [blank] * len(parts)
    made = [
        part[[*by, "value"]].drop_duplicates(by).set_index(by)["value"].rename(column)
        for part, column in zip(parts, columns, strict=True)
    ]
    frame = pd.concat(made, axis=1, sort=False) if made else pd.DataFrame(columns=columns)
    for column, fill in zip(columns, blanks, strict=True):
        if fill is not None:
            frame[column] = frame[column].astype(object).where(frame[column].notna(), fill)
        if kind in ("number", "share"):
            frame[column] = pd.to_numeric(frame[column], errors="coerce")
    if kind in ("number", "share"):
        for i, column in enumerate(columns[1:], 1):
            frame[f"d{i}"] = frame[column] - frame["p0"]
    return Section(name, title, tuple(keys.items()), frame.reset_index(names=by), kind, unit)


def changed(frame: pd.DataFrame, kind: Kind) -> pd.Series:
    """Which rows differ from the first plan."""
    plans = [column for column in frame.columns if column[:1] == "p" and column[1:].isdigit()]
    mask = pd.Series(False, index=frame.index)
    first = frame["p0"]
    for column in plans[1:]:
        other = frame[column]
        if kind in ("number", "share"):
            scale = pd.concat([first.abs(), other.abs()], axis=1).max(axis=1).clip(lower=TINY)
            differs = ((other - first).abs() > TINY * scale) | (first.isna() != other.isna())
        else:
            differs = first.astype(str) != other.astype(str)
        mask |= differs
    return mask

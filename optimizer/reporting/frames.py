"""Reading a plan: rows in order of scenario and time, sums over steps, and units."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import pandas as pd

from friendshore.models.plan import Plan
from friendshore.models.problem import Problem
from friendshore.models.tables.periods import look_ahead_labels, planned_labels
from friendshore.optimizer.reporting.content import Field, unused

NODE = ["scenario", "period", "step"]
BASE = "base"
DAYS = 365.0
NOTHING = 1e-6  # what the solver's tolerance may leave of a zero, relative to the size of what is looked at
MOST_ROWS = 100_000  # of one table; Excel holds ten times as many, no reader does
SEE_UNIT = "see Unit"

# -- rows -------------------------------------------------------------------------------------------------------


def scenarios(plan: Plan) -> list[str]:
    """All scenarios, in the order of the tree: base first, parents before children."""
    return list(dict.fromkeys(plan.nodes["scenario"]))


def periods(plan: Plan) -> list[str]:
    """Labels of the periods, in order of time."""
    return [period.period for period in plan.problem.periods]


def planned_periods(plan: Plan) -> list[str]:
    """Labels of the periods that are planned, those with look_ahead left out."""
    return planned_labels(plan.problem.periods)


def look_ahead_periods(plan: Plan) -> list[str]:
    """Labels of the periods behind the plan, which no headline, total or chart counts."""
    return look_ahead_labels(plan.problem.periods)


def within_the_plan(plan: Plan, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of planned periods; ``rows`` have a column ``period``."""
    beyond = look_ahead_periods(plan)
    return rows[~rows["period"].isin(beyond)] if beyond else rows


def in_order(plan: Plan, frame: pd.DataFrame, first: Sequence[str] = (), last: Sequence[str] = ()) -> pd.DataFrame:
    """Rows sorted by scenario and time as the plan knows them; other columns before and after by name.

    Parameters
    ----------
    plan
        The plan.
    frame
        A table.
    first
        Columns to sort by before scenario and time.
    last
        Columns to sort by after them.

    Returns
    -------
    pd.DataFrame
        The same rows, sorted.
    """
    ranks = {"scenario": scenarios(plan), "period": periods(plan)}
    by = [*first, *(key for key in NODE if key in frame.columns), *last]

    def rank(column: pd.Series) -> pd.Series:
        known = ranks.get(str(column.name))
        return column if known is None else column.map({name: i for i, name in enumerate(known)})

    return frame.sort_values(by, key=rank, kind="stable", ignore_index=True) if by else frame


def over_steps(frame: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Quantities of the steps of each period added up."""
    return frame.drop(columns=["step"]).groupby(["scenario", "period", *keys], as_index=False, sort=False).sum()


def with_nodes(plan: Plan, frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Rows with columns of their node (start, years, weight) beside them.

    Parameters
    ----------
    plan
        The plan.
    frame
        A table.
    columns
        Columns of the nodes: start, years, weight.

    Returns
    -------
    pd.DataFrame
        The rows with these columns.
    """
    return frame.merge(plan.nodes[[*NODE, *columns]], on=NODE, how="left")


def value_by_period(plan: Plan, rows: pd.DataFrame, read: Callable[[Problem, str], float], key: str) -> pd.Series:
    """A number of the sheets for each row, as it is in the period of the row.

    Parameters
    ----------
    plan
        A plan.
    rows
        Rows with a column ``period`` and the column ``key``.
    read
        The number, of the problem as it is in a period and what stands under ``key``.
    key
        Name of a column: whose number it is.

    Returns
    -------
    pd.Series
        One number a row.
    """
    place = {label: t for t, label in enumerate(periods(plan))}
    pairs = list(zip(rows["period"], rows[key], strict=True))
    known = {pair: read(plan.problem.at(place[pair[0]]), pair[1]) for pair in dict.fromkeys(pairs)}
    return pd.Series([known[pair] for pair in pairs], index=rows.index, dtype=float)


def bought_protections(plan: Plan) -> list[str]:
    """Names of the protections that the plan buys."""
    rows = plan.protections
    return [str(name) for name in rows.loc[rows["bought"].astype(float) > 0.5, "protection"]]


def protected_since(plan: Plan) -> dict[str, int]:
    """By protection that the plan buys the position of the period from which it is in force: 0 is the start."""
    bought = bought_protections(plan)
    if "period" not in plan.protections:
        return dict.fromkeys(bought, 0)
    told = dict(zip(plan.protections["protection"].astype(str), plan.protections["period"].astype(str), strict=True))
    return {name: plan.problem.period_index(told[name], 0) for name in bought}


def largest_and_rest(wide: pd.DataFrame, most: int, rest: str) -> pd.DataFrame:
    """A table of few columns: the first as they are, those beyond added up in one.

    Parameters
    ----------
    wide
        Columns of numbers, the largest first.
    most
        How many columns there may be.
    rest
        What the column of the others is called; numbered where a column has that name.

    Returns
    -------
    pandas.DataFrame
        ``wide`` itself where it has no more columns than ``most``.
    """
    if len(wide.columns) <= most:
        return wide
    first = [str(column) for column in wide.columns[: most - 1]]
    others = wide.drop(columns=first).sum(axis=1)
    return wide[first].assign(**{unused(rest, {name.casefold() for name in first}): others})


# -- units ------------------------------------------------------------------------------------------------------


def unit_of(plan: Plan, commodity: str) -> str:
    """Unit of a commodity; blank where it is not known."""
    row = plan.problem.commodities.get(commodity)
    return "" if row is None else row.unit


def tidy(plan: Plan, frame: pd.DataFrame, fields: Sequence[Field]) -> pd.DataFrame:
    """The columns that are shown, in order, with the unit of each in ``attrs["units"]``.

    Where all rows share one unit (column ``unit``), it stands in the headers; else the headers point to the column.

    Parameters
    ----------
    plan
        The plan.
    frame
        A table.
    fields
        The columns that are shown.

    Returns
    -------
    pd.DataFrame
        The columns in order, units in ``attrs``.
    """
    units = set(frame["unit"]) if "unit" in frame.columns else set()
    shared = str(next(iter(units))) if len(units) == 1 else ""
    kept = [field.key for field in fields]
    kept += [f"{field.key}_kind" for field in fields if f"{field.key}_kind" in frame.columns]
    shown = frame[kept].reset_index(drop=True)
    currency = plan.problem.settings.currency
    shown.attrs["units"] = {field.key: _unit(field.unit, currency, shared) for field in fields if field.unit}
    return shown


def table(rows: Iterable[Mapping[str, object]], fields: Sequence[Field], currency: str) -> pd.DataFrame:
    """Rows as a table with the unit of each column in ``attrs["units"]``.

    Parameters
    ----------
    rows
        Values by the keys of the fields; ``key + "_kind"`` of the first row says that the column has kinds of its own.
    fields
        The columns that are shown, in order.
    currency
        That of Settings, in place of ``currency`` in the units of the fields.

    Returns
    -------
    pandas.DataFrame
        One row for each of ``rows``, the columns by the keys of the fields.
    """
    listed = list(rows)
    keys = [field.key for field in fields]
    keys += [f"{key}_kind" for key in keys if listed and f"{key}_kind" in listed[0]]
    frame = pd.DataFrame(listed, columns=keys)
    frame.attrs["units"] = {field.key: _unit(field.unit, currency, "") for field in fields if field.unit}
    return frame


def _unit(unit: str, currency: str, shared: str) -> str:
    if unit == "unit":
        return shared or SEE_UNIT
    words = {"currency": currency, "unit": shared or "unit"}
    return " per ".join(words.get(part, part) for part in unit.split("/"))


def full(frame: pd.DataFrame) -> bool:
    """Whether a table has as many rows as a sheet should hold, so that some may have been left out."""
    return len(frame) >= MOST_ROWS


def most_rows(frame: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """At most as many rows as a sheet should hold, and a note where some are left out."""
    if len(frame) <= MOST_ROWS:
        return frame, ()
    shown = frame.head(MOST_ROWS)
    shown.attrs = frame.attrs
    return shown, (f"Only the first {MOST_ROWS:,} of {len(frame):,} rows are shown.",)

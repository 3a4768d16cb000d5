"""Rows of scenarios on the long sheets: those that stand there, and the whole table again from them.

A scenario shares most of what it does with the base path. So a row of a scenario stands only where it says something
else than the row of the base path at the same time; where the base path has none, only where it is not zero. Where the
base path has a row and the scenario nothing, a row of zeros says so. Read back, the table is the one that it was.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from friendshore.models.plan import Plan
from friendshore.optimizer.reporting.content import Field
from friendshore.optimizer.reporting.frames import BASE, full, tidy

STEPS = (Field("scenario", "Path"), Field("period", "Period"), Field("steps", "Steps of its own", "number", "number"))
NOTE = (
    "The base plan comes first. A row of a scenario is told only where it differs from that of the base plan at the "
    "same time, and one that is zero on both not at all."
)
HASTY_NOTE = (
    "The search was interrupted, so that this sheet was written in haste: it has the rows of the base plan alone. "
    "Solve again without interrupting to have those of the scenarios."
)
INTERRUPTED = "interrupted"
MANY = 20_000
"""Shipments beyond which rows of scenarios are left out after Ctrl-C, so that the plan is on disk within seconds."""
SAME = 1e-9
"""Numbers of a scenario this near to those of the base path, relative to them, are what a search leaves of equality."""


@dataclass(frozen=True)
class Shared:
    """How the rows of a table are shared with the base path.

    ``names`` name a row at one time and ``told`` are texts that go with the names; ``amounts`` are the numbers that
    are 0 in a row of nothing, and ``ratios`` those that follow from them; rows are sorted by ``order``. ``by_step``:
    there is a row for every name at every step of time, zero or not; otherwise one a period, and none that is zero.
    ``base_only`` numbers are blank in rows of scenarios. Rows of one time that agree in the names ``together`` stand
    all, or none of them.
    """

    names: tuple[str, ...]
    told: tuple[str, ...]
    amounts: tuple[str, ...]
    ratios: tuple[str, ...]
    order: tuple[str, ...]
    by_step: bool = False
    base_only: tuple[str, ...] = ()
    together: tuple[str, ...] = ()

    @property
    def numbers(self) -> list[str]:
        """The numbers that are compared."""
        return [*self.amounts, *self.ratios]

    def names_in(self, frame: pd.DataFrame) -> list[str]:
        """The columns that name a row at one time, as far as the table has them."""
        return [*(["step"] if self.by_step else []), *(name for name in self.names if name in frame.columns)]


def in_haste(plan: Plan) -> bool:
    """Whether the long sheets tell of the base path alone: after Ctrl-C, where there is much to write."""
    return plan.run.stopped == INTERRUPTED and len(plan.sourcing) > MANY


def told_of(plan: Plan) -> Plan:
    """The plan that the long sheets tell of: without the scenarios' flows and stocks in haste."""
    return base_alone(plan) if in_haste(plan) else plan


def base_alone(plan: Plan) -> Plan:
    """The plan without the nodes, flows and stocks of its scenarios."""
    tables = ("nodes", "sourcing", "production", "shortages", "stocks", "releases")
    base: dict[str, Any] = {name: base_rows(rows) for name in tables if len(rows := vars(plan)[name])}
    return dataclasses.replace(plan, **base)


def base_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of the base path, numbered anew; ``attrs`` stay."""
    return frame[frame["scenario"] == BASE].reset_index(drop=True)


def note_of(plan: Plan) -> str:
    """What a long sheet says of its rows."""
    return HASTY_NOTE if in_haste(plan) else NOTE


def steps_of_paths(plan: Plan) -> pd.DataFrame:
    """scenario, period, steps: how many steps of its own a path has in each period, in the order of the tree.

    Paths of which the long sheets do not tell are left out.
    """
    counts = told_of(plan).nodes.groupby(["scenario", "period"], sort=False, as_index=False).agg(steps=("step", "size"))
    return tidy(plan, counts, STEPS)


def settled(whole: pd.DataFrame, shared: Shared, steps: pd.DataFrame) -> pd.DataFrame:
    """The table, base path first, with rows of scenarios that all but equal those of the base path made equal to them.

    Parameters
    ----------
    whole
        Columns scenario, period, (step,) names and numbers.
    shared
        How its rows are shared with the base path.
    steps
        As of ``steps_of_paths``.

    Returns
    -------
    pandas.DataFrame
        The same rows; ``attrs`` stay.
    """
    first = whole[whole["scenario"] == BASE]
    rest = whole[whole["scenario"] != BASE]
    beside = _beside(rest, first, shared, steps)
    numbers = shared.numbers
    own, base = rest[numbers].to_numpy(float), beside[numbers].to_numpy(float)
    near = np.isclose(own, base, rtol=SAME, atol=0.0, equal_nan=True).all(axis=1)
    rest = rest.assign(**{name: np.where(near, base[:, i], own[:, i]) for i, name in enumerate(numbers)})
    return _arranged([first, rest], whole, shared, steps)


def standing(whole: pd.DataFrame, shared: Shared, steps: pd.DataFrame) -> pd.DataFrame:
    """The rows that are written of a table.

    Parameters
    ----------
    whole
        As ``settled`` gives it.
    shared
        How its rows are shared with the base path.
    steps
        As of ``steps_of_paths``.

    Returns
    -------
    pandas.DataFrame
        Those of the base path, those of scenarios that say something else, and zeros where a scenario has nothing.
    """
    first = whole[whole["scenario"] == BASE]
    rest = whole[whole["scenario"] != BASE].reset_index(drop=True)
    beside = _beside(rest, first, shared, steps)
    own, base = rest[shared.numbers].to_numpy(float), beside[shared.numbers].to_numpy(float)
    known = beside["_known"].to_numpy(bool)
    same = known & ((own == base) | (np.isnan(own) & np.isnan(base))).all(axis=1)
    same = _together(rest, first, same, shared)
    zero = ~known & (own == 0.0).all(axis=1) if shared.by_step else np.zeros(len(rest), dtype=bool)
    kept = rest[~(same | zero)]
    return _arranged([first, kept, *_stopped(first, rest, shared, steps)], whole, shared, steps)


def filled_in(rows: pd.DataFrame, shared: Shared, steps: pd.DataFrame) -> pd.DataFrame:
    """The whole table again from the rows that stand.

    Where a table was cut, as it has more rows than a sheet should hold, the paths behind the cut stay without rows.

    Parameters
    ----------
    rows
        As ``standing`` made them.
    shared
        How its rows are shared with the base path.
    steps
        As of ``steps_of_paths``; without rows the table is taken as whole, as earlier versions wrote it.

    Returns
    -------
    pandas.DataFrame
        The table that ``standing`` was given.
    """
    if steps.empty or rows.empty:
        return rows
    first = rows[rows["scenario"] == BASE]
    rest = rows[rows["scenario"] != BASE]
    told = _before_the_cut(rows, steps)
    missing = _missing(first, rest, shared, steps[steps["scenario"].isin(told)])
    missing = missing.assign(**dict.fromkeys(shared.base_only, np.nan))
    if not shared.by_step:
        rest = rest[~(rest[list(shared.amounts)] == 0.0).all(axis=1)]
    parts = [first, rest, missing]
    if shared.by_step:
        parts.append(_nothing(first, pd.concat([rest, missing]), shared, steps[steps["scenario"].isin(told)]))
    return _arranged(parts, rows, shared, steps)


def whole_tables(
    frames: Mapping[str, pd.DataFrame], shared: Mapping[str, Shared], steps: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """The tables of a plan as they were before rows of scenarios were left out.

    Parameters
    ----------
    frames
        Tables by name.
    shared
        How their rows are shared with the base path, of those that are.
    steps
        As of ``steps_of_paths``.

    Returns
    -------
    dict of str to pandas.DataFrame
        The same tables, those that are shared with all their rows.
    """
    return {name: filled_in(frame, shared[name], steps) if name in shared else frame for name, frame in frames.items()}


# -- one table beside the other ---------------------------------------------------------------------------------


def _alike(steps: pd.DataFrame) -> pd.DataFrame:
    """The paths and periods of scenarios, ``alike`` where they are cut into as many steps as on the base path."""
    base = steps[steps["scenario"] == BASE].set_index("period")["steps"]
    rest = steps[steps["scenario"] != BASE]
    return rest.assign(alike=rest["steps"].to_numpy() == base.reindex(rest["period"]).to_numpy())


def _beside(rest: pd.DataFrame, first: pd.DataFrame, shared: Shared, steps: pd.DataFrame) -> pd.DataFrame:
    """For each row of a scenario the numbers of the base path at the same time, and whether it has any (``_known``)."""
    keys = ["period", *shared.names_in(rest)]
    base = first[[*keys, *shared.numbers]].assign(_known=True)
    beside = rest[["scenario", *keys]].merge(base, on=keys, how="left")
    known = beside["_known"].notna().to_numpy()
    if shared.by_step:
        alike = beside.merge(_alike(steps), on=["scenario", "period"], how="left")["alike"]
        known = known & alike.eq(True).to_numpy()
    numbers = {name: beside[name].where(known) for name in shared.numbers}
    return beside.assign(**numbers, _known=known)


def _together(rest: pd.DataFrame, first: pd.DataFrame, same: np.ndarray, shared: Shared) -> np.ndarray:
    """Which rows are as on the base path together with all that they stand with."""
    if not shared.together:
        return same
    keys = ["period", *shared.together]
    groups = rest.assign(_same=same).groupby(["scenario", *keys], sort=False)["_same"]
    count = rest[keys].merge(first.groupby(keys, as_index=False).size(), on=keys, how="left")["size"]
    whole: np.ndarray = groups.transform("all").to_numpy() & (groups.transform("size").to_numpy() == count.to_numpy())
    return whole


def _missing(first: pd.DataFrame, rest: pd.DataFrame, shared: Shared, steps: pd.DataFrame) -> pd.DataFrame:
    """Rows of the base path at the times of each scenario at which that has none of the same name, or group."""
    keys = ["scenario", "period", *(shared.together or shared.names_in(first))]
    times = _alike(steps)
    times = times[times["alike"]] if shared.by_step else times
    copied = first.drop(columns="scenario").merge(times[["scenario", "period"]], on="period")
    told = rest[keys].drop_duplicates().assign(_there=True)
    there = copied[keys].merge(told, on=keys, how="left")["_there"].notna()
    return copied.loc[~there.to_numpy(), list(first.columns)]


def _stopped(first: pd.DataFrame, rest: pd.DataFrame, shared: Shared, steps: pd.DataFrame) -> Sequence[pd.DataFrame]:
    """Rows of zeros where the base path has a row and a scenario nothing; a table by step has rows of its own there."""
    if shared.by_step:
        return ()
    blank = dict.fromkeys((*shared.ratios, *shared.base_only), np.nan)
    return (_missing(first, rest, shared, steps).assign(**blank, **dict.fromkeys(shared.amounts, 0.0)),)


def _nothing(first: pd.DataFrame, there: pd.DataFrame, shared: Shared, steps: pd.DataFrame) -> pd.DataFrame:
    """Rows of zeros for every name of the base path at every step of a scenario at which none stands."""
    own = steps[steps["scenario"] != BASE]
    counts = own["steps"].to_numpy(float).astype(int)
    times = own.loc[own.index.repeat(counts), ["scenario", "period"]]
    times["step"] = times.groupby(["scenario", "period"], sort=False).cumcount().astype(first["step"].dtype) + 1
    names = [name for name in shared.names if name in first.columns]
    each = first.drop_duplicates(names)[[*names, *shared.told]].merge(times, how="cross")
    keys = ["scenario", "period", "step", *names]
    known = each[keys].merge(there[keys].assign(_there=True), on=keys, how="left")["_there"].notna()
    made = each[~known.to_numpy()].assign(
        **dict.fromkeys(shared.numbers, 0.0), **dict.fromkeys(shared.base_only, np.nan)
    )
    return made[list(first.columns)]


def _before_the_cut(rows: pd.DataFrame, steps: pd.DataFrame) -> list[str]:
    """The paths of which a table tells all: those before its last where it is as long as a table may be."""
    order = list(dict.fromkeys(steps["scenario"]))
    return order[: order.index(rows["scenario"].iloc[-1])] if full(rows) else order


def _arranged(parts: Sequence[pd.DataFrame], like: pd.DataFrame, shared: Shared, steps: pd.DataFrame) -> pd.DataFrame:
    """Rows in the order of the table, paths and periods as the tree has them; columns and ``attrs`` as of ``like``."""
    filled = [part for part in parts if len(part)]
    rows = pd.concat(filled, ignore_index=True) if filled else like
    ranks = {key: {name: i for i, name in enumerate(dict.fromkeys(steps[key]))} for key in ("scenario", "period")}
    by = [name for name in shared.order if name in rows.columns]
    order = pd.DataFrame({name: rows[name].map(ranks[name]) if name in ranks else rows[name] for name in by})
    ordered = rows.loc[order.sort_values(by, kind="stable").index, list(like.columns)].reset_index(drop=True)
    ordered.attrs = like.attrs
    return ordered

"""Stock against its target, over time, on the base plan."""

from __future__ import annotations

from math import isfinite

import pandas as pd

from friendshore.models.tree.branch import BASE
from friendshore.optimizer.page.parts import Chart, Folded, Grid, Section, cells, columns
from friendshore.optimizer.page.tables import PlanTables
from friendshore.optimizer.page.words import Names, exact
from friendshore.optimizer.reporting.stockpiles import below_target, in_use
from friendshore.optimizer.wording.counts import counted, listed
from friendshore.optimizer.wording.numbers import number_cell

MOST_CHARTS = 8
MOST_TOLD = 40  # more, as tables


def section(tables: PlanTables) -> Section:
    """A chart for each of the stockpiles worth most, and the figures of the others."""
    names, rows = Names(tables.problem), tables["Stockpiles"]
    base = rows[(rows["scenario"] == BASE) & rows["period"].isin(names.planned)]
    used = in_use(tables.problem, base)  # not what a disruption alone fills
    drawn, rest = used[:MOST_CHARTS], used[MOST_CHARTS:]
    charts = tuple(_chart(names, base[base["stockpile"] == name], name, i) for i, name in enumerate(drawn))
    others = tuple(_grid(names, base[base["stockpile"] == name], name) for name in rest[:MOST_TOLD])
    return Section(
        "stock",
        "Stock against its target",
        (sentence(names, base, used),),
        charts=charts,
        folded=(Folded(f"{counted(len(others), 'smaller stockpile')} as tables", others),) if others else (),
        notes=(
            "Stock at the end of each step of the base plan. The target is the cover that policies ask for, or the "
            "least level at the end of the plan, whichever is more. Days of cover count all use in the country.",
            *(
                (f"Told are the {MOST_CHARTS + MOST_TOLD} largest stockpiles of {len(used):,}.",)
                if len(rest) > MOST_TOLD
                else ()
            ),
        )
        if used
        else (),
    )


def sentence(names: Names, base: pd.DataFrame, used: list[str]) -> str:
    """How many are in use, and whether they meet their targets.

    Parameters
    ----------
    names
        Names and words of the plan.
    base
        Levels on the base path.
    used
        Stockpiles in use.

    Returns
    -------
    str
        A sentence.
    """
    if not used:
        return "The plan holds no stock."
    wanted = list(dict.fromkeys(base.loc[base["target"].notna(), "stockpile"]))
    short = list(dict.fromkeys(below_target(base)["stockpile"]))
    said = f"{counted(len(used), 'stockpile')} {'is' if len(used) == 1 else 'are'} in use."
    if short:
        return f"{said} Below target at some time: {listed([names.stockpile(name) for name in short])}."
    return (
        f"{said} {_all(len(wanted))} with a target meet{'s' if len(wanted) == 1 else ''} it throughout."
        if (wanted)
        else f"{said} None has a target."
    )


def _all(count: int) -> str:
    return "The one" if count == 1 else f"All {count}"


def _chart(names: Names, rows: pd.DataFrame, name: str, place: int) -> Chart:
    unit = str(rows["unit"].iloc[0])
    steps = [_step(rows, i) for i in range(len(rows))]
    data = {
        "steps": steps,
        "unit": unit,
        "level": [exact(v) for v in rows["level"]],
        "target": [exact(v) if isfinite(v) else None for v in rows["target"]],
    }
    low, high = float(rows["level"].min()), float(rows["level"].max())
    peak = steps[int(rows["level"].to_numpy().argmax())]
    short = below_target(rows)
    said = f"{names.stockpile(name)}: at most {number_cell(high)} {unit}, in {peak}"
    if len(short):
        said += f"; below target in {short['period'].iloc[0]}"
    elif rows["target"].notna().any():
        said += "; target met"
    levels = f"from {number_cell(low)} to {number_cell(high)} {unit}"
    alt = f"Stock of {names.stockpile(name)} by period, {levels}, beside its target."
    return Chart(f"stock{place}", said, alt, "stock", data, _grid(names, rows, name), half=True)


def _step(rows: pd.DataFrame, i: int) -> str:
    period = str(rows["period"].iloc[i])
    several = int((rows["period"] == period).sum()) > 1
    return f"{period}, step {rows['step'].iloc[i]:.0f}" if several else period


def _grid(names: Names, rows: pd.DataFrame, name: str) -> Grid:
    unit = str(rows["unit"].iloc[0])
    heads = ("Period", f"Stock at the end ({unit})", "Target", "Filled in", "Released", "Of it abroad", "Days of cover")
    keys = ("level", "target", "filled", "released", "abroad", "cover")
    made = [cells([_step(rows, i), *(number_cell(float(rows[key].iloc[i])) for key in keys)]) for i in range(len(rows))]
    country = names.country(str(rows["country"].iloc[0]))
    return Grid(f"{names.stockpile(name)}, {country}", columns(*heads), tuple(made))

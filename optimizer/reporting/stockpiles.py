"""Plan Stockpiles: level by period, fills, releases, days of cover and the level the policies ask for."""

from __future__ import annotations

import numpy as np
import pandas as pd

from friendshore.models.plan import Plan, process_names
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy
from friendshore.models.tables.policy_kinds import DAYS_OF_USE
from friendshore.optimizer.reporting.content import Block, Content, Field, Figure, Sheet
from friendshore.optimizer.reporting.frames import (
    BASE,
    DAYS,
    NODE,
    NOTHING,
    most_rows,
    periods,
    planned_periods,
    tidy,
    unit_of,
    with_nodes,
    within_the_plan,
)
from friendshore.optimizer.reporting.matrix import by_year, named_with_unit
from friendshore.optimizer.reporting.named import names_of
from friendshore.optimizer.reporting.scenario_rows import Shared, note_of, settled, standing, steps_of_paths, told_of
from friendshore.optimizer.wording.counts import counted
from friendshore.optimizer.wording.numbers import say

FIELDS = (
    Field("stockpile", "Stockpile"),
    Field("country", "Country"),
    Field("commodity", "Commodity"),
    Field("unit", "Unit"),
    Field("scenario", "Scenario"),
    Field("period", "Period"),
    Field("step", "Step", "number"),
    Field("level", "Level at the end", "number", "unit"),
    Field("filled", "Filled in", "number", "unit"),
    Field("released", "Released", "number", "unit"),
    Field("abroad", "Of it released abroad", "number", "unit"),
    Field("cover", "Cover", "number", "days of use"),
    Field("target", "Target level", "number", "unit"),
    Field("above", "Above target", "number", "unit"),
)
SHARED = Shared(
    names=("stockpile",),
    told=("country", "commodity", "unit"),
    amounts=("level", "filled", "released", "abroad"),
    ratios=("cover",),
    order=("scenario", "stockpile", "period", "step"),
    by_step=True,
    base_only=("target", "above"),
)
CHART_FIELDS = (
    Field("period", "Period"),
    Field("level", "Level at the end", "number", "unit"),
    Field("target", "Target level", "number", "unit"),
)
MOST_FIGURES = 8


def use_per_year(plan: Plan) -> pd.DataFrame:
    """scenario, period, step, country, commodity, use: demand of all tiers and process input, a year."""
    problem = plan.problem
    demand = plan.shortages[[*NODE, "country", "commodity", "demand"]].rename(columns={"demand": "use"})
    takes = [
        (name, problem.plants[process.plant].country, commodity, amount)
        for name, process in problem.processes.items()
        for commodity, amount in process.inputs.items()
    ]
    runs = plan.production.assign(process=process_names(plan.production))
    inputs = runs.merge(pd.DataFrame(takes, columns=["process", "country", "commodity", "amount"]), on="process")
    inputs["use"] = inputs["activity"].astype(float) * inputs["amount"].astype(float)
    parts = [part for part in (demand, inputs[demand.columns]) if len(part)]
    rows = pd.concat(parts, ignore_index=True) if parts else demand
    rows = rows.groupby([*NODE, "country", "commodity"], as_index=False, sort=False)[["use"]].sum()
    rows = with_nodes(plan, rows, ["years"])
    return rows.assign(use=rows["use"].astype(float) / rows["years"].astype(float)).drop(columns="years")


def cover_target(plan: Plan, country: str, commodity: str, period: int) -> float:
    """Days of cover that policies ask of a country for a commodity in a period; 0 where none does.

    Parameters
    ----------
    plan
        The plan.
    country
        A country.
    commodity
        A commodity.
    period
        Position of the period.

    Returns
    -------
    float
        Days.
    """
    problem = plan.problem

    def asks(policy: Policy) -> bool:
        return (
            policy.declared.unit == DAYS_OF_USE
            and country in problem.group(policy.consumer_text)
            and commodity in problem.selection(policy.commodity)
            and period in problem.window(policy.from_period, policy.to_period)
        )

    return max((policy.limit for policy in problem.at(period).policies if asks(policy)), default=0.0)


def levels(plan: Plan) -> pd.DataFrame:
    """One row for each stockpile at each node, with days of cover, and on the base plan the target."""
    piles = plan.problem.stockpiles
    rows = plan.stocks[[*NODE, "stockpile", "level", "filled"]]
    rows = rows.assign(
        country=rows["stockpile"].map({name: row.country for name, row in piles.items()}),
        commodity=rows["stockpile"].map({name: row.commodity for name, row in piles.items()}),
    )
    rows["unit"] = [unit_of(plan, commodity) for commodity in rows["commodity"]]
    rows = rows.merge(_released(plan), on=[*NODE, "stockpile"], how="left")
    rows = rows.merge(use_per_year(plan), on=[*NODE, "country", "commodity"], how="left")
    rows = rows.fillna({"released": 0.0, "abroad": 0.0})
    use = rows["use"].astype(float)
    rows["cover"] = (rows["level"].astype(float) / use * DAYS).where(use > 0)
    rows["target"] = _targets(plan, rows)
    rows["above"] = rows["level"] - rows["target"]
    return settled(tidy(plan, rows, FIELDS), SHARED, steps_of_paths(plan))


def _released(plan: Plan) -> pd.DataFrame:
    home = plan.releases["stockpile"].map({name: row.country for name, row in plan.problem.stockpiles.items()})
    quantity = plan.releases["quantity"].astype(float)
    rows = plan.releases[[*NODE, "stockpile"]].assign(
        released=quantity, abroad=quantity.where(plan.releases["destination"] != home, 0.0)
    )
    return rows.groupby([*NODE, "stockpile"], as_index=False, sort=False)[["released", "abroad"]].sum()


def _targets(plan: Plan, rows: pd.DataFrame) -> list[float]:
    """The cover that policies ask for, shared among the stockpiles of a place, or the least level if larger."""
    labels = periods(plan)
    ends = {labels[-1], planned_periods(plan)[-1]}
    held: dict[tuple[str, str, int], float] = {}
    for t in range(len(labels)):
        for pile in plan.problem.at(t).stockpiles.values():
            place = (pile.country, pile.commodity, t)
            held[place] = held.get(place, 0.0) + pile.max_level
    columns = rows[["scenario", "period", "step", "stockpile", "use"]].itertuples(index=False)
    targets = []
    for scenario, period, step, name, use in columns:
        if scenario != BASE:
            targets.append(np.nan)
            continue
        position = labels.index(period)
        pile = plan.problem.at(position).stockpiles[name]
        days = cover_target(plan, pile.country, pile.commodity, position)
        room = held[pile.country, pile.commodity, position]
        part = pile.max_level / room if room else 0.0
        target = days / DAYS * float(use) * part if use > 0 else 0.0
        least = pile.initial if pile.final_min is None else pile.final_min
        target = max(target, least) if period in ends else target
        target = (
            max(target, plan.problem.at(position).stockpiles[name].min_level)
            if step == plan.problem.periods[position].steps
            else target
        )
        targets.append(target if target > 0 else np.nan)
    return targets


def _figure(plan: Plan, frame: pd.DataFrame, name: str, number: int) -> Figure:
    own = within_the_plan(plan, frame[(frame["stockpile"] == name) & (frame["scenario"] == BASE)])
    pile = plan.problem.stockpiles[name]
    unit = unit_of(plan, pile.commodity)
    shown = own[["period", "level", "target"]].reset_index(drop=True)
    shown.attrs["units"] = {"level": unit, "target": unit}
    fields = CHART_FIELDS if shown["target"].notna().any() else CHART_FIELDS[:2]
    called = names_of(plan.problem).of("Stockpiles", name)
    block = Block(f"Stock_{number}", f"{called}: base plan", shown, fields)
    series = tuple(field.key for field in fields[1:])
    return Figure(_pile_finding(plan, own, name), "columns and line", block, "period", series, value_axis=unit)


def _pile_finding(plan: Plan, own: pd.DataFrame, name: str) -> str:
    unit = unit_of(plan, plan.problem.stockpiles[name].commodity)
    low, high = float(own["level"].min()), float(own["level"].max())
    between = (
        f"holds {say(low)} {unit}"
        if high - low <= NOTHING * max(high, 1.0)
        else f"holds {say(low)} to {say(high)} {unit}"
    )
    below, name = below_target(own), names_of(plan.problem).of("Stockpiles", name)
    if len(below):
        return f"{name} {between}, below its target in {below['period'].iloc[0]}"
    if own["target"].notna().any():
        return f"{name} {between} and meets its target throughout"
    return f"{name} {between}"


def in_use(problem: Problem, rows: pd.DataFrame) -> list[str]:
    """Stockpiles that ever hold anything, those of the base plan first, then those that may hold most, by worth.

    What holds something after a disruption alone comes last.
    """
    piles, held = problem.stockpiles, set(rows.loc[(rows["level"] > 0) & (rows["scenario"] == BASE), "stockpile"])
    used = [name for name in dict.fromkeys(rows.loc[rows["level"] > 0, "stockpile"]) if name in piles]
    worth = {name: piles[name].max_level * (problem.commodities[piles[name].commodity].price or 1.0) for name in used}
    return sorted(used, key=lambda name: (name not in held, -worth[name], name))


def below_target(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows whose level is below their target, by more than the solver's tolerance may leave."""
    return rows[rows["above"] < -NOTHING * rows["target"].abs().clip(lower=1.0)]


def content(plan: Plan) -> Content:
    """What the sheet says."""
    whole = levels(told_of(plan))
    frame, cut = most_rows(standing(whole, SHARED, steps_of_paths(plan)))
    names = in_use(plan.problem, whole)
    base = whole[whole["scenario"] == BASE]
    held = in_use(plan.problem, base)
    drawn = held[:MOST_FIGURES]
    below = set(below_target(whole)["stockpile"])
    finding = (
        "The plan holds no stock." if not names else f"{counted(len(names), 'stockpile')} in use{_after(names, held)}."
    )
    called = [names_of(plan.problem).of("Stockpiles", name) for name in sorted(below)]
    finding += f" Below target: {', '.join(called)}." if below else ""
    notes = (
        "Cover is the stock at the end of the step in days of what its country uses at that time: demand of all tiers "
        "and what its plants take in. The target, on the base plan only, is the cover that policies ask for (a pooled "
        f"one at each country's own use) or the least level at the end, whichever is more. {note_of(plan)}",
        *((f"Drawn are the {MOST_FIGURES} largest stockpiles of {len(held)}.",) if len(held) > MOST_FIGURES else ()),
        *cut,
    )
    figures = tuple(_figure(plan, whole, name, i) for i, name in enumerate(drawn, 1))
    return Content(
        finding, notes, (Block("Stockpiles", "", frame, FIELDS),), figures, opening=_opening(plan, whole, names)
    )


def _after(names: list[str], held: list[str]) -> str:
    """How many of the stockpiles in use hold something after a disruption alone."""
    rest = len(names) - len(held)
    return f", {rest} of them after a disruption alone" if rest else ""


def _opening(plan: Plan, whole: pd.DataFrame, used: list[str]) -> Block | None:
    """Stockpile by year, those in use: the level at the end of each year on the base plan."""
    names, base = names_of(plan.problem), whole[(whole["scenario"] == BASE) & whole["stockpile"].isin(used)]
    ranks = {name: i for i, name in enumerate(used)}
    rows = base.sort_values("stockpile", key=lambda column: column.map(ranks), kind="stable")
    rows = rows.assign(called=named_with_unit(names, "Stockpiles", rows["stockpile"], rows["unit"]))
    keys = (Field("called", "Stock, and its unit"),)
    return by_year(
        plan, "Stockpiles_by_year", "Stock at the end of each year, base plan", rows, keys, "level", how="last"
    )


SHEET = Sheet("Plan Stockpiles", content)

"""What goes short, the worst step first: who is short of what, by how much of what they need then, when and how long.

A share over a whole path hides months without anything in years with nothing wrong, so that it comes last. What is
below 0.1 % of the demand of a step, and below the limit of every policy on it, is dust and not told
(``reporting/needs.py``).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from friendshore.models.plan import Plan
from friendshore.models.tree.scenario_tree import build_tree
from friendshore.optimizer.reporting.calendar import moment
from friendshore.optimizer.reporting.content import Block, Field, Figure
from friendshore.optimizer.reporting.frames import BASE, NODE, periods, scenarios, tidy, with_nodes, within_the_plan
from friendshore.optimizer.reporting.named import names_of
from friendshore.optimizer.reporting.needs import needs
from friendshore.optimizer.wording.counts import counted
from friendshore.optimizer.wording.durations import MONTHS_A_YEAR, duration
from friendshore.optimizer.wording.numbers import say
from friendshore.optimizer.wording.shares import percent

NAME = "Shortfalls"
FIELDS = (
    Field("scenario", "Scenario"),
    Field("country", "Who"),
    Field("tier", "Tier"),
    Field("commodity", "Commodity"),
    Field("unit", "Unit"),
    Field("worst_share", "Not met in the worst step", "share", "%"),
    Field("worst_quantity", "Quantity not met in it", "number", "unit"),
    Field("worst_need", "Quantity needed in it", "number", "unit"),
    Field("worst_from", "It begins"),
    Field("worst_months", "It lasts", "number", "months"),
    Field("months_short", "Short in all", "number", "months"),
    Field("event_quantity", "Not met over the event", "number", "unit"),
    Field("event_share", "Share over the event", "share", "%"),
    Field("path_quantity", "Not met over all its own years", "number", "unit"),
    Field("path_share", "Share over all its own years", "share", "%"),
)
BRIEF_FIELDS = (
    Field("path", "Scenario"),
    Field("who", "Who"),
    Field("good", "What"),
    Field("share", "Not met in the worst step", "share", "%"),
    Field("amount", "Quantity not met, of what is needed"),
    Field("begins", "It begins"),
    Field("lasts", "It lasts"),
)
"""What a summary tells, by name and in words."""
NOTE = (
    "Worst step first. An event is the steps of a path that meet its disruptions, recovery included; its own years run "
    "from there to the end of the plan. Less than 0.1% of what a step needs is left out, "
    "unless a policy on shortage asks for less."
)
MOST_BARS = 12
MOST_COMMODITIES = 6
_NEED = ["scenario", "country", "tier", "commodity"]
STRESS = "a stress test, which has no probability"
_NEVER = "No demand goes unmet"


def shortfalls(plan: Plan) -> pd.DataFrame:
    """A row for each scenario, country, tier and commodity that goes short, the largest share of a step first.

    Of equal shares those on paths that have a probability come before those of stress tests, then the larger damage.
    Columns are those of ``FIELDS``; the base path has no event, so that its columns of the event are blank.
    """
    rows = with_nodes(plan, within_the_plan(plan, needs(plan)), ["start", "years"])
    keys = [*_NEED, "unit", *NODE[1:], "start", "years"]
    steps = rows.groupby(keys, as_index=False, sort=False)[["demand", "shortage", "damage"]].sum()
    hit = steps.groupby(_NEED, sort=False)["shortage"].transform("sum") > 0
    steps = steps[hit & (steps["demand"] > 0)].sort_values("start", kind="stable", ignore_index=True)
    if steps.empty:
        return tidy(plan, pd.DataFrame(columns=[field.key for field in FIELDS]), FIELDS)
    steps = steps.assign(share=steps["shortage"] / steps["demand"], event=_in_event(plan, steps))
    rank = {name: i for i, name in enumerate(scenarios(plan))}
    made = _told(plan, steps)
    likely = plan.paths.set_index("scenario")["probability"] > 0
    made = made.assign(_path=made["scenario"].map(rank), _likely=made["scenario"].map(likely))
    by = {"worst_share": False, "_likely": False, "damage": False, "_path": True, **dict.fromkeys(_NEED[1:], True)}
    made = made.sort_values(list(by), ascending=list(by.values()), kind="stable", ignore_index=True)
    return tidy(plan, made, FIELDS)


def _told(plan: Plan, steps: pd.DataFrame) -> pd.DataFrame:
    """The worst of the steps of each need, in order of time, and sums over its event and its path."""
    worst = steps.loc[steps.groupby(_NEED, sort=False)["share"].idxmax()].set_index(_NEED)
    event = steps[steps["event"]].groupby(_NEED, sort=False)[["demand", "shortage"]].sum().reindex(worst.index)
    path = steps.groupby(_NEED, sort=False)[["demand", "shortage", "damage"]].sum().reindex(worst.index)
    short = steps[steps["shortage"] > 0].groupby(_NEED, sort=False)["years"].sum().reindex(worst.index)
    began = zip(worst["start"], worst["years"], strict=True)
    made = pd.DataFrame(
        {
            "unit": worst["unit"],
            "worst_share": worst["share"],
            "worst_quantity": worst["shortage"],
            "worst_need": worst["demand"],
            "worst_from": [moment(plan.problem, float(start), float(years)) for start, years in began],
            "worst_months": MONTHS_A_YEAR * worst["years"],
            "months_short": MONTHS_A_YEAR * short,
            "event_quantity": event["shortage"],
            "event_share": event["shortage"] / event["demand"],
            "path_quantity": path["shortage"],
            "path_share": path["shortage"] / path["demand"],
            "damage": path["damage"],
        }
    )
    return made.reset_index()


def _in_event(plan: Plan, steps: pd.DataFrame) -> list[bool]:
    """Which steps meet an event of their path; of a stop that a policy tests those that begin before it ends."""
    tree, labels = build_tree(plan.problem), periods(plan)
    struck = {
        (node.scenario, labels[node.period], node.step): bool(tree.disrupted[n]) for n, node in enumerate(tree.nodes)
    }
    onset = plan.nodes.groupby("scenario")["start"].min()
    lasts = {policy.policy: policy.years or 0.0 for policy in plan.problem.policies}

    def meets(scenario: str, period: str, step: int, start: float) -> bool:
        known = struck.get((scenario, period, step))
        if known is not None:
            return known
        return start < float(onset[scenario]) + lasts.get(scenario.partition("/")[0], 0.0) - 1e-9

    columns = steps[[*NODE, "start"]].itertuples(index=False, name=None)
    return [meets(str(scenario), str(period), int(step), float(start)) for scenario, period, step, start in columns]


def brief(plan: Plan, rows: pd.DataFrame) -> pd.DataFrame:
    """Columns of ``BRIEF_FIELDS``; ``rows`` are those of ``shortfalls`` that are told."""
    names = names_of(plan.problem)
    told = [
        (
            names.path(str(row["scenario"])),
            _whose(names.of("Countries", str(row["country"])), str(row["tier"])),
            names.words("Commodities", str(row["commodity"])),
            float(row["worst_share"]),
            _amount(row),
            str(row["worst_from"]),
            duration(float(row["worst_months"]) / MONTHS_A_YEAR),
        )
        for _, row in rows.iterrows()
    ]
    return tidy(plan, pd.DataFrame(told, columns=[field.key for field in BRIEF_FIELDS]), BRIEF_FIELDS)


def _amount(row: pd.Series) -> str:
    return f"{say(float(row['worst_quantity']))} of {say(float(row['worst_need']))} {row['unit']}".rstrip()


# -- in words and bars ----------------------------------------------------------------------------------------------


def words(plan: Plan, row: pd.Series) -> str:
    """A shortfall in a sentence without its full stop: path, who, what, how much of the worst step, when, how long."""
    names = names_of(plan.problem)
    who, good = names.of("Countries", str(row["country"])), names.words("Commodities", str(row["commodity"]))
    return sentence(names.path(str(row["scenario"])), who, str(row["tier"]), good, row)


def sentence(path: str, who: str, tier: str, good: str, row: pd.Series) -> str:
    """A shortfall in a sentence without its full stop.

    Parameters
    ----------
    path, who, tier, good
        What path, country, tier and commodity are called.
    row
        A row of ``shortfalls``.

    Returns
    -------
    str
        The worst step first, then how long in all, and the event.
    """
    needed = f"{percent(float(row['worst_share']))} of the {good} that {_whose(who, tier)} needs"
    amount = _amount(row)
    lasting = duration(float(row["worst_months"]) / MONTHS_A_YEAR)
    said = f"{path}: {needed} is missing ({amount}) from {row['worst_from']} for {lasting}"
    if float(row["months_short"]) > float(row["worst_months"]) * (1 + 1e-9):
        said += f", something for {duration(float(row['months_short']) / MONTHS_A_YEAR)} in all"
    if np.isfinite(float(row["event_share"])) and float(row["event_share"]) < float(row["worst_share"]) - 5e-4:
        said += f", {percent(float(row['event_share']))} over the event"
    return said


def _whose(who: str, tier: str) -> str:
    return who if tier == "all" else f"{who} ({tier.replace('_', ' ')})"


def stress_words(paths: pd.DataFrame, scenario: str) -> str:
    """That a path has no probability, in brackets; blank where it has one; ``paths``: scenario, probability."""
    likely = float(paths.loc[paths["scenario"] == scenario, "probability"].sum())
    return "" if likely > 0 else f" ({STRESS})"


def worst_words(plan: Plan, rows: pd.DataFrame) -> str:
    """The worst step of all paths in a sentence without its full stop; ``rows`` as of ``shortfalls``."""
    count = len(scenarios(plan))
    if rows.empty:
        return f"{_NEVER} on any of the {count} paths" if count > 1 else _NEVER
    hit = rows["scenario"].nunique()
    first = words(plan, rows.iloc[0])
    first += stress_words(plan.paths, str(rows["scenario"].iloc[0]))
    return f"Something goes short on {hit} of {counted(count, 'path')}; worst in {first}" if count > 1 else first


def _worst_in_short(plan: Plan, rows: pd.DataFrame) -> str:
    """The worst step in a few words, for a chart."""
    worst, names = rows.iloc[0], names_of(plan.problem)
    good = names.words("Commodities", str(worst["commodity"]))
    return f"Worst: {names.path(str(worst['scenario']))}, {percent(float(worst['worst_share']))} of {good} missing"


def worst_by_path(rows: pd.DataFrame) -> pd.DataFrame:
    """scenario, and a column for each commodity that is ever short: the worst step's share of any need, worst first."""
    if rows.empty:
        return pd.DataFrame(columns=["scenario"])
    columns = list(dict.fromkeys(rows["commodity"]))[:MOST_COMMODITIES]
    wide = rows.pivot_table(index="scenario", columns="commodity", values="worst_share", aggfunc="max", fill_value=0.0)
    order = list(dict.fromkeys(rows["scenario"]))
    return wide.reindex(index=order, columns=columns, fill_value=0.0).reset_index(names="scenario")


def figure(plan: Plan, rows: pd.DataFrame, name: str = "Shortage_by_scenario", most: int = MOST_BARS) -> Figure | None:
    """The chart of the worst step by scenario; None where nothing is ever short.

    Parameters
    ----------
    plan, rows
        The plan, and its rows as of ``shortfalls``.
    name
        Name of the table.
    most
        How many paths at most.

    Returns
    -------
    Figure | None
        The chart, or None.
    """
    wide = worst_by_path(rows)
    goods = [str(column) for column in wide.columns[1:]]
    if not goods:
        return None
    wide = wide[wide[goods].max(axis=1) > 0].head(most).reset_index(drop=True)
    names = names_of(plan.problem)
    wide["scenario"] = wide["scenario"].map(names.path)
    wide.columns = pd.Index(["scenario", *(f"c{i}" for i, _ in enumerate(goods))])
    called = [names.of("Commodities", good) for good in goods]
    fields = (Field("scenario", "Scenario"), *(Field(f"c{i}", good, "share") for i, good in enumerate(called)))
    block = Block(name, "Share of a need not met in its worst step, by scenario, %", wide, fields)
    series = tuple(field.key for field in fields[1:])
    return Figure(_worst_in_short(plan, rows), "bar", block, "scenario", series, "Not met in the worst step", "share")


def without_disruption(plan: Plan, rows: pd.DataFrame) -> str:
    """That something goes short with nothing wrong, and which policies were warned of as its cause; else blank."""
    rows = rows[rows["scenario"] == BASE]
    if rows.empty:
        return ""
    said = f"With nothing wrong something goes short: {words(plan, rows.iloc[0])}."
    caps = [finding.message for finding in plan.problem.warnings if finding.code == "FS548"]
    return f"{said} A policy causes it: {'; '.join(caps)}." if caps else said

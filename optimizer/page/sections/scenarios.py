"""What happens in each scenario: damage, shortage by tier, cost and the time to survive."""

from __future__ import annotations

from math import isfinite

import pandas as pd

from friendshore.models.problem import Problem
from friendshore.models.tables import Event
from friendshore.models.tree.branch import BASE
from friendshore.models.tree.dangers import chances
from friendshore.optimizer.page.parts import Cell, Chart, Column, Folded, Grid, Section, cells, columns
from friendshore.optimizer.page.tables import PlanTables, records
from friendshore.optimizer.page.words import Names, exact
from friendshore.optimizer.reporting import shortfalls
from friendshore.optimizer.wording.counts import counted, listed
from friendshore.optimizer.wording.durations import duration
from friendshore.optimizer.wording.money import readable
from friendshore.optimizer.wording.names import capital, label
from friendshore.optimizer.wording.numbers import number_cell, signed
from friendshore.optimizer.wording.shares import percent, percent_cell

MOST_BARS = 14
MOST_OPEN = 14  # paths in a table that is open at first
MOST_EVENTS = 2
MOST_PATHS = 120  # in the table
MOST_SHORT = 40  # rows of who is short of what
MOST_NEEDS = 8  # columns of tier and good

Need = tuple[str, str]


def section(tables: PlanTables) -> Section:
    """The paths hit worst as a chart, and every path as a table."""
    names = Names(tables.problem)
    paths, rows = tables["Scenarios"], tables["Shortfalls"]
    chart, every = _damage(names, tables["Shortages"]), _paths(names, paths, _worst_of(rows))
    many = len(every.rows) > MOST_OPEN
    return Section(
        "scenarios",
        "What happens in each scenario",
        sentences(names, paths, rows),
        charts=(chart,) if chart else (),
        grids=(*(() if many else (every,)), *_short_grid(names, rows)),
        folded=(Folded(f"Every path: {counted(len(every.rows), 'path')}", (every,)),) if many else (),
        notes=(
            "Shares are of what a country needs in the step in which most of it is missing. Time to survive runs from "
            "the beginning of a scenario to the first shortage in the coalition. A path is free of the promises that "
            "are not made for it, which may save cost.",
        ),
    )


def tiers(problem: Problem) -> list[str]:
    """Tiers of demand, the one whose shortage does most damage first."""
    worst: dict[str, float] = {}
    for row in problem.demand:
        worst[row.tier] = max(worst.get(row.tier, 0.0), row.shortage_cost)
    return sorted(worst, key=lambda tier: (-worst[tier], tier))


def sentences(names: Names, paths: pd.DataFrame, short: pd.DataFrame) -> tuple[str, ...]:
    """For each tier, on how many paths it goes short and where worst.

    Parameters
    ----------
    names
        Names and words of the plan.
    paths
        Table Scenarios.
    short
        Table Shortfalls.

    Returns
    -------
    tuple[str, ...]
        One sentence for each tier.
    """
    return tuple(_tier(names, tier, paths, short[short["tier"] == tier]) for tier in tiers(names.problem))


def worst_sentence(names: Names, tables: PlanTables) -> tuple[str, ...]:
    """Of the tiers that go short the one whose shortage does most damage; where none does, that all are met."""
    paths, short = tables["Scenarios"], tables["Shortfalls"]
    hit = [tier for tier in tiers(names.problem) if (short["tier"] == tier).any()]
    if not hit:
        return sentences(names, paths, short)[:1] if len(tiers(names.problem)) == 1 else ("All demand is met in full.",)
    more = len(hit) - 1
    where = " on some path" if len(paths) > 1 else ""
    others = (f"Demand of {counted(more, 'other tier')} goes short{where} too.",) if more else ()
    return (_tier(names, hit[0], paths, short[short["tier"] == hit[0]]), *others)


def _tier(names: Names, tier: str, paths: pd.DataFrame, rows: pd.DataFrame) -> str:
    count = len(paths)
    who = "Demand" if tier == "all" else f"{capital(label(tier))} demand"
    if rows.empty:
        return f"{who} is met in full on " + (
            f"{'both' if count == 2 else f'all {count}'} paths." if count > 1 else "the base plan."
        )
    hit, worst = rows["scenario"].nunique(), rows.iloc[0]
    told = shortfalls.sentence(
        names.scenario(str(worst["scenario"])),
        names.country(str(worst["country"])),
        "all",
        names.good(str(worst["commodity"])),
        worst,
    )
    told += shortfalls.stress_words(paths, str(worst["scenario"]))
    return f"{who} goes short on {hit} of {counted(count, 'path')}; worst in {told}."


def _worst_of(rows: pd.DataFrame) -> pd.DataFrame:
    """scenario, tier, commodity, share: the most that any country lacks in any step."""
    most = rows.groupby(["scenario", "tier", "commodity"], as_index=False, sort=False)[["worst_share"]].max()
    return most.rename(columns={"worst_share": "share"})


def _short_grid(names: Names, rows: pd.DataFrame) -> tuple[Grid, ...]:
    """Who is short of what, the worst step first; none where nothing is short."""
    if rows.empty:
        return ()
    heads = (
        *(Column(head) for head in ("Scenario", "Who", "What", "It begins")),
        *(Column(head, True) for head in _FIGURES),
    )
    made = [
        cells(
            [
                capital(names.scenario(str(row["scenario"]))),
                names.country(str(row["country"])) + ("" if row["tier"] == "all" else f", {label(str(row['tier']))}"),
                names.good(str(row["commodity"])),
                str(row["worst_from"]),
                percent_cell(float(row["worst_share"])),
                f"{number_cell(float(row['worst_quantity']))} of {number_cell(float(row['worst_need']))} {row['unit']}",
                number_cell(float(row["worst_months"])),
                number_cell(float(row["months_short"])),
                number_cell(float(row["event_quantity"])),
                percent_cell(float(row["event_share"])),
                percent_cell(float(row["path_share"])),
            ]
        )
        for row in records(rows.head(MOST_SHORT))
    ]
    cut = f" Told are the first {MOST_SHORT} of {len(rows):,}." if len(rows) > MOST_SHORT else ""
    return (Grid("Who is short of what, worst step first", heads, tuple(made), f"{shortfalls.NOTE}{cut}"),)


_FIGURES = (
    "Not met in the worst step",
    "Quantity of it",
    "It lasts (months)",
    "Short in all (months)",
    "Not met over the event",
    "Share over the event",
    "Share over all own years",
)


def _damage(names: Names, short: pd.DataFrame) -> Chart | None:
    """Damage by scenario and tier, the worst at the top."""
    if short.empty or not float(short["damage"].sum()):
        return None
    wide = short.pivot_table(index="scenario", columns="tier", values="damage", aggfunc="sum", fill_value=0.0)
    wide = wide[[tier for tier in tiers(names.problem) if tier in wide.columns]]
    total = wide.sum(axis=1).sort_values(ascending=False, kind="stable")
    wide = wide.loc[total.index].head(MOST_BARS)
    divisor, unit = readable(float(total.iloc[0]), names.currency)
    series = [
        {"name": label(str(tier)), "tone": i, "values": [exact(v / divisor) for v in wide[tier]]}
        for i, tier in enumerate(wide.columns)
    ]
    called = [names.scenario(str(s)) for s in wide.index]
    data = {"categories": called, "series": series, "format": "money", "axis": unit, "flat": True}
    title = f"Most damage from shortage: {called[0]}, {names.money(float(total.iloc[0]))}"
    made = [
        cells([called[i], *(number_cell(float(row[tier])) for tier in wide.columns), number_cell(float(row.sum()))])
        for i, (_, row) in enumerate(wide.iterrows())
    ]
    heads = columns("Scenario", *(label(str(tier)) for tier in wide.columns), "Total")
    grid = Grid(f"Damage from shortage by tier, not discounted, {names.currency}", heads, tuple(made))
    alt = f"Stacked bars: damage from shortage by scenario and tier, the worst first. {title}."
    note = f"Drawn are the {MOST_BARS} worst of {len(total)} paths with a shortage." if len(total) > MOST_BARS else ""
    return Chart("damage", title, alt, "stacked", data, grid, len(wide), note=note)


def _paths(names: Names, paths: pd.DataFrame, sums: pd.DataFrame) -> Grid:
    order = {tier: i for i, tier in enumerate(tiers(names.problem))}
    needs: list[Need] = sorted(
        {(str(r["tier"]), str(r["commodity"])) for r in records(sums)}, key=lambda need: (order[need[0]], need)
    )
    needs = needs[:MOST_NEEDS]
    short = {(r["scenario"], r["tier"], r["commodity"]): float(r["share"]) for r in records(sums)}
    heads = (
        Column("Scenario"),
        Column("Begins", True),
        Column("Probability", True),
        Column("Cost beyond base plan, from its onset", True),
        *(Column(f"{label(tier)}: {names.good(good)} not met", True) for tier, good in needs),
        Column("Time to survive", True),
    )
    made = []
    for row in records(_told(paths)):
        scenario = str(row["scenario"])
        chance = percent(row["probability"]) if row["probability"] > 0 else "stress test"
        made.append(
            (
                Cell(capital(names.scenario(scenario)), small=happens(names, scenario)),
                Cell(row["onset"]),
                Cell(chance),
                Cell("" if scenario == BASE else signed(row["extra"], names.money), small=str(row["why"])),
                *(_short(short.get((scenario, *need), 0.0)) for need in needs),
                Cell(_survives(row)),
            )
        )
    caption = "Every path: the largest shares of a need not met in a step, and what it costs"
    cut = f"Told are the base plan and the {MOST_PATHS} paths with the most damage of {len(paths):,}."
    return Grid(caption, heads, tuple(made), cut if len(made) < len(paths) else "")


def _told(paths: pd.DataFrame) -> pd.DataFrame:
    """The base plan and the paths with the most damage, then cost, in the order of the tree."""
    rest = paths[paths["scenario"] != BASE].sort_values(["damage", "cost"], ascending=False, kind="stable")
    kept = {BASE, *rest.head(MOST_PATHS)["scenario"]}
    return paths[paths["scenario"].isin(kept)]


def _short(value: float) -> Cell:
    return Cell(percent_cell(value), shade=min(1.0, value**0.5)) if value > 0 else Cell("0")


def _survives(row: dict[str, object]) -> str:
    years = float(str(row["survives"]))
    if not isfinite(years):
        return str(row["first"])
    return "short at once" if years == 0 else duration(years)


# -- what a scenario does -----------------------------------------------------------------------------------------


def happens(names: Names, scenario: str) -> str:
    """The events of a scenario in a few words."""
    if scenario == BASE:
        return "no disruption"
    branch = next((branch for branch in chances(names.problem).branches if branch.name == scenario), None)
    if branch is None:
        return "test of a promise"
    events = branch.events
    said = list(dict.fromkeys(_event(names, event) for event in events))
    more = len(said) - MOST_EVENTS
    after = "" if branch.parent == BASE else f"after {names.scenario(branch.parent)}: "
    return after + "; ".join(said[:MOST_EVENTS]) + (f"; and {more} more" if more > 0 else "")


def _event(names: Names, event: Event) -> str:
    where = group(names, event.country)
    if event.plant != "*":
        where = listed([names.plant(plant.strip()) for plant in event.plant.split(",")], 3)
    subject = {
        "capacity": f"capacity of {where}",
        "export": f"exports of {where}",
        "route": f"route {label(event.route)}",
        "demand": f"demand of {where}",
        "cost": f"costs of {where}",
    }[event.kind]
    if event.commodity != "*" and "," not in event.commodity:
        stage = event.commodity.startswith("stage:")
        subject += f" ({label(event.commodity.removeprefix('stage:')) if stage else names.goods(event.commodity)})"
    left = 1.0 if event.remaining is None else event.remaining
    if event.quota is not None:
        done = f"at most {number_cell(event.quota)} a year"
    elif left == 0:
        done = "closed" if event.kind == "route" else "stopped"
    else:
        done = f"{'raised' if left > 1 else 'cut'} to {percent(left)}"
    return f"{subject} {done} for {duration(event.years)}"


def group(names: Names, text: str) -> str:
    """A group of countries in words."""
    words = [word.strip() for word in text.removeprefix("each ").split(",")]
    said = listed([_member(names, word) for word in words], 4)
    return f"each of {said}" if text.startswith("each ") else said


def _member(names: Names, word: str) -> str:
    if word == "*":
        return "all countries"
    if word.startswith("@"):
        return "the coalition" if word == "@coalition" else f"{label(word[1:])} countries"
    kind, colon, name = word.partition(":")
    if colon:
        called = names.plant(name) if kind == "plant" else label(name)
        return f"all {kind}s" if name == "*" else f"{kind} {called}"
    return names.country(word)

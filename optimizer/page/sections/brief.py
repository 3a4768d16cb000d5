"""The plan in brief: headline figures, and what it says in sentences."""

from __future__ import annotations

from friendshore.models.tree.branch import BASE
from friendshore.optimizer.page.parts import Section, Tile
from friendshore.optimizer.page.sections import (
    baselines,
    benefits,
    building,
    costs,
    decide,
    outlook,
    promises,
    scenarios,
    supply,
)
from friendshore.optimizer.page.tables import PlanTables
from friendshore.optimizer.page.words import Names
from friendshore.optimizer.reporting import shortfalls, summary
from friendshore.optimizer.wording.counts import counted, listed
from friendshore.optimizer.wording.durations import MONTHS_A_YEAR, duration
from friendshore.optimizer.wording.names import capital, label
from friendshore.optimizer.wording.shares import gap_words, percent


def section(tables: PlanTables) -> Section:
    """Tiles and sentences."""
    names = Names(tables.problem)
    held_against = baselines.chart(tables)
    return Section(
        "brief",
        "The plan in brief",
        (purpose(names),),
        decide.steps(tables),
        tiles=_tiles(tables, names),
        points=_points(tables, names),
        charts=(held_against,) if held_against else (),
    )


def purpose(names: Names) -> str:
    """What the plan is for; a scenario that opens an expansion is a chance and no disruption."""
    problem = names.problem
    allies = [names.country(c) for c in problem.coalition]
    wanted = {row.commodity for row in problem.demand}
    goods = [names.good(good) for good in sorted(wanted, key=lambda good: (-problem.commodities[good].price, good))]
    openers = {row.opened_by for row in problem.tables.expansions}
    count = sum(row.scenario not in openers for row in problem.tables.scenarios)
    against = f", prepared for {counted(count, 'disruption')}" if count else ""
    who = f" of the coalition ({listed(allies, 8)})" if allies else ""
    return f"Supply{who} with {listed(goods, 4)}, {names.span}, at the least expected cost{against}."


def _tiles(tables: PlanTables, names: Names) -> tuple[Tile, ...]:
    expected, spent = tables.figure(summary.EXPECTED), tables.figure(summary.SPENT)
    decided = int((tables["Investments"]["scenario"] == BASE).sum())
    made = [Tile("Expected cost", names.money(expected or 0.0), f"{names.span}, in today's money")]
    made.append(
        Tile("New capacity", names.money(spent or 0.0), f"{counted(decided, 'investment')}, before discounting")
    )
    made.append(_worst(tables, names))
    if len(tables["Scorecard"]):
        done, count = promises.kept(tables["Scorecard"])
        made.append(Tile("Promises kept", f"{done} of {count}", "limits of the resilience scorecard"))
    gap = tables.figure(summary.GAP)
    if gap is not None:
        made.append(Tile("Proven within", gap_words(gap), "of the best possible plan"))
    return tuple(made)


def _worst(tables: PlanTables, names: Names) -> Tile:
    rows, count = tables["Shortfalls"], len(tables["Scenarios"])
    if rows.empty:
        return Tile("Worst shortage", "none", f"on {counted(count, 'path')}")
    top = rows.iloc[0]
    tier = "" if top["tier"] == "all" else f" ({label(str(top['tier']))})"
    lasting = duration(float(top["worst_months"]) / MONTHS_A_YEAR)
    return Tile(
        "Worst shortage",
        percent(float(top["worst_share"])),
        f"of the {names.good(str(top['commodity']))} that {names.country(str(top['country']))}{tier} needs, from "
        f"{top['worst_from']} for {lasting}, in {names.scenario(str(top['scenario']))}"
        f"{shortfalls.stress_words(tables['Scenarios'], str(top['scenario']))}",
    )


def _points(tables: PlanTables, names: Names) -> tuple[tuple[str, str], ...]:
    """What follows from the decisions, one point each: short, so that all of it fits on one sheet of paper."""
    promised = promises.section(tables).lead if len(tables["Scorecard"]) else ()
    found = (
        ("Can wait", (decide.waits(tables),)),
        ("If not", baselines.sentences(tables)),
        ("Supply", supply.sentences(tables)),
        ("Disruption", scenarios.worst_sentence(names, tables)),
        ("Cost", costs.section(tables).lead),
        ("Benefit", benefits.sentences(tables)),
        ("Promises", promised),
        ("Could change", outlook.sentences(tables)),
        ("Not decided", building.undecided_sentences(tables)),
    )
    return tuple((word, " ".join(capital(sentence) for sentence in said)) for word, said in found if any(said))

"""Where it comes from: shares of the coalition's supply by country over time, a map, and the flows stage by stage."""

from __future__ import annotations

import dataclasses

import pandas as pd

from friendshore.optimizer.page.parts import Chart, Choice, Folded, Grid, Section, cells, columns
from friendshore.optimizer.page.sections import chain
from friendshore.optimizer.page.tables import PlanTables
from friendshore.optimizer.page.words import Names, exact
from friendshore.optimizer.reporting.frames import largest_and_rest
from friendshore.optimizer.reporting.sourcing import (
    MOST_SUPPLIERS,
    OTHERS,
    by_spending_abroad,
    largest_supplier,
    shares_by_supplier,
    to_coalition,
)
from friendshore.optimizer.reporting.unmet import NOT_MET, unmet_share, unmet_words, with_unmet
from friendshore.optimizer.wording.counts import counted
from friendshore.optimizer.wording.names import capital
from friendshore.optimizer.wording.numbers import number_cell
from friendshore.optimizer.wording.shares import percent_cell

MOST_ROWS = 60  # suppliers in a table
MOST_GOODS = 4  # with a chart of their own
MOST_TOLD = 40  # goods on the map and in tables
TINY = 5e-4
MOST_ARROWS = 6
LEAST_ARROW = 0.03  # of all that is taken in
MISSING = -2  # look of what goes unmet


def section(tables: PlanTables) -> Section:
    """Charts for the goods most is paid for abroad, the map of each good, and the chains."""
    names = Names(tables.problem)
    taken = supply(tables)
    if taken.empty:
        return Section("supply", "Where it comes from", ("Nothing is shipped on the base plan.",))
    goods = _goods(names, taken)
    tones = _tones(names, taken, goods[:MOST_GOODS])
    lacks = {good: unmet(tables, taken, good) for good in goods[:MOST_GOODS]}
    charts = tuple(_over_time(names, taken, good, tones, i, lacks[good]) for i, good in enumerate(lacks))
    atlas = _atlas(names, taken, goods[:MOST_TOLD])
    drawn = (*_maps(names, atlas), *chain.charts(tables))
    rest = tuple(_grid(names, taken, good) for good in goods[MOST_GOODS:MOST_TOLD])
    return Section(
        "supply",
        "Where it comes from",
        sentences(tables),
        charts=charts,
        choices=_choices(names, goods[:MOST_TOLD], chain.finals(tables), mapped=atlas is not None) if drawn else (),
        more_charts=drawn,
        folded=(Folded(f"{counted(len(rest), 'other good')} as tables", rest),) if rest else (),
        notes=(
            f"Shares of what {_who(names)} take in on the base plan, their own supply included, by the country that "
            "sends it, whether from plants or from stock. Charts over time show what goes unmet as a part of its own.",
            *(
                (f"Told are the {MOST_TOLD} goods most is paid for abroad of {len(goods):,}.",)
                if len(goods) > MOST_TOLD
                else ()
            ),
            *(() if atlas else ("There is no map: no country that supplies has a code in Countries.iso3.",)),
        ),
    )


def sentences(tables: PlanTables) -> tuple[str, ...]:
    """How the shares of the largest suppliers of the two foremost goods move."""
    names, taken = Names(tables.problem), supply(tables)
    goods = _goods(names, taken)[:2] if len(taken) else []
    return tuple(
        f"{largest_supplier(names.good(good), shares(names, taken, good), names.country)}"
        f"{unmet_words(unmet(tables, taken, good))}."
        for good in goods
    )


def unmet(tables: PlanTables, taken: pd.DataFrame, good: str) -> pd.Series:
    """By period the part of what the coalition needs of a good that goes unmet on the base plan.

    Parameters
    ----------
    tables
        The tables of the plan sheets.
    taken
        Deliveries to the coalition on the base plan.
    good
        A commodity.

    Returns
    -------
    pd.Series
        From 0 to 1, by label of the period.
    """
    problem = tables.problem
    return unmet_share(Names(problem).planned, problem.coalition, taken, tables["Shortages"], good)


def _who(names: Names) -> str:
    return "the countries of the coalition" if names.problem.coalition else "all countries"


def _goods(names: Names, taken: pd.DataFrame) -> list[str]:
    """Goods that come in the periods that are planned, the one first that most is paid for abroad."""
    return by_spending_abroad(names.problem.coalition, taken[taken["period"].isin(names.planned)])


def supply(tables: PlanTables) -> pd.DataFrame:
    """Deliveries of the base plan to the coalition (to all where it takes in nothing)."""
    return to_coalition(tables.problem.coalition, tables["Sourcing"])


def shares(names: Names, taken: pd.DataFrame, good: str) -> pd.DataFrame:
    """Periods by supplier: shares of what is taken in of a good, the largest supplier first.

    Parameters
    ----------
    names
        Names and words of the plan.
    taken
        What is taken in, by supplier and period.
    good
        A commodity.

    Returns
    -------
    pd.DataFrame
        Shares from 0 to 1, periods by suppliers.
    """
    return shares_by_supplier(names.planned, taken, good)


def _tones(names: Names, taken: pd.DataFrame, goods: list[str]) -> dict[str, int]:
    """A look for each supplier that is drawn, the same in every chart; those with the largest shares come first."""
    parts: dict[str, float] = {}
    for good in goods:
        wide = shares(names, taken, good)
        for country in largest_and_rest(wide, MOST_SUPPLIERS, OTHERS).columns.intersection(wide.columns):
            parts[str(country)] = parts.get(str(country), 0.0) + float(wide[country].sum())
    return {c: i for i, c in enumerate(sorted(parts, key=lambda c: (-parts[c], c)))}


def _over_time(
    names: Names, taken: pd.DataFrame, good: str, tones: dict[str, int], place: int, lacks: pd.Series
) -> Chart:
    wide = shares(names, taken, good)
    drawn = with_unmet(largest_and_rest(wide, MOST_SUPPLIERS, OTHERS), lacks)
    series = [
        {
            "name": names.country(str(c)),
            "tone": MISSING if c == NOT_MET else tones.get(str(c), -1),
            "values": [exact(v) for v in column],
        }
        for c, column in drawn.items()
    ]
    data = {"categories": list(wide.index), "series": series, "format": "share", "axis": "Share of supply"}
    title = capital(largest_supplier(names.good(good), wide, names.country)) + unmet_words(lacks)
    alt = f"Stacked columns: share of the supply of {names.good(good)} by country, for each period. {title}."
    return Chart(f"supply{place}", title, alt, "stacked", data, _grid(names, taken, good), half=True)


def _grid(names: Names, taken: pd.DataFrame, good: str) -> Grid:
    wide = shares(names, taken, good)
    rows = taken[taken["commodity"] == good]
    total = rows.groupby("period")["quantity"].sum()
    unit = str(rows["unit"].iloc[0])
    kept = wide.columns[:MOST_ROWS]
    made = [cells([names.country(str(c)), *(percent_cell(float(v)) for v in wide[c])]) for c in kept]
    if len(kept) < len(wide.columns):
        others = wide.drop(columns=kept).sum(axis=1)
        made.append(cells([counted(len(wide.columns) - len(kept), "other"), *(percent_cell(float(v)) for v in others)]))
    made.append(cells([f"All suppliers ({unit})", *(number_cell(float(total.get(p, 0.0))) for p in wide.index)]))
    return Grid(
        f"{names.good(good)}: share of supply, base plan", columns("Supplier", *map(str, wide.index)), tuple(made)
    )


def _atlas(names: Names, taken: pd.DataFrame, goods: list[str]) -> Chart | None:
    """Shares of each good by country and period for the map, with the codes of each country."""
    known = {c: list(row.iso3) for c, row in names.problem.countries.items() if row.iso3}
    if not set(taken["origin"]) & set(known):
        return None
    values = {}
    for good in goods:
        wide = shares(names, taken, good)
        values[good] = {
            str(period): {str(c): exact(float(v)) for c, v in row.items() if float(v) >= TINY}
            for period, row in wide.iterrows()
        }
    countries = {
        c: {"name": names.country(c), "codes": codes, "bloc": names.problem.countries[c].bloc}
        for c, codes in known.items()
    }
    flows = {good: _arrows(taken[taken["commodity"] == good], set(known)) for good in goods}
    named = {good: names.good(good) for good in goods}
    data = {"values": values, "flows": flows, "countries": countries, "goods": named}
    alt = (
        "World map: each country is as dark as its share of the supply of the good and period chosen, and its share is "
        "written on it; arrows, as thick as their shares, are the largest flows between countries. The same shares "
        "stand in the tables of this section."
    )
    return Chart("map", "Who supplies: share of supply by country", alt, "map", data)


def _arrows(rows: pd.DataFrame, known: set[str]) -> dict[str, list[list[object]]]:
    """By period the largest flows of a good between countries that a map knows, as shares of all that is taken in."""
    sums = rows.groupby(["period", "origin", "destination"], as_index=False, sort=False)[["quantity"]].sum()
    sums["part"] = sums["quantity"] / sums.groupby("period")["quantity"].transform("sum")
    shown = sums[
        (sums["origin"] != sums["destination"])
        & sums["origin"].isin(known)
        & sums["destination"].isin(known)
        & (sums["part"] >= LEAST_ARROW)
    ].sort_values("part", ascending=False, kind="stable")
    return {
        str(period): [[str(r.origin), str(r.destination), exact(float(str(r.part)))] for r in own.itertuples()]
        for period, own in shown.groupby("period", sort=False).head(MOST_ARROWS).groupby("period", sort=False)
    }


def _maps(names: Names, atlas: Chart | None) -> tuple[Chart, ...]:
    """The map of the first period beside that of the period chosen, the last at first; one alone where there is one."""
    if atlas is None or len(names.planned) < 2:
        return (atlas,) if atlas else ()
    first = names.planned[0]
    alt = f"World map as the other, for the first period, {first}: where the plan begins."
    before = Chart("map_before", "Before", alt, "map", {"of": "map", "period": first}, half=True)
    return (before, dataclasses.replace(atlas, title="After: who supplies, and the largest flows", half=True))


def _choices(names: Names, goods: list[str], finals: list[tuple[str, str]], *, mapped: bool) -> tuple[Choice, ...]:
    labels = names.planned
    made = [Choice("period", "Period", tuple((p, p) for p in labels), labels[-1])] if len(labels) > 1 else []
    if mapped and len(goods) > 1:
        made.append(Choice("good", "Good on the map", tuple((good, names.good(good)) for good in goods), goods[0]))
    if len(finals) > 1:
        made.append(Choice("chain", "Chain of stages that ends in", tuple(finals), finals[0][0]))
    return tuple(made)

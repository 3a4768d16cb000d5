"""What it costs, and who pays: expected cost by kind, by period and by payer."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from friendshore.optimizer.page.parts import Chart, Folded, Grid, Section, cells, columns
from friendshore.optimizer.page.tables import PlanTables
from friendshore.optimizer.page.words import Names, exact
from friendshore.optimizer.reporting.calendar import span
from friendshore.optimizer.reporting.costs import MOST_KINDS, OTHERS, WHO_PAYS_FIRST, is_supplier
from friendshore.optimizer.reporting.frames import largest_and_rest
from friendshore.optimizer.wording.counts import listed
from friendshore.optimizer.wording.money import readable
from friendshore.optimizer.wording.names import label
from friendshore.optimizer.wording.numbers import number_cell
from friendshore.optimizer.wording.shares import percent


def section(tables: PlanTables) -> Section:
    """Kinds of cost over time and by payer, and the whole account."""
    names = Names(tables.problem)
    rows = tables["Costs"][tables["Costs"]["period"].isin(names.planned)]
    if rows.empty:
        return Section("cost", "What it costs, and who pays", ("The plan costs nothing.",))
    kinds = _kinds(rows)
    charts = (_over_time(names, rows, kinds), _by_payer(names, rows, kinds))
    return Section(
        "cost",
        "What it costs, and who pays",
        sentences(names, rows),
        charts=charts,
        folded=(Folded("Every first payer, kind of cost and period", (_account(names, rows),)),),
        notes=(
            f"Expected cost: every scenario by its probability, in today's money. {WHO_PAYS_FIRST}. Of new capacity "
            "only the part of its life within the plan is charged.",
            *_apart(names, tables),
        ),
    )


def _apart(names: Names, tables: PlanTables) -> tuple[str, ...]:
    """What the periods behind the plan cost, which no figure above counts."""
    if not names.beyond:
        return ()
    cost = float(tables["Costs"].loc[tables["Costs"]["period"].isin(names.beyond), "discounted"].sum())
    behind = span(names.problem, names.beyond)
    return (
        f"The plan looks ahead over {behind}, so that its end is not the end of the world: {names.money(cost)}, apart.",
    )


def _kinds(rows: pd.DataFrame) -> list[str]:
    """Kinds of cost, the largest first."""
    sums = rows.groupby("kind")["discounted"].sum()
    return [str(kind) for kind in sums.sort_values(ascending=False, kind="stable").index]


def sentences(names: Names, rows: pd.DataFrame) -> tuple[str, ...]:
    """The whole, its largest kinds, and what the coalition pays first."""
    total = float(rows["discounted"].sum())
    if total <= 0:
        return (f"The expected cost is {names.money(total)}.",)
    said = [f"The expected cost is {names.money(total)}: {_parts(rows, 'kind', total, str.lower)}."]
    inside = rows[rows["payer"].isin(names.problem.coalition)]
    fallen = float(inside["discounted"].sum())
    if fallen > 0:
        rest = (
            ""
            if fallen > 0.999 * total
            else "; the rest is spent by suppliers first, and their buyers pay it in the end"
        )
        said.append(
            f"Of it {percent(fallen / total)} is first paid within the coalition: "
            f"{_parts(inside, 'payer', total, names.country)}{rest}."
        )
    return tuple(said)


def _parts(rows: pd.DataFrame, key: str, total: float, called: Callable[[str], str]) -> str:
    """The largest parts with their shares."""
    sums = rows.groupby(key)["discounted"].sum().sort_values(ascending=False, kind="stable")
    return listed(
        [f"{called(str(name))} {percent(float(part) / total)}" for name, part in sums.head(4).items() if part > 0]
    )


def _series(wide: pd.DataFrame, kinds: list[str], divisor: float) -> list[dict[str, object]]:
    """The largest kinds, and the others together."""
    return [
        {"name": str(kind), "tone": i if kind in kinds else -1, "values": [exact(v / divisor) for v in column]}
        for i, (kind, column) in enumerate(largest_and_rest(wide, MOST_KINDS, OTHERS).items())
    ]


def _wide(rows: pd.DataFrame, index: str, kinds: list[str]) -> pd.DataFrame:
    wide = rows.pivot_table(index=index, columns="kind", values="discounted", aggfunc="sum", fill_value=0.0)
    return wide.reindex(columns=kinds, fill_value=0.0)


def _over_time(names: Names, rows: pd.DataFrame, kinds: list[str]) -> Chart:
    labels = names.planned
    wide = _wide(rows, "period", kinds).reindex(labels, fill_value=0.0)
    total = wide.sum(axis=1)
    top = str(total.idxmax())
    title = f"By period: {top} is the dearest, {names.money(float(total[top]))}"
    if len(labels) == 1:
        title = f"By kind: {kinds[0].lower()} is the largest"
    divisor, unit = readable(float(total.max()), names.currency)
    data = {"categories": labels, "series": _series(wide, kinds, divisor), "format": "money", "axis": unit}
    alt = f"Stacked columns: expected cost by period and kind of cost. {title}."
    return Chart("cost_period", title, alt, "stacked", data, _grid(names, wide, kinds, "Period"))


def _by_payer(names: Names, rows: pd.DataFrame, kinds: list[str]) -> Chart:
    wide = _wide(rows, "payer", kinds)
    total, ours = wide.sum(axis=1), names.problem.coalition
    wide = wide.loc[sorted(wide.index, key=lambda who: (who not in ours, -float(total[who]), str(who)))]
    first = str(wide.index[0])
    wide.index = pd.Index([_payer(names, str(who)) for who in wide.index])
    most = "most of the coalition" if first in ours else "most"
    title = f"By who pays first: {names.country(first)} {most}, {names.money(float(total[first]))}"
    divisor, unit = readable(float(total.max()), names.currency)
    data = {
        "categories": list(wide.index),
        "series": _series(wide, kinds, divisor),
        "format": "money",
        "axis": unit,
        "flat": True,
    }
    alt = f"Stacked bars: expected cost by payer and kind of cost. {title}."
    return Chart("cost_payer", title, alt, "stacked", data, _grid(names, wide, kinds, "First payer"), len(wide))


def _payer(names: Names, payer: str) -> str:
    """A first payer by name; of a supplier that its buyers pay in the end."""
    called = names.country(payer)
    return f"{called} (its buyers in the end)" if is_supplier(names.problem, payer) else called


def _grid(names: Names, wide: pd.DataFrame, kinds: list[str], first: str) -> Grid:
    made = [
        cells([str(key), *(number_cell(float(row[kind])) for kind in kinds), number_cell(float(row.sum()))])
        for key, row in wide.iterrows()
    ]
    made.append(
        cells(["Total", *(number_cell(float(wide[k].sum())) for k in kinds), number_cell(float(wide.to_numpy().sum()))])
    )
    caption = f"Expected cost, discounted, {names.currency}"
    return Grid(caption, columns(first, *map(label, kinds), "Total"), tuple(made))


def _account(names: Names, rows: pd.DataFrame) -> Grid:
    labels = names.planned
    wide = rows.pivot_table(
        index=["payer", "kind"], columns="period", values="discounted", aggfunc="sum", fill_value=0.0, sort=False
    )
    wide = wide.reindex(columns=labels, fill_value=0.0)
    made = []
    for key, values in wide.iterrows():
        who, kind = key if isinstance(key, tuple) else (key, "")
        figures = (number_cell(float(v)) for v in (*values, values.sum()))
        made.append(cells([_payer(names, str(who)), str(kind), *figures]))
    caption = f"Expected cost, discounted, {names.currency}"
    return Grid(caption, columns("First payer", "Kind of cost", *labels, "Total", text=2), tuple(made))

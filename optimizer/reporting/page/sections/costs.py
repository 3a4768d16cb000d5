"""What it costs, and who pays: expected cost by kind, by period and by payer."""

from __future__ import annotations

import pandas as pd

from optimizer.reporting.frames import percent
from optimizer.reporting.page.parts import Chart, Folded, Grid, Section, cells, columns
from optimizer.reporting.page.tables import PlanTables
from optimizer.reporting.page.words import Names, exact, label, listed, number

MOST_KINDS = 6
OTHERS = "All other costs"


def section(tables: PlanTables) -> Section:
    """Kinds of cost over time and by payer, and the whole account."""
    names, rows = Names(tables.problem), tables["Costs"]
    if rows.empty:
        return Section("cost", "What it costs, and who pays", ("The plan costs nothing.",))
    kinds = _kinds(rows)
    charts = (_over_time(names, rows, kinds), _by_payer(names, rows, kinds))
    return Section(
        "cost", "What it costs, and who pays", sentences(names, rows), charts=charts,
        folded=(Folded("Every payer, kind of cost and period", (_account(names, rows),)),),
        notes=(
            "Expected cost: every scenario by its probability, in today's money. Production is paid where the plant "
            "stands; freight and tariffs at the destination; stock where it is held; damage from shortage where the "
            "demand is; new capacity and protections by their payer. Of new capacity only the part of its life within "
            "the plan is charged.",
        ),
    )  # fmt: skip


def _kinds(rows: pd.DataFrame) -> list[str]:
    """Kinds of cost, the largest first."""
    sums = rows.groupby("kind")["discounted"].sum()
    return [str(kind) for kind in sums.sort_values(ascending=False, kind="stable").index]


def payer(names: Names, who: str) -> str:
    """A payer by name."""
    return names.country(who)


def sentences(names: Names, rows: pd.DataFrame) -> tuple[str, ...]:
    """The whole, its largest kinds, and who bears most."""
    total = float(rows["discounted"].sum())
    kinds = rows.groupby("kind")["discounted"].sum().sort_values(ascending=False, kind="stable")
    payers = rows.groupby("payer")["discounted"].sum().sort_values(ascending=False, kind="stable")
    if total <= 0:
        return (f"The expected cost is {names.money(total)}.",)
    most = listed([f"{str(k).lower()} ({percent(float(v) / total)})" for k, v in kinds.head(3).items() if v > 0])
    who = listed([f"{payer(names, str(p))} ({percent(float(v) / total)})" for p, v in payers.head(3).items() if v > 0])
    return (f"The expected cost is {names.money(total)}: most of it {most}.", f"Most is paid by {who}.")


def _series(wide: pd.DataFrame, kinds: list[str]) -> list[dict[str, object]]:
    """The largest kinds, and the others together."""
    big = kinds if len(kinds) <= MOST_KINDS else kinds[: MOST_KINDS - 1]
    series: list[dict[str, object]] = [
        {"name": kind, "tone": i, "values": [exact(v) for v in wide[kind]]} for i, kind in enumerate(big)
    ]
    if len(big) < len(kinds):
        rest = wide[kinds[len(big) :]].sum(axis=1)
        series.append({"name": OTHERS, "tone": -1, "values": [exact(v) for v in rest]})
    return series


def _wide(rows: pd.DataFrame, index: str, kinds: list[str]) -> pd.DataFrame:
    wide = rows.pivot_table(index=index, columns="kind", values="discounted", aggfunc="sum", fill_value=0.0)
    return wide.reindex(columns=kinds, fill_value=0.0)


def _over_time(names: Names, rows: pd.DataFrame, kinds: list[str]) -> Chart:
    labels = [period.period for period in names.problem.periods]
    wide = _wide(rows, "period", kinds).reindex(labels, fill_value=0.0)
    total = wide.sum(axis=1)
    top = str(total.idxmax())
    title = f"By period: {top} is the dearest, {names.money(float(total[top]))}"
    if len(labels) == 1:
        title = f"By kind: {kinds[0].lower()} is the largest"
    data = {"categories": labels, "series": _series(wide, kinds), "format": "money", "axis": names.currency}
    alt = f"Stacked columns: expected cost by period and kind of cost. {title}."
    return Chart("cost_period", title, alt, "stacked", data, _grid(names, wide, kinds, "Period"))


def _by_payer(names: Names, rows: pd.DataFrame, kinds: list[str]) -> Chart:
    wide = _wide(rows, "payer", kinds)
    total = wide.sum(axis=1)
    wide = wide.loc[total.sort_values(ascending=False, kind="stable").index]
    wide.index = pd.Index([payer(names, str(who)) for who in wide.index])
    share = float(total.max()) / float(total.sum()) if float(total.sum()) > 0 else 0.0
    title = f"By payer: {wide.index[0]} bears {percent(share)}"
    data = {
        "categories": list(wide.index), "series": _series(wide, kinds), "format": "money", "axis": names.currency,
        "flat": True,
    }  # fmt: skip
    alt = f"Stacked bars: expected cost by payer and kind of cost. {title}."
    return Chart("cost_payer", title, alt, "stacked", data, _grid(names, wide, kinds, "Payer"), len(wide))


def _grid(names: Names, wide: pd.DataFrame, kinds: list[str], first: str) -> Grid:
    made = [
        cells([str(key), *(number(float(row[kind])) for kind in kinds), number(float(row.sum()))])
        for key, row in wide.iterrows()
    ]
    made.append(cells(["Total", *(number(float(wide[k].sum())) for k in kinds), number(float(wide.to_numpy().sum()))]))
    caption = f"Expected cost, discounted, {names.currency}"
    return Grid(caption, columns(first, *map(label, kinds), "Total"), tuple(made))


def _account(names: Names, rows: pd.DataFrame) -> Grid:
    labels = [period.period for period in names.problem.periods]
    wide = rows.pivot_table(
        index=["payer", "kind"], columns="period", values="discounted", aggfunc="sum", fill_value=0.0, sort=False
    )
    wide = wide.reindex(columns=labels, fill_value=0.0)
    made = []
    for key, values in wide.iterrows():
        who, kind = key if isinstance(key, tuple) else (key, "")
        figures = (number(float(v)) for v in (*values, values.sum()))
        made.append(cells([payer(names, str(who)), str(kind), *figures]))
    caption = f"Expected cost, discounted, {names.currency}"
    return Grid(caption, columns("Payer", "Kind of cost", *labels, "Total", text=2), tuple(made))

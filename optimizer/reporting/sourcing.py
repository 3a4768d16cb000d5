"""Plan Sourcing: who supplies whom with what, its share of what the buyer takes in, and what it costs landed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import pandas as pd

from friendshore.models.plan import Plan, process_names
from friendshore.optimizer.reporting.content import Block, Content, Field, Figure, Sheet
from friendshore.optimizer.reporting.cost_rows import activity_costs, lanes_taken, moved
from friendshore.optimizer.reporting.frames import (
    BASE,
    largest_and_rest,
    most_rows,
    over_steps,
    planned_periods,
    tidy,
    unit_of,
    within_the_plan,
)
from friendshore.optimizer.reporting.matrix import by_year, named_with_unit
from friendshore.optimizer.reporting.named import names_of
from friendshore.optimizer.reporting.needs import needs
from friendshore.optimizer.reporting.scenario_rows import Shared, note_of, settled, standing, steps_of_paths, told_of
from friendshore.optimizer.reporting.unmet import unmet_share, unmet_words, with_unmet
from friendshore.optimizer.wording.counts import verb
from friendshore.optimizer.wording.shares import percent

FIELDS = (
    Field("scenario", "Scenario"),
    Field("period", "Period"),
    Field("destination", "Buyer"),
    Field("commodity", "Commodity"),
    Field("origin", "Supplier"),
    Field("source", "From"),
    Field("unit", "Unit"),
    Field("quantity", "Quantity sent", "number", "unit"),
    Field("share", "Share of the buyer's supply", "share", "%"),
    Field("at_source", "Cost at the supplying stage", "number", "currency/unit"),
    Field("freight", "Freight", "number", "currency/unit"),
    Field("tariff", "Tariff", "number", "currency/unit"),
    Field("loss", "Lost on the way", "share", "%"),
    Field("landed", "Landed cost", "number", "currency/unit"),
)
SHARED = Shared(
    names=("destination", "commodity", "origin", "source", "way"),
    told=("unit",),
    amounts=("quantity",),
    ratios=("share", "at_source", "freight", "tariff", "loss", "landed"),
    order=("scenario", "period", "destination", "commodity", "origin", "source", "way"),
    together=("destination", "commodity"),
)
WAY = Field("way", "Way")
"""A column of its own only where a workbook has ways."""
FROM_STOCK = "stockpile "
MOST_FIGURES = 8
MOST_SUPPLIERS = 6
OTHERS = "All others"
SAME_SHARE = 0.005
"""Shares nearer to each other than this are told as one."""


def deliveries(plan: Plan) -> pd.DataFrame:
    """One row for each supplier, way, buyer, commodity and period of each scenario, steps added up."""
    rows = over_steps(moved(plan), ["origin", "destination", "commodity", "way", "source"])
    rows = rows.assign(quantity=rows["quantity"].astype(float))
    total = rows.groupby(["scenario", "period", "destination", "commodity"])["quantity"].transform("sum")
    rows["share"] = rows["quantity"] / total
    rows = rows.merge(costs_at_source(plan), on=["scenario", "period", "origin", "commodity"], how="left")
    rows["at_source"] = rows["at_source"].where(rows["source"] == "plants").astype(float)
    lanes = lanes_taken(plan, rows)
    rows["freight"] = [plan.problem.lane_cost(lane, period) for lane, period in lanes]
    rows["tariff"] = [plan.problem.lane_duty(lane, period) for lane, period in lanes]
    rows["loss"] = [plan.problem.lane_loss(lane, period) for lane, period in lanes]
    rows["landed"] = (rows["at_source"] + rows["freight"] + rows["tariff"]) / (1.0 - rows["loss"])
    rows["unit"] = [unit_of(plan, commodity) for commodity in rows["commodity"]]
    rows["source"] = [source if source == "plants" else FROM_STOCK + source for source in rows["source"]]
    return settled(tidy(plan, rows, shown_fields(plan)), SHARED, steps_of_paths(plan))


def shown_fields(plan: Plan) -> tuple[Field, ...]:
    """The columns of the table: with the way where the workbook has ways."""
    place = [field.key for field in FIELDS].index("unit")
    return (*FIELDS[:place], WAY, *FIELDS[place:]) if plan.problem.has_ways else FIELDS


def costs_at_source(plan: Plan) -> pd.DataFrame:
    """scenario, period, origin, commodity, at_source: unit cost ÷ output, the mean of active plants by output."""
    outputs = [
        (name, plan.problem.plants[process.plant].country, commodity, amount)
        for name, process in plan.problem.processes.items()
        for commodity, amount in process.outputs.items()
    ]
    rows = activity_costs(plan)
    made = rows.assign(process=process_names(rows)).merge(
        pd.DataFrame(outputs, columns=["process", "origin", "commodity", "amount"]), on="process"
    )
    activity = made["activity"].astype(float)
    made = made.assign(output=activity * made["amount"].astype(float), spent=activity * made["unit_cost"])
    keys = ["scenario", "period", "origin", "commodity"]
    sums = made.groupby(keys, as_index=False, sort=False)[["output", "spent"]].sum()
    return sums.assign(at_source=sums["spent"] / sums["output"].where(sums["output"] > 0))[[*keys, "at_source"]]


def to_coalition(coalition: Collection[str], rows: pd.DataFrame) -> pd.DataFrame:
    """Deliveries of the base plan that reach the coalition; to all buyers where none do."""
    base = rows[rows["scenario"] == BASE]
    inside = base[base["destination"].isin(coalition)]
    return inside if len(inside) else base


def by_spending_abroad(coalition: Collection[str], rows: pd.DataFrame) -> list[str]:
    """Commodities by what is paid for them, landed, to suppliers outside the coalition, then to all.

    Parameters
    ----------
    coalition
        Its countries.
    rows
        Deliveries (columns commodity, origin, quantity, landed), of which those from stock cost nothing.

    Returns
    -------
    list of str
        All commodities of the rows, the one that most is paid for first.
    """
    paid = rows["quantity"] * rows["landed"].fillna(0.0)
    abroad = paid.where(~rows["origin"].isin(coalition), 0.0)
    sums = pd.DataFrame({"commodity": rows["commodity"], "abroad": abroad, "all": paid}).groupby("commodity").sum()
    return [str(c) for c in sums.sort_values(["abroad", "all"], ascending=False, kind="stable").index]


def shares_by_supplier(periods: Sequence[str], rows: pd.DataFrame, commodity: str) -> pd.DataFrame:
    """Shares of each supplier in what is taken in of a commodity, period by period.

    Parameters
    ----------
    periods
        Labels of the periods, in order of time.
    rows
        Deliveries (columns commodity, period, origin, quantity).
    commodity
        Which.

    Returns
    -------
    pandas.DataFrame
        periods × supplier countries, from 0 to 1, the largest supplier over all periods first; 0 where nothing comes.
    """
    own = rows[rows["commodity"] == commodity]
    wide = own.pivot_table(index="period", columns="origin", values="quantity", aggfunc="sum", fill_value=0.0)
    wide = wide.reindex(index=list(periods), fill_value=0.0)
    total = wide.sum(axis=1)
    order = sorted(wide.columns, key=lambda origin: (-float(wide[origin].to_numpy().sum()), str(origin)))
    return wide[order].div(total.where(total > 0), axis=0).fillna(0.0)


def largest_supplier(good: str, shares: pd.DataFrame, called: Callable[[str], str] = str) -> str:
    """The largest supplier at first, and how its share moves.

    Parameters
    ----------
    good
        What the commodity is called.
    shares
        As of ``shares_by_supplier``.
    called
        What a country is called.

    Returns
    -------
    str
        A sentence without its full stop.
    """
    first, last = shares.iloc[0], shares.iloc[-1]
    top = str(first.idxmax()) if float(first.max()) > 0 else str(shares.sum().idxmax())
    before, after = float(first[top]), float(last[top])
    if abs(after - before) < SAME_SHARE:
        return f"{good}: {called(top)} supplies {percent(after)}" + (" throughout" if len(shares) > 1 else "")
    verb = "falls" if after < before else "rises"
    return f"{good}: the share of {called(top)} {verb} from {percent(before)} to {percent(after)}"


def _figure(plan: Plan, rows: pd.DataFrame, short: pd.DataFrame, commodity: str, number: int) -> Figure:
    taken, coalition, labels = to_coalition(plan.problem.coalition, rows), plan.problem.coalition, planned_periods(plan)
    by_supplier = shares_by_supplier(labels, taken, commodity)
    unmet = unmet_share(labels, coalition, taken, short, commodity)
    kept = (by_supplier.sum(axis=1) > 0) | (unmet > 0)
    by_supplier, unmet = by_supplier[kept], unmet[kept]
    shares = with_unmet(largest_and_rest(by_supplier, MOST_SUPPLIERS, OTHERS), unmet).reset_index(names="period")
    suppliers = tuple(str(column) for column in shares.columns[1:])
    shares.columns = pd.Index(["period", *(f"s{i}" for i, _ in enumerate(suppliers))])
    names = names_of(plan.problem)
    called = [names.of("Countries", supplier) for supplier in suppliers]
    fields = (Field("period", "Period"), *(Field(f"s{i}", name, "share") for i, name in enumerate(called)))
    who = "the coalition's supply" if plan.problem.coalition else "all supply"
    good = names.of("Commodities", commodity)
    block = Block(f"Supply_{number}", f"{good}: share of {who}, by supplier, base plan, %", shares, fields)
    series = tuple(field.key for field in fields[1:])
    title = largest_supplier(good, by_supplier, lambda id: names.of("Countries", id)) + unmet_words(unmet)
    return Figure(title, "stacked columns", block, "period", series, f"Share of {who}", "share")


def content(plan: Plan) -> Content:
    """What the sheet says."""
    whole = deliveries(told_of(plan))
    frame, cut = most_rows(standing(whole, SHARED, steps_of_paths(plan)))
    planned = within_the_plan(plan, to_coalition(plan.problem.coalition, whole))
    commodities = by_spending_abroad(plan.problem.coalition, planned)
    short, drawn = needs(plan), commodities[:MOST_FIGURES]
    figures = tuple(_figure(plan, whole, short, commodity, i) for i, commodity in enumerate(drawn, 1))
    more = len(commodities) - MOST_FIGURES
    notes = (
        "Cost at the supplying stage is what the supplier's running plants spend on a unit, without what they pay for "
        "their inputs; landed cost adds freight and tariff and is counted by what arrives. Deliveries from stockpiles "
        "have no cost at the supplying stage.",
        "Share is of all the buyer takes in, its own supply included; charts show what goes unmet as a part of its "
        f"own. {note_of(plan)} The suppliers of a buyer are told together.",
        *(
            (
                f"Drawn are the {MOST_FIGURES} commodities most is paid for abroad; "
                f"{more} more {verb(more, 'is', 'are')} in the table.",
            )
            if more > 0
            else ()
        ),
        *cut,
    )
    said = f"{figures[0].title}." if figures else "Nothing is shipped."
    table = Block("Sourcing", "", frame, shown_fields(plan))
    return Content(said, notes, (table,), figures, opening=_opening(plan, whole, commodities))


def _opening(plan: Plan, whole: pd.DataFrame, commodities: list[str]) -> Block | None:
    """Commodity and supplier by year: what the coalition takes in on the base plan, in the order of the charts."""
    names, ranks = names_of(plan.problem), {name: i for i, name in enumerate(commodities)}
    rows = to_coalition(plan.problem.coalition, whole)
    sums = rows.groupby(["commodity", "origin"])["quantity"].transform("sum")
    rows = rows.assign(_rank=rows["commodity"].map(ranks), _sum=-sums)
    rows = rows.sort_values(["_rank", "_sum", "origin"], kind="stable")
    rows = rows.assign(
        good=named_with_unit(names, "Commodities", rows["commodity"], rows["unit"]),
        supplier=[names.of("Countries", str(origin)) for origin in rows["origin"]],
    )
    keys = (Field("good", "What, and its unit"), Field("supplier", "Supplied by"))
    who = "the coalition takes in" if plan.problem.coalition else "is taken in"
    title = f"What {who} by supplier and year, base plan"
    return by_year(plan, "Sourcing_by_year", title, rows, keys, "quantity")


SHEET = Sheet("Plan Sourcing", content)

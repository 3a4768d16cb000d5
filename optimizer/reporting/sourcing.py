"""Plan Sourcing: who supplies whom with what, its share of what the buyer takes in, and what it costs landed."""

from __future__ import annotations

import pandas as pd

from friendshore.models.plan import Plan
from friendshore.optimizer.reporting.content import Block, Content, Field, Figure, Sheet, unused
from friendshore.optimizer.reporting.frames import BASE, in_order, most_rows, over_steps, periods, tidy, unit_of
from friendshore.optimizer.reporting.payers import activity_costs, moved
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
FROM_STOCK = "stockpile "
MOST_FIGURES = 8
MOST_SUPPLIERS = 6
OTHERS = "All others"


def deliveries(plan: Plan) -> pd.DataFrame:
    """One row for each supplier, buyer, commodity and period of each scenario, steps added up."""
    rows = over_steps(moved(plan), ["origin", "destination", "commodity", "source"])
    rows = rows.assign(quantity=rows["quantity"].astype(float))
    total = rows.groupby(["scenario", "period", "destination", "commodity"])["quantity"].transform("sum")
    rows["share"] = rows["quantity"] / total
    rows = rows.merge(costs_at_source(plan), on=["scenario", "period", "origin", "commodity"], how="left")
    rows["at_source"] = rows["at_source"].where(rows["source"] == "plants").astype(float)
    lanes = [
        plan.problem.lanes[key] for key in zip(rows["origin"], rows["destination"], rows["commodity"], strict=True)
    ]
    rows["freight"] = [lane.cost for lane in lanes]
    rows["tariff"] = [lane.tariff * plan.problem.commodities[lane.commodity].price for lane in lanes]
    rows["loss"] = [lane.loss for lane in lanes]
    rows["landed"] = (rows["at_source"] + rows["freight"] + rows["tariff"]) / (1.0 - rows["loss"])
    rows["unit"] = [unit_of(plan, commodity) for commodity in rows["commodity"]]
    rows["source"] = [source if source == "plants" else FROM_STOCK + source for source in rows["source"]]
    ordered = in_order(plan, rows, last=["destination", "commodity", "origin", "source"])
    return tidy(plan, ordered, FIELDS)


def costs_at_source(plan: Plan) -> pd.DataFrame:
    """scenario, period, origin, commodity, at_source: unit cost ÷ output, the mean of active plants by output."""
    outputs = [
        (plant, plan.problem.plants[plant].country, commodity, amount)
        for plant, flows in plan.problem.outputs.items()
        for commodity, amount in flows.items()
    ]
    made = activity_costs(plan).merge(
        pd.DataFrame(outputs, columns=["plant", "origin", "commodity", "amount"]), on="plant"
    )
    activity = made["activity"].astype(float)
    made = made.assign(output=activity * made["amount"].astype(float), spent=activity * made["unit_cost"])
    keys = ["scenario", "period", "origin", "commodity"]
    sums = made.groupby(keys, as_index=False, sort=False)[["output", "spent"]].sum()
    return sums.assign(at_source=sums["spent"] / sums["output"].where(sums["output"] > 0))[[*keys, "at_source"]]


def supplier_shares(plan: Plan, frame: pd.DataFrame, commodity: str) -> pd.DataFrame:
    """Period and a column for each supplier country: shares of what the coalition takes in on the base plan.

    The largest suppliers have columns of their own, the rest share one.
    """
    rows = _base(plan, frame)
    rows = rows[rows["commodity"] == commodity]
    wide = rows.pivot_table(index="period", columns="origin", values="quantity", aggfunc="sum", fill_value=0.0)
    wide = wide.reindex(index=[label for label in periods(plan) if label in set(wide.index)])
    order = sorted(wide.columns, key=lambda origin: (-float(wide[origin].to_numpy().sum()), str(origin)))
    shares = wide[order].div(wide.sum(axis=1), axis=0)
    if len(order) > MOST_SUPPLIERS:
        rest = shares[order[MOST_SUPPLIERS - 1 :]].sum(axis=1)
        shares = shares[order[: MOST_SUPPLIERS - 1]].assign(
            **{unused(OTHERS, {str(o).casefold() for o in order}): rest}
        )
    return shares.reset_index(names="period")


def _base(plan: Plan, frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of the base plan that reach the coalition; all buyers where none do."""
    base = frame[frame["scenario"] == BASE]
    inside = base[base["destination"].isin(plan.problem.coalition)]
    return inside if len(inside) else base


def _commodities(plan: Plan, frame: pd.DataFrame) -> list[str]:
    """Commodities of the base plan: the one most is paid for to suppliers outside the coalition first."""
    rows = _base(plan, frame)
    worth = rows["quantity"] * rows["landed"].fillna(0.0)
    outside = worth.where(~rows["origin"].isin(plan.problem.coalition), 0.0)
    spent = pd.DataFrame({"commodity": rows["commodity"], "outside": outside, "all": worth}).groupby("commodity").sum()
    return [str(c) for c in spent.sort_values(["outside", "all"], ascending=False, kind="stable").index]


def _figure(plan: Plan, frame: pd.DataFrame, commodity: str, number: int) -> Figure:
    shares = supplier_shares(plan, frame, commodity)
    suppliers = tuple(str(column) for column in shares.columns[1:])
    shares.columns = pd.Index(["period", *(f"s{i}" for i, _ in enumerate(suppliers))])
    fields = (Field("period", "Period"), *(Field(f"s{i}", name, "share") for i, name in enumerate(suppliers)))
    who = "the coalition's supply" if plan.problem.coalition else "all supply"
    block = Block(f"Supply_{number}", f"{commodity}: share of {who}, by supplier, base plan, %", shares, fields)
    series = tuple(field.key for field in fields[1:])
    title = finding(commodity, suppliers, shares)
    return Figure(title, "stacked columns", block, "period", series, f"Share of {who}", "share")


def finding(commodity: str, suppliers: tuple[str, ...], shares: pd.DataFrame) -> str:
    """The largest supplier at first, and how its share moves; or who overtakes it."""
    first = shares.iloc[0, 1:].astype(float)
    last = shares.iloc[-1, 1:].astype(float)
    top = int(first.to_numpy().argmax())
    before, after = float(first.iloc[top]), float(last.iloc[top])
    if abs(after - before) < 0.005:
        return f"{commodity}: {suppliers[top]} supplies {percent(after)}" + (" throughout" if len(shares) > 1 else "")
    verb = "falls" if after < before else "rises"
    return f"{commodity}: {suppliers[top]}'s share {verb} from {percent(before)} to {percent(after)}"


def content(plan: Plan) -> Content:
    """What the sheet says."""
    whole = deliveries(plan)
    frame, cut = most_rows(whole)
    commodities = _commodities(plan, whole)
    figures = tuple(_figure(plan, whole, commodity, i) for i, commodity in enumerate(commodities[:MOST_FIGURES], 1))
    more = len(commodities) - MOST_FIGURES
    notes = (
        "Cost at the supplying stage is what the supplier's running plants spend on a unit, without what they pay for "
        "their inputs; landed cost adds freight and tariff and is counted by what arrives. Deliveries from stockpiles "
        "have no cost at the supplying stage.",
        "Share is of all the buyer takes in, its own supply included. The rows of a scenario begin where it leaves the "
        "base plan.",
        *(
            (f"Drawn are the {MOST_FIGURES} commodities most is paid for abroad; {more} more are in the table.",)
            if more > 0
            else ()
        ),
        *cut,
    )
    said = f"{figures[0].title}." if figures else "Nothing is shipped."
    return Content(said, notes, (Block("Sourcing", "", frame, FIELDS),), figures)


SHEET = Sheet("Plan Sourcing", content)

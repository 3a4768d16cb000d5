"""Plan Production: what each plant runs, makes, and how much of its capacity that takes."""

from __future__ import annotations

import pandas as pd

from friendshore.models.plan import Plan, process_names
from friendshore.optimizer.reporting import surplus
from friendshore.optimizer.reporting.content import Block, Content, Field, Figure, Sheet
from friendshore.optimizer.reporting.frames import BASE, NODE, most_rows, over_steps, tidy, unit_of
from friendshore.optimizer.reporting.matrix import by_year, named_with_unit
from friendshore.optimizer.reporting.named import names_of
from friendshore.optimizer.reporting.scenario_rows import Shared, note_of, settled, standing, steps_of_paths, told_of
from friendshore.optimizer.reporting.service import capacity
from friendshore.optimizer.wording.counts import counted
from friendshore.optimizer.wording.shares import percent

FIELDS = (
    Field("scenario", "Scenario"),
    Field("period", "Period"),
    Field("plant", "Plant"),
    Field("country", "Country"),
    Field("product", "Main product"),
    Field("unit", "Unit"),
    Field("made", "Made", "number", "unit"),
    Field("activity", "Activity", "number", "runs"),
    Field("capacity", "Nominal capacity", "number", "runs"),
    Field("utilisation", "Use of capacity", "share", "%"),
)
SHARED = Shared(
    names=("plant", "recipe"),
    told=("country", "product", "unit"),
    amounts=("made", "activity", "capacity"),
    ratios=("utilisation",),
    order=("scenario", "period", "country", "plant", "recipe"),
)
RECIPE = Field("recipe", "Recipe")
"""Told where a plant has several."""
PRODUCT_FIELDS = (
    Field("product", "Main product"),
    Field("inside", "In the coalition", "share"),
    Field("outside", "Elsewhere", "share"),
)
MOST_BARS = 15
FULL = 0.995


def main_product(plan: Plan, process: str) -> str:
    """What a recipe of a plant makes most of, by worth at reference prices, else by amount."""
    prices = plan.problem.commodities
    flows = plan.problem.processes[process].outputs
    return max(sorted(flows), key=lambda c: (flows[c] * prices[c].price, flows[c])) if flows else ""


def several(plan: Plan) -> bool:
    """Whether any plant has several recipes."""
    return len(plan.problem.processes) > len(plan.problem.plants)


def use_of_plants(plan: Plan) -> pd.DataFrame:
    """One row for each plant with capacity or activity in each period of each scenario, steps added up.

    A plant with several recipes has a row for each, beside its whole capacity.
    """
    problem = plan.problem
    runs = pd.DataFrame([(each.plant, name) for name, each in problem.processes.items()], columns=["plant", "process"])
    active = plan.production.assign(process=process_names(plan.production))[[*NODE, "process", "activity"]]
    rows = capacity(plan).merge(runs, on="plant", how="left").merge(active, on=[*NODE, "process"], how="left")
    rows = over_steps(rows.assign(activity=rows["activity"].astype(float).fillna(0.0)), ["plant", "process"])
    rows = rows[(rows["capacity"] > 0) | (rows["activity"] > 0)]
    rows["utilisation"] = rows["activity"] / rows["capacity"].where(rows["capacity"] > 0)
    products = {name: main_product(plan, name) for name in problem.processes}
    amounts = {name: each.outputs.get(products[name], 0.0) for name, each in problem.processes.items()}
    rows = rows.assign(
        country=rows["plant"].map({name: row.country for name, row in problem.plants.items()}),
        product=rows["process"].map(products),
        made=rows["activity"] * rows["process"].map(amounts).astype(float),
        recipe=rows["process"].map(
            {name: each.recipe * (name != each.plant) for name, each in problem.processes.items()}
        ),
    )
    rows["unit"] = [unit_of(plan, product) for product in rows["product"]]
    return settled(tidy(plan, rows, fields(plan)), SHARED, steps_of_paths(plan))


def fields(plan: Plan) -> tuple[Field, ...]:
    """The columns of the sheet: recipes only where a plant has several."""
    return (*FIELDS, RECIPE) if several(plan) else FIELDS


def _by_plant(plan: Plan, frame: pd.DataFrame) -> pd.DataFrame:
    """One row for each plant, period and scenario, told by the recipe it runs most."""
    if not several(plan):
        return frame
    keys = ["scenario", "period", "plant"]
    sums = frame.groupby(keys, sort=False)[["activity", "made"]].sum()
    first = frame.sort_values("activity", ascending=False, kind="stable").drop_duplicates(keys).set_index(keys)
    return first.assign(activity=sums["activity"], made=sums["made"]).reset_index()


def by_product(plan: Plan, frame: pd.DataFrame) -> pd.DataFrame:
    """product, inside, outside: use of the capacity for each main product over the base plan, in the coalition and not.

    What is used most in the coalition comes first.
    """
    rows = _by_plant(plan, frame)
    base = rows[rows["scenario"] == BASE]
    each = zip(base["plant"], base["product"], strict=True)
    able = base["capacity"] * [plan.problem.outputs[plant].get(good, 0.0) for plant, good in each]
    where = base["country"].isin(plan.problem.coalition).map({True: "inside", False: "outside"})
    sums = base.assign(able=able, where=where).groupby(["product", "where"], as_index=False)[["made", "able"]].sum()
    sums["use"] = sums["made"] / sums["able"].where(sums["able"] > 0)
    wide = sums.pivot_table(index="product", columns="where", values="use").reindex(columns=["inside", "outside"])
    wide = wide.sort_values(["inside", "outside"], ascending=False, kind="stable")
    return wide.reset_index(names="product")


def _figure(plan: Plan, frame: pd.DataFrame) -> Figure:
    products = by_product(plan, frame)
    fields = [PRODUCT_FIELDS[0], *(field for field in PRODUCT_FIELDS[1:] if products[field.key].notna().any())]
    block = Block(
        "Use_of_capacity",
        "Use of capacity by main product, base plan, all periods, %",
        tidy(plan, products.head(MOST_BARS), fields),
        tuple(fields),
    )
    first, where = products.iloc[0], "In the coalition" if fields[1].key == "inside" else "Outside the coalition"
    product = names_of(plan.problem).listed("Commodities", str(first["product"]))
    title = f"{where}, plants for {product} are used most: {percent(float(first[fields[1].key]))}"
    return Figure(title, "bar", block, "product", tuple(field.key for field in fields[1:]), "Use of capacity", "share")


def content(plan: Plan) -> Content:
    """What the sheet says."""
    whole = use_of_plants(told_of(plan))
    frame, cut = most_rows(standing(whole, SHARED, steps_of_paths(plan)))
    figures: tuple[Figure | Block, ...] = (_figure(plan, whole),) if (whole["scenario"] == BASE).any() else ()
    notes = (
        "A run is one unit of a plant's activity; activity and capacity are those of the whole period. Nominal "
        f"capacity is what stands and is built, before any disruption: a struck plant shows low use. {note_of(plan)}",
        *cut,
    )
    beside = (*figures, *surplus.blocks(plan))
    table = Block("Production", "", frame, fields(plan))
    return Content(_finding(_by_plant(plan, whole)), notes, (table,), beside, opening=_opening(plan, whole))


def _opening(plan: Plan, whole: pd.DataFrame) -> Block | None:
    """Main product and country by year: what is made on the base plan, what is worth most first."""
    names, goods = names_of(plan.problem), plan.problem.commodities
    rows = whole[(whole["scenario"] == BASE) & (whole["made"] > 0)]
    worth = rows["made"] * rows["product"].map({name: good.price or 1.0 for name, good in goods.items()})
    rows = rows.assign(
        _good=worth.groupby(rows["product"]).transform("sum"),
        _sum=worth.groupby([rows["product"], rows["country"]]).transform("sum"),
    )
    rows = rows.sort_values(
        ["_good", "product", "_sum", "country"], ascending=[False, True, False, True], kind="stable"
    )
    rows = rows.assign(
        good=named_with_unit(names, "Commodities", rows["product"], rows["unit"]),
        where=[names.of("Countries", str(country)) for country in rows["country"]],
    )
    keys = (Field("good", "What, and its unit"), Field("where", "Made in"))
    return by_year(plan, "Production_by_year", "What is made by country and year, base plan", rows, keys, "made")


def _finding(frame: pd.DataFrame) -> str:
    """How many plants run at full capacity over all periods of the base plan."""
    sums = frame[frame["scenario"] == BASE].groupby("plant")[["activity", "capacity"]].sum()
    if sums.empty or not float(sums["activity"].sum()):
        return "Nothing is produced."
    full = int((sums["activity"] >= FULL * sums["capacity"]).sum())
    idle = int((sums["activity"] <= 0).sum())
    said = f"{full} of {counted(len(sums), 'plant')} run" if full else f"None of {counted(len(sums), 'plant')} runs"
    return f"{said} at full capacity throughout the base plan; {idle or 'none'} stand{'s' if idle <= 1 else ''} idle."


SHEET = Sheet("Plan Production", content)

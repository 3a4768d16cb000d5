"""Plan Scenarios: for each path its probability, cost, shortage, and how long it goes before anything is short."""

from __future__ import annotations

import pandas as pd

from friendshore.models.plan import Plan
from friendshore.models.tree.dangers import chances
from friendshore.optimizer.reporting.content import Block, Content, Field, Figure, Sheet
from friendshore.optimizer.reporting.extra_costs import extra_costs
from friendshore.optimizer.reporting.frames import (
    BASE,
    NODE,
    planned_periods,
    scenarios,
    tidy,
    with_nodes,
    within_the_plan,
)
from friendshore.optimizer.reporting.matrix import MOST
from friendshore.optimizer.reporting.named import names_of
from friendshore.optimizer.reporting.needs import needs
from friendshore.optimizer.reporting.readable_money import readable_unit
from friendshore.optimizer.reporting.service import parent_of
from friendshore.optimizer.wording.counts import counted
from friendshore.optimizer.wording.money import money
from friendshore.optimizer.wording.names import capital
from friendshore.optimizer.wording.shares import percent

FIELDS = (
    Field("scenario", "Scenario"),
    Field("sort", "Kind"),
    Field("parent", "Leaves"),
    Field("onset", "From"),
    Field("probability", "Probability", "share", "%"),
    Field("cost", "Cost of the path, discounted", "number", "currency"),
    Field("extra", "Beyond the base plan, from its onset", "number", "currency", once=("More than the base plan",)),
    Field("supply", "Of it supply", "number", "currency"),
    Field("stock", "Of it stock", "number", "currency"),
    Field("harm", "Of it damage from shortage", "number", "currency"),
    Field("building", "Of it building", "number", "currency"),
    Field("why", "Why it is cheaper"),
    Field("damage", "Damage from shortage, not discounted", "number", "currency"),
    Field("worst", "Worst hit"),
    Field("worst_share", "Not met in the worst step", "share", "%", once=("Share of its demand not met",)),
    Field("survives", "Time to survive", "number", "years"),
    Field("first", "First shortage"),
)
NO_SHORTAGE = "no shortage"
MOST_BARS = 15


def paths(plan: Plan) -> pd.DataFrame:
    """One row for each path: probability, cost, damage, the need hit worst and the time to survive."""
    costs = plan.paths.set_index("scenario")["cost"].astype(float)
    likely = plan.paths.set_index("scenario")["probability"].astype(float)
    known = {branch.name: branch.probability for branch in chances(plan.problem).branches}
    rows = []
    extra = extra_costs(plan).rename(columns={"damage": "harm"}).to_dict("records")
    beyond = {str(row["scenario"]): row for row in extra}
    everything = needs(plan)
    needed = {str(name): rows for name, rows in everything.groupby("scenario", sort=False)}
    keys = [*NODE, "country", "commodity", "tier"]
    sums = everything.groupby(keys, as_index=False, sort=False)[["demand", "shortage"]].sum()
    summed = {str(name): rows for name, rows in sums.groupby("scenario", sort=False)}
    for scenario in scenarios(plan):
        own = plan.nodes[plan.nodes["scenario"] == scenario]
        mine = needed.get(scenario, everything.head(0))
        cost = float(costs.get(scenario, float("nan")))
        rows.append(
            {
                "scenario": scenario,
                "sort": _sort(scenario, known),
                "parent": "" if scenario == BASE else parent_of(plan, scenario),
                "onset": own["period"].iloc[0],
                "probability": float(likely.get(scenario, 0.0)),
                "cost": cost,
                **{str(key): value for key, value in beyond[scenario].items()},
                **_worst(mine, summed.get(scenario, sums.head(0))),
                **_survival(plan, scenario, own, mine),
            }
        )
    return tidy(plan, pd.DataFrame(rows), FIELDS)


def _sort(scenario: str, known: dict[str, float]) -> str:
    if scenario == BASE:
        return "base plan"
    if scenario not in known:
        return "stress test of a policy"
    return "scenario" if known[scenario] > 0 else "stress test"


def _worst(rows: pd.DataFrame, sums: pd.DataFrame) -> dict[str, object]:
    """The need of which the largest share is not met in a step of the scenario's own; ``sums`` are by need and step."""
    sums = sums.assign(share=sums["shortage"] / sums["demand"].where(sums["demand"] > 0))
    damage = float(rows["damage"].sum())
    if sums.empty or float(sums["shortage"].sum()) <= 0:
        return {"damage": damage, "worst": NO_SHORTAGE, "worst_share": 0.0}
    top = sums.iloc[int(sums["share"].fillna(0.0).to_numpy().argmax())]
    return {
        "damage": damage,
        "worst": f"{top['country']}, {top['commodity']}, {top['tier']}",
        "worst_share": float(top["share"]),
    }


def _survival(plan: Plan, scenario: str, own: pd.DataFrame, rows: pd.DataFrame) -> dict[str, object]:
    """Years from the onset to the first shortage in a country of the coalition; blank where there is none."""
    hit = rows[(rows["shortage"] > 0) & rows["country"].isin(plan.problem.coalition)]
    if hit.empty:
        return {"survives": None, "first": NO_SHORTAGE}
    hit = with_nodes(plan, hit[NODE], ["start"])
    first = hit.iloc[int(hit["start"].to_numpy(float).argmin())]
    stepped = int((own["period"] == first["period"]).sum()) > 1
    when = f"{first['period']}, step {first['step']}" if stepped else str(first["period"])
    return {"survives": float(first["start"]) - float(own["start"].min()), "first": when}


def content(plan: Plan) -> Content:
    """What the sheet says."""
    frame = paths(plan)
    shown = frame.sort_values("cost", ascending=False, kind="stable", ignore_index=True).head(MOST_BARS)
    fields = (FIELDS[0], FIELDS[4], FIELDS[5])
    shown = shown[[field.key for field in fields]].assign(scenario=shown["scenario"].map(names_of(plan.problem).path))
    shown.attrs = frame.attrs
    title = _cost_words(plan, frame)
    block = Block("Cost_by_scenario", "Cost of each path, dearest first", shown, fields)
    figure = Figure(title, "bar", block, "scenario", ("cost",), plan.problem.settings.currency)
    notes = (
        "The cost of a path is that of all its years, those it shares with the path it leaves included. Beyond the "
        "base plan it is that of its own years less what the base plan costs from its onset on, discounted. Time to "
        "survive is from the moment a scenario leaves its path to the first step in which a country of the coalition "
        "goes short; blank: no shortage. Damage is counted over a scenario's own years.",
        "A danger has a path for each period in which it may begin, named danger@period, and a policy that tests a "
        "stop one for each period in which the stop may begin.",
        "Each policy holds on the paths and at the times that its column scenario says (Policies). On a path where it "
        "does not hold a plan is free of it, which may save cost.",
        *((f"Drawn are the {MOST_BARS} dearest of {len(frame)} paths.",) if len(frame) > MOST_BARS else ()),
    )
    said = _short_words(plan, frame)
    table = Block("Scenarios", "", frame, FIELDS)
    return Content(f"{title}. {said}", notes, (table,), (figure,), opening=_opening(plan, frame))


def _short_words(plan: Plan, rows: pd.DataFrame) -> str:
    """How many paths bring a shortage in the coalition within the plan, and how many more only behind it."""
    short = needs(plan)
    short = short[(short["shortage"] > 0) & short["country"].isin(plan.problem.coalition)]
    hit = within_the_plan(plan, short)["scenario"].nunique()
    more = short["scenario"].nunique() - hit
    said = f"{hit} of {counted(len(rows), 'path')} bring{'s' if hit == 1 else ''} a shortage in the coalition"
    return f"{said}, {more} more only in the years looked ahead to." if more else f"{said}."


def _opening(plan: Plan, rows: pd.DataFrame) -> Block | None:
    """What each danger costs beyond the base plan by the year in which it begins; None where there are no scenarios."""
    names, labels = names_of(plan.problem), planned_periods(plan)
    known = {branch.name: branch.scenario for branch in chances(plan.problem).branches}
    own = rows[rows["scenario"].isin(known) & rows["onset"].isin(labels)]
    if own.empty:
        return None
    danger = own["scenario"].map(known)
    wide = own.assign(danger=danger).pivot_table(index="danger", columns="onset", values="extra", aggfunc="max")
    wide = wide.reindex(columns=labels).loc[wide.max(axis=1).sort_values(ascending=False, kind="stable").index]
    divisor, unit = readable_unit(float(wide.abs().max().max()), plan.problem.settings.currency)
    shown = (wide.head(MOST) / divisor).reset_index()
    shown.columns = pd.Index(["danger", *(f"y{i}" for i, _ in enumerate(labels))])
    shown["danger"] = [capital(names.words("Scenarios", str(id))) for id in shown["danger"]]
    fields = (Field("danger", "What begins"), *(Field(f"y{i}", year, "number") for i, year in enumerate(labels)))
    note = "Of several paths of one danger and year the dearest; blank: it does not begin then. Below 0: cheaper."
    more = f" The first {MOST} of {len(wide)}." if len(wide) > MOST else ""
    title = f"Cost beyond the base plan by the year in which it begins, from then on, discounted, {unit}"
    return Block("Scenarios_by_year", title, shown, fields, note + more)


def _cost_words(plan: Plan, frame: pd.DataFrame) -> str:
    top = frame.iloc[int(frame["cost"].to_numpy(float).argmax())]
    base = float(frame["cost"].iloc[0])
    name = names_of(plan.problem).path(str(top["scenario"]))
    if top["scenario"] == BASE or base <= 0:
        return f"Dearest path: {name}, {money(float(top['cost']), plan.problem.settings.currency)}"
    return f"Dearest path: {name}, {percent(float(top['cost']) / base - 1.0)} above the base plan"


SHEET = Sheet("Plan Scenarios", content)

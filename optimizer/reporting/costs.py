"""Plan Costs: expected costs by kind, period and payer."""

from __future__ import annotations

import pandas as pd

from friendshore.models.plan import Plan
from friendshore.models.problem import Problem
from friendshore.optimizer.reporting import baselines, benefits
from friendshore.optimizer.reporting.content import Block, Content, Field, Figure, Sheet
from friendshore.optimizer.reporting.frames import (
    largest_and_rest,
    look_ahead_periods,
    most_rows,
    planned_periods,
    tidy,
    within_the_plan,
)
from friendshore.optimizer.reporting.matrix import by_year
from friendshore.optimizer.reporting.named import names_of
from friendshore.optimizer.reporting.payers import counted_kinds, expected, expected_by_kind
from friendshore.optimizer.wording.costs import cost_words
from friendshore.optimizer.wording.money import money
from friendshore.optimizer.wording.shares import percent

FIELDS = (
    Field("payer", "First payer", once=("Payer",)),
    Field("kind", "Kind of cost"),
    Field("period", "Period"),
    Field("discounted", "Expected cost, discounted", "number", "currency"),
    Field("cost", "Expected cost, not discounted", "number", "currency"),
)
KIND_FIELDS = (
    Field("kind", "Kind of cost"),
    Field("discounted", "Expected cost, discounted", "number", "currency"),
    Field("share", "Share of the total", "share", "%"),
)
PAYER_FIELDS = (
    Field("payer", "First payer", once=("Payer",)),
    Field("bears", "Who bears it in the end"),
    Field("discounted", "Expected cost, discounted", "number", "currency"),
    Field("share", "Share of the total", "share", "%"),
)
ITSELF, BUYERS = "itself; what its plants spend, their buyers", "its buyers"
MOST_KINDS = 6
OTHERS = "All other costs"
WHO_PAYS_FIRST = (
    "Who pays first: production where the plant stands, freight and tariffs at the destination, stock where it is "
    "held, damage from shortage where the demand is, new capacity and protections by their payer. What a plant spends "
    "its buyers pay in the end"
)


def by_payer_and_period(plan: Plan) -> pd.DataFrame:
    """payer, kind, period, discounted, cost: expected over the scenarios."""
    rows = expected(plan)
    rows = rows.assign(kind=[cost_words(kind) for kind in rows["kind"]])
    return tidy(plan, rows, FIELDS)


def planned_cost(plan: Plan) -> float:
    """Expected cost of the planned periods, discounted: all of it where no period has look_ahead."""
    if not look_ahead_periods(plan):
        return plan.expected_cost
    return float(within_the_plan(plan, expected_by_kind(plan))["discounted"].sum())


def look_ahead_cost(plan: Plan) -> float | None:
    """Expected cost of the periods with look_ahead, discounted; None where there are none."""
    return plan.expected_cost - planned_cost(plan) if look_ahead_periods(plan) else None


def _planned_kinds(plan: Plan) -> dict[str, float]:
    if not look_ahead_periods(plan):
        return counted_kinds(plan)
    sums = within_the_plan(plan, expected_by_kind(plan)).groupby("kind", sort=False)["discounted"].sum()
    return {kind: float(sums.get(kind, 0.0)) for kind in counted_kinds(plan)}


def by_kind(plan: Plan) -> pd.DataFrame:
    """kind, discounted, share: the plan's expected cost, largest first; kinds without cost are left out."""
    rows = [(cost_words(kind), cost) for kind, cost in _planned_kinds(plan).items() if cost != 0.0]
    rows.sort(key=lambda row: -row[1])
    total = sum(cost for _, cost in rows) or 1.0
    frame = pd.DataFrame([(*row, row[1] / total) for row in rows], columns=["kind", "discounted", "share"])
    return tidy(plan, frame, KIND_FIELDS)


def by_payer(plan: Plan, rows: pd.DataFrame) -> pd.DataFrame:
    """payer, discounted, share: who first pays the expected cost, largest first; ``rows`` are by payer and period."""
    sums = rows.groupby("payer", as_index=False, sort=False)[["discounted"]].sum()
    sums = sums.sort_values("discounted", ascending=False, kind="stable", ignore_index=True)
    bears = [BUYERS if is_supplier(plan.problem, str(payer)) else ITSELF for payer in sums["payer"]]
    share = sums["discounted"] / (sums["discounted"].sum() or 1.0)
    return tidy(plan, sums.assign(bears=bears, share=share), PAYER_FIELDS)


def is_supplier(problem: Problem, payer: str) -> bool:
    """Whether a first payer is outside the coalition that plans: what it spends its buyers pay in the end."""
    return bool(problem.coalition) and payer in problem.countries and payer not in problem.coalition


def payer_words(problem: Problem, payer: str, called: str) -> str:
    """What a first payer is called, never a supplier without saying that its buyers pay in the end.

    Parameters
    ----------
    problem
        The problem that the plan answers.
    payer
        A country.
    called
        Its name.

    Returns
    -------
    str
        The name, with the words where it is a supplier.
    """
    return f"{called}, whose buyers pay it in the end" if is_supplier(problem, payer) else called


def payer_block(plan: Plan, name: str = "Cost_by_payer") -> Block:
    """Who pays first, and who bears it in the end."""
    payers = by_payer(plan, within_the_plan(plan, by_payer_and_period(plan)))
    return Block(name, "Expected cost by who pays first, and who bears it", payers, PAYER_FIELDS)


def by_period(plan: Plan, rows: pd.DataFrame) -> pd.DataFrame:
    """period, and a column for each of the largest kinds of cost, the others together: expected, discounted."""
    wide = rows.pivot_table(index="period", columns="kind", values="discounted", aggfunc="sum", fill_value=0.0)
    kinds = list(by_kind(plan)["kind"])
    wide = wide.reindex(index=planned_periods(plan), columns=kinds, fill_value=0.0)
    return largest_and_rest(wide, MOST_KINDS, OTHERS).reset_index(names="period")


def period_block(plan: Plan, rows: pd.DataFrame) -> Block:
    """Period by kind of cost as a table."""
    wide = by_period(plan, rows)
    fields = (Field("period", "Period"), *(Field(str(kind), str(kind), "number") for kind in wide.columns[1:]))
    title = f"Expected cost by period, discounted, {plan.problem.settings.currency}"
    return Block("Cost_by_period", title, tidy(plan, wide, fields), fields)


def kind_figure(plan: Plan, name: str = "Cost_by_kind") -> Figure:
    """The bar chart of cost by kind, its finding above it."""
    frame = by_kind(plan)
    block = Block(name, "Expected cost by kind", frame, KIND_FIELDS)
    currency = plan.problem.settings.currency
    return Figure(_kind_finding(frame), "bar", block, "kind", ("discounted",), value_axis=currency)


def _kind_finding(frame: pd.DataFrame) -> str:
    if frame.empty:
        return "The plan costs nothing"
    return f"{frame['kind'][0]} is {percent(float(frame['share'][0]))} of the expected cost"


def content(plan: Plan) -> Content:
    """What the sheet says."""
    whole = by_payer_and_period(plan)
    frame, cut = most_rows(whole)
    planned = within_the_plan(plan, whole)
    payers = by_payer(plan, planned)
    kinds = kind_figure(plan)
    by_time = period_block(plan, planned)
    currency = plan.problem.settings.currency
    figures: list[Figure | Block] = [kinds]
    if len(frame):
        series = tuple(field.key for field in by_time.fields[1:])
        title = _period_finding(plan, by_time.frame)
        figures.append(Figure(title, "stacked columns", by_time, "period", series, value_axis=currency))
        first = str(payers["payer"][0])
        called = payer_words(plan.problem, first, names_of(plan.problem).of("Countries", first))
        title = f"{percent(float(payers['share'][0]))} of the expected cost is first paid in {called}"
        block = Block("Cost_by_payer", "Expected cost by who pays first, and who bears it", payers, PAYER_FIELDS)
        figures.append(Figure(title, "bar", block, "payer", ("discounted",), value_axis=currency))
    held_against = baselines.block(plan)
    figures += [each for each in (held_against, benefits.block(plan)) if each]
    notes = (f"Expected over all scenarios by their probability. {WHO_PAYS_FIRST}; prices are not followed here.", *cut)
    cost = f"The plan is expected to cost {money(planned_cost(plan), currency)} in today's money"
    beyond = look_ahead_cost(plan)
    if beyond is not None:
        apart = f"the periods behind it ({', '.join(look_ahead_periods(plan))}) {money(beyond, currency)}"
        notes = (f"Sums and charts are of the plan; {apart} apart.", *notes)
    finding = f"{cost}. {_kind_finding(kinds.block.frame)}."
    return Content(
        finding, notes, (Block("Costs", "", frame, FIELDS),), tuple(figures), opening=_opening(plan, planned)
    )


def _opening(plan: Plan, rows: pd.DataFrame) -> Block | None:
    """First payer by year."""
    names = names_of(plan.problem)
    called = rows.assign(payer=[names.of("Countries", str(payer)) for payer in rows["payer"]])
    title = "Expected cost by first payer and year, discounted"
    return by_year(plan, "Costs_by_year", title, called, (Field("payer", "Country"),), "discounted", money=True)


def _period_finding(plan: Plan, frame: pd.DataFrame) -> str:
    totals = frame.drop(columns="period").sum(axis=1)
    top = int(totals.to_numpy().argmax())
    return f"{frame['period'][top]} is the dearest period: {money(float(totals[top]), plan.problem.settings.currency)}"


SHEET = Sheet("Plan Costs", content)

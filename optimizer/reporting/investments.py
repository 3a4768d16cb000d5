"""Plan Investments: what is built, where, when and for how much; protections bought; a time line."""

from __future__ import annotations

import dataclasses

import pandas as pd

from friendshore.models.plan import Plan
from friendshore.optimizer.reporting import closings
from friendshore.optimizer.reporting.calendar import BEGINNINGS, first_year, time_unit
from friendshore.optimizer.reporting.content import Block, Content, Field, Figure, Sheet
from friendshore.optimizer.reporting.frames import BASE, in_order, protected_since, scenarios, tidy
from friendshore.optimizer.reporting.matrix import by_year
from friendshore.optimizer.reporting.named import names_of
from friendshore.optimizer.reporting.named_payers import expansion_payers, protection_payers
from friendshore.optimizer.reporting.service import Units, charged, decided, price
from friendshore.optimizer.wording.counts import counted
from friendshore.optimizer.wording.money import money
from friendshore.optimizer.wording.names import Names
from friendshore.optimizer.wording.shares import percent

FIELDS = (
    Field("expansion", "What"),
    Field("plant", "Plant", once=("Plant or stockpile",)),
    Field("country", "Where"),
    Field("makes", "Makes", once=("Makes or holds",)),
    Field("scenario", "Decided on"),
    Field("period", "Decided in"),
    Field("units", "Units", "number", "number"),
    Field("added", "Capacity added", "number", "activity a year", once=("Capacity or room added",)),
    Field("begins", "In service from", "when"),
    Field("ends", "In service until", "when"),
    Field("capex", "Price, paid when decided", "number", "currency"),
    Field("charged", "Of it charged to the plan's years", "number", "currency"),
    Field("running", "Running cost in service", "number", "currency/year"),
    Field("payer", "Payer"),
)
_OF_STORES = {"plant": "Plant or stockpile", "makes": "Makes or holds", "added": "Capacity or room added"}
"""What columns are called where stores may be built."""
_ROOM = "activity a year; of a store, units held"


def fields(plan: Plan) -> tuple[Field, ...]:
    """The columns of the sheet, by their words where stores may be built."""
    if not any(row.stockpile for row in plan.problem.expansions.values()):
        return FIELDS
    named = (dataclasses.replace(each, header=_OF_STORES.get(each.key, each.header)) for each in FIELDS)
    return tuple(dataclasses.replace(each, unit=_ROOM) if each.key == "added" else each for each in named)


LINE_FIELDS = (
    Field("label", "What"),
    Field("decided", "Decided at", "when"),
    Field("building", "Being built", "number", "years"),
    Field("serving", "In service within the plan", "number", "years"),
)
MOST_BARS = 40
PROTECTION_FIELDS = (
    Field("protection", "Protection bought"),
    Field("hazard", "Against"),
    Field("effectiveness", "Share of the loss it prevents", "share", "%"),
    Field("shortens", "Share by which it shortens", "share", "%"),
    Field("cost", "Cost", "number", "currency/year"),
    Field("payer", "Payer"),
    Field("since", "Bought in"),
)


def protection_fields(plan: Plan) -> tuple[Field, ...]:
    """The columns of the protections bought: when, and by how much they shorten, only where that is offered."""
    rows = plan.problem.protections.values()
    later, shorter = any(row.from_period for row in rows), any(row.shortens is not None for row in rows)
    told = {"since": later, "shortens": shorter}
    return tuple(each for each in PROTECTION_FIELDS if told.get(each.key, True))


def built(plan: Plan) -> pd.DataFrame:
    """One row for each decision to build: what, where, units, when decided and in service, price and payer."""
    rows = pd.DataFrame([_row(plan, unit) for unit in decided(plan)], columns=[field.key for field in FIELDS])
    frame = tidy(plan, in_order(plan, rows, last=["expansion"]), fields(plan))
    frame.attrs["units"] |= {"begins": time_unit(plan.problem), "ends": time_unit(plan.problem)}
    return frame


def _row(plan: Plan, unit: Units) -> dict[str, object]:
    problem, origin = plan.problem, first_year(plan.problem)
    row = problem.expansions[unit.expansion]
    begins = unit.time + row.lead_years
    return {
        "expansion": unit.expansion,
        "plant": row.plant or row.stockpile,
        "country": problem.country_of(row),
        "makes": ", ".join(problem.outputs[row.plant] if row.plant else (problem.stockpiles[row.stockpile].commodity,)),
        "scenario": unit.scenario,
        "period": unit.period,
        "units": unit.units,
        "added": unit.units * row.size,
        "begins": origin + begins,
        "ends": None if row.life_years is None else origin + begins + row.life_years,
        "capex": unit.units * price(plan, unit),
        "charged": charged(plan, unit),
        "running": unit.units * _fixed_cost(plan, unit.expansion, begins),
        "payer": expansion_payers(plan)[unit.expansion],
    }


def _fixed_cost(plan: Plan, expansion: str, time: float) -> float:
    """Fixed cost a year of a unit in the period that holds a time, years from the start; beyond them in the last."""
    problem = plan.problem
    period = max((t for t, start in enumerate(problem.period_starts) if start <= time), default=0)
    return problem.at(period).expansions[expansion].fixed_cost


def timeline(plan: Plan) -> pd.DataFrame:
    """label, decided, building, serving: the spans of the time line of the base plan, cut at the end of the plan."""
    origin, horizon = first_year(plan.problem), plan.problem.horizon
    rows = []
    for unit in (unit for unit in decided(plan) if unit.scenario == BASE):
        row = plan.problem.expansions[unit.expansion]
        begins = min(unit.time + row.lead_years, horizon)
        ends = horizon if row.life_years is None else min(begins + row.life_years, horizon)
        name = names_of(plan.problem).of("Expansions", unit.expansion)
        rows.append((f"{name} ({unit.period})", origin + unit.time, begins - unit.time, ends - begins))
    rows = sorted(rows, key=lambda row: (row[1], row[0]))[:MOST_BARS]
    frame = tidy(plan, pd.DataFrame(rows, columns=[field.key for field in LINE_FIELDS]), LINE_FIELDS)
    frame.attrs["units"]["decided"] = time_unit(plan.problem)
    return frame


def protections(plan: Plan) -> pd.DataFrame:
    """protection, hazard, effectiveness, shortens, cost, payer, since of those that are bought, as they are then."""
    problem, payers = plan.problem, protection_payers(plan)
    declared = [(problem.at(since).protections[name], since) for name, since in protected_since(plan).items()]
    rows = [
        {
            "protection": row.protection,
            "hazard": row.hazard,
            "effectiveness": row.prevents,
            "shortens": row.shortens or 0.0,
            "cost": row.cost,
            "payer": payers[row.protection],
            "since": problem.periods[since].period,
        }
        for row, since in declared
    ]
    fields = protection_fields(plan)
    return tidy(plan, pd.DataFrame(rows, columns=[field.key for field in PROTECTION_FIELDS]), fields)


def _finding(plan: Plan, frame: pd.DataFrame, bought: pd.DataFrame) -> str:
    base = frame[frame["scenario"] == BASE]
    said = "The plan builds nothing"
    if len(base):
        spent = money(float(base["capex"].sum()), plan.problem.settings.currency)
        said = f"The plan decides {counted(len(base), 'investment')} for {spent} before discounting"
    later = len(frame) - len(base)
    said += f", and {later:,} more after disruptions" if later else ""
    return f"{said}. {counted(len(bought), 'protection')} bought." if len(bought) else f"{said}."


def content(plan: Plan) -> Content:
    """What the sheet says."""
    frame, spans, bought = built(plan), timeline(plan), protections(plan)
    right: list[Figure | Block] = []
    if len(spans):
        title = _line_finding(frame[frame["scenario"] == BASE], names_of(plan.problem))
        block = Block("Investment_timeline", "Time line of the base plan", spans, LINE_FIELDS)
        axis = "Year" if first_year(plan.problem) else "Years from the start of the plan"
        series = ("decided", "building", "serving")
        span = (float(first_year(plan.problem)), first_year(plan.problem) + plan.problem.horizon)
        right.append(Figure(title, "stacked bars", block, "label", series, axis, hidden=("decided",), span=span))
    if len(bought):
        told = protection_fields(plan)
        when = "Protections bought" if "since" in {each.key for each in told} else "Protections bought at the start"
        right.append(Block("Protections_bought", when, bought, told))
    right.extend(closings.blocks(plan))
    notes = [
        "A unit of activity is what one unit of the plant's recipe makes. Where the plan ends before the asset "
        "does, only the share of its price that falls within the plan's years is charged to the plan."
    ]
    if first_year(plan.problem) and frame["ends"].notna().any():
        notes.append(BEGINNINGS)
    if len(scenarios(plan)) > 1 and plan.problem.settings.branch_investment == "plan":
        besides = ", and what its scenario opens" if any(r.opened_by for r in plan.problem.expansions.values()) else ""
        notes.append(f"After a disruption the plan builds what the base plan builds in the same period{besides}.")
    return Content(
        _finding(plan, frame, bought) + closings.sentence(plan),
        tuple(notes),
        (Block("Investments", "", frame, fields(plan)),),
        tuple(right),
        opening=_opening(plan, frame),
    )


def _opening(plan: Plan, frame: pd.DataFrame) -> Block | None:
    """Payer by year of decision, on the base plan."""
    names, base = names_of(plan.problem), frame[frame["scenario"] == BASE]
    rows = base.assign(payer=[names.of("Countries", str(payer)) for payer in base["payer"]])
    title = "New capacity by payer and year of decision, base plan, not discounted"
    return by_year(plan, "Investments_by_year", title, rows, (Field("payer", "Paid by"),), "capex", money=True)


def _line_finding(base: pd.DataFrame, names: Names) -> str:
    """When most of the money of the base plan is decided, and on what the largest part of it goes."""
    spent = base.groupby("period", sort=False)["capex"].sum()
    whole, most = float(spent.sum()), str(spent.idxmax())
    if whole <= 0:
        return f"{counted(len(base), 'investment')} on the base plan"
    dearest = base.iloc[int(base["capex"].to_numpy(float).argmax())]["expansion"]
    share = percent(float(spent[most]) / whole)
    return f"{share} of the money is decided in {most}; the largest: {names.of('Expansions', str(dearest))}"


SHEET = Sheet("Plan Investments", content)

"""Small problems that answers are worked out for by hand, and short ways to ask a plan for its numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.model_data import ModelData, build_model_data
from friendshore.models.plan import Outcome, Plan, PolicyValue, Status
from friendshore.models.rules import POLICY_KINDS, every_disruption
from friendshore.optimizer.solve import solve_problem

Row = dict[str, Any]
Sheets = dict[str, list[Row]]


def proves(*names: str) -> Any:
    """Mark a test by what it proves: ``row:supply``, ``cost:tariff``, ``event:route``, ``rule:survive``,
    ``port:paid``."""
    return pytest.mark.proves(*names)


# -- problems -------------------------------------------------------------------------------------------------------


def island(periods: int = 1, demand: float = 10.0, capacity: float = 20.0, cost: float = 2.0) -> Sheets:
    """One country that makes what it needs itself, years of one each, nothing discounted."""
    return {
        "Settings": [{"setting": "discount_rate", "value": 0}, {"setting": "mip_gap", "value": 0}],
        "Periods": [{"period": f"y{i}", "years": 1} for i in range(periods)],
        "Countries": [{"country": "Home", "bloc": "ally"}],
        "Commodities": [{"commodity": "metal", "unit": "t", "stage": "metal", "price": 1}],
        "Plants": [
            {"plant": "works", "country": "Home", "commodity": "metal", "capacity": capacity, "unit_cost": cost}
        ],
        "Demand": [{"country": "Home", "commodity": "metal", "shortage_cost": 100, "per_year": demand}],
    }


def importer(periods: int = 1, demand: float = 12.0, capacity: float = 20.0, cost: float = 2.0) -> Sheets:
    """A buyer without plants and one maker in a country of concern, joined by one lane of cost 1."""
    sheets = island(periods, demand, capacity, cost)
    sheets["Countries"].append({"country": "Far", "bloc": "concern"})
    sheets["Plants"][0]["country"] = "Far"
    sheets["Lanes"] = [{"from": "Far", "to": "Home", "cost": 1}]
    return sheets


def with_settings(sheets: Sheets, **values: Any) -> Sheets:
    """The same problem with these settings."""
    kept = [row for row in sheets["Settings"] if row["setting"] not in values]
    return sheets | {"Settings": kept + [{"setting": name, "value": value} for name, value in values.items()]}


def stop(probability: float, *, name: str = "stop", onset: str = "y1", months: int = 12, **event: Any) -> Sheets:
    """Sheets of one scenario with one event: by default Far sells nothing for a year."""
    cells: Row = {"scenario": name, "kind": "export", "years": 1.0, "remaining": 0.0} | event
    return {
        "Scenarios": [{"scenario": name, "probability": probability, "onset": onset, "step_months": months}],
        "Events": [{column: cell for column, cell in cells.items() if cell is not None}],
    }


def harmless(sheets: Sheets, probability: float, periods: int = 3) -> Sheets:
    """The same over some years, with a path from y1 on whose only event strikes an idle plant for a year; in normal
    times again as soon as that has passed, so in y2."""
    sheets = with_settings(sheets, rejoin_years=0) | stop(probability, kind="capacity", plant="idle")
    sheets["Periods"] = [{"period": f"y{i}", "years": 1} for i in range(periods)]
    sheets["Plants"].append({"plant": "idle", "country": "Home", "commodity": "metal", "capacity": 1, "unit_cost": 99})
    return sheets


def store(**cells: Any) -> Row:
    """A stockpile at home that may be run down."""
    return {"stockpile": "store", "country": "Home", "commodity": "metal", "max_level": 100, "final_min": 0} | cells


def under(sheets: Sheets, **cells: Any) -> Sheets:
    """The same problem under one policy, named ``rule`` unless told otherwise, besides those it has."""
    return sheets | {"Policies": [*sheets.get("Policies", []), {"policy": "rule"} | cells]}


def built(**cells: Any) -> Row:
    """A project that adds 10 a year to the works for 90."""
    return {"expansion": "new", "plant": "works", "size": 10, "capex": 90} | cells


def whole(sheets: Sheets) -> ModelData:
    """The problem laid out with every choice of members that policies test, as ``formulate()`` writes it."""
    problem = problem_from_sheets(sheets)
    return build_model_data(problem, every_disruption(problem))


# -- answers --------------------------------------------------------------------------------------------------------


def solve(sheets: Sheets) -> Outcome:
    """The outcome of a problem, searched to the end."""
    return solve_problem(problem_from_sheets(sheets), gap=0.0, threads=1)


def plan_of(sheets: Sheets) -> Plan:
    """The optimal plan, its certificate checked."""
    outcome = solve(sheets)
    assert outcome.status is Status.OPTIMAL
    plan = outcome.plan
    assert plan is not None
    assert plan.certificate is not None
    assert plan.certificate.holds(), plan.certificate
    return plan


def optimum(sheets: Sheets) -> float:
    """The objective of the optimal plan."""
    return plan_of(sheets).objective


def fails(sheets: Sheets) -> bool:
    """Whether the problem is told to have no plan."""
    outcome = solve(sheets)
    assert (outcome.plan is None) == (outcome.status is Status.INFEASIBLE)
    return outcome.status is Status.INFEASIBLE


def quantity(table: pd.DataFrame, column: str, **where: Any) -> float:
    """Sum of a column over the rows that match; rows that are zero are left out of plans."""
    for name, wanted in where.items():
        table = table[table[name] == wanted]
    return float(table[column].sum())


def short(plan: Plan, scenario: str = "base", **where: Any) -> float:
    """Shortage on the own nodes of a scenario."""
    return quantity(plan.shortages, "shortage", scenario=scenario, **where)


def units(plan: Plan, **where: Any) -> float:
    """Units decided."""
    return quantity(plan.investments, "units", **where)


def policy(plan: Plan, name: str) -> PolicyValue:
    """The line of the scorecard of a policy."""
    return next(line for line in plan.policies if line.policy == name)


def value_of(plan: Plan, name: str) -> float:
    """Where the plan stands against a policy."""
    value = policy(plan, name).value
    assert value is not None
    return value


def slope(sheets: Sheets, step: float = 1e-4) -> float:
    """What tightening the limit of the last policy by one unit costs, from two more solves a small step apart."""
    *others, last = sheets["Policies"]
    limit = float(last["limit"])
    moved = [sheets | {"Policies": [*others, last | {"limit": limit + way * step}]} for way in (-1, 1)]
    below, above = (optimum(each) for each in moved)
    return abs(above - below) / (2 * step)


def about(value: float) -> Any:
    """Equal but for rounding."""
    return pytest.approx(value, rel=1e-7, abs=1e-6)


# -- one problem with everything ------------------------------------------------------------------------------------


def everything(kinds: Iterable[str] = POLICY_KINDS) -> Sheets:
    """Every sheet, every kind of event, of policy (of these kinds), every family of rows."""
    sheets = with_settings(
        importer(3),
        discount_rate=0.1,
        risk_aversion=0.5,
        cvar_alpha=0.5,
        branch_investment="integer",
        rejoin_years=0.25,
    )
    sheets["Countries"].append({"country": "Near", "bloc": "ally"})
    sheets["Commodities"] += [
        {"commodity": "ore", "unit": "t", "stage": "ore", "price": 2},
        {"commodity": "slag", "unit": "t", "stage": "waste", "surplus_value": -0.5},
    ]
    sheets["Recipes"] = [
        {"recipe": "smelt", "commodity": "ore", "role": "input", "amount": 1.5},
        {"recipe": "smelt", "commodity": "metal", "role": "output", "amount": 1},
        {"recipe": "smelt", "commodity": "slag", "role": "output", "amount": 0.25},
    ]
    sheets["Plants"] += [
        {
            "plant": "mine",
            "country": "Near",
            "commodity": "ore",
            "capacity": 12,
            "unit_cost": 1,
            "min_use": 0.25,
            "emissions": 1,
        },
        {"plant": "smelter", "country": "Home", "recipe": "smelt", "capacity": 4, "unit_cost": 3, "emissions": 2},
        {
            "plant": "old works",
            "country": "Home",
            "commodity": "metal",
            "capacity": 1,
            "unit_cost": 400,
            "min_use": 0.5,
            "fixed_cost": 2,
            "may_close": True,
            "closing_cost": 6,
        },
    ]
    sheets["Plants"][0]["fixed_cost"] = 0.5
    sheets["Lanes"] = [
        {"from": "Far", "to": "Home", "cost": 1, "tariff": 0.25, "loss": 0.125, "routes": "strait", "emissions": 0.5},
        {"from": "Near", "to": "Home", "cost": 0.5, "capacity": 10, "shared": "no", "routes": "canal"},
        {"from": "Far", "to": "Near", "cost": 1},
        {"from": "Near", "to": "Home", "commodity": "ore", "way": "rail", "cost": 60, "least": 0.25},
        {"from": "Far, Near", "to": "Home", "way": "sky", "cost": 1, "routes": "sky"}
        | {"capacity": 2, "shared": "yes"},
        {"from": "Far, Near", "to": "Home", "way": "cart", "cost": 60, "shared": "yes", "least": 0.25},
    ]
    sheets["Demand"].append(
        {"country": "Near", "commodity": "metal", "tier": "civil", "shortage_cost": 20, "per_year": 2, "y1": 3}
    )
    sheets["Expansions"] = [
        {"expansion": "pit", "plant": "mine", "size": 3, "capex": 4, "max_units": 2, "fixed_cost": 0.5},
        {"expansion": "shed", "stockpile": "depot", "size": 2, "capex": 0.25, "max_units": 3},
        {
            "expansion": "hall",
            "plant": "smelter",
            "size": 3,
            "capex": 8,
            "lead_years": 1,
            "life_years": 1.5,
            "requires": "pit",
            "ramp": 0.75,
        },
    ]
    sheets["Stockpiles"] = [
        store(initial=2, final_min=2, max_fill=6, max_release=8, holding_cost=0.25, loss_rate=0.1, salvage=0.5),
        store(stockpile="depot", country="Far", serves="@coalition", initial=3, max_level=4, final_min=1),
        store(stockpile="barn", country="Near", commodity="ore", serves="Home", max_level=5),
    ]
    sheets["Scenarios"] = [
        {"scenario": "crisis", "probability": 0.2, "onset": "y1", "step_months": 6},
        {"scenario": "longer", "probability": 0.1, "onset": "y2", "parent": "crisis", "step_months": 6},
        {"scenario": "storm", "probability": 0.1, "onset": "y1", "step_months": 6},
        {"scenario": "test", "probability": 0, "onset": "y1", "step_months": 12},
    ]
    event: Row = {"scenario": "crisis", "years": 0.75, "recovery_years": 0.5}
    sheets["Events"] = [
        event | {"kind": "export", "country": "Far", "remaining": 0.25},
        event | {"kind": "export", "country": "Far", "commodity": "metal", "quota": 2, "start_years": 0.25},
        event | {"kind": "route", "route": "strait", "remaining": 0.125, "start_years": 1.5},
        event | {"kind": "route", "route": "canal", "remaining": 0.5},
        event | {"kind": "route", "route": "sky", "country": "Far", "remaining": 0.5},
        event | {"kind": "capacity", "plant": "smelter", "remaining": 0.25, "hazard": "cyber"},
        event | {"kind": "capacity", "country": "Home", "remaining": 0.5, "hazard": "natural"},
        event | {"kind": "demand", "country": "Home", "remaining": 1.5},
        event | {"kind": "cost", "country": "Near", "remaining": 2},
        {"scenario": "longer", "kind": "export", "country": "Far", "years": 1, "remaining": 0},
        {"scenario": "storm", "kind": "demand", "country": "Home", "years": 0.25, "remaining": 4},
        {"scenario": "test", "kind": "export", "country": "Far", "years": 1, "remaining": 0},
    ]
    sheets["Protections"] = [
        {"protection": "guard", "hazard": "cyber", "plant": "smelter", "effectiveness": 0.75, "cost": 0.5},
        {"protection": "walls", "hazard": "natural", "country": "Home", "effectiveness": 0.5, "cost": 0.5},
        {
            "protection": "drill",
            "hazard": "cyber",
            "plant": "smelter",
            "shortens": 1,
            "cost": 0.01,
            "from_period": "y0",
        },
    ]
    sheets["Profiles"] = [{"table": "Plants", "id": "works", "column": "capacity", "y1": 16}]
    soft: Row = {"penalty": 30}
    policies = [
        soft | {"policy": "spread", "kind": "max_share", "limit": 0.5, "suppliers": "@concern"},
        soft | {"policy": "friends", "kind": "min_share", "limit": 0.5, "suppliers": "@ally", "commodity": "metal"},
        soft | {"policy": "mixed", "kind": "max_hhi", "limit": 0.1, "commodity": "metal"},
        soft | {"policy": "cover", "kind": "stock_cover", "limit": 60, "consumers": "Home"},
        soft | {"policy": "serve", "kind": "max_shortage", "limit": 0.1, "scenario": "each"},
        soft | {"policy": "tail", "kind": "max_shortage", "limit": 0.1, "scenario": "cvar"},
        soft | {"policy": "live", "kind": "survive", "limit": 0, "suppliers": "each *", "years": 0.5},
        soft | {"policy": "both", "kind": "survive_any", "limit": 0, "suppliers": "Far, Near", "k": 2, "years": 0.25},
        soft
        | {
            "policy": "clean",
            "kind": "clean_origin",
            "limit": 0.75,
            "suppliers": "@concern",
            "commodity": "ore, metal",
        },
        soft | {"policy": "purse", "kind": "max_capex", "limit": 8},
        soft | {"policy": "air", "kind": "max_emissions", "limit": 20},
    ]
    return sheets | {"Policies": [row for row in policies if row["kind"] in kinds]}


def market(capacities: list[float], limit: float = 0.0, demand: float = 24.0, **cells: Any) -> Sheets:
    """Home buys from many makers at costs from 2 up, over lanes of 1; a unit held for a year costs 1; the makers stop
    for half a year one by one."""
    sheets = island(2, demand) | {"Stockpiles": [store(holding_cost=1)]}
    names = [f"Far {i:02}" for i in range(len(capacities))]
    sheets["Countries"] += [{"country": name, "bloc": "concern"} for name in names]
    sheets["Plants"] = [
        {"plant": f"works {name}", "country": name, "commodity": "metal", "capacity": capacity, "unit_cost": 2 + i}
        for i, (name, capacity) in enumerate(zip(names, capacities, strict=True))
    ]
    sheets["Lanes"] = [{"from": "@concern", "to": "Home", "cost": 1}]
    rule = {"kind": "survive", "suppliers": "each @concern", "years": 0.5, "limit": limit}
    return under(sheets, **(rule | cells))

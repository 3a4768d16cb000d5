"""A small plan worked out by hand: two periods, one scenario whose period is cut in two steps, one stress test.

Ore comes from C (15% lost on the way) and, once the mine is open, from B; A turns two tonnes of it into one magnet and
sends B what B needs. In the scenario ``ban`` C sends nothing for the first of two years.
"""

from __future__ import annotations

from math import log

import pandas as pd

from friendshore.models.examine import checked_problem
from friendshore.models.plan import Certificate, Plan, PolicyValue, Run, Size, Status
from friendshore.models.problem import Checked, Problem
from friendshore.models.tables import (
    Commodity,
    Country,
    Demand,
    Event,
    Expansion,
    LaneRow,
    Period,
    Plant,
    Policy,
    Protection,
    RecipeLine,
    Scenario,
    Settings,
    Stockpile,
    Tables,
)

RATE = 0.1
FIRST, SECOND, THIRD = ("base", "2026", 1), ("base", "2027", 1), ("ban", "2027", 1)
FOURTH, TEST = ("ban", "2027", 2), ("mine/C@2027", "2027", 1)
KAPPA = (1 - 1.1**-2) / (1 - 1.1**-10)  # two of ten years in service fall within the plan

GRIDS = {
    "Settings": (("setting", "value"), ("currency", "USD thousand"), ("discount_rate", 0.1)),
    "Notes": (("=1+1", "when", 2026), ("=cmd|' /C calc'!A0", None, True), (float("nan"), "x" * 40_000, 1.25)),
    "plan summary": (("of", "an", "earlier", "run"),),
}


def problem(**changes: object) -> Problem:
    tables = Tables(
        settings=Settings(title="Magnets", currency="USD thousand", discount_rate=RATE),
        periods=(Period(period="2026", years=1), Period(period="2027", years=2)),
        countries=tuple(Country(country=c, bloc=b) for c, b in (("A", "ally"), ("B", "ally"), ("C", "concern"))),
        commodities=(Commodity(commodity="magnet", unit="kg", price=30), Commodity(commodity="ore", unit="t", price=2)),
        recipes=(
            RecipeLine(recipe="sinter", commodity="ore", role="input", amount=2),
            RecipeLine(recipe="sinter", commodity="magnet", role="output", amount=1),
        ),
        plants=(
            Plant(plant="mag_A", country="A", recipe="sinter", capacity=100, unit_cost=10),
            Plant(plant="mine_B", country="B", commodity="ore", capacity=0, unit_cost=3),
            Plant(plant="mine_C", country="C", commodity="ore", capacity=1000, unit_cost=1),
        ),
        expansions=(
            Expansion(
                expansion="open_B",
                plant="mine_B",
                size=100,
                capex=500,
                max_units=2,
                fixed_cost=20,
                lead_years=1,
                life_years=10,
                payer="A",
            ),
        ),
        demand=(
            Demand(country="A", commodity="magnet", tier="defence", shortage_cost=1000, per_year=50),
            Demand(country="B", commodity="magnet", tier="general", shortage_cost=100, per_year=30),
        ),
        lanes=(
            LaneRow(origin="C", destination="A", commodity="ore", cost=0.5, tariff=0.1, loss=0.15),
            LaneRow(origin="B", destination="A", commodity="ore", cost=0.2),
            LaneRow(origin="A", destination="B", commodity="magnet", cost=1),
        ),
        stockpiles=(
            Stockpile(
                stockpile="ore_A",
                country="A",
                commodity="ore",
                initial=50,
                max_level=200,
                holding_cost=0.1,
                final_min=50,
            ),
        ),
        scenarios=(Scenario(scenario="ban", probability=0.1, onset="2027", step_months=12),),
        events=(Event(scenario="ban", kind="export", country="C", years=1, remaining=0),),
        protections=(Protection(protection="guard", hazard="natural", country="B", cost=5, effectiveness=0.5),),
        policies=(
            Policy(policy="less_C", kind="max_share", limit=0.6, suppliers="C", commodity="ore", from_period="2027"),
            Policy(policy="cover", kind="stock_cover", limit=120, consumers="A", commodity="ore"),
            Policy(policy="mine", kind="survive", limit=0.25, suppliers="C", years=1, step_months=24),
            Policy(policy="budget", kind="max_capex", limit=500),
        ),
    )
    as_read = {"name": "magnets", "digest": "ab" * 32, "grids": GRIDS, "checked": Checked(tables, checked_problem)}
    return Problem(tables, **{**as_read, **changes})  # type: ignore[arg-type]


def frame(columns: str, rows: list[tuple[object, ...]]) -> pd.DataFrame:
    """A table of a plan; what moves takes the way without a name."""
    made = pd.DataFrame(rows, columns=columns.split())
    return made.assign(way="") if "destination" in made.columns else made


def _costs() -> pd.DataFrame:
    """Each cost with the node it belongs to: capex counts at the node's start, refilling at the end of year 3.

    All else runs evenly over the d years of its node from t on and counts with the mean of 1.1^-t over it,
    (1.1^-t - 1.1^-(t+d)) / (d · ln 1.1).
    """
    by_node: dict[tuple[str, str, int], tuple[float, dict[str, float]]] = {
        FIRST: (
            0,
            {
                "production": 200 + 800,
                "transport": 100 + 30,
                "tariff": 40,
                "holding": 6,
                "protection": 5,
                "investment": 500 * KAPPA,
            },
        ),
        SECOND: (
            1,
            {
                "production": 200 + 450 + 1600,
                "transport": 100 + 30 + 60,
                "tariff": 40,
                "holding": 12,
                "fixed": 40,
                "protection": 10,
            },
        ),
        THIRD: (
            1,
            {
                "production": 300 + 700,
                "transport": 20 + 20,
                "holding": 2,
                "shortage": 1000,
                "fixed": 20,
                "protection": 5,
            },
        ),
        FOURTH: (
            2,
            {
                "production": 200 + 800,
                "transport": 100 + 30,
                "tariff": 40,
                "holding": 3,
                "fixed": 20,
                "protection": 5,
                "refill": 20 * 2,
            },
        ),
        TEST: (
            1,
            {
                "production": 600 + 1300,
                "transport": 40 + 60,
                "holding": 0,
                "shortage": 30000,
                "fixed": 40,
                "protection": 10,
                "refill": 50 * 2,
            },
        ),
    }
    rows = [
        (*node, kind, cost, cost * _worth(kind, time, YEARS[node]))
        for node, (time, kinds) in by_node.items()
        for kind, cost in kinds.items()
        if cost
    ]
    return frame("scenario period step kind cost discounted", rows)


def _worth(kind: str, time: float, years: float) -> float:
    growth = 1 + RATE
    if kind == "investment":
        return growth**-time
    if kind == "refill":
        return growth**-3
    return (growth**-time - growth ** -(time + years)) / (years * log(growth))


YEARS = {FIRST: 1.0, SECOND: 2.0, THIRD: 1.0, FOURTH: 1.0, TEST: 2.0}
WEIGHTS = {FIRST: 1.0, SECOND: 0.9, THIRD: 0.1, FOURTH: 0.1, TEST: 0.0}


def by_kind(costs: pd.DataFrame) -> dict[str, float]:
    sums: dict[str, float] = {}
    for row in costs.itertuples():
        sums[row.kind] = sums.get(row.kind, 0.0) + WEIGHTS[row.scenario, row.period, row.step] * row.discounted
    return sums


def plan(**changes: object) -> Plan:
    costs = _costs()
    of_node = {node: float(rows["discounted"].sum()) for node, rows in costs.groupby(["scenario", "period", "step"])}
    base, ban = of_node[FIRST] + of_node[SECOND], of_node[FIRST] + of_node[THIRD] + of_node[FOURTH]
    expected = 0.9 * base + 0.1 * ban
    given: dict[str, object] = {
        "problem": problem(),
        "objective": expected,
        "expected_cost": expected,
        "cvar": ban,
        "penalties": 0.0,
        "costs_by_kind": by_kind(costs),
        "nodes": frame(
            "scenario period step start years weight parent_scenario",
            [
                (*FIRST, 0.0, 1.0, 1.0, ""),
                (*SECOND, 1.0, 2.0, 0.9, ""),
                (*THIRD, 1.0, 1.0, 0.1, "base"),
                (*FOURTH, 2.0, 1.0, 0.1, "base"),
                (*TEST, 1.0, 2.0, 0.0, "base"),
            ],
        ),
        "sourcing": frame(
            "scenario period step origin destination commodity quantity",
            [
                (*FIRST, "C", "A", "ore", 200.0),
                (*FIRST, "A", "A", "magnet", 50.0),
                (*FIRST, "A", "B", "magnet", 30.0),
                (*SECOND, "C", "A", "ore", 200.0),
                (*SECOND, "B", "A", "ore", 150.0),
                (*SECOND, "A", "A", "magnet", 100.0),
                (*SECOND, "A", "B", "magnet", 60.0),
                (*THIRD, "B", "A", "ore", 100.0),
                (*THIRD, "A", "A", "magnet", 50.0),
                (*THIRD, "A", "B", "magnet", 20.0),
                (*FOURTH, "C", "A", "ore", 200.0),
                (*FOURTH, "A", "A", "magnet", 50.0),
                (*FOURTH, "A", "B", "magnet", 30.0),
                (*TEST, "B", "A", "ore", 200.0),
                (*TEST, "A", "A", "magnet", 70.0),
                (*TEST, "A", "B", "magnet", 60.0),
            ],
        ),
        "production": frame(
            "scenario period step plant activity",
            [
                (*FIRST, "mine_C", 200.0),
                (*FIRST, "mag_A", 80.0),
                (*SECOND, "mine_C", 200.0),
                (*SECOND, "mine_B", 150.0),
                (*SECOND, "mag_A", 160.0),
                (*THIRD, "mine_B", 100.0),
                (*THIRD, "mag_A", 70.0),
                (*FOURTH, "mine_C", 200.0),
                (*FOURTH, "mag_A", 80.0),
                (*TEST, "mine_B", 200.0),
                (*TEST, "mag_A", 130.0),
            ],
        ),
        "shortages": frame(
            "scenario period step country commodity tier row demand shortage",
            [
                (*FIRST, "A", "magnet", "defence", 0, 50.0, 0.0),
                (*FIRST, "B", "magnet", "general", 1, 30.0, 0.0),
                (*SECOND, "A", "magnet", "defence", 0, 100.0, 0.0),
                (*SECOND, "B", "magnet", "general", 1, 60.0, 1e-12),
                (*THIRD, "A", "magnet", "defence", 0, 50.0, 0.0),
                (*THIRD, "B", "magnet", "general", 1, 30.0, 10.0),
                (*FOURTH, "A", "magnet", "defence", 0, 50.0, 0.0),
                (*FOURTH, "B", "magnet", "general", 1, 30.0, 0.0),
                (*TEST, "A", "magnet", "defence", 0, 100.0, 30.0),
                (*TEST, "B", "magnet", "general", 1, 60.0, 0.0),
            ],
        ),
        "stocks": frame(
            "scenario period step stockpile level filled",
            [
                (*FIRST, "ore_A", 60.0, 10.0),
                (*SECOND, "ore_A", 60.0, 0.0),
                (*THIRD, "ore_A", 20.0, 0.0),
                (*FOURTH, "ore_A", 30.0, 10.0),
                (*TEST, "ore_A", 0.0, 0.0),
            ],
        ),
        "releases": frame(
            "scenario period step stockpile destination quantity",
            [(*THIRD, "ore_A", "A", 40.0), (*TEST, "ore_A", "A", 60.0)],
        ),
        "investments": frame("scenario period step expansion units", [(*FIRST, "open_B", 1.0)]),
        "protections": frame("protection bought", [("guard", 1)]),
        "costs": costs,
        "paths": frame(
            "scenario probability cost shortage demand",
            [
                ("base", 0.9, base, 0.0, 240.0),
                ("ban", 0.1, ban, 10.0, 160.0),
                ("mine/C@2027", 0.0, of_node[FIRST] + of_node[TEST], 30.0, 160.0),
            ],
        ),
        "policies": (
            PolicyValue("less_C", "max_share", 0.6, 200 / 350, 0.0, "less_C/A/C/ore/2027", rows=1),
            PolicyValue("cover", "stock_cover", 120, 136.875, 0.0, "cover/A/ore/2027", rows=2),
            PolicyValue("mine", "survive", 0.25, 30 / 160, None, "mine/C@2027/coalition/magnet/2027", rows=1),
            PolicyValue("budget", "max_capex", 500.0, 500.0, 1.5, "budget", rows=1, binding=1),
        ),
        "certificate": Certificate(3e-10, 1e-12, "supply A ore", 40),
        "run": Run(
            Status.OPTIMAL,
            bound=expected - 1,
            gap=1 / expected,
            size=Size(120, 300, 2, 900, 5, 3),
            seconds={"build": 0.1, "solve": 0.5},
            versions={"friendshore": "0.1.0"},
            log=("built", "solved"),
        ),
    }
    return Plan(**{**given, **changes})  # type: ignore[arg-type]

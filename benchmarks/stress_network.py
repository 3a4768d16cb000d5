"""Breaking a network of about 1,500 nodes by each of its nodes: ours, cold re-solves, and bare hot-started HiGHS.

Three tiers, after the model of D. Simchi-Levi et al. (Interfaces 45(5), 2015): 1,000 suppliers of materials, 400 makers
of parts, 100 makers of products for one market; each node buys each input from a few suppliers, holds some stock of what
it makes, and has a time to recover of its own. Run: ``python benchmarks/stress_network.py [-j N] [--nodes N]``.
"""

from __future__ import annotations

import argparse
import csv
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import highspy
import numpy as np

from models.problem import Problem
from models.tables import (
    Commodity,
    Country,
    Demand,
    LaneRow,
    Period,
    Plant,
    RecipeLine,
    Settings,
    Stockpile,
    Tables,
)  # fmt: skip
from optimizer.solver import solve_lp
from optimizer.studies.stress_bench import Bench, build_bench
from optimizer.studies.stress_break import HotLp
from optimizer.studies.stress_decisions import PlanDecisions
from optimizer.studies.stress_pool import break_all
from optimizer.studies.stress_removals import removals

HERE = Path(__file__).parent
MARKET = "market"
MATERIALS, PARTS, PRODUCTS = 40, 20, 10
COLD = 30  # cold re-solves that are timed; the others are taken to last as long


def network(nodes: int, seed: int = 1) -> Problem:
    """A random network: two thirds suppliers, most of the rest makers of parts, one in fifteen a maker of products."""
    draw = random.Random(seed)  # noqa: S311 - a network, not a secret
    products = max(PRODUCTS, nodes // 15)
    parts = max(PARTS, 4 * nodes // 15)
    kinds = [("material", MATERIALS, nodes - parts - products), ("part", PARTS, parts), ("product", PRODUCTS, products)]
    makes = {f"{kind}-{i}": f"{kind} {i % goods}" for kind, goods, count in kinds for i in range(count)}
    makers: dict[str, list[str]] = {}
    for site, good in makes.items():
        makers.setdefault(good, []).append(site)
    recipes = {f"part {i}": draw.sample(range(MATERIALS), 3) for i in range(PARTS)}
    recipes |= {f"product {i}": draw.sample(range(PARTS), 4) for i in range(PRODUCTS)}
    bought = {site: [f"{_below(good)} {k}" for k in recipes.get(good, ())] for site, good in makes.items()}
    lanes = [
        LaneRow(origin=maker, destination=site, commodity=good, cost=draw.uniform(0.1, 1.0))
        for site, goods in bought.items() for good in goods for maker in draw.sample(makers[good], 3)
    ]  # fmt: skip
    lanes += [LaneRow(origin=site, destination=MARKET, commodity=good, cost=0.5)
              for site, good in makes.items() if good.startswith("product")]  # fmt: skip
    return Problem(Tables(
        settings=Settings(discount_rate=0.0), periods=(Period(period="year", years=1.0),),
        countries=(Country(country=MARKET, bloc="ally"), *(Country(country=site, bloc="partner") for site in makes)),
        commodities=tuple(Commodity(commodity=good, unit="piece", price=1.0) for good in sorted(makers)),
        recipes=tuple(_recipes(recipes)),
        plants=tuple(_plants(makes, nodes, draw)),
        demand=tuple(Demand(country=MARKET, commodity=f"product {i}", shortage_cost=100.0 + 10.0 * i,
                            per_year=0.8 * products / PRODUCTS) for i in range(PRODUCTS)),
        lanes=tuple(lanes),
        stockpiles=tuple(
            Stockpile(stockpile=f"stock {site}", country=site, commodity=good, initial=held, max_level=held,
                      final_min=0.0, max_fill=0.0, serves="*")
            for site, good in makes.items() for held in [draw.uniform(0.0, 0.15) * _rate(site, nodes)]
        ),
    ).canonical())  # fmt: skip


def _below(good: str) -> str:
    return "material" if good.startswith("part") else "part"


def _rate(site: str, nodes: int) -> float:
    """What a node makes a year when all run alike: a product each, and what their inputs take."""
    products = max(PRODUCTS, nodes // 15)
    parts = max(PARTS, 4 * nodes // 15)
    return {"product": 1.0, "part": 4.0 * products / parts, "material": 12.0 * products / (nodes - parts - products)}[
        site.partition("-")[0]
    ]


def _recipes(recipes: dict[str, list[int]]) -> Iterator[RecipeLine]:
    for good, inputs in recipes.items():
        yield RecipeLine(recipe=good, commodity=good, role="output", amount=1.0)
        for k in inputs:
            yield RecipeLine(recipe=good, commodity=f"{_below(good)} {k}", role="input", amount=1.0)


def _plants(makes: dict[str, str], nodes: int, draw: random.Random) -> Iterator[Plant]:
    for site, good in makes.items():
        raw = good.startswith("material")
        yield Plant(
            plant=site, country=site, recipe="" if raw else good, commodity=good if raw else "",
            capacity=_rate(site, nodes) * draw.uniform(1.0, 2.0), unit_cost=draw.uniform(1.0, 2.0),
            recover_years=draw.uniform(0.05, 0.9),
        )  # fmt: skip


# -- three ways ---------------------------------------------------------------------------------------------------


def bare_hot(bench: Bench) -> list[float]:
    """Bounds changed and run again on one bare HiGHS instance."""
    program = bench.program
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    matrix = program.matrix.tocsr()
    highs.passModel(
        program.columns, program.rows, matrix.nnz, 2, 1, program.offset, program.cost, program.column_lower,
        program.column_upper, program.row_lower, program.row_upper, matrix.indptr.astype(np.int32),
        matrix.indices.astype(np.int32), matrix.data, np.zeros(program.columns, dtype=np.int32),
    )  # fmt: skip
    highs.run()
    struck = HotLp(bench, program).struck
    costs = []
    for stop in bench.stops:
        bounds = struck([stop])
        lower = program.column_lower[bounds.columns]
        columns = bounds.columns.astype(np.int32)
        highs.changeColsBounds(len(columns), columns, lower, bounds.column_upper)
        highs.run()
        costs.append(highs.getInfo().objective_function_value)
        highs.changeColsBounds(len(columns), columns, lower, program.column_upper[bounds.columns])
    return costs


def cold(bench: Bench, count: int) -> list[float]:
    """Each removal as a program of its own."""
    import dataclasses

    struck = HotLp(bench, bench.program).struck
    costs = []
    for stop in bench.stops[:count]:
        bounds = struck([stop])
        upper = bench.program.column_upper.copy()
        upper[bounds.columns] = bounds.column_upper
        answer = solve_lp(dataclasses.replace(bench.program, column_upper=upper))
        costs.append(float(answer.objective or 0.0))
    return costs

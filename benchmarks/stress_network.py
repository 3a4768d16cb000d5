"""Breaking a network of about 1,500 nodes by each of its nodes: ours, cold re-solves, and bare hot-started HiGHS.

Three tiers, after the model of D. Simchi-Levi et al. (Interfaces 45(5), 2015): 1,000 suppliers of materials, 400
makers of parts, 100 makers of products for one market; each node buys each input from two suppliers, holds some stock
of what it makes, and has a time to recover of its own. Each way is run several times in turn and its best time taken.
Run: ``python -m benchmarks.stress_network [-j N] [--nodes N] [--rounds N]``.
"""

from __future__ import annotations

import argparse
import dataclasses
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import highspy
import numpy as np

from benchmarks.bars import Bar, save
from friendshore.models.problem import Problem
from friendshore.models.tables import (
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
)
from friendshore.optimizer.engines.choose import open_engine
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.saved.decisions import PlanDecisions
from friendshore.optimizer.solver import solve_lp
from friendshore.optimizer.studies.stress.bench import Bench
from friendshore.optimizer.studies.stress.breaker import WarmStartedLp
from friendshore.optimizer.studies.stress.breaks import BreakOptions, break_all
from friendshore.optimizer.studies.stress.removals import removals
from friendshore.optimizer.studies.stress.setup import build_bench

MARKET = "market"
MATERIALS, PARTS, PRODUCTS, SUPPLIERS = 200, 80, 20, 2
COLD = 60  # cold re-solves that are timed; the others are taken to last as long


@dataclass(frozen=True)
class Sites:
    """The network: what each site makes, from whom it buys each input, and what it makes a year when all run alike."""

    makes: dict[str, str]
    recipes: dict[str, list[str]]
    suppliers: dict[tuple[str, str], list[str]]
    load: dict[str, float]


def sites(nodes: int, draw: random.Random) -> Sites:
    """Two thirds suppliers, most of the rest makers of parts, one in fifteen a maker of products, one a year each."""
    products, parts = max(PRODUCTS, nodes // 15), max(PARTS, 4 * nodes // 15)
    kinds = [("product", PRODUCTS, products), ("part", PARTS, parts), ("material", MATERIALS, nodes - parts - products)]
    makes = {f"{kind}-{i}": f"{kind} {i % goods}" for kind, goods, count in kinds for i in range(count)}
    makers: dict[str, list[str]] = {}
    for site, good in makes.items():
        makers.setdefault(good, []).append(site)
    recipes = {f"product {i}": [f"part {k}" for k in draw.sample(range(PARTS), 4)] for i in range(PRODUCTS)}
    recipes |= {f"part {i}": [f"material {k}" for k in draw.sample(range(MATERIALS), 3)] for i in range(PARTS)}
    suppliers: dict[tuple[str, str], list[str]] = {}
    load = {site: 1.0 if good.startswith("product") else 0.0 for site, good in makes.items()}
    for site, good in makes.items():  # products first, so that the load of a site is known when its suppliers are met
        for needed in recipes.get(good, ()):
            suppliers[site, needed] = draw.sample(makers[needed], SUPPLIERS)
            for supplier in suppliers[site, needed]:
                load[supplier] += load[site] / SUPPLIERS
    return Sites(makes, recipes, suppliers, load)


def network(nodes: int, seed: int = 1) -> Problem:
    """The network as a problem of one year: lost margin counts, making and moving cost nothing."""
    draw = random.Random(seed)  # noqa: S311 - a network, not a secret
    net = sites(nodes, draw)
    made = [site for site, good in net.makes.items() if good.startswith("product")]
    lanes = [
        LaneRow(origin=supplier, destination=site, commodity=good)
        for (site, good), chosen in net.suppliers.items()
        for supplier in chosen
    ]
    lanes += [LaneRow(origin=site, destination=MARKET, commodity=net.makes[site]) for site in made]
    wanted = {f"product {i}": float(sum(net.makes[site] == f"product {i}" for site in made)) for i in range(PRODUCTS)}
    return Problem(
        Tables(
            settings=Settings(discount_rate=0.0),
            periods=(Period(period="year", years=1.0),),
            countries=(
                Country(country=MARKET, bloc="ally"),
                *(Country(country=site, bloc="partner") for site in net.makes),
            ),
            commodities=tuple(Commodity(commodity=good, unit="piece") for good in sorted(set(net.makes.values()))),
            recipes=tuple(_recipes(net)),
            plants=tuple(_plants(net, draw)),
            lanes=tuple(lanes),
            demand=tuple(
                Demand(country=MARKET, commodity=good, shortage_cost=draw.uniform(50.0, 150.0), per_year=count)
                for good, count in wanted.items()
            ),
            stockpiles=tuple(_stocks(net, draw)),
        ).canonical()
    )


def _recipes(net: Sites) -> Iterator[RecipeLine]:
    for good, inputs in net.recipes.items():
        yield RecipeLine(recipe=good, commodity=good, role="output", amount=1.0)
        yield from (RecipeLine(recipe=good, commodity=needed, role="input", amount=1.0) for needed in inputs)


def _plants(net: Sites, draw: random.Random) -> Iterator[Plant]:
    for site, good in net.makes.items():
        raw = good not in net.recipes
        yield Plant(
            plant=site,
            country=site,
            recipe="" if raw else good,
            commodity=good if raw else "",
            capacity=max(net.load[site], 0.1) * draw.uniform(1.0, 1.1),
            unit_cost=0.0,
            recover_years=draw.uniform(0.05, 0.9),
        )


def _stocks(net: Sites, draw: random.Random) -> Iterator[Stockpile]:
    for site, good in net.makes.items():
        held = net.load[site] * draw.uniform(0.0, 0.05)
        yield Stockpile(
            stockpile=f"stock {site}",
            country=site,
            commodity=good,
            initial=held,
            max_level=held,
            final_min=0.0,
            max_fill=0.0,
            serves="*",
        )


# -- three ways ---------------------------------------------------------------------------------------------------


def bare_hot(bench: Bench) -> list[float]:
    """Bounds changed and run again on one bare HiGHS instance."""
    program = bench.program
    highspy.Highs.resetGlobalScheduler(True)
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    matrix = program.matrix.tocsr()
    highs.passModel(
        program.columns,
        program.rows,
        matrix.nnz,
        2,
        1,
        program.offset,
        program.cost,
        program.column_lower,
        program.column_upper,
        program.row_lower,
        program.row_upper,
        matrix.indptr.astype(np.int32),
        matrix.indices.astype(np.int32),
        matrix.data,
        np.zeros(program.columns, dtype=np.int32),
    )
    highs.run()
    struck = WarmStartedLp(bench, program).struck
    costs = []
    for stop in bench.outages:
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
    struck = WarmStartedLp(bench, bench.program).struck
    costs = []
    for stop in bench.outages[:count]:
        bounds = struck([stop])
        upper = bench.program.column_upper.copy()
        upper[bounds.columns] = bounds.column_upper
        answer = solve_lp(dataclasses.replace(bench.program, column_upper=upper))
        costs.append(float(answer.objective or 0.0))
    return costs


# -- the table ----------------------------------------------------------------------------------------------------


def timed(work: Callable[[], list[float]]) -> tuple[float, list[float]]:
    """Seconds that something takes, and what it gives."""
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


def ours(bench: Bench, workers: int) -> list[float]:
    """Cost of every removal, as the stress test works it out; start-up of the workers included."""
    with open_engine("", workers) as engine:
        answers = break_all(bench, BreakOptions(1, survival=False), Runner(engine))
    return [each.breaks[0].extra_cost for each in answers.removals]


def table(nodes: int, jobs: int, rounds: int) -> list[tuple[str, int, float, float]]:
    """Print the table: way, removals, seconds, and seconds held against the bare hot-started LP."""
    problem = network(nodes)
    chosen, nothing = removals(problem, ("plants",)), PlanDecisions({}, frozenset(), {})
    stated = build_bench(problem, nothing, 0, chosen, step_months=12, smaller=False)
    began = time.perf_counter()
    bench = build_bench(problem, nothing, 0, chosen, step_months=12)
    setting_up = time.perf_counter() - began
    count = len(bench.outages)
    ways: dict[str, Callable[[], list[float]]] = {
        "bare HiGHS, hot-started, one process": lambda: bare_hot(stated),
        f"stress, {jobs} workers": lambda: ours(bench, jobs),
        "stress, one process": lambda: ours(bench, 1),
        "bare HiGHS on the LP made smaller": lambda: bare_hot(bench),
        f"cold re-solves (from {COLD})": lambda: cold(stated, COLD),
    }
    runs = [{way: timed(work) for way, work in ways.items()} for _ in range(rounds)]
    scale = {way: count / len(runs[0][way][1]) for way in ways}
    rows = [(way, scale[way] * min(each[way][0] for each in runs)) for way in ways]
    hot_seconds, (hot, shared, one, small, some) = rows[0][1], (runs[0][way][1] for way in ways)
    calm = hot[0] - one[0]
    others = [hot, small, some, [extra + calm for extra in shared]]
    worst = max(abs(mine - (each - calm)) for other in others for mine, each in zip(one, other, strict=False))
    before, after = stated.program, bench.program
    print(  # noqa: T201
        f"{count:,} removals; {before.rows:,} rows and {before.columns:,} columns, made smaller {after.rows:,} and "
        f"{after.columns:,}; set up in {setting_up:.1f} s;"
    )
    print(f"{sum(extra > 1e-6 for extra in one):,} of them cost something; costs agree to {worst:.1e}\n")  # noqa: T201
    print(f"{'way':<40}{'seconds':>9}{'÷ bare hot':>12}{'removals/s':>12}")  # noqa: T201
    for way, seconds in rows:
        print(f"{way:<40}{seconds:>9.1f}{seconds / hot_seconds:>12.2f}{count / seconds:>12.0f}")  # noqa: T201
    return [(way, count, seconds, seconds / hot_seconds) for way, seconds in rows]


def bars(*, quick: bool = False) -> list[Bar]:
    """At least as fast as the hot-started LP, all removals, on two cores."""
    rows = table(700 if quick else 1500, 2, 1 if quick else 3)
    if not quick:
        _save(rows)
    return [Bar("stress, every removal, two workers: time ÷ bare hot-started HiGHS", rows[1][3], 1.0)]


def _save(rows: list[tuple[str, int, float, float]]) -> None:
    names = ("way", "removals", "seconds", "ratio_to_bare_hot")
    save("stress_network.csv", [dict(zip(names, row, strict=True)) for row in rows])


def main() -> None:
    """Print the table, and write it beside this file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-j", "--jobs", type=int, default=2)
    parser.add_argument("--nodes", type=int, default=1500)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    _save(table(asked.nodes, asked.jobs, asked.rounds))


if __name__ == "__main__":
    main()

"""The second opinion: the whole tree of a problem, with the past held and the chances of what is still possible.

Written on the reference formulation, which shares no code with the program: branches that can no longer happen are left
out, what was decided and held before is fixed, and what counts is cost from then on.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from friendshore.optimizer.studies.replan.standing import Standing
from tests.reference.costs import node_cost
from tests.reference.network import Network
from tests.reference.program import Expr, constant, minus, times, total
from tests.reference.read import read
from tests.reference.records import Problem, Scenario, Sheets
from tests.reference.rules import Rules
from tests.reference.survival import stress_scenarios
from tests.reference.tree import TINY


def conditioned(sheets: Sheets, standing: Standing, decided: dict[tuple[str, str, str], float]) -> float | None:
    """Least expected cost of what is left, in money of ``as_of``; None where nothing can be done.

    Parameters
    ----------
    sheets
        The problem.
    standing
        What stands at the start of the rest, on the path that has come true.
    decided
        Units by scenario, label of the period and expansion, of all that the plan decided.
    """
    problem = read(sheets)
    problem = problem.with_scenarios(stress_scenarios(problem))
    problem = _possible(problem, standing)
    best: float | None = None
    for chosen in product(*(_choices(problem, name, standing) for name in problem.protections)):
        found = _rest(problem, {name: since for name, since in chosen if since is not None}, standing, decided)
        if found is not None and (best is None or found < best):
            best = found
    return best


def _choices(problem: Problem, name: str, standing: Standing) -> list[tuple[str, int | None]]:
    if name in standing.protections:
        return [(name, 0)]  # what was paid for it before does not count
    since = problem.protections[name].since
    later = [] if since is None else range(max(since, standing.as_of), len(problem.periods))
    return [(name, None), *((name, period) for period in later)]


def _possible(problem: Problem, standing: Standing) -> Problem:
    """The branches that have come true and those that may still leave them, by their chance from here."""
    chain: list[str] = []
    while (chain[-1] if chain else standing.path) != "base":
        last = chain[-1] if chain else ""
        chain.append(problem.scenarios[last].parent if last else standing.path)
    chain = [name for name in chain if name != "base"]
    kept: dict[str, Scenario] = {}
    waiting = True
    while waiting:
        waiting = False
        for name, row in problem.scenarios.items():
            open_ = (row.parent == standing.path or row.parent in kept) and row.onset > standing.as_of
            if name not in kept and name not in chain and open_:
                kept[name] = row
                waiting = True
    raw = 1.0 - sum(row.probability for row in problem.scenarios.values())
    own = raw if standing.path == "base" else problem.scenarios[standing.path].probability
    weight = own + sum(row.probability for row in kept.values())
    if weight <= 0:
        raise ZeroDivisionError
    scenarios = {
        name: replace(row, probability=row.probability / weight if name in kept or name == standing.path else 0.0)
        for name, row in problem.scenarios.items()
        if name in kept or name in chain
    }
    return replace(problem, scenarios=scenarios)


def _rest(
    problem: Problem, bought: dict[str, int], standing: Standing, decided: dict[tuple[str, str, str], float]
) -> float | None:
    network = Network(problem, bought)
    tree, program = network.tree, network.program
    now = problem.periods[standing.as_of].start
    for units in network.units.decided.values():
        for unit in units:
            if unit.time < now - TINY:
                label = next(p.label for p in reversed(problem.periods) if p.start <= unit.time + TINY)
                _fix(network, unit.expr, decided.get((unit.scenario, label, unit.expansion), 0.0))
    open_ = set(standing.closed)
    for (plant, position), expr in network.closings.closed.items():
        if position < standing.as_of or plant in standing.closed:
            _fix(network, expr, float(plant in open_))  # in which period before does not matter any more
            open_.discard(plant)
    last = [node for node in tree.path(standing.path) if node.start < now - TINY][-1]
    for name, level in standing.levels.items():
        _fix(network, network.stock[last.name, name], level)
    costs = {name: _rest_cost(network, name, now, standing) for name in tree.paths()}
    weighted = (times(tree.probability(name), costs[name]) for name in tree.paths(weighted=True))
    network.program.objective = total([*weighted, *Rules(network).price])
    solution = program.solve()
    if solution.status != "optimal" or solution.objective is None:
        return None
    return float(solution.objective * (1.0 + problem.settings.discount_rate) ** now)


def _fix(network: Network, expr: Expr, value: float) -> None:
    network.program.at_most(expr, constant(value + 1e-9))
    network.program.at_most(constant(value - 1e-9), expr)


def _rest_cost(network: Network, scenario: str, now: float, standing: Standing) -> Expr:
    """Discounted cost of a path from ``now`` on."""
    problem, tree = network.problem, network.tree
    growth = 1.0 + problem.settings.discount_rate
    nodes = [node for node in tree.path(scenario) if node.start > now - TINY]
    terms = [times(tree.discount(node), node_cost(network, node)) for node in nodes]
    carried = network.units.carried(scenario)
    terms += [times(network.units.paid(unit), unit.expr) for unit in carried if unit.time > now - TINY]
    for (name, at), expr in network.closings.closed.items():
        if at >= standing.as_of:
            price = problem.then(at).plants[name].closing_cost
            terms.append(times(price * growth ** -problem.periods[at].start, expr))
    last, end = nodes[-1], growth**-problem.horizon
    for pile in problem.stockpiles.values():
        stock = network.stock[last.name, pile.name]
        terms.append(times(-pile.salvage * end, stock))
        if scenario != "base":
            refill = network.program.variable(f"refill|{scenario}|{pile.name}")
            network.program.at_most(minus(constant(pile.final_min), stock), refill)
            price = problem.then(last.period).commodities[pile.commodity].price
            terms.append(times(price * end, refill))
    return total(terms)

"""The reference: sheets in, optimum out."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product

from .costs import path_cost, tail, tail_of
from .network import Network
from .program import times, total
from .read import read
from .records import Problem, Sheets
from .rules import Rules
from .survival import stress_scenarios

__all__ = ["ReferenceResult", "Sheets", "solve_reference"]


@dataclass
class ReferenceResult:
    """The optimum of a problem, and the decisions behind it."""

    status: str
    objective: float | None = None
    expected_cost: float | None = None
    cvar: float | None = None
    path_costs: dict[str, float] = field(default_factory=dict)
    """Cost of each path, those of probability 0 included (these carry no weight, so theirs need not be least)."""
    units: dict[tuple[str, float, str], float] = field(default_factory=dict)
    """Units decided by (scenario, time, expansion)."""
    protections: dict[str, int] = field(default_factory=dict)
    values: dict[str, float] = field(default_factory=dict)
    """Every variable of the program, by name."""


def solve_reference(sheets: Sheets) -> ReferenceResult:
    """The least of the optima over all choices of protections, each solved by itself."""
    problem = read(sheets)
    problem = problem.with_scenarios(stress_scenarios(problem))
    choices = [_choices(problem, name) for name in problem.protections]
    best = ReferenceResult("infeasible")
    for chosen in product(*choices):
        found = _solve(problem, {name: since for name, since in chosen if since is not None})
        if found.status == "unbounded":
            return found
        if found.objective is not None and (best.objective is None or found.objective < best.objective):
            best = found
    return best


def _choices(problem: Problem, name: str) -> list[tuple[str, int | None]]:
    """A protection is not bought, or from a period on: the first, or any from the one in which it is on offer; one that
    is committed is bought at once."""
    since = problem.protections[name].since
    if problem.protections[name].committed:
        return [(name, 0)]
    periods = [0] if since is None else list(range(since, len(problem.periods)))
    return [(name, None), *((name, period) for period in periods)]


def _solve(problem: Problem, bought: dict[str, int]) -> ReferenceResult:
    network = Network(problem, bought)
    tree, settings = network.tree, problem.settings
    costs = {name: path_cost(network, name) for name in tree.paths()}
    weighted = {name: costs[name] for name in tree.paths(weighted=True)}
    expected = total(times(tree.probability(name), cost) for name, cost in weighted.items())
    terms = [times(1.0 - settings.risk_aversion, expected)]
    if settings.risk_aversion > 0:
        terms.append(times(settings.risk_aversion, tail(network, weighted, "cost")))
    network.program.objective = total(terms + Rules(network).price)
    solution = network.program.solve()
    if solution.status != "optimal":
        return ReferenceResult(solution.status)
    by_path = {name: solution.value(cost) for name, cost in costs.items()}
    pairs = [(tree.probability(name), by_path[name]) for name in weighted]
    return ReferenceResult(
        "optimal",
        solution.objective,
        sum(probability * cost for probability, cost in pairs),
        tail_of(pairs, settings.cvar_alpha),
        by_path,
        {
            (unit.scenario, unit.time, unit.expansion): solution.value(unit.expr)
            for name in tree.paths()
            for unit in network.units.decided[name]
        },
        {name: int(name in bought) for name in problem.protections},
        solution.values,
    )

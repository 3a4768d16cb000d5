"""Costs at an end of a range by the second formulation: the least, and that of decisions which are held."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from unittest import mock

from friendshore.optimizer.search.hold import Held
from friendshore.optimizer.studies.sensitivity.figures import Figure
from tests.reference import solve as reference
from tests.reference.network import Network
from tests.reference.program import constant
from tests.reference.read import read
from tests.reference.records import Problem, Sheets
from tests.reference.survival import stress_scenarios

TINY = 1e-9


def at_end(sheets: Sheets, figure: Figure, cells: Mapping[str, float]) -> Sheets:
    """The sheets with other numbers in the cells of a figure."""
    rows = [dict(row) for row in sheets[figure.sheet]]
    row = rows[figure.row - 2]
    names = {str(name): name for name in row}
    row.update({names[name]: value for name, value in cells.items()})
    return sheets | {figure.sheet: rows}


def least_cost(sheets: Sheets) -> float:
    """The least cost, inf where there is no plan."""
    found = reference.solve_reference(sheets).objective
    return inf if found is None else found


def cost_of(sheets: Sheets, held: Held) -> float:
    """The least cost with the decisions of the base path held, inf where they cannot be kept."""
    problem = read(sheets)
    problem = problem.with_scenarios(stress_scenarios(problem))
    labels = [period.label for period in problem.periods]
    bought = {name: labels.index(period) for name, period in held.protections}
    for name, since in bought.items():
        if problem.protections[name].since is None and since != 0:
            raise ValueError(f"{name} is offered at the start alone")

    def holding(chosen: Problem, protections: dict[str, int]) -> Network:
        network = Network(chosen, protections)
        _hold(network, held, labels)
        return network

    with mock.patch.object(reference, "Network", holding):
        found = reference._solve(problem, bought).objective
    return inf if found is None else found


def _hold(network: Network, held: Held, labels: list[str]) -> None:
    units = {(period, name): count for scenario, period, _, name, count in held.units if scenario == "base"}
    starts = {period.label: period.start for period in network.problem.periods}
    offered = set()
    for unit in network.units.decided["base"]:
        label = next(label for label in labels if abs(starts[label] - unit.time) < TINY)
        offered.add((label, unit.expansion))
        network.program.equal(unit.expr, constant(units.get((label, unit.expansion), 0.0)))
    for key, count in units.items():
        if key not in offered and count:
            network.program.at_most(constant(1.0), constant(0.0))
    closed = set(held.closings)
    for (plant, position), expr in network.closings.closed.items():
        network.program.equal(expr, constant(float((plant, labels[position]) in closed)))

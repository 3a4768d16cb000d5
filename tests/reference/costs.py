"""What a path costs, and the objective."""

from __future__ import annotations

from .network import Network
from .program import INFINITY, Expr, constant, minus, times, total
from .tree import Node


def node_cost(network: Network, node: Node) -> Expr:
    """The cost of a node before discounting, capex apart."""
    problem = network.problem.then(node.period)
    terms = [network.units.fixed(node), network.closings.fixed(node.period, node.years)]
    for plant in problem.plants.values():
        for i, line in enumerate(plant.lines):
            price = (plant.unit_cost[node.period] + line.cost) * _dearer(network, node, plant.name)
            terms.append(times(price, network.active[node.name, plant.name, i]))
    for key, lane in problem.lanes.items():
        duty = lane.tariff * problem.commodities[key[2]].price if problem.settings.tariffs_are_costs else 0.0
        terms.append(times(lane.cost + duty, network.load(node, key)))
    terms += [times(h.holding_cost * node.years, network.stock[node.name, h.name]) for h in problem.stockpiles.values()]
    for h in problem.stockpiles.values():
        lack = network.lacking.get((node.name, h.name), {})
        terms.append(times(problem.commodities[h.commodity].price * node.years, lack))
    for (name, _, good), left_over in network.surplus.items():
        if name == node.name:
            terms.append(times(-problem.commodities[good].surplus_value, left_over))
    terms += [times(row.shortage_cost, network.short[node.name, i]) for i, row in enumerate(problem.demands)]
    in_force = [q for q, since in network.bought.items() if since <= node.period]
    terms.append(constant(sum(problem.protections[q].cost for q in in_force) * node.years))
    return total(terms)


def _dearer(network: Network, node: Node, plant: str) -> float:
    return network.tree.factor(node, lambda event: event.kind == "cost" and plant in event.plants)


def path_cost(network: Network, scenario: str) -> Expr:
    """C: the discounted cost of a whole path."""
    problem, tree = network.problem, network.tree
    growth = 1.0 + problem.settings.discount_rate
    terms = [times(tree.discount(node), node_cost(network, node)) for node in tree.path(scenario)]
    terms += [times(network.units.paid(unit), unit.expr) for unit in network.units.carried(scenario)]
    terms.append(network.closings.paid())
    last = tree.path(scenario)[-1]
    end = growth**-problem.horizon
    for h in problem.stockpiles.values():
        stock = network.stock[last.name, h.name]
        terms.append(times(-h.salvage * end, stock))
        if scenario != "base":
            refill = network.program.variable(f"refill|{scenario}|{h.name}")
            network.program.at_most(minus(constant(h.final_min), stock), refill)
            price = problem.then(last.period).commodities[h.commodity].price
            terms.append(times(price * end, refill))
    return total(terms)


def tail(network: Network, values: dict[str, Expr], name: str) -> Expr:
    """CVaR of an expression by path, as a least of `eta + expected excess / (1 - alpha)`."""
    program, alpha = network.program, network.problem.settings.cvar_alpha
    eta = program.variable(f"eta|{name}", lower=-INFINITY)
    terms = [eta]
    for scenario, value in values.items():
        excess = program.variable(f"excess|{name}|{scenario}")
        program.at_most(minus(value, eta), excess)
        terms.append(times(network.tree.probability(scenario) / (1.0 - alpha), excess))
    return total(terms)


def tail_of(values: list[tuple[float, float]], alpha: float) -> float:
    """CVaR of (probability, value) pairs: the mean of the worst 1 - alpha."""
    left, result = 1.0 - alpha, 0.0
    for probability, value in sorted(values, key=lambda pair: -pair[1]):
        taken = min(probability, left)
        result += taken * value
        left -= taken
    return result / (1.0 - alpha)

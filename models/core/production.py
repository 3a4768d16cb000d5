"""Production: activity of plants, their capacity, and what protections keep alive (formulation, 3).

Σ_q a[n,j,q] ≤ d·(m·K + w) over the recipes q of the plant, K = existing (0 once the plant is closed) + Σ size·units in
service, m the product of the capacity events' means, and w ≤ (m^S − m)·K + (m^Q − m^S)·K̄·Σ_{q∈Q∖S} z for every subset S
of the protections Q that cover the plant.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import combinations

import numpy as np

from friendshore.models.core import effects
from friendshore.models.core.investments import existing_capacity, largest_in_service, size_in_service
from friendshore.models.node.block import NodeBlock
from friendshore.models.node.expression import Linear, Relation
from friendshore.models.node.parameters import Array, Parameters
from friendshore.models.node.sets import Sets
from friendshore.models.node.varying import over_periods
from friendshore.models.problem import Problem
from friendshore.models.tree.event_time import mean_severity
from friendshore.models.tree.normal_times import in_normal_times
from friendshore.models.tree.scenario_tree import Strike, Tree

Subset = tuple[str, tuple[str, ...]]


def enter_parameters(parameters: Parameters, sets: Sets, tree: Tree) -> None:
    """Enter lengths, capacities, costs and what protections can keep.

    Parameters
    ----------
    parameters
        Gets them, by name and key, one value a node.
    sets
        Index sets of a node: plants, shipments, stockpiles, rows of demand.
    tree
        Its scenario tree, stress branches of policies included.
    """
    problem = sets.problem
    existing = existing_capacity(sets, tree)
    means = effects.plant_means(problem, tree, "capacity")
    cost_means = effects.plant_means(problem, tree, "cost")
    length = tree.length
    normal = in_normal_times(tree, problem.settings.rejoin_years)
    parameters.add("length", {(): length})
    parameters.add("capacity_share", {j: length * means.get(j, 1.0) for j in sets.plants})
    parameters.add("capacity", {j: length * means.get(j, 1.0) * existing[j] for j in sets.plants})
    least = {j: np.where(normal, least_use(problem, tree, j) * length * existing[j], 0.0) for j in sets.plants}
    by_row = {
        j for j, values in least.items() if values.any() and (j in sets.closable or len(sets.processes_of[j]) > 1)
    }
    bounds = {j: 0.0 if j in by_row else values for j, values in least.items()}
    parameters.add("least_activity", {q: bounds[problem.processes[q].plant] for q in sets.processes})
    parameters.add("least_kept", {j: values for j, values in least.items() if j in by_row})
    parameters.add(
        "activity_cost",
        {
            q: over_periods(problem, tree, partial(problem.process_cost, q)) * cost_means.get(each.plant, 1.0)
            for q, each in problem.processes.items()
        },
    )
    _protection_parameters(parameters, sets, tree, existing)


def least_use(problem: Problem, tree: Tree, plant: str) -> Array:
    """Least share of a plant's existing capacity that is used in normal times.

    Parameters
    ----------
    problem, tree
        The plants, and the nodes of the scenario tree.
    plant
        Its name.

    Returns
    -------
    Array
        In [0, 1], shape (nodes).
    """
    return over_periods(problem, tree, lambda t: problem.at(t).plants[plant].min_use)


def subsets(sets: Sets) -> tuple[Subset, ...]:
    """(j, S) for every subset S of the protections that cover plant j."""
    return tuple(
        (plant, chosen)
        for plant, covering in sets.protectors.items()
        for size in range(len(covering) + 1)
        for chosen in combinations(covering, size)
    )


def softened_means(sets: Sets, tree: Tree) -> dict[Subset, Array]:
    """m^S: capacity means with each event of mean below 1 softened by the protections in S of its hazard."""
    problem = sets.problem
    means = {key: np.ones(len(tree.nodes)) for key in subsets(sets)}
    for strike in effects.of_kind(tree, "capacity"):
        event = strike.event
        matched = set(problem.plants_matching(event.country, event.commodity, event.plant))
        for (plant, chosen), mean in means.items():
            if plant in matched:
                mean[strike.nodes] *= _softened(sets, tree, strike, chosen)
    return means


def _softened(sets: Sets, tree: Tree, strike: Strike, chosen: tuple[str, ...]) -> Array:
    problem, hazard = sets.problem, strike.event.hazard
    exposed, lasting = np.ones(len(strike.nodes)), 1.0
    for name in chosen:
        if hazard and problem.protections[name].hazard == hazard:
            exposed *= 1.0 - _effectiveness(problem, tree, name)[strike.nodes]
            lasting *= 1.0 - (problem.protections[name].shortens or 0.0)
    mean = strike.mean(effects.remaining(strike.event))
    shorter = mean if lasting == 1.0 else _shortened(tree, strike, lasting).mean(effects.remaining(strike.event))
    return np.where(mean < 1.0, 1.0 - (1.0 - shorter) * exposed, mean)


def _shortened(tree: Tree, strike: Strike, lasting: float) -> Strike:
    """The strike of an event whose stop and recovery last a share of their time, at the same nodes."""
    event = strike.event
    shorter = replace(event, years=event.years * lasting, recovery_years=event.recovery_years * lasting)
    severity = mean_severity(shorter, strike.onset, tree.start[strike.nodes], tree.length[strike.nodes])
    return replace(strike, event=shorter, severity=severity)


def _effectiveness(problem: Problem, tree: Tree, protection: str) -> Array:
    """Share of the loss that a protection prevents, at each node."""
    return over_periods(problem, tree, lambda t: problem.at(t).protections[protection].prevents)


def _protection_parameters(parameters: Parameters, sets: Sets, tree: Tree, existing: dict[str, Array]) -> None:
    means = softened_means(sets, tree)
    largest = {j: existing[j] + largest_in_service(sets, tree, sets.projects.get(j, ())) for j in sets.protectors}
    without = {j: means[j, ()] for j in sets.protectors}
    fully = {j: means[j, covering] for j, covering in sets.protectors.items()}
    parameters.add_mask("kept_somewhere", {j: fully[j] - without[j] > 1e-12 for j in sets.protectors})
    parameters.add_mask("kept_by", {(j, s): fully[j] - without[j] > 1e-12 for j, s in means})
    parameters.add("kept_share", {(j, s): mean - without[j] for (j, s), mean in means.items()})
    parameters.add("kept", {(j, s): (mean - without[j]) * existing[j] for (j, s), mean in means.items()})
    parameters.add("kept_more", {(j, s): (fully[j] - mean) * largest[j] for (j, s), mean in means.items()})


def formulate(node: NodeBlock) -> None:
    """Activity, kept capacity, and the rows that bound them."""
    sets = node.sets
    activity = node.variable("activity", sets.processes, lower="least_activity")
    kept = node.variable("kept_capacity", sets.protectors, where="kept_somewhere")

    def built(plant: str) -> Linear:
        return sum(size_in_service(node, e) for e in sets.projects.get(plant, ()))

    def run(plant: str) -> Linear:
        return sum(activity[q] for q in sets.processes_of[plant])

    def closed(plant: str, existing: Linear) -> Linear:
        return existing * node.port("closed", plant) if plant in sets.closable else 0.0

    def capacity(plant: str) -> Relation | bool:
        kept_alive = node.parameter("length", ()) * kept[plant] if plant in kept else 0.0
        share, most = node.parameter("capacity_share", plant), node.parameter("capacity", plant)
        return run(plant) - share * built(plant) - kept_alive + closed(plant, most) <= most

    def keeping(key: Subset) -> Relation | bool:
        plant, chosen = key
        others = (q for q in sets.protectors[plant] if q not in chosen)
        more = node.parameter("kept_more", key) * sum(node.port("protected", q) for q in others)
        most = node.parameter("kept", key)
        return kept[plant] - node.parameter("kept_share", key) * built(plant) - more + closed(plant, most) <= most

    def least(plant: str) -> Relation | bool:
        needed = node.parameter("least_kept", plant)
        return run(plant) + closed(plant, needed) >= needed

    node.constrain("least_use", node.keys("least_kept"), least)
    node.constrain("capacity_limit", sets.plants, capacity)
    node.constrain("kept_limit", subsets(sets), keeping, where="kept_by")
    node.cost("production", sum(node.parameter("activity_cost", q) * activity[q] for q in sets.processes))

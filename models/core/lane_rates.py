"""What a unit on a lane costs, loses and emits, at a node (formulation, 2 and Cost)."""

from __future__ import annotations

from friendshore.models.lane import LaneKey
from friendshore.models.node.block import NodeBlock
from friendshore.models.node.expression import Linear
from friendshore.models.node.parameters import Parameters
from friendshore.models.node.sets import Release, Sets
from friendshore.models.node.varying import Varying
from friendshore.models.problem import Problem
from friendshore.models.tree.scenario_tree import Tree


def _cost(problem: Problem, key: LaneKey, period: int) -> float:
    return problem.lane_cost(problem.lanes[key], period)


def _duty(problem: Problem, key: LaneKey, period: int) -> float:
    return problem.lane_duty(problem.lanes[key], period)


def _loss(problem: Problem, key: LaneKey, period: int) -> float:
    return problem.lane_loss(problem.lanes[key], period)


def _emissions(problem: Problem, key: LaneKey, period: int) -> float:
    return problem.lane_emissions(problem.lanes[key], period)


COST = Varying[LaneKey]("lane_cost", _cost)
DUTY = Varying[LaneKey]("lane_duty", _duty)
LOSS = Varying[LaneKey]("lane_loss", _loss)
EMISSIONS = Varying[LaneKey]("lane_emissions", _emissions)


def enter_parameters(parameters: Parameters, sets: Sets, tree: Tree) -> None:
    """Enter the rates that differ between periods.

    Parameters
    ----------
    parameters
        Gets them, by name and lane, one value a node.
    sets
        Index sets of a node: plants, shipments, stockpiles, rows of demand.
    tree
        Its scenario tree, stress branches of policies included.
    """
    for rate in (COST, DUTY, LOSS, EMISSIONS):
        rate.enter(parameters, sets.problem, tree, sets.lanes)


def kept_on_the_way(node: NodeBlock, release: Release) -> Linear:
    """Share of a release that arrives: all of it in the own country, else what its lane does not lose."""
    lane = node.sets.ends(release)
    return 1.0 - LOSS.at(node, lane) if lane.abroad else 1.0

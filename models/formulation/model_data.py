"""ModelData: a problem laid out for formulation: tree, index sets, parameters, ports and linking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

from friendshore.models import rules
from friendshore.models.clauses.clause import Clause
from friendshore.models.clauses.rule import Disruptions
from friendshore.models.formulation.checkpoint import Checkpoint, go_on
from friendshore.models.formulation.linking import Linking, build_linking
from friendshore.models.formulation.node import node_parameters
from friendshore.models.formulation.ports import build_ports
from friendshore.models.node.parameters import Parameters
from friendshore.models.node.port_terms import Ports
from friendshore.models.node.sets import Sets
from friendshore.models.problem import Problem
from friendshore.models.tree.scenario_tree import Tree, build_tree

NO_DISRUPTIONS: Disruptions = MappingProxyType({})


@dataclass(frozen=True, eq=False)
class ModelData:
    """Everything that both ``formulate()`` and the assembled arrays are made from."""

    problem: Problem
    tree: Tree
    sets: Sets
    clauses: tuple[Clause, ...]
    parameters: Parameters
    ports: Ports
    linking: Linking


Chosen = Callable[[Clause], Clause]
"""A clause with some of its rows alone."""


def whole(clause: Clause) -> Clause:
    """The clause with all of its rows."""
    return clause


def build_model_data(
    problem: Problem, disruptions: Disruptions = NO_DISRUPTIONS, checkpoint: Checkpoint = go_on, chosen: Chosen = whole
) -> ModelData:
    """Lay a problem out.

    Parameters
    ----------
    problem
        A valid problem.
    disruptions
        By policy, the members that stop together; of the disruptions that are tested as needed these alone are there.
    checkpoint
        Called between the parts of the work.
    chosen
        Of the rows of a clause those that are laid out.

    Returns
    -------
    ModelData
        Tree, index sets, parameters by node, ports and linking.
    """
    tree = build_tree(problem, rules.stress_branches(problem, disruptions))
    checkpoint()
    sets = Sets(problem)
    clauses = rules.clauses(problem, tree)
    parameters = node_parameters(sets, tree, clauses)
    checkpoint()
    linking = build_linking(sets, tree, parameters, tuple(map(chosen, clauses)), checkpoint)
    return ModelData(problem, tree, sets, clauses, parameters, build_ports(sets, tree, clauses), linking)

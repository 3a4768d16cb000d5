"""The model of one family in Pyomo, with all that is shared: a scenario for methods that take a problem apart.

The models of all families, weighed by their probabilities and held to the same values of ``first_stage``, are the model
that ``formulate`` writes out: the same optimum. What is shared is paid in each of them; a family's own costs are
divided by its probability, so that weighing restores them.
"""

from __future__ import annotations

import pyomo.environ as pyo

from friendshore.models.formulation.formulate import bound, formulate_nodes, row_of
from friendshore.models.formulation.two_stage import SHARED, TwoStage
from friendshore.models.node.block import NodeBlock
from friendshore.models.node.expression import Expression, Linear
from friendshore.models.node.link import LinkColumn, LinkKey


def scenario_model(stages: TwoStage, name: str) -> pyo.ConcreteModel:
    """The model of a family.

    ``model.first_stage`` lists the variables that all families have to agree on, in the same order in every model;
    ``model.first_stage_cost`` is what they cost, ``model.total_cost`` the objective, ``model.probability`` that of the
    family.
    """
    model_data, probability = stages.model_data, stages.probability[name]
    model = pyo.ConcreteModel(name=name)
    nodes_of_all = stages.nodes[SHARED]
    columns_of_all = stages.columns[SHARED]
    shared_link = _columns(model, "shared", columns_of_all)
    link = shared_link | _columns(model, "own", stages.columns[name])
    chosen = sorted({*nodes_of_all, *stages.nodes[name]})
    model.node = pyo.Block(chosen)
    nodes = formulate_nodes(model, model_data, link, chosen)
    model.nothing = pyo.Var(bounds=(0.0, 0.0))
    for which in (SHARED, name):
        rows = stages.rows[which]
        made = pyo.Constraint(
            range(len(rows)), rule=lambda _, i, rows=rows: row_of(rows[i], link, nodes, model.nothing)
        )
        model.add_component("shared_rows" if which == SHARED else "own_rows", made)
    # Costs are variables of their own: in what a family pays there are first-stage variables (units that serve on its
    # nodes), and the L-shaped method of mpi-sppy takes an objective to be the same in those for every scenario.
    model.first_stage_cost = pyo.Var()
    model.own_cost = pyo.Var()
    model.first_stage_cost_row = pyo.Constraint(expr=model.first_stage_cost == _cost(stages, SHARED, link, nodes))
    model.own_cost_row = pyo.Constraint(expr=model.own_cost == _cost(stages, name, link, nodes) / probability)
    model.total_cost = pyo.Objective(expr=model.first_stage_cost + model.own_cost)
    model.probability = probability
    model.first_stage = [
        model.first_stage_cost,
        *shared_link.values(),
        *(v for n in nodes_of_all for v in model.node[n].component_data_objects(pyo.Var)),
    ]
    return model


def _columns(model: pyo.ConcreteModel, name: str, columns: tuple[LinkColumn, ...]) -> dict[LinkKey, Expression]:
    variables = pyo.Var(range(len(columns)))
    model.add_component(name, variables)
    for i, column in enumerate(columns):
        bound(variables[i], column)
    return {column.key: variables[i] for i, column in enumerate(columns)}


def _cost(stages: TwoStage, name: str, link: dict[LinkKey, Expression], nodes: dict[int, NodeBlock]) -> Linear:
    """Objective terms of what belongs to a family, or to all."""
    mine = set(stages.nodes[name])
    total = sum(column.cost * link[column.key] for column in stages.columns[name] if column.cost)
    weighed = stages.model_data.linking.objective.items()
    return total + sum(weight * nodes[n].expressions[key] for (n, key), weight in weighed if n in mine)

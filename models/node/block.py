"""NodeBlock: one node's mathematics as a Pyomo block."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Protocol, cast

import pyomo.environ as pyo

from friendshore.models.node.costs import COST_KINDS, COUNTED, Cost, cost_kinds
from friendshore.models.node.expression import Expression, Linear, Relation
from friendshore.models.node.families import K, Mask, Parameter, Port, Variable
from friendshore.models.node.link import ExpressionKey
from friendshore.models.node.sets import Sets


class Surroundings(Protocol):
    """What a node takes from outside: parameters, as numbers or as symbols, and decisions made elsewhere.

    ``symbolic`` is true where parameters are symbols: bounds of variables are then left to whoever places the node.
    """

    symbolic: bool

    def parameter(self, parameter: Parameter[K], key: K) -> Linear:
        """Data of the node: a float, or a symbol that stands for it."""

    def port(self, port: Port[K], key: K) -> Linear:
        """An expression in decisions made elsewhere."""

    def exists(self, mask: Mask[K], key: K) -> bool:
        """Whether the row or variable of a key stands at this node."""

    def keys(self, family: Parameter[K] | Mask[K]) -> tuple[K, ...]:
        """The keys for which a parameter or a mask was entered."""


class NodeBlock:
    """A node under construction (``NodeModel``): a Pyomo block, and what the node takes from its surroundings.

    ``variables`` and ``rows`` are by name of the family; ``bounds`` has the names of the parameters that bound a
    family, blank for none, ``masked`` the name of the mask of a family of variables or rows.
    """

    def __init__(self, block: pyo.Block, sets: Sets, around: Surroundings) -> None:
        self.block = block
        self.sets = sets
        self.parameter = around.parameter
        self.port = around.port
        self.keys = around.keys
        self._around = around
        self.variables: dict[str, Mapping[Hashable, Expression]] = {}
        self.bounds: dict[str, tuple[str, str]] = {}
        self.masked: dict[str, str] = {}
        self.rows: dict[str, tuple[Hashable, ...]] = {}
        self.costs: dict[str, list[Linear]] = {kind: [] for kind in COST_KINDS}
        self.expressions: dict[ExpressionKey, Linear] = {}

    def __getitem__(self, variable: Variable[K]) -> Mapping[K, Expression]:
        """The variables of a family by key."""
        return cast("Mapping[K, Expression]", self.variables[variable.name])

    def variable(
        self,
        variable: Variable[K],
        keys: Iterable[K],
        *,
        lower: Parameter[K] | None = None,
        upper: Parameter[K] | None = None,
        where: Mask[K] | None = None,
    ) -> Mapping[K, Expression]:
        """Declare a family of variables; see ``NodeModel``."""
        family = tuple(keys)
        component = pyo.Var(range(len(family)))
        self.block.add_component(variable.name, component)
        by_key: dict[K, Expression] = {key: component[i] for i, key in enumerate(family)}
        self.variables[variable.name] = cast("Mapping[Hashable, Expression]", by_key)
        self.bounds[variable.name] = (lower.name if lower else "", upper.name if upper else "")
        if where is not None:
            self.masked[variable.name] = where.name
        if not self._around.symbolic:
            for i, key in enumerate(family):
                stands = where is None or self._around.exists(where, key)
                component[i].setlb(self.parameter(lower, key) if lower and stands else 0.0)
                component[i].setub((self.parameter(upper, key) if upper else None) if stands else 0.0)
        return by_key

    def constrain(
        self, name: str, keys: Iterable[K], rule: Callable[[K], Relation | bool], *, where: Mask[K] | None = None
    ) -> None:
        """Declare a family of rows; see ``NodeModel``."""
        family = tuple(keys)
        self.rows[name] = family
        if where is not None:
            self.masked[name] = where.name

        def row(_: object, i: int) -> object:
            if where is not None and not self._around.exists(where, family[i]):
                return pyo.Constraint.Skip
            relation = rule(family[i])
            return pyo.Constraint.Skip if relation is True else relation  # nothing in it, and so always met

        self.block.add_component(name, pyo.Constraint(range(len(family)), rule=row))

    def cost(self, kind: str, expression: Linear) -> None:
        """Post a cost of the node, before discounting, under one of COST_KINDS."""
        self.costs[kind].append(expression)

    def expression(self, key: ExpressionKey, expression: Linear) -> None:
        """Name a linear expression of the node that rows across nodes, prices and the scorecard refer to."""
        if key in self.expressions:
            raise ValueError(f"the expression {key!r} is named twice")
        self.expressions[key] = expression

    def close(self) -> None:
        """Name the cost of each kind, and COUNTED, their sum."""
        for kind, parts in self.costs.items():
            self.expression(Cost(kind), sum(parts) if parts else 0.0)
        self.expression(COUNTED, sum(part for kind in cost_kinds(self.sets) for part in self.costs[kind]))

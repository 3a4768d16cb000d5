"""NodeBlock: one node's mathematics while it is written, as a Pyomo block.

The families of decisions (models/core) and the rules (models/rules) declare variables, rows, costs and expressions on
it. What differs from node to node they take from ``parameter`` (data) and ``port`` (what other nodes and the
investments decide), so that the same lines serve twice: with plain numbers for one node of ``formulate()``, and with
symbols for the node that is compiled once and placed everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

import pyomo.environ as pyo

from friendshore.models.node.costs import COST_KINDS, COUNTED, Cost, cost_kinds
from friendshore.models.node.expression import Expression, Linear, Relation
from friendshore.models.node.link import ExpressionKey
from friendshore.models.node.parameters import Key
from friendshore.models.node.sets import Sets

# Ports: what a node takes from outside itself, all linear in the decisions of other places.
PORTS = ("stock_before", "base_level", "in_service", "running", "decided", "paid", "protected", "closed", "closing")


class Surroundings(Protocol):
    """What a node takes from outside: parameters, as numbers or as symbols, and decisions made elsewhere.

    ``symbolic`` is true where parameters are symbols: bounds of variables are then left to whoever places the node.
    """

    symbolic: bool

    def parameter(self, name: str, key: Key) -> Linear:
        """Data of the node: a float, or a symbol that stands for it."""

    def port(self, name: str, key: Key) -> Linear:
        """An expression in decisions made elsewhere, one of PORTS."""

    def exists(self, name: str, key: Key) -> bool:
        """Whether a row or column under the mask ``name`` stands at this node."""

    def keys(self, name: str) -> tuple[Any, ...]:
        """The keys for which parameters or a mask of ``name`` were entered."""

    def entered(self, name: str, key: Key) -> bool:
        """Whether a parameter of ``name`` was entered for a key."""


class NodeBlock:
    """A node under construction: a Pyomo block, the index sets, and what the node takes from its surroundings."""

    def __init__(self, block: Any, sets: Sets, around: Surroundings) -> None:
        self.block = block
        self.sets = sets
        self.parameter = around.parameter
        self.port = around.port
        self.exists = around.exists
        self.keys = around.keys
        self.entered = around.entered
        self._symbolic = around.symbolic
        self.variables: dict[str, Mapping[Key, Expression]] = {}
        self.families: dict[str, tuple[Key, ...]] = {}
        self.bounds: dict[str, tuple[str, str]] = {}
        self.masked: dict[str, str] = {}
        self.rows: dict[str, tuple[Key, ...]] = {}
        self.costs: dict[str, list[Linear]] = {kind: [] for kind in COST_KINDS}
        self.expressions: dict[ExpressionKey, Linear] = {}

    def variable(
        self, name: str, keys: Iterable[Key], *, lower: str = "", upper: str = "", where: str = ""
    ) -> Mapping[Key, Expression]:
        """Declare the variables ``name``, ≥ 0 or within the parameters named by ``lower`` and ``upper``.

        ``where`` names a mask: at nodes where it is false the variable is zero and takes no column.

        Parameters
        ----------
        name
            Name of the family.
        keys
            Its keys.
        lower
            Name of the parameters that are lower bounds; blank: 0.
        upper
            Name of the parameters that are upper bounds; blank: none.
        where
            Name of the mask of the nodes at which it stands; blank: all.

        Returns
        -------
        Mapping[Key, Expression]
            The variables by key.
        """
        family = tuple(keys)
        self.families[name] = family
        self.bounds[name] = (lower, upper)
        if where:
            self.masked[name] = where
        component = pyo.Var(range(len(family)))
        self.block.add_component(name, component)
        made = {key: component[i] for i, key in enumerate(family)}
        self.variables[name] = made
        if not self._symbolic:
            for key, variable in made.items():
                stands = not where or self.exists(where, key)
                variable.setlb(self.parameter(lower, key) if lower and stands else 0.0)
                variable.setub((self.parameter(upper, key) if upper else None) if stands else 0.0)
        return made

    def constrain(
        self, name: str, keys: Iterable[Key], rule: Callable[[Key], Relation | bool], *, where: str = ""
    ) -> None:
        """Declare a family of rows; ``rule(key)`` gives the relation, ``where`` names the mask of where it stands.

        Parameters
        ----------
        name
            Name of the family.
        keys
            Its keys.
        rule
            Gives the relation of a key.
        where
            Name of the mask of the nodes at which it stands; blank: all.
        """
        family = tuple(keys)
        self.rows[name] = family
        if where:
            self.masked[name] = where

        def row(_: object, i: int) -> object:
            if where and not self.exists(where, family[i]):
                return pyo.Constraint.Skip
            relation = rule(family[i])
            return pyo.Constraint.Skip if relation is True else relation  # nothing in it, and so always met

        self.block.add_component(name, pyo.Constraint(range(len(family)), rule=row))

    def cost(self, kind: str, expression: Linear) -> None:
        """Post a cost of the node under one of COST_KINDS, in money that runs evenly over the node.

        What is paid at another time is scaled so that discounting it like the rest gives what it is worth.
        """
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

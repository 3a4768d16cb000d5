"""NodeModel: one node's mathematics while it is written, whatever it is written in.

The families of decisions (models/core) and the rules (models/rules) declare variables, rows, costs and expressions on
it. What differs from node to node they take from ``parameter`` (data) and ``port`` (what other nodes and the
investments decide), so that the same lines serve twice: with plain numbers for one node of ``formulate()``, and with
symbols for the node that is compiled once and placed everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from friendshore.models.node.expression import Expression, Linear, Relation
from friendshore.models.node.families import K, Mask, Parameter, Port, Variable
from friendshore.models.node.link import ExpressionKey
from friendshore.models.node.sets import Sets


class NodeModel(Protocol):
    """A node under construction."""

    sets: Sets

    def __getitem__(self, variable: Variable[K]) -> Mapping[K, Expression]:
        """The variables of a family by key."""

    def parameter(self, parameter: Parameter[K], key: K) -> Linear:
        """Data of the node: a float, or a symbol that stands for it."""

    def port(self, port: Port[K], key: K) -> Linear:
        """An expression in decisions made elsewhere."""

    def keys(self, family: Parameter[K] | Mask[K]) -> tuple[K, ...]:
        """The keys for which a parameter or a mask was entered."""

    def variable(
        self,
        variable: Variable[K],
        keys: Iterable[K],
        *,
        lower: Parameter[K] | None = None,
        upper: Parameter[K] | None = None,
        where: Mask[K] | None = None,
    ) -> Mapping[K, Expression]:
        """Declare a family of variables.

        Parameters
        ----------
        variable
            The family.
        keys
            A variable for each of these.
        lower, upper
            Parameters that bound them; None: 0 below, nothing above.
        where
            Where they stand (None: everywhere); at other nodes a variable is zero and takes no column.
        """

    def constrain(
        self, name: str, keys: Iterable[K], rule: Callable[[K], Relation | bool], *, where: Mask[K] | None = None
    ) -> None:
        """Declare a family of rows.

        Parameters
        ----------
        name
            The name of the family, blanks as underscores.
        keys
            A row for each of these.
        rule
            Gives the relation of a key; True where there is nothing in it, and so no row.
        where
            Where they stand (None: everywhere).
        """

    def cost(self, kind: str, expression: Linear) -> None:
        """Post a cost of the node, before discounting, under one of COST_KINDS; in the currency of Settings."""

    def expression(self, key: ExpressionKey, expression: Linear) -> None:
        """Name a linear expression of the node that rows across nodes, prices and the scorecard refer to."""

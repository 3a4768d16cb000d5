"""ConeClause: ‖X‖ − slack ≤ √limit · T at a node, X being what each supplier delivers and T all that is taken in.

A second-order cone (formulation, 7). It is met by tangent planes a · X − √limit · T − slack ≤ 0 for unit vectors a,
each valid, added until the cone holds as far as ``CONE_TOLERANCE`` says (Kelley 1960, The cutting-plane method for
solving convex programs). The first planes are those of the single suppliers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from math import inf, sqrt

import numpy as np
from numpy.typing import NDArray

from friendshore.models.clauses.clause import NOTHING, Clause, Denominator, PolicyRow, Standing, ValueAt, beyond_noise
from friendshore.models.node.link import ExpressionAt, ExpressionKey, Linked, LinkKey, LinkRow
from friendshore.models.node.parameters import Parameters
from friendshore.models.node.sets import Sets
from friendshore.models.tree.scenario_tree import Tree

CONE_TOLERANCE = 1e-6
"""A cone is met while ΣX² ≤ (limit + this)·T²."""

_TIGHT = 1e-4

_DUST = 1e-12


def unit_vector(supplied: NDArray[np.float64]) -> NDArray[np.float64]:
    """The unit vector a of the tangent plane at the deliveries of each supplier, shape (suppliers), not all of them 0.

    Deliveries that are but what rounding has left count as none: a plane is valid for every ‖a‖ ≤ 1, and numbers as
    small as these would tell a solver that scales its rows to look for kilograms in a million tons.
    """
    unit = supplied / np.linalg.norm(supplied)
    return np.asarray(np.where(np.abs(unit) > _DUST, unit, 0.0))


@dataclass(frozen=True, slots=True)
class Supplied(ExpressionKey):
    """X of one supplier of a clause."""

    clause: str
    supplier: str


@dataclass(frozen=True, kw_only=True)
class ConeClause(Clause):
    """A clause of cones, one at each of its nodes: ``nodes`` gives the node of each by name."""

    nodes: Mapping[str, int]

    def rows(self, sets: Sets, tree: Tree, parameters: Parameters) -> Linked:
        """The first tangent planes: no single supplier delivers more than √limit of all.

        Parameters
        ----------
        sets
            Index sets of a node: plants, shipments, stockpiles, rows of demand.
        tree
            Its scenario tree, stress branches of policies included.
        parameters
            Holds, by name and key, what differs from node to node: one value a node.

        Returns
        -------
        Linked
            Pairs of new linking columns and the plane that needs them first.
        """
        for place in self.nodes:
            node = self.nodes[place]
            columns = self.slack(place, float(tree.weight[node]) or 1.0, node)
            for supplier in self.suppliers:
                yield columns, self.tangent_plane(place, {supplier: 1.0}, supplier)
                columns = ()

    def tangent_plane(self, place: str, direction: Mapping[str, float], mark: str | int) -> LinkRow:
        """The plane a · X − √limit · T − slack ≤ 0 for a unit vector ``direction``, ``mark`` telling it from others.

        Parameters
        ----------
        place
            Name of the constraint within its clause.
        direction
            By supplier, the components of a unit vector.
        mark
            Tells the plane from others of the same cone.

        Returns
        -------
        LinkRow
            The plane as data.
        """
        node = self.nodes[place]
        slack: dict[LinkKey, float] = {column.key: -1.0 for column in self.slack(place)}
        expressions: dict[ExpressionAt, float] = {
            (node, Supplied(self.label, supplier)): part for supplier, part in direction.items() if part
        }
        expressions[node, Denominator(self.label)] = -sqrt(self.limit(node))
        return LinkRow(PolicyRow(self.label, place, mark), -inf, 0.0, slack, expressions)

    def point(self, value: ValueAt, place: str) -> tuple[NDArray[np.float64], float]:
        """X in the order of the suppliers, and T, at the node of a cone."""
        node = self.nodes[place]
        supplied = np.array([value(node, Supplied(self.label, supplier)) for supplier in self.suppliers])
        return supplied, value(node, Denominator(self.label))

    def among(self, nodes: Collection[int]) -> ConeClause:
        """Those of its cones that stand at some nodes."""
        return replace(self, nodes={place: n for place, n in self.nodes.items() if n in nodes})

    def elsewhere(self, nodes: Mapping[str, int]) -> ConeClause:
        """The cones at other nodes."""
        return replace(self, nodes=nodes)

    def standings(self, value: ValueAt, sets: Sets, tree: Tree) -> Iterator[Standing]:
        """One for each cone: ΣX² ÷ T²; its violation is s in ‖X‖ − s = √limit · T.

        Parameters
        ----------
        value
            The value of an expression at a node, for a solution.
        sets
            Index sets of a node: plants, shipments, stockpiles, rows of demand.
        tree
            Its scenario tree, stress branches of policies included.

        Returns
        -------
        Iterator[Standing]
            One for each cone, in the order of its nodes.
        """
        for place, node in self.nodes.items() if self.suppliers else ():
            root = sqrt(self.limit(node))
            supplied, taken = self.point(value, place)
            norm = float(np.linalg.norm(supplied))
            index = (norm / taken) ** 2 if taken > NOTHING else None
            over = norm - root * taken
            binding = abs(over) <= _TIGHT * max(1.0, norm) and taken > NOTHING
            met = index is None or index <= self.limit(node) + CONE_TOLERANCE  # as far as the planes are added
            slope = taken / (2.0 * root) if root > 0 else None
            violation = 0.0 if met else beyond_noise(over, norm)
            yield Standing(place, index, violation, binding, slope, self.limit(node) if self.limits else None)

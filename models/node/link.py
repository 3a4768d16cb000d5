"""What belongs to no single node: linking columns, and rows across nodes, each by a key that says what it is.

A row reads

    lower ≤ Σ coefficient · linking column + Σ weight · expression at a node ≤ upper,

an expression being a linear one that the node's mathematics names (a cost by kind, a policy's numerator …).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import inf

from friendshore.models.tree.scenario_tree import Tree


class LinkKey:
    """What a linking column or a row across nodes is; the classes that derive from it are frozen."""

    __slots__ = ()

    def home(self, tree: Tree) -> int | None:
        """The node that it goes with, where there is one; else it stands above all nodes."""
        del tree
        return None


class ExpressionKey:
    """What a linear expression of a node is; the classes that derive from it are frozen."""

    __slots__ = ()


ExpressionAt = tuple[int, ExpressionKey]
"""An expression at a node, by its position in the tree."""


@dataclass(frozen=True, slots=True)
class LinkColumn:
    """A decision that belongs to no single node; ``cost`` enters the objective as it is."""

    key: LinkKey
    lower: float = 0.0
    upper: float = inf
    integer: bool = False
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A row across nodes."""

    key: LinkKey
    lower: float
    upper: float
    columns: Mapping[LinkKey, float] = field(default_factory=dict)
    expressions: Mapping[ExpressionAt, float] = field(default_factory=dict)


Linked = Iterator[tuple[tuple[LinkColumn, ...], LinkRow]]
"""Rows, each with the linking columns that it is the first to need."""

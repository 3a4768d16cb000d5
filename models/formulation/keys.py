"""The keys of linking columns and rows that stand in every problem, whatever its policies."""

from __future__ import annotations

from dataclasses import dataclass

from friendshore.models.node.link import LinkKey
from friendshore.models.tree.closing import Closing
from friendshore.models.tree.investment import Decision
from friendshore.models.tree.scenario_tree import Tree


@dataclass(frozen=True, slots=True)
class Decided(LinkKey):
    """b[n,e]: units of an expansion decided at the start of a node."""

    node: int
    expansion: str

    @classmethod
    def of(cls, decision: Decision) -> Decided:
        """The column of a decision."""
        return cls(decision.node, decision.expansion)

    def home(self, tree: Tree) -> int:
        """The node of the decision."""
        return self.node


@dataclass(frozen=True, slots=True)
class Protected(LinkKey):
    """z[q]: whether a protection is bought, at the start or in a period (its position)."""

    protection: str
    period: int = 0


@dataclass(frozen=True, slots=True)
class ProtectedRow(LinkKey):
    """A protection is bought once at most."""

    protection: str


@dataclass(frozen=True, slots=True)
class Closed(LinkKey):
    """o: whether a plant is closed at the start of a node, for good."""

    node: int
    plant: str

    @classmethod
    def of(cls, closing: Closing) -> Closed:
        """The column of a closing."""
        return cls(closing.node, closing.plant)

    def home(self, tree: Tree) -> int:
        """The node of the closing."""
        return self.node


@dataclass(frozen=True, slots=True)
class NodeCost(LinkKey):
    """The discounted cost of a node, and the row that says what it is."""

    node: int

    def home(self, tree: Tree) -> int:
        """The node itself."""
        return self.node


@dataclass(frozen=True, slots=True)
class ValueAtRisk(LinkKey):
    """η of the objective: the value at risk of path costs."""


@dataclass(frozen=True, slots=True)
class Excess(LinkKey):
    """By how much the cost of a path is beyond the value at risk, and the row that says so."""

    scenario: str

    def home(self, tree: Tree) -> int:
        """The last node of the path."""
        return tree.paths[self.scenario][-1]


@dataclass(frozen=True, slots=True)
class UnitsRow(LinkKey):
    """At most ``max_units`` of an expansion on a path; rows that are the same on several paths go by the first."""

    scenario: str
    expansion: str


@dataclass(frozen=True, slots=True)
class RequiresRow(LinkKey):
    """No more of an expansion on a path, up to a node, than of what it requires."""

    scenario: str
    expansion: str
    node: int


@dataclass(frozen=True, slots=True)
class Share(LinkKey):
    """What a second stage gets of a row that spans several, and its own part of that row."""

    row: LinkKey
    stage: str

"""Rule: what a kind of policy says of itself; one file in models/rules is one rule."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from friendshore.models.clauses.clause import Clause, Denominator, Numerator
from friendshore.models.findings import Finding
from friendshore.models.node.expression import Linear
from friendshore.models.node.families import K_co, Variable
from friendshore.models.node.link import ExpressionKey
from friendshore.models.node.node_model import NodeModel
from friendshore.models.node.parameters import Parameters
from friendshore.models.node.port_terms import Ports
from friendshore.models.node.sets import Sets
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy, PolicyKind
from friendshore.models.tree.scenario_tree import Branch, Tree

S_co = TypeVar("S_co", bound=Hashable, covariant=True)

Disruptions = Mapping[str, tuple[tuple[str, ...], ...]]
"""Members that stop together, one tuple a disruption, by the policy that tests them."""


@dataclass(frozen=True)
class PolicyCheck:
    """What the sheets must agree on for one row of Policies.

    ``reads`` names the columns it relies on besides ``Policies`` (``Plants.recipe``, or a sheet as a whole); ``find``
    gives the findings.
    """

    reads: tuple[str, ...]
    find: Callable[[Problem, Policy], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Part(Generic[S_co, K_co]):
    """The key of a part: the split that it belongs to, which the plan tells as text, and the key of the whole."""

    split: S_co
    whole: K_co


@dataclass(frozen=True)
class TrackedPart:
    """A part of something that the plan tells by itself: what of it is clean, say.

    ``part`` is its name in the plan's table of parts, ``variable`` its variables, ``whole`` those it is part of, None
    where these are no variables; ``columns`` name what the key of the whole consists of, in that table.
    """

    part: str
    variable: Variable[Part[Hashable, Hashable]]
    whole: Variable[Hashable] | None
    columns: tuple[str, ...]


class Rule(Protocol):
    """What a kind of policy says of itself."""

    @property
    def kind(self) -> PolicyKind:
        """The declaration of the kind."""

    @property
    def checks(self) -> tuple[PolicyCheck, ...]:
        """Checks of its own."""

    @property
    def parts(self) -> tuple[TrackedPart, ...]:
        """Variables of its own that the plan tells."""

    def branches(self, problem: Problem, policy: Policy, disruptions: Disruptions) -> tuple[Branch, ...]:
        """Zero-probability branches that the policy generates."""

    def clauses(self, problem: Problem, tree: Tree, policy: Policy) -> tuple[Clause, ...]:
        """The constraints that a row of Policies stands for."""

    def enter_parameters(self, parameters: Parameters, sets: Sets, tree: Tree, clauses: tuple[Clause, ...]) -> None:
        """Enter parameters of its own that differ from node to node."""

    def formulate(self, node: NodeModel, clauses: tuple[Clause, ...]) -> None:
        """Add variables and rows of its own to a node."""

    def ports(self, sets: Sets, tree: Tree, clauses: tuple[Clause, ...]) -> Ports:
        """What its own variables take from other nodes."""

    def expressions(self, node: NodeModel, clause: Clause) -> Mapping[ExpressionKey, Linear]:
        """The expressions of a clause at one node."""


class PlainRule:
    """A rule that needs nothing but a numerator and a denominator."""

    checks: tuple[PolicyCheck, ...] = ()
    parts: tuple[TrackedPart, ...] = ()

    def branches(self, problem: Problem, policy: Policy, disruptions: Disruptions) -> tuple[Branch, ...]:
        """No branches: it holds on those that are there."""
        return ()

    def enter_parameters(self, parameters: Parameters, sets: Sets, tree: Tree, clauses: tuple[Clause, ...]) -> None:
        """No parameters of its own."""

    def formulate(self, node: NodeModel, clauses: tuple[Clause, ...]) -> None:
        """No variables and no rows of its own."""

    def ports(self, sets: Sets, tree: Tree, clauses: tuple[Clause, ...]) -> Ports:
        """No ports of its own."""
        return Ports((), ())

    def numerator(self, node: NodeModel, clause: Clause) -> Linear:
        """What is limited, at one node."""
        raise NotImplementedError

    def denominator(self, node: NodeModel, clause: Clause) -> Linear:
        """What the limit is multiplied by, at one node."""
        raise NotImplementedError

    def expressions(self, node: NodeModel, clause: Clause) -> Mapping[ExpressionKey, Linear]:
        """Numerator and denominator."""
        return {
            Numerator(clause.label): self.numerator(node, clause),
            Denominator(clause.label): self.denominator(node, clause),
        }

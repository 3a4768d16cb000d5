"""Rule: what a kind of policy says of itself; one file in models/rules is one rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from friendshore.models.clauses.clause import Clause, Denominator, Numerator
from friendshore.models.findings import Finding
from friendshore.models.node.block import NodeBlock
from friendshore.models.node.expression import Linear
from friendshore.models.node.link import ExpressionKey
from friendshore.models.node.parameters import Parameters
from friendshore.models.node.port_terms import Ports
from friendshore.models.node.sets import Sets
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy, PolicyKind
from friendshore.models.tree.branch import Branch
from friendshore.models.tree.scenario_tree import Tree

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


@dataclass(frozen=True)
class TrackedPart:
    """A part of something that the plan tells by itself: what of it is clean, say.

    ``family`` are its variables, whose keys are (split, key of the whole); ``whole`` those it is part of, blank where
    these are no variables; ``columns`` name the parts of the key of the whole, in the plan's table of parts.
    """

    part: str
    family: str
    whole: str
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
        """Zero-probability branches that the policy generates.

        Parameters
        ----------
        problem
            A valid problem.
        policy
            A row of Policies.
        disruptions
            By policy, the members that stop together; a policy that is not named tests all of its own.

        Returns
        -------
        tuple[Branch, ...]
            Branches of probability 0, each with the events of a stop.
        """

    def clauses(self, problem: Problem, tree: Tree, policy: Policy) -> tuple[Clause, ...]:
        """The constraints that a row of Policies stands for.

        Parameters
        ----------
        problem
            A valid problem.
        tree
            Its scenario tree, stress branches of policies included.
        policy
            A row of Policies.

        Returns
        -------
        tuple[Clause, ...]
            Clauses with names that are unique in the problem.
        """

    def enter_parameters(self, parameters: Parameters, sets: Sets, tree: Tree, clauses: tuple[Clause, ...]) -> None:
        """Enter parameters of its own that differ from node to node.

        Parameters
        ----------
        parameters
            Holds, by name and key, what differs from node to node: one value a node.
        sets
            Index sets of a node: plants, shipments, stockpiles, rows of demand.
        tree
            Its scenario tree, stress branches of policies included.
        clauses
            The clauses of this rule alone.
        """

    def formulate(self, node: NodeBlock, clauses: tuple[Clause, ...]) -> None:
        """Add variables and rows of its own to a node."""

    def ports(self, sets: Sets, tree: Tree, clauses: tuple[Clause, ...]) -> Ports:
        """What its own variables take from other nodes.

        Parameters
        ----------
        sets
            Index sets of a node: plants, shipments, stockpiles, rows of demand.
        tree
            Its scenario tree, stress branches of policies included.
        clauses
            The clauses of this rule alone.

        Returns
        -------
        Ports
            Terms and constants of its ports.
        """

    def expressions(self, node: NodeBlock, clause: Clause) -> Mapping[ExpressionKey, Linear]:
        """The expressions of a clause at one node."""


class PlainRule:
    """A rule that needs nothing but a numerator and a denominator."""

    checks: tuple[PolicyCheck, ...] = ()
    parts: tuple[TrackedPart, ...] = ()

    def branches(self, problem: Problem, policy: Policy, disruptions: Disruptions) -> tuple[Branch, ...]:
        """No branches: it holds on those that are there.

        Parameters
        ----------
        problem
            A valid problem.
        policy
            A row of Policies.
        disruptions
            By policy, the members that stop together; a policy that is not named tests all of its own.

        Returns
        -------
        tuple[Branch, ...]
            Branches of probability 0, each with the events of a stop.
        """
        return ()

    def enter_parameters(self, parameters: Parameters, sets: Sets, tree: Tree, clauses: tuple[Clause, ...]) -> None:
        """No parameters of its own.

        Parameters
        ----------
        parameters
            Holds, by name and key, what differs from node to node: one value a node.
        sets
            Index sets of a node: plants, shipments, stockpiles, rows of demand.
        tree
            Its scenario tree, stress branches of policies included.
        clauses
            The clauses of this rule alone.
        """

    def formulate(self, node: NodeBlock, clauses: tuple[Clause, ...]) -> None:
        """No variables and no rows of its own."""

    def ports(self, sets: Sets, tree: Tree, clauses: tuple[Clause, ...]) -> Ports:
        """No ports of its own.

        Parameters
        ----------
        sets
            Index sets of a node: plants, shipments, stockpiles, rows of demand.
        tree
            Its scenario tree, stress branches of policies included.
        clauses
            The clauses of this rule alone.

        Returns
        -------
        Ports
            Terms and constants of its ports.
        """
        return Ports((), ())

    def numerator(self, node: NodeBlock, clause: Clause) -> Linear:
        """What is limited, at one node."""
        raise NotImplementedError

    def denominator(self, node: NodeBlock, clause: Clause) -> Linear:
        """What the limit is multiplied by, at one node."""
        raise NotImplementedError

    def expressions(self, node: NodeBlock, clause: Clause) -> Mapping[ExpressionKey, Linear]:
        """Numerator and denominator."""
        return {
            Numerator(clause.label): self.numerator(node, clause),
            Denominator(clause.label): self.denominator(node, clause),
        }

"""Clause: one constraint of a policy, or one at each of several nodes; it yields its rows and says where a plan stands.

A clause holds a numerator against its limit times a denominator: a share against what it is a share of, days of stock
against use a day, a budget against 1. The same two expressions give the rows, the place on the scorecard and the price
of tightening (formulation, 7). What form its rows take, linear.py, tail.py and cone.py say.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from friendshore.models.node.link import ExpressionKey, LinkColumn, Linked, LinkKey
from friendshore.models.node.parameters import Parameters
from friendshore.models.node.sets import Sets
from friendshore.models.tables import Policy
from friendshore.models.tree.scenario_tree import Tree

ValueAt = Callable[[int, ExpressionKey], float]
"""The value of an expression at a node, for a solution."""

NOTHING = 1e-9
"""A denominator that is not above this is none."""
_TIGHT = 1e-6
_NOISE = 1e-8


@dataclass(frozen=True, slots=True)
class Numerator(ExpressionKey):
    """What the limit of a clause is held against."""

    clause: str


@dataclass(frozen=True, slots=True)
class Denominator(ExpressionKey):
    """What the limit of a clause is multiplied by."""

    clause: str


@dataclass(frozen=True, slots=True)
class PolicyRow(LinkKey):
    """A row of a clause: the constraint it belongs to, ``mark`` telling it from others of the same constraint."""

    clause: str
    place: str
    mark: str | int = ""


@dataclass(frozen=True, slots=True)
class Slack(LinkKey):
    """By how much a constraint of a policy with a penalty may be violated."""

    clause: str
    place: str


@dataclass(frozen=True)
class Standing:
    """Where a solution stands in one constraint of a clause.

    ``value`` is in the unit of the limit, None where the denominator is nothing; ``violation`` in that of the
    right-hand side, 0 for what the tolerance of a solver leaves; ``binding`` where the constraint holds with equality;
    ``slope`` is what a limit larger by one unit adds to the right-hand side, None where it has no such slope; ``limit``
    what the value is held against, None for that of the policy.
    """

    place: str
    value: float | None
    violation: float
    binding: bool
    slope: float | None
    limit: float | None = None


@dataclass(frozen=True, kw_only=True)
class Clause(ABC):
    """One constraint of a policy, or one at each of several nodes.

    ``label`` is unique (``policy/consumers/suppliers/commodity``); the others say whom and what it is about.
    ``limits`` and ``penalties`` give limit and penalty at every node of the tree where they change with the years; they
    are empty where they do not.
    """

    policy: Policy
    label: str
    commodity: str = ""
    consumers: tuple[str, ...] = ()
    suppliers: tuple[str, ...] = ()
    limits: tuple[float, ...] = ()
    penalties: tuple[float, ...] = ()

    def limit(self, node: int | None) -> float:
        """Its limit at a node; None stands for no single node."""
        return self.limits[node] if self.limits and node is not None else self.policy.limit

    @property
    def at_most(self) -> bool:
        """Whether the limit is the most that may be."""
        return not self.policy.declared.floor

    @abstractmethod
    def rows(self, sets: Sets, tree: Tree, parameters: Parameters) -> Linked:
        """Its rows, each with the linking columns it is the first to need.

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
            Pairs of new linking columns and the row that needs them first.
        """

    @abstractmethod
    def standings(self, value: ValueAt, sets: Sets, tree: Tree) -> Iterator[Standing]:
        """Where a solution stands in each of its constraints.

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
            One for each constraint.
        """

    def elsewhere(self, nodes: Mapping[str, int]) -> Clause | None:
        """The same clause at other nodes, by name, to tell where a plan stands there; None where that means nothing."""
        return None

    def demand_rows(self, sets: Sets) -> tuple[int, ...]:
        """Rows of demand of its consumers, commodity and tier, as positions in ``problem.demand``."""
        tier = self.policy.tier
        return tuple(
            i
            for country in self.consumers
            for i in sets.demand_rows.get((country, self.commodity), ())
            if tier in ("*", sets.problem.demand[i].tier)
        )

    def slack(self, place: str, weight: float = 1.0, node: int | None = None) -> tuple[LinkColumn, ...]:
        """The slack of one of its constraints; none where it must hold.

        Parameters
        ----------
        place
            Name of the constraint within its clause.
        weight
            That of what it is about, by which it is priced.
        node
            The node that it is about; None where that is not a single one.

        Returns
        -------
        tuple[LinkColumn, ...]
            One or none.
        """
        if self.policy.penalty is None:
            return ()
        penalty = self.penalties[node] if self.penalties and node is not None else self.policy.penalty
        return (LinkColumn(Slack(self.label, place), cost=penalty * weight),)

    def standing(self, place: str, numerator: float, denominator: float, node: int | None = None) -> Standing:
        """Where numerator and denominator stand against the limit.

        Parameters
        ----------
        place
            Name of the constraint within its clause.
        numerator
            What is limited, in its own unit.
        denominator
            What the limit is multiplied by, in its own unit.
        node
            The node that it is about; None where that is not a single one.

        Returns
        -------
        Standing
            Value, violation and whether it binds.
        """
        value = numerator / denominator if denominator > NOTHING else None
        over = numerator - self.limit(node) * denominator
        violation = beyond_noise(over if self.at_most else -over, numerator)
        binding = abs(over) <= _TIGHT * max(1.0, abs(numerator)) and denominator > NOTHING
        return Standing(place, value, violation, binding, denominator, self.limit(node) if self.limits else None)


def beyond_noise(over: float, size: float) -> float:
    """By how much a constraint is violated; 0 for what the tolerance of a solver leaves."""
    return over if over > _NOISE * max(1.0, abs(size)) else 0.0

"""Clause and Rule: one constraint of a policy, and what a kind of policy must say of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from friendshore.models.node.block import NodeBlock
from friendshore.models.node.parameters import Parameters
from friendshore.models.node.port_terms import Ports
from friendshore.models.node.sets import Sets
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy
from friendshore.models.tree.scenario_tree import Branch, Tree

Attacks = Mapping[str, tuple[tuple[str, ...], ...]]
"""Choices of members that survive_any policies test, by policy."""


@dataclass(frozen=True)
class Clause:
    """One constraint of a policy, or one at each of several nodes.

    ``label`` is unique (``policy/consumers/suppliers/commodity``); ``rows`` gives for each row of the matrix its name
    and the weights with which the nodes enter it: numerator·weights (≤ or ≥) limit·denominator·weights. ``tail`` is
    true where the row is instead CVaR_α over paths of numerator ÷ denominator; ``rows`` then holds one entry a path,
    keyed by the name of the scenario. ``cone`` is true where the row is the second-order cone of ``max_hhi``.
    ``denominator_rows`` stands where the denominator counts at other nodes.
    """

    policy: Policy
    label: str
    rows: Mapping[str, Mapping[int, float]]
    commodity: str = ""
    consumers: tuple[str, ...] = ()
    suppliers: tuple[str, ...] = ()
    at_most: bool = True
    tail: bool = False
    cone: bool = False
    denominator_rows: Mapping[str, Mapping[int, float]] | None = None

    def denominator_weights(self, row: str) -> Mapping[int, float]:
        """Weights of the nodes in the denominator of a row: those of the numerator unless said otherwise."""
        return (self.denominator_rows or self.rows)[row]


class Rule(Protocol):
    """What a kind of policy says of itself; one file in models/rules is one rule."""

    @property
    def kind(self) -> str:
        """The word in the column ``kind``."""

    def branches(self, problem: Problem, policy: Policy, attacks: Attacks) -> tuple[Branch, ...]:
        """Zero-probability branches that the policy generates."""

    def clauses(self, problem: Problem, tree: Tree, policy: Policy) -> tuple[Clause, ...]:
        """The constraints that a row of Policies stands for."""

    def enter_parameters(self, parameters: Parameters, sets: Sets, tree: Tree, clauses: tuple[Clause, ...]) -> None:
        """Enter parameters of its own that differ from node to node."""

    def formulate(self, node: NodeBlock, clauses: tuple[Clause, ...]) -> None:
        """Add variables and rows of its own to a node."""

    def port_terms(self, sets: Sets, tree: Tree, clauses: tuple[Clause, ...]) -> Ports:
        """What its own variables take from other nodes."""

    def expressions(self, node: NodeBlock, clause: Clause) -> Mapping[Any, Any]:
        """Expressions of a clause at one node: ``("numerator", label)`` and ``("denominator", label)``."""


class PlainRule:
    """A rule that needs nothing but a numerator and a denominator."""

    def branches(self, problem: Problem, policy: Policy, attacks: Attacks) -> tuple[Branch, ...]:
        """None."""
        return ()

    def enter_parameters(self, parameters: Parameters, sets: Sets, tree: Tree, clauses: tuple[Clause, ...]) -> None:
        """None."""

    def formulate(self, node: NodeBlock, clauses: tuple[Clause, ...]) -> None:
        """None."""

    def port_terms(self, sets: Sets, tree: Tree, clauses: tuple[Clause, ...]) -> Ports:
        """None."""
        return Ports((), ())

    def numerator(self, node: NodeBlock, clause: Clause) -> Any:
        """What is limited, at one node."""
        raise NotImplementedError

    def denominator(self, node: NodeBlock, clause: Clause) -> Any:
        """What the limit is multiplied by, at one node."""
        raise NotImplementedError

    def expressions(self, node: NodeBlock, clause: Clause) -> Mapping[Any, Any]:
        """Numerator and denominator."""
        return {
            ("numerator", clause.label): self.numerator(node, clause),
            ("denominator", clause.label): self.denominator(node, clause),
        }


def each_base_node(problem: Problem, tree: Tree, policy: Policy, label: str) -> dict[str, dict[int, float]]:
    """A row at each base node in the window of the policy."""
    window = problem.window(policy.from_period, policy.to_period)
    return {
        f"{label}/{problem.periods[tree.nodes[n].period].period}": {n: 1.0}
        for n in tree.own_nodes["base"]
        if tree.nodes[n].period in window
    }


def used_commodities(problem: Problem, policy: Policy, consumers: tuple[str, ...]) -> tuple[str, ...]:
    """Commodities the policy names that its consumers can use at all."""
    uses = {c for country, c in Sets(problem).uses if country in consumers}
    return tuple(c for c in problem.selection(policy.commodity) if c in uses)


def name_of(problem: Problem, members: tuple[str, ...]) -> str:
    """A short name of a group of countries: its only member, the coalition, or the members joined."""
    if len(members) == 1:
        return members[0]
    return "coalition" if members == problem.coalition else "+".join(members)


def deliveries(node: NodeBlock, suppliers: tuple[str, ...], consumers: tuple[str, ...], commodity: str) -> Any:
    """X(K, R, c, n): what R takes in from other countries of K, gross of loss, releases abroad included."""
    shipped, released = node.variables["shipped"], node.variables["released"]
    stockpiles = node.sets.problem.stockpiles
    from_plants = sum(
        shipped[way]
        for r in consumers
        for way in node.sets.shipments_in.get((r, commodity), ())
        if way[0] in suppliers and way[0] != r
    )
    from_stocks = sum(
        released[pair]
        for r in consumers
        for pair in node.sets.releases_in.get((r, commodity), ())
        if stockpiles[pair[0]].country in suppliers and stockpiles[pair[0]].country != r
    )
    return from_plants + from_stocks


def home_supply(node: NodeBlock, countries: tuple[str, ...], commodity: str) -> Any:
    """What these countries supply to themselves."""
    shipped = node.variables["shipped"]
    return sum(shipped[r, r, commodity] for r in countries if (r, r, commodity) in shipped)


def intake(node: NodeBlock, consumers: tuple[str, ...], commodity: str) -> Any:
    """T(R, c, n): all that R takes in, home included, and releases from abroad."""
    everyone = tuple(node.sets.problem.countries)
    return home_supply(node, consumers, commodity) + deliveries(node, everyone, consumers, commodity)


def rows_in_scope(sets: Sets, clause: Clause) -> tuple[int, ...]:
    """Rows of demand of the clause's consumers, commodity and tier."""
    tier = clause.policy.tier
    return tuple(
        i
        for country in clause.consumers
        for i in sets.demand_rows.get((country, clause.commodity), ())
        if tier in ("*", sets.problem.demand[i].tier)
    )


def shortage(node: NodeBlock, clause: Clause) -> Any:
    """Shortage of the rows in scope."""
    return sum(node.variables["shortage"][i] for i in rows_in_scope(node.sets, clause))


def demand(node: NodeBlock, clause: Clause) -> Any:
    """Demand of the rows in scope."""
    return sum(node.parameter("demand", i) for i in rows_in_scope(node.sets, clause))


def demanded(problem: Problem, policy: Policy, consumers: tuple[str, ...]) -> tuple[str, ...]:
    """Commodities of the policy that its consumers demand in its tier."""
    wanted = {row.commodity for row in problem.demand if row.country in consumers and policy.tier in ("*", row.tier)}
    return tuple(c for c in problem.selection(policy.commodity) if c in wanted)

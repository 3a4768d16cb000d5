"""What the coalition needs on a branch: columns of shortage by tier and node, and how a solution serves each tier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from friendshore.models.problem import Problem
from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.studies.stress.limits import Places

if TYPE_CHECKING:
    from friendshore.optimizer.studies.stress.branch import Family, Variant


@dataclass(frozen=True, eq=False)
class Needs:
    """Rows of the coalition's demand at every node of a branch, one after the other.

    ``column`` is that of the shortage, ``tier`` the position in ``tiers`` (that whose shortage hurts most first),
    ``demand`` over the node in the unit of the commodity, ``weight`` what a unit counts when commodities are added up:
    1 where all of a tier share a unit, else the damage a unit short does; ``damage`` that damage in money.
    """

    tiers: tuple[str, ...]
    nodes: int
    column: Places
    node: Places
    tier: Places
    demand: FloatArray
    weight: FloatArray
    damage: FloatArray

    def short(self, x: FloatArray) -> FloatArray:
        """Weighted shortage (tiers × nodes) of a solution."""
        return self._by_tier(np.minimum(x[self.column], self.demand) * self.weight)

    def needed(self, demand: FloatArray) -> FloatArray:
        """Weighted demand (tiers × nodes)."""
        return self._by_tier(demand * self.weight)

    def harm(self, x: FloatArray) -> float:
        """Damage of all shortage, not discounted."""
        return float(np.minimum(x[self.column], self.demand) @ self.damage)

    def _by_tier(self, values: FloatArray) -> FloatArray:
        place = self.tier * self.nodes + self.node
        sums = np.bincount(place, values, len(self.tiers) * self.nodes).astype(np.float64)
        return np.asarray(sums.reshape(len(self.tiers), self.nodes))


def tiers_of(problem: Problem) -> tuple[str, ...]:
    """Tiers of the coalition's demand, that with the highest mean damage a unit short first."""
    damage: dict[str, list[float]] = {}
    for row in problem.demand:
        if row.country in problem.coalition:
            damage.setdefault(row.tier, []).append(row.shortage_cost)
    return tuple(sorted(damage, key=lambda tier: (-float(np.mean(damage[tier])), tier)))


def needs_of(problem: Problem, family: Family, variant: Variant) -> Needs:
    """The needs on a branch.

    Parameters
    ----------
    problem
        A valid problem.
    family
        Branches with one matrix.
    variant
        One of its branches.

    Returns
    -------
    Needs
        Demand by tier, good and country.
    """
    tiers = tiers_of(problem)
    mine = [i for i, row in enumerate(problem.demand) if row.country in problem.coalition]
    rows = [problem.demand[i] for i in mine]
    weighs = weights(problem, mine)
    nodes = len(family.starts)
    places = [family.own_column["shortage", i] for i in mine]
    count = len(mine)
    return Needs(
        tiers,
        nodes,
        family.columns[:, places].ravel(),
        np.repeat(np.arange(nodes), count),
        np.tile(np.array([tiers.index(row.tier) for row in rows], dtype=np.int64), nodes),
        variant.demand[:, mine].ravel(),
        np.tile(np.array(weighs), nodes),
        np.tile(np.array([row.shortage_cost for row in rows], dtype=float), nodes),
    )


def weights(problem: Problem, mine: Sequence[int]) -> list[float]:
    """What a unit of each row of demand counts when the rows of its tier are added up."""
    units: dict[str, set[str]] = {}
    for i in mine:
        row = problem.demand[i]
        units.setdefault(row.tier, set()).add(problem.commodities[row.commodity].unit)
    return [
        1.0 if len(units[problem.demand[i].tier]) == 1 else max(problem.demand[i].shortage_cost, 1e-9) for i in mine
    ]

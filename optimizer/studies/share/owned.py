"""Whose projects and protections are: those of a group, of allies that are left out, or of nobody among the allies."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from friendshore.models.problem import Problem
from friendshore.models.tables import Expansion, Protection
from friendshore.optimizer.studies.share.scaled import Factors

PROJECT = ("size", "capex", "fixed_cost")
"""What of a unit of a project is divided among groups: each has a part of every unit."""


@dataclass(frozen=True)
class Owners:
    """A group of allies, and how much of what is not theirs it may use.

    ``inside``: its members; ``players``: all allies; ``shares``: the part of each in the demand of all; ``pro_rata``:
    whether a group may use what stands outside the allies in the part of its demand, and not whole.
    """

    inside: frozenset[str]
    players: frozenset[str]
    shares: Mapping[str, float]
    pro_rata: bool

    @property
    def out(self) -> frozenset[str]:
        """The allies that are left out."""
        return self.players - self.inside

    @property
    def outer(self) -> float:
        """The part of what stands outside the allies that the group may use."""
        return self.part(self.players) if self.pro_rata else 1.0

    def is_outside(self, country: str) -> bool:
        """Whether a country is none of the allies."""
        return country not in self.players

    def part(self, countries: Iterable[str]) -> float:
        """The part of the group in what is of some countries together, by demand of the allies among them.

        Parameters
        ----------
        countries
            Countries; where none is an ally it stands outside them.

        Returns
        -------
        float
            From 0 to 1; 1 without rounding where all allies among them are in the group.
        """
        named = self.players & set(countries)
        if not named:
            return self.outer
        if named <= self.inside:
            return 1.0
        whole = sum(self.shares[country] for country in sorted(named))
        return sum(self.shares[country] for country in sorted(named & self.inside)) / whole

    def owned(self, place: str, payer: str) -> float | None:
        """How much of what stands in ``place`` and is paid by ``payer`` the group has; None where that is nothing.

        What stands in a member is the member's, whoever pays for it in the plan of all; what stands outside the allies
        is the ally's that pays for it.
        """
        if place in self.out:
            return None
        if place in self.inside or payer in self.inside:
            return 1.0
        return None if payer in self.out else self.outer


def projects(problem: Problem, owners: Owners, factors: Factors) -> tuple[Expansion, ...]:
    """The projects that a group has, those left out on which others depend taken with them.

    Parameters
    ----------
    problem
        A valid problem.
    owners
        The group.
    factors
        Gets what is divided.

    Returns
    -------
    tuple[Expansion, ...]
        In the order of the sheet; a member pays for what stands in it where the payer is left out.
    """
    kept: dict[str, Expansion] = {}
    for row in problem.tables.expansions:
        part = owners.owned(problem.country_of(row), problem.payer_of(row))
        if part is not None:
            kept[row.expansion] = dataclasses.replace(row, payer="") if row.payer in owners.out else row
            factors["Expansions", row.expansion] = dict.fromkeys(PROJECT, part)
    while lacking := [name for name, row in kept.items() if row.needed and row.needed not in kept]:
        for name in lacking:
            del kept[name]
    return tuple(kept.values())


def protections(problem: Problem, owners: Owners, factors: Factors) -> tuple[Protection, ...]:
    """The protections that a group has: those that cover a plant which is left.

    Parameters
    ----------
    problem
        A valid problem.
    owners
        The group.
    factors
        Gets what is divided.

    Returns
    -------
    tuple[Protection, ...]
        In the order of the sheet.
    """
    kept = []
    for row in problem.tables.protections:
        covered = problem.plants_matching(row.country, row.commodity, row.plant)
        places = [problem.plants[name].country for name in covered]
        left = [place for place in places if place not in owners.out]
        part = owners.owned(left[0], row.payer or left[0]) if left else None
        if part is not None:
            kept.append(dataclasses.replace(row, payer="") if row.payer in owners.out else row)
            factors["Protections", row.protection] = {"cost": part}
    return tuple(kept)

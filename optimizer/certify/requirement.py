"""What a policy asks of a plan: one requirement for each of its constraints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from friendshore.models.tables import Policy
from friendshore.optimizer.certify.groups import Groups
from friendshore.optimizer.certify.numbers import Array


@dataclass(frozen=True)
class Requirement:
    """One constraint: where it holds, what it lacks in the unit of its right-hand side, its largest absolute term.

    ``lack`` is what a policy that must hold lacks, and the least slack of one with a penalty; ``most`` the slack that
    is needed where the constraint is met without any tolerance of its own kind. They differ for ``max_hhi`` alone.
    """

    place: str
    lack: float
    size: float
    most: float


def require(place: str, terms: Array) -> Requirement:
    """The requirement that the sum of signed terms is at most zero."""
    lack = max(0.0, float(terms.sum()))
    return Requirement(place, lack, float(np.abs(terms).max(initial=0.0)), lack)


def consumers(policy: Policy, groups: Groups, default: str = "@coalition") -> list[frozenset[str]]:
    """The groups of consumers a policy is about, each a constraint of its own.

    Parameters
    ----------
    policy
        A row of Policies.
    groups
        Groups and selections of the workbook.
    default
        Cell that stands for blank consumers.

    Returns
    -------
    list[frozenset[str]]
        Countries; several groups only after ``each``.
    """
    return groups.separate(policy.consumers or default)


def window(policy: Policy, labels: list[str]) -> range:
    """Positions of the periods, and so of the base nodes, in which a policy holds."""
    first = labels.index(policy.from_period) if policy.from_period else 0
    last = labels.index(policy.to_period) if policy.to_period else len(labels) - 1
    return range(first, last + 1)


def each_of(policy: Policy, groups: Groups, default: str = "@coalition") -> Iterator[tuple[frozenset[str], str, str]]:
    """Consumers and commodity of each constraint of a policy, with their name.

    Parameters
    ----------
    policy
        A row of Policies.
    groups
        Groups and selections of the workbook.
    default
        Cell that stands for blank consumers.

    Yields
    ------
    tuple[frozenset[str], str, str]
        Countries, commodity, and both in words.
    """
    for members in consumers(policy, groups, default):
        for commodity in sorted(groups.commodities(policy.commodity)):
            yield members, commodity, f"{commodity} for {', '.join(sorted(members))}"

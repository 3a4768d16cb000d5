"""What a policy asks of a plan: one requirement for each of its constraints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from friendshore.models.tables import Policy
from friendshore.optimizer.certify.case import Case, Segment
from friendshore.optimizer.certify.groups import Groups
from friendshore.optimizer.certify.normal import in_normal_times
from friendshore.optimizer.certify.numbers import Array
from friendshore.optimizer.certify.scenarios import BASE
from friendshore.optimizer.certify.tree import Branch


@dataclass(frozen=True)
class Requirement:
    """One constraint: where it holds, what it lacks in the unit of its right-hand side, its largest absolute term.

    ``lack`` is what a policy that must hold lacks, and the least slack of one with a penalty; ``most`` the slack that
    is needed where the constraint is met without any tolerance of its own kind. They differ for ``max_hhi`` alone.
    ``weight`` is what a penalty counts with: that of the node or path it is about; ``period`` is the position of the
    period in which that node lies, None where it is about several nodes. ``whole`` is what the limit is multiplied by
    and ``beyond`` how far the value, in the unit of the limit, is on the wrong side of it (below 0: within).
    """

    place: str
    lack: float
    size: float
    most: float
    weight: float = 1.0
    period: int | None = None
    whole: float = 0.0
    beyond: float = 0.0


def require(place: str, terms: Array, weight: float = 1.0, period: int | None = None, *, whole: float) -> Requirement:
    """The requirement that signed terms sum to at most zero; what it lacks is priced with ``weight``, 1 for 0.

    Parameters
    ----------
    place
        Where it holds, in words.
    terms
        Signed terms of the constraint.
    weight
        That of the node or path it is about.
    period
        Position of the period of the node it is about; None for several nodes.
    whole
        What the limit is multiplied by in the terms.

    Returns
    -------
    Requirement
        What it lacks, 0 where it holds.
    """
    total = float(terms.sum())
    lack, size = max(0.0, total), float(np.abs(terms).max(initial=0.0))
    beyond = total / whole if whole > 0 else 0.0
    return Requirement(place, lack, size, lack, weight or 1.0, period, whole, beyond)


def held_at(case: Case, policy: Policy, default: str) -> Iterator[tuple[Segment, list[int]]]:
    """Own nodes at which a policy holds, within its window, branch by branch (formulation, 7).

    Parameters
    ----------
    case
        The plan beside the network and the tree.
    policy
        Its ``scenario`` says where: base, normal, each or names of scenarios.
    default
        What a blank ``scenario`` stands for.

    Returns
    -------
    Iterator[tuple[Segment, list[int]]]
        Segments with positions of own nodes, rising; none without a node.
    """
    labels = [period.period for period in case.tables.periods]
    open_periods = window(policy, labels)
    where = policy.scenario or default
    for name, segment in case.segments.items():
        branch = segment.branch
        if where == "normal":
            holds = in_normal_times(branch, case.tables.settings.rejoin_years)
        else:
            holds = np.full(len(branch.start), named(branch, where))
        places = [n for n in range(len(branch.start)) if holds[n] and branch.period[n] in open_periods]
        if places and (name == BASE or branch.row):
            yield segment, places


def named(branch: Branch, where: str) -> bool:
    """Whether ``base``, ``each`` or a list of names of scenarios speaks of a branch."""
    if where == "each":
        return branch.name == BASE or bool(branch.row)
    words = [word.strip() for word in where.split(",")]
    return BASE in words if branch.name == BASE else branch.row in words


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
    """Positions of the periods in which a policy holds."""
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

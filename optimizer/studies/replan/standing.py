"""What stands at the start of a period: what was ordered, what is in force or closed, what is held, what has struck."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Struck:
    """A scenario that has begun, and the label of the period at whose start it did."""

    scenario: str
    period: str


@dataclass(frozen=True)
class Ordered:
    """Units of an expansion that were decided before ``as_of``, in the period ``period``.

    ``service``: years from ``as_of`` until they serve; below 0: so long they have served already.
    """

    expansion: str
    period: str
    units: float
    service: float


@dataclass(frozen=True, eq=False)
class Standing:
    """What stands at the start of the period at the position ``as_of``.

    ``path`` is the path of the plan's tree that has come true so far, ``ordered`` all units decided before,
    ``protections`` those in force, ``closed`` the plants closed for good, ``levels`` what each stockpile holds, in the
    unit of its commodity.
    """

    as_of: int
    path: str
    ordered: tuple[Ordered, ...]
    protections: frozenset[str]
    closed: frozenset[str]
    levels: Mapping[str, float]

    def units(self, expansion: str) -> float:
        """All units of an expansion that were decided before."""
        return sum(row.units for row in self.ordered if row.expansion == expansion)

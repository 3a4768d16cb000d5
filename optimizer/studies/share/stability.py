"""Whether a division of cost holds together: no group pays more than it would by itself, as far as that is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf, isfinite

from friendshore.models.plan.baselines import Interval
from friendshore.optimizer.studies.negligible import negligible
from friendshore.optimizer.studies.share.game import Coalition, least_excess

SAME = 1e-6
"""Share of the cost of all that two costs may lie apart and count as one, solved within tolerances."""


class Verdict(StrEnum):
    """What is proven of a division of cost."""

    STABLE = "stable"
    BLOCKED = "blocked"
    OPEN = "open within the gap"


@dataclass(frozen=True)
class Stability:
    """A verdict, with the groups that it rests on.

    ``groups`` are those that block the division, the one that gains most first; or those of which it is not known
    whether they do.
    """

    verdict: Verdict
    groups: tuple[Coalition, ...] = ()


def stability(shares: Sequence[float], costs: Mapping[Coalition, Interval], unknown: Iterable[Coalition]) -> Stability:
    """Whether any group would do better by itself.

    A group blocks where it has a plan that costs it less than its members pay; it does not where no plan can.

    Parameters
    ----------
    shares
        What each player pays.
    costs
        What is known of the cost of groups, that of all among them; inf for one without a plan.
    unknown
        Groups of which nothing is known.

    Returns
    -------
    Stability
        Costs that differ by rounding are the same.
    """
    slack = negligible(SAME, sum(shares))
    gains = {each: sum(shares[i] for i in each) - cost.high for each, cost in costs.items()}
    blocking = [each for each in costs if len(each) < len(shares) and gains[each] > slack]
    if blocking:
        return Stability(Verdict.BLOCKED, tuple(sorted(blocking, key=lambda each: -gains[each])))
    paid = {each: sum(shares[i] for i in each) for each in costs if len(each) < len(shares)}
    doubtful = [each for each, amount in paid.items() if amount > costs[each].low + slack]
    rest = (*doubtful, *unknown)
    return Stability(Verdict.OPEN, rest) if rest else Stability(Verdict.STABLE)


def stable_division(players: int, costs: Mapping[Coalition, Interval], known: bool) -> bool | None:
    """Whether there is any division of the cost of all that no group betters: whether the core is not empty.

    Parameters
    ----------
    players
        How many there are.
    costs
        What is known of the cost of groups, that of all among them.
    known
        Whether that is every group.

    Returns
    -------
    bool | None
        None where what is known leaves it open.
    """
    whole = frozenset(range(players))
    together = costs[whole]
    slack = negligible(SAME, together.high)
    can = {each: -cost.high for each, cost in costs.items() if isfinite(cost.high)} | {whole: -together.low}
    if isfinite(together.low) and least_excess(players, can) > slack:
        return False
    if not known or any(cost.low == -inf for cost in costs.values()):
        return None
    must = {each: -cost.low for each, cost in costs.items() if isfinite(cost.low)} | {whole: -together.high}
    return True if least_excess(players, must) <= slack else None

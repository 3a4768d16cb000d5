"""Why this and not that: the plan beside the cheapest one without what it uses, or with what it does not use.

Each side is known from what is proven to what was found, and so is the difference. Whatever can only add to what is
asked cannot make a plan cheaper, so that its price is not below 0; a rule that is left out cannot make one dearer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Literal

from friendshore.models.findings import Finding
from friendshore.models.plan.baselines import Interval
from friendshore.models.problem import Problem
from friendshore.optimizer.studies.explain.held import held_in
from friendshore.optimizer.studies.explain.searches import Found, Searches, with_unit, without_unit
from friendshore.optimizer.studies.explain.targets import Target

What = Literal["expansion", "kind"]

_USED = 1e-6
_ADDS = ("Expansions", "Protections", "Countries")
"""Sheets of whose rows neither a duty nor a cost goes where they are held out: a plan without them is one with them."""

_ASKS = ("Policies",)
"""Sheets of whose rows every plan that keeps them is a plan without them too, at no more."""


@dataclass(frozen=True)
class Difference:
    """What another plan does otherwise: a kind of cost (``kind``), or units of a project (``expansion``)."""

    what: What
    of: str
    before: float
    after: float


@dataclass(frozen=True)
class Why:
    """What something is worth to a plan.

    Parameters
    ----------
    target
        What was asked about.
    used
        Whether the plan uses it; a policy counts as used.
    cost
        Objective of the plan, from what is proven to what was found.
    other
        The same of the cheapest plan without it where it is used, and with it where it is not; None where there is no
        such plan, none was found in the time, or nothing can be held in.
    more
        What the other costs more; below 0 where it costs less.
    changes
        What the other plan does otherwise: projects first, then kinds of cost, the greatest first.
    forbidden
        Why there is no other plan: the rows that cannot hold together then, where they are known.
    possible
        Whether there may be another plan; false where it is proven that there is none.
    """

    target: Target
    used: bool
    cost: Interval
    other: Interval | None = None
    more: Interval | None = None
    changes: tuple[Difference, ...] = ()
    forbidden: tuple[Finding, ...] = ()
    possible: bool = True


def why(problem: Problem, plan: Found, target: Target, searches: Searches) -> Why:
    """What something is worth to a plan: held out of it where it is used, else held in.

    Parameters
    ----------
    problem
        A valid problem.
    plan
        How its search ended; with a plan whose cost is known.
    target
        What is asked about.
    searches
        Searches of the problem.

    Returns
    -------
    Why
        The answer, with intervals from the gaps of both searches.
    """
    if plan.cost is None:
        raise ValueError("there is no plan of which to ask why")
    used, cost = plan.used, plan.cost
    if not used and held_in(problem, target) is None:
        return Why(target, used, cost)
    unit = without_unit(target) if used else with_unit(target)
    (other,) = searches.of(f"{'without' if used else 'with'} {target.words}", [unit])
    if other.impossible:
        return Why(target, used, cost, forbidden=other.conflict, possible=False)
    if other.cost is None:
        return Why(target, used, cost)
    least = 0.0 if not used or target.sheet in _ADDS else -inf
    most = 0.0 if target.sheet in _ASKS else inf
    ends = (other.cost.low - cost.high, other.cost.high - cost.low)
    more = Interval(*(min(most, max(least, end)) for end in ends))
    changes = (*_differences("expansion", plan.units, other.units), *_differences("kind", plan.kinds, other.kinds))
    return Why(target, used, cost, other.cost, more, changes)


def _differences(what: What, before: Mapping[str, float], after: Mapping[str, float]) -> list[Difference]:
    made = [Difference(what, of, before.get(of, 0.0), after.get(of, 0.0)) for of in sorted({*before, *after})]
    size = max((abs(value) for value in (*before.values(), *after.values())), default=0.0)
    changed = [one for one in made if abs(one.after - one.before) > _USED * size]
    return sorted(changed, key=lambda one: -abs(one.after - one.before))

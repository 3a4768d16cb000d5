"""share: what each ally and each group costs alone, what all cost together, and what each should pay.

The cost of a group is that of the best plan for its own demand under the policies that bind its members; it is known
from what is proven to what its plan costs. What is told of a division claims no more than these intervals prove.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from math import inf, isfinite
from typing import Any

from friendshore.models.plan.baselines import Interval
from friendshore.models.problem import Problem
from friendshore.models.tree.discounting import years_in_money
from friendshore.optimizer.search.benders.pool import Memory, begun_from
from friendshore.optimizer.studies.negligible import negligible
from friendshore.optimizer.studies.share.apart import cheapest_parts
from friendshore.optimizer.studies.share.game import Coalition, coalitions, nucleolus, shapley, shapley_between
from friendshore.optimizer.studies.share.groups import Outside
from friendshore.optimizer.studies.share.settle import Settlement, settled
from friendshore.optimizer.studies.share.stability import SAME, Stability, stability, stable_division
from friendshore.optimizer.studies.share.task import Group

SEARCHES = 25


class Rule(StrEnum):
    """How what all cost together is divided."""

    NUCLEOLUS = "nucleolus"
    PER_CAPITA = "per-capita nucleolus"
    SHAPLEY = "Shapley value"


@dataclass(frozen=True)
class Asks:
    """How the groups are searched.

    ``searches``: how many groups at most; ``gap``, ``time_limit`` of each search, None as in Settings, ``threads``
    None: one; ``seed`` of the solver; ``memory``: what a search of the same workbook has learnt, from which that of all
    together begins, and others as far as they have the same rows.
    """

    searches: int = SEARCHES
    gap: float | None = None
    time_limit: float | None = None
    threads: int | None = None
    seed: int = 0
    memory: Memory | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if self.searches < 1:
            raise ValueError(f"{self.searches} searches: wanted 1 or more")
        if self.gap is not None and not 0 <= self.gap < inf:
            raise ValueError(f"a gap of {self.gap}: wanted a share from 0 upwards")
        if self.time_limit is not None and not 0 < self.time_limit < inf:
            raise ValueError(f"a time limit of {self.time_limit}: wanted a number of seconds above 0")

    @property
    def how(self) -> dict[str, Any]:
        """Options of each solve; one thread, so that the answer does not depend on how many run side by side."""
        how = {"gap": self.gap, "time_limit": self.time_limit, "threads": self.threads or 1, "seed": self.seed}
        return {**how, **begun_from(self.memory)}


@dataclass(frozen=True)
class Division:
    """What each ally should pay by one rule.

    ``shares``: by ally, of what the plan of all costs (the objective), worked out on the costs of the plans found;
    ``between``: within what each share lies whatever the true costs are, told for the Shapley value alone;
    ``stability`` of ``shares``, groups as in ``Share.players``.
    """

    rule: Rule
    shares: Mapping[str, float]
    stability: Stability
    between: Mapping[str, Interval] | None = None


@dataclass(frozen=True)
class Share:
    """The study.

    ``players`` are the allies, ``weights`` their parts of demand; ``groups`` what is known of each group worked out,
    all allies together first; ``stopped``: it was interrupted, what is known is told.
    """

    problem: Problem
    outside: Outside
    asks: Asks
    players: tuple[str, ...]
    weights: Mapping[str, float]
    groups: tuple[Group, ...]
    stopped: bool = False

    @property
    def currency(self) -> str:
        """The currency of Settings, in which all money of the study is."""
        return self.problem.settings.currency

    @cached_property
    def costs(self) -> Mapping[Coalition, Interval]:
        """What is known of the cost of each group worked out, by the places of its members among the players."""
        return {self.coalition(group.members): group.cost for group in self.groups}

    def coalition(self, members: tuple[str, ...]) -> Coalition:
        """The places of some allies among the players."""
        return frozenset(self.players.index(member) for member in members)

    def members(self, coalition: Coalition) -> tuple[str, ...]:
        """The allies of a group, in order of name."""
        return tuple(self.players[place] for place in sorted(coalition))

    @property
    def unknown(self) -> tuple[Coalition, ...]:
        """The groups that were not worked out."""
        return tuple(each for each in coalitions(len(self.players)) if each not in self.costs)

    def group(self, *members: str) -> Group | None:
        """What is known of a group; None where it was not worked out."""
        return next((each for each in self.groups if set(each.members) == set(members)), None)

    @property
    def together(self) -> Group | None:
        """All allies; None where they were not worked out."""
        return self.group(*self.players)

    @property
    def planned(self) -> Group | None:
        """All allies, where they have a plan; else there is nothing to divide."""
        whole = self.together
        return whole if whole is not None and isfinite(whole.cost.high) else None

    @property
    def saving(self) -> Interval | None:
        """What all cost together less than each alone; None where a plan of one of them is not known."""
        whole, alone = self.planned, [self.group(ally) for ally in self.players]
        if whole is None or any(each is None or not isfinite(each.cost.high) for each in alone):
            return None
        costs = [each.cost for each in alone if each is not None]
        low = sum(cost.low for cost in costs) - whole.cost.high
        return Interval(low, sum(cost.high for cost in costs) - whole.cost.low)

    @cached_property
    def apart(self) -> tuple[tuple[Coalition, ...], Interval] | None:
        """Groups that cost less by themselves than all together, and by how much at least and at most.

        None where that is not proven of any: of each the plan is known, and less than all cost together cannot be.
        """
        whole = self.planned
        if whole is None:
            return None
        parts, cost = cheapest_parts(len(self.players), self.costs)
        least = cost if not isfinite(cost) else sum(self.costs[each].low for each in parts)
        if not isfinite(cost) or whole.cost.low - cost <= negligible(SAME, whole.cost.high):
            return None
        return parts, Interval(whole.cost.low - cost, whole.cost.high - least)

    @cached_property
    def stable(self) -> bool | None:
        """Whether there is a division that no group betters; None where that is open."""
        if self.planned is None:
            return None
        return stable_division(len(self.players), self.costs, not self.unknown)

    @cached_property
    def divisions(self) -> tuple[Division, ...]:
        """What each should pay, by each rule that what is known allows."""
        if self.planned is None:
            return ()
        worth = {each: -cost.high for each, cost in self.costs.items() if isfinite(cost.high)}
        count = len(self.players)
        found = [
            self._division(rule, nucleolus(count, worth, per_capita=rule is Rule.PER_CAPITA))
            for rule in (Rule.NUCLEOLUS, Rule.PER_CAPITA)
        ]
        if len(worth) == 2**count - 1:
            ends = {each: cost.low for each, cost in self.costs.items()}
            between = shapley_between(count, ends, {each: cost.high for each, cost in self.costs.items()})
            found.append(self._division(Rule.SHAPLEY, shapley(count, worth), between))
        return tuple(each for each in found if each is not None)

    def _division(
        self, rule: Rule, worths: tuple[float, ...] | None, between: tuple[tuple[float, float], ...] | None = None
    ) -> Division | None:
        if worths is None:
            return None
        shares = tuple(-worth for worth in worths)
        ends = (
            None if between is None else {ally: Interval(*at) for ally, at in zip(self.players, between, strict=True)}
        )
        holds = stability(shares, self.costs, self.unknown)
        return Division(rule, dict(zip(self.players, shares, strict=True)), holds, ends)

    def settlement(self, division: Division) -> Settlement:
        """Who owes whom by a division, in money a year."""
        whole = self.planned
        if whole is None:
            raise ValueError("there is nothing to settle: all allies together have no plan")
        years = years_in_money(self.problem.settings.discount_rate, self.problem.horizon)
        return settled(division.shares, dict(whole.first_paid), years)

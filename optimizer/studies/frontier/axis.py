"""What a frontier is drawn over: the limit of a policy, the months that a stop is survived, or the weight of risk.

An axis counts in *ease*: the larger, the less is asked, so that the least cost never rises along it. For a limit that
is a most, ease is the limit itself; for a least, and for months to be survived, its negative.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from math import floor, isfinite, log10

from friendshore.models.plan import Plan, PolicyValue
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy, Profile

MONTHS_A_YEAR = 12.0
_FINE = 200
"""A range is looked at no finer than about so many parts of it."""


class Over(StrEnum):
    """What changes from point to point."""

    LIMIT = "limit"
    MONTHS = "months"
    RISK = "risk aversion"


@dataclass(frozen=True)
class Axis:
    """A range of settings, from ``first`` to ``last`` in their own unit, whichever of them is the tighter."""

    over: Over
    policy: str
    first: float
    last: float
    floor: bool

    @property
    def sign(self) -> float:
        """Ease is the setting times this."""
        return -1.0 if self.floor else 1.0

    @property
    def tight(self) -> float:
        """Ease of the end that asks most."""
        return min(self.sign * self.first, self.sign * self.last)

    @property
    def loose(self) -> float:
        """Ease of the end that asks least."""
        return max(self.sign * self.first, self.sign * self.last)

    @property
    def resolution(self) -> float:
        """Settings are told no finer apart: a month, else about a two-hundredth of the range, 1 in its first digit."""
        if self.over is Over.MONTHS:
            return 1.0
        span = self.loose - self.tight
        return 10.0 ** floor(log10(span / _FINE)) if span > 0 else 1.0

    def setting(self, ease: float) -> float:
        """The setting of an ease, in its own unit."""
        return round(self.sign * ease, 12) + 0.0

    def own(self, problem: Problem) -> float:
        """The ease of the setting that a problem has as it is."""
        if self.over is Over.RISK:
            return self.sign * problem.settings.risk_aversion
        row = _policy(problem, self.policy)
        return self.sign * (row.limit if self.over is Over.LIMIT else MONTHS_A_YEAR * (row.years or 0.0))

    def varied(self, problem: Problem, ease: float) -> Problem:
        """The problem with this setting; a policy that has a penalty must hold."""
        value = self.setting(ease)
        tables = problem.tables
        if self.over is Over.RISK:
            settings = dataclasses.replace(tables.settings, risk_aversion=value)
            return dataclasses.replace(problem, tables=dataclasses.replace(tables, settings=settings))

        def changed(row: Policy) -> Policy:
            if row.policy != self.policy:
                return row
            if self.over is Over.MONTHS:
                return dataclasses.replace(row, years=value / MONTHS_A_YEAR, penalty=None)
            return dataclasses.replace(row, limit=value, penalty=None)

        policies = tuple(changed(row) for row in tables.policies)
        profiles = tuple(row for row in tables.profiles if not _is_about(row, self.policy, "penalty"))
        return dataclasses.replace(problem, tables=dataclasses.replace(tables, policies=policies, profiles=profiles))

    def reached(self, plan: Plan, ease: float) -> float:
        """The ease of the tightest setting that a plan made at ``ease`` holds at as it stands, never above that.

        A policy that tests stops is known to hold at the limit that was asked alone, as stops that were slack there are
        not part of the plan; how long its stop is survived is worked out for all of them.
        """
        value = self._value(plan)
        if value is None or value.violation > 0:
            return ease
        if self.over is Over.MONTHS:
            return min(ease, self._survived(value))
        if value.declared.stops:
            return ease
        stands = self.tight if value.value is None else self.sign * value.value
        near = ease - stands <= 1e-3 * self.resolution
        return ease if near else max(self.tight, stands)

    def price(self, plan: Plan) -> float | None:
        """What its setting tighter by one costs a plan with its whole numbers held; None where that is not known."""
        value = self._value(plan)
        return None if value is None or self.over is not Over.LIMIT else value.shadow_price

    def _survived(self, value: PolicyValue) -> float:
        if value.survived_to_end:
            return self.tight
        if value.survived_years is None or not isfinite(value.survived_years):
            return self.loose
        return max(self.tight, -float(floor(MONTHS_A_YEAR * value.survived_years + 1e-6)))

    def _value(self, plan: Plan) -> PolicyValue | None:
        return next((value for value in plan.policies if value.policy == self.policy and self.policy), None)


def _is_about(row: Profile, policy: str, column: str) -> bool:
    """Whether a row of Profiles gives a column of a policy its values."""
    return (row.sheet, row.entry, row.constant) == (Policy.TABLE.sheet, policy, column)


def axis_of(
    problem: Problem,
    policy: str,
    limits: tuple[float, float] | None,
    months: tuple[float, float] | None,
    risk_aversion: tuple[float, float] | None,
) -> Axis:
    """What is varied, from the one range that is given.

    Parameters
    ----------
    problem
        A valid problem.
    policy
        The policy whose limit or months are varied; blank for the weight of risk.
    limits, months, risk_aversion
        Both ends, of one of the three.

    Returns
    -------
    Axis
        The range.

    Raises
    ------
    ValueError
        Where not exactly one is given, a policy lacks or is too many, or the ends mean nothing.
    """
    if sum(ends is not None for ends in (limits, months, risk_aversion)) != 1:
        raise ValueError("say what is varied: the limits or months of a policy, or risk aversion; one of them")
    if (risk_aversion is None) != bool(policy):
        raise ValueError("limits and months want a policy" if not policy else "risk aversion takes no policy")
    if risk_aversion is not None:
        return risk_axis(risk_aversion)
    return limit_axis(problem, policy, limits) if limits is not None else months_axis(problem, policy, months or (0, 0))


def limit_axis(problem: Problem, policy: str, limits: tuple[float, float]) -> Axis:
    """The limit of a policy.

    Parameters
    ----------
    problem
        A valid problem.
    policy
        Name of the policy.
    limits
        Both ends, in the unit of its kind.

    Returns
    -------
    Axis
        The range.

    Raises
    ------
    ValueError
        Where there is no such policy, its limit changes with the years, or the limits are none of its kind.
    """
    row = _policy(problem, policy)
    unit = row.declared.unit
    if any(_is_about(each, policy, "limit") for each in problem.tables.profiles):
        raise ValueError(f"the limit of {policy} changes with the years (Profiles): give it one limit first")
    most = f"from 0 to {unit.most:g}" if isfinite(unit.most) else "0 or more"
    return _axis(Over.LIMIT, policy, limits, row.declared.floor, (lambda x: 0 <= x <= unit.most, most))


def months_axis(problem: Problem, policy: str, months: tuple[float, float]) -> Axis:
    """How many months the stop of a policy is survived.

    Parameters
    ----------
    problem
        A valid problem.
    policy
        Name of the policy, one that tests stops.
    months
        Both ends, whole months.

    Returns
    -------
    Axis
        The range.

    Raises
    ------
    ValueError
        Where there is no such policy, it tests no stop, or the months are none.
    """
    row = _policy(problem, policy)
    if not row.declared.stops:
        raise ValueError(f"{policy} is of kind {row.kind}, which tests no stop; months are those of a survive rule")
    whole = (lambda x: x >= 1 and x == round(x), "whole months from 1 on")
    return _axis(Over.MONTHS, policy, months, True, whole)


def risk_axis(weights: tuple[float, float]) -> Axis:
    """The weight of CVaR against expected cost.

    Raises
    ------
    ValueError
        Where a weight is not from 0 to below 1.
    """
    return _axis(Over.RISK, "", weights, True, (lambda x: 0 <= x < 1, "from 0 to below 1"))


def _policy(problem: Problem, name: str) -> Policy:
    for row in problem.policies:
        if row.policy == name:
            return row
    known = ", ".join(row.policy for row in problem.policies) or "none"
    raise ValueError(f"there is no policy {name!r}; there are {known}")


def _axis(
    over: Over, policy: str, ends: tuple[float, float], floor: bool, wanted: tuple[Callable[[float], bool], str]
) -> Axis:
    means, words = wanted
    for end in ends:
        if not isfinite(end) or not means(end):
            raise ValueError(f"{over} {end:g}: wanted {words}")
    if ends[0] == ends[1]:
        raise ValueError(f"{over} from {ends[0]:g} to {ends[1]:g}: wanted two ends that differ")
    return Axis(over, policy, float(ends[0]), float(ends[1]), floor)

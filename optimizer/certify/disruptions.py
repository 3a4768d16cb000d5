"""Tested disruptions: the stress branches of ``survive`` and ``survive_any``, beside the scenarios of the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from friendshore.models.plan import Plan
from friendshore.models.tables import Event, Policy, Tables
from friendshore.optimizer.certify.groups import Groups, one_by_one, words

DEFAULT_STEP = 3


@dataclass(frozen=True)
class Disruption:
    """One stop that a policy tests: the name of its branch, its onset (position of a period), and its events."""

    name: str
    policy: str
    onset: int
    step_months: int
    events: tuple[Event, ...]


def planned(plan: Plan) -> frozenset[str]:
    """Names of the scenarios in a plan; whether its nodes can be read at all is checked elsewhere."""
    nodes = plan.nodes
    readable = isinstance(nodes, pd.DataFrame) and "scenario" in nodes.columns
    return frozenset(nodes["scenario"]) if readable else frozenset()


def disruptions_of(tables: Tables, groups: Groups, routes: frozenset[str], known: frozenset[str]) -> list[Disruption]:
    """Every disruption that a policy tests (formulation, survive and survive_any).

    Of the choices of ``survive_any`` a plan holds those that threaten it; that no other does is the finding of the
    adversary (constraint generation), not of the certificate.

    Parameters
    ----------
    tables
        The input sheets.
    groups
        Groups and selections of the same workbook.
    routes
        Tags of lanes.
    known
        Names of the scenarios that the plan holds.

    Returns
    -------
    list[Disruption]
        Disruptions in the order of the policies; of ``survive_any`` those choices that are known.
    """
    labels = [period.period for period in tables.periods]
    disruptions = []
    for policy in tables.policies:
        if policy.declared.stops:
            first = labels.index(policy.from_period) if policy.from_period else min(1, len(labels) - 1)
            last = labels.index(policy.to_period) if policy.to_period else len(labels) - 1
            for label, members in _tests(policy, tables, groups, routes):
                events = tuple(event for member in members for event in _stop(policy, member, groups))
                step = policy.step_months or DEFAULT_STEP
                for onset in range(first, last + 1):
                    name = f"{policy.policy}/{label}@{labels[onset]}"
                    if policy.kind == "survive" or name in known:
                        disruptions.append(Disruption(name, policy.policy, onset, step, events))
    return disruptions


def _tests(policy: Policy, tables: Tables, groups: Groups, routes: frozenset[str]) -> list[tuple[str, tuple[str, ...]]]:
    """What stops together in each test, with the label of the test.

    A pooled group, also one of a single member, is called ``all``.
    """
    each, cell = one_by_one(policy.suppliers)
    members = sorted({member for word in words(cell) for member in _members(word, tables, groups, routes)})
    if policy.kind == "survive_any":
        chosen = list(combinations(members, policy.k or 1))
        return [("+".join(_short(member) for member in choice), choice) for choice in chosen]
    if each:
        return [(_short(member), (member,)) for member in members]
    return [("all", tuple(members))]


def _members(word: str, tables: Tables, groups: Groups, routes: frozenset[str]) -> list[str]:
    """Members a word stands for: countries, ``plant:NAME`` or ``route:TAG``; ``route:*`` is every tag of a lane."""
    prefix, _, name = word.partition(":")
    if prefix == "plant":
        return [f"plant:{row.plant}" for row in tables.plants if name.strip() in ("*", row.plant)]
    if prefix == "route":
        return [f"route:{tag}" for tag in (routes if name.strip() == "*" else [name.strip()])]
    return list(groups.countries(word))


def _short(member: str) -> str:
    return member.removeprefix("plant:").removeprefix("route:")


def _stop(policy: Policy, member: str, groups: Groups) -> list[Event]:
    """The events of a full stop of one member, for the ``years`` of the policy."""
    if member.startswith("plant:"):
        return [_event(policy, "capacity", plant=_short(member))]
    if member.startswith("route:"):
        return [_event(policy, "route", route=_short(member))]
    events = [_event(policy, "export", country=member)]
    if member in groups.countries("@coalition"):
        events.append(_event(policy, "capacity", country=member))
    return events


def _event(policy: Policy, kind: str, *, country: str = "*", plant: str = "*", route: str = "") -> Event:
    """Nothing remains of the target for ``years``, from the onset on."""
    return Event(
        scenario=policy.policy,
        kind=kind,
        country=country,
        plant=plant,
        route=route,
        years=policy.years or 0.0,
        remaining=0.0,
    )

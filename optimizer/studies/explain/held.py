"""Something held out of a plan, or held in: the problem as it is asked, and what tightens its program.

Held out, an expansion has no units; a plant no capacity, nor what would expand it; a country delivers nothing abroad on
the base path and in the scenarios of the workbook; into a stockpile nothing is filled, and nothing need lie in it; a
protection, a policy and a lane are not there. Held in, an expansion is decided once at least on the base path, a
protection is bought, and a plant runs at ``TRICKLE`` of its capacity at least in normal times.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from friendshore.models.formulation.keys import Decided, Protected
from friendshore.models.node.link import LinkKey, LinkRow
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.solve import Hold
from friendshore.optimizer.studies.explain.edits import changed, like
from friendshore.optimizer.studies.explain.targets import Target

TRICKLE = 0.01
"""Share of its capacity at which a plant runs that is held in."""


@dataclass(frozen=True)
class Held:
    """A problem with something held out of it or in it; ``hold`` tightens its program where that takes a row."""

    problem: Problem
    hold: Hold | None = None


@dataclass(frozen=True, slots=True)
class HeldIn(LinkKey):
    """At least one of something is decided."""

    name: str


def held_out(problem: Problem, target: Target) -> Held:
    """The problem without something.

    Parameters
    ----------
    problem
        A valid problem.
    target
        A row of one of the sheets ``ASKED``.

    Returns
    -------
    Held
        What is to be solved.
    """
    return Held(_OUT[target.sheet](problem, target))


def held_in(problem: Problem, target: Target) -> Held | None:
    """The problem with something in it.

    Parameters
    ----------
    problem
        A valid problem.
    target
        A row of one of the sheets ``ASKED``.

    Returns
    -------
    Held or None
        What is to be solved; None where nothing can be held in.
    """
    if target.sheet == "Expansions":
        units = min(1.0, problem.expansions[target.id].max_units)
        return Held(problem, lambda assembled: _decided(assembled, target.id, units)) if units > 0 else None
    if target.sheet == "Protections":
        return Held(problem, lambda assembled: _bought(assembled, target.id))
    if target.sheet == "Plants" and problem.plants[target.id].capacity > 0:
        return Held(changed(problem, "Plants", target.row, {"min_use": TRICKLE}))
    return None


def offered(assembled: Assembled, target: Target) -> bool:
    """Whether a project may be decided at all on the base path."""
    if target.sheet == "Protections":
        return any(isinstance(key, Protected) and key.protection == target.id for key in assembled.link_column)
    return bool(_decisions(assembled, target.id))


def _decisions(assembled: Assembled, name: str) -> dict[LinkKey, float]:
    base = assembled.model_data.tree.is_base
    keys = [key for key in assembled.link_column if isinstance(key, Decided) and key.expansion == name]
    return {key: 1.0 for key in keys if base[key.node]}


def _decided(assembled: Assembled, name: str, units: float) -> Assembled:
    return assembled.with_rows((LinkRow(HeldIn(name), units, inf, _decisions(assembled, name)),))


def _bought(assembled: Assembled, name: str) -> Assembled:
    keys: list[LinkKey] = [
        key for key in assembled.link_column if isinstance(key, Protected) and key.protection == name
    ]
    return assembled.with_rows((LinkRow(HeldIn(name), 1.0, inf, dict.fromkeys(keys, 1.0)),))


# -- held out ---------------------------------------------------------------------------------------------------------


def _no_units(problem: Problem, target: Target) -> Problem:
    return changed(problem, "Expansions", target.row, {"max_units": 0.0, "committed": 0.0})


def _no_plant(problem: Problem, target: Target) -> Problem:
    for row in problem.tables.expansions:
        if row.plant == target.id:
            problem = changed(problem, "Expansions", row.row, {"max_units": 0.0, "committed": 0.0})
    return changed(problem, "Plants", target.row, {"capacity": 0.0, "min_use": 0.0})


def _no_stock(problem: Problem, target: Target) -> Problem:
    cells = {"max_fill": 0.0, "min_level": 0.0, "final_min": 0.0}
    return changed(problem, "Stockpiles", target.row, cells)


def _no_protection(problem: Problem, target: Target) -> Problem:
    tables = problem.tables
    kept = tuple(row for row in tables.protections if row.row != target.row)
    profiles = tuple(row for row in tables.profiles if (row.sheet, row.entry) != (target.sheet, target.id))
    return like(problem, dataclasses.replace(tables, protections=kept, profiles=profiles))


def _no_policy(problem: Problem, target: Target) -> Problem:
    tables = problem.tables
    kept = tuple(row for row in tables.policies if row.row != target.row)
    profiles = tuple(row for row in tables.profiles if (row.sheet, row.entry) != (target.sheet, target.id))
    return like(problem, dataclasses.replace(tables, policies=kept, profiles=profiles))


def _no_lane(problem: Problem, target: Target) -> Problem:
    return changed(problem, "Lanes", target.row, {"capacity": 0.0, "least": 0.0})


def _no_deliveries(problem: Problem, target: Target) -> Problem:
    name = "held out"
    while any(row.policy == name for row in problem.policies):
        name += " again"
    none = Policy(policy=name, kind="max_share", limit=0.0, consumers="*", suppliers=target.id, scenario="each")
    policies = (*problem.tables.policies, none)
    return like(problem, dataclasses.replace(problem.tables, policies=policies))


_OUT: dict[str, Callable[[Problem, Target], Problem]] = {
    "Expansions": _no_units,
    "Plants": _no_plant,
    "Stockpiles": _no_stock,
    "Protections": _no_protection,
    "Countries": _no_deliveries,
    "Policies": _no_policy,
    "Lanes": _no_lane,
}

"""Scenarios struck at any onset: those of the workbook moved in time, and draws around them.

All shocks at one onset are stated together and compiled once. Those with the same steps share a matrix: one model each,
its bounds, and its costs where prices move, changed from one to the next.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np

from friendshore.models.problem import Problem
from friendshore.models.tables import Event
from friendshore.models.tree.branch import BASE
from friendshore.models.tree.dangers import chances
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.engines.task import Task, as_it_is
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.saved.decisions import PlanDecisions
from friendshore.optimizer.solver import Answer, SolverFault
from friendshore.optimizer.solver.persistent import PersistentLp
from friendshore.optimizer.studies.negligible import negligible
from friendshore.optimizer.studies.stress.branch import (
    Disruption,
    Family,
    Places,
    Variant,
    assemble_disruptions,
    bare,
    held_columns,
    neutral,
    program_of,
)
from friendshore.optimizer.studies.stress.breaker import NONE_SHORT
from friendshore.optimizer.studies.stress.limits import stopped_share
from friendshore.optimizer.studies.stress.needs import needs_of
from friendshore.optimizer.system.progress import OnProgress

AT_ONCE = 20
"""Shocks stated together: a unit of work."""


@dataclass(frozen=True)
class Shock:
    """A scenario as one disruption, known from its onset: its events count from there.

    ``probability`` is that of the scenario in the workbook; ``years`` until its last event is over, recovery included.
    """

    name: str
    events: tuple[Event, ...]
    step_months: int | None
    probability: float
    onset: int

    @property
    def years(self) -> float:
        """Years from the onset until everything is as before."""
        return max((event.start_years + event.years + event.recovery_years for event in self.events), default=0.0)


@dataclass(frozen=True)
class Weathered:
    """How one plan comes through a shock.

    ``extra_cost`` discounted, against the same branch without events; ``damage`` of shortage not discounted; ``share``
    of each tier's demand not met while the shock lasts; ``survives`` years from the onset to the first shortage in the
    coalition on the cheapest course, inf where there is none.
    """

    shock: Shock
    plan: int
    extra_cost: float
    damage: float
    share: tuple[float, ...]
    survives: float


def shocks_of(problem: Problem) -> tuple[Shock, ...]:
    """The branches of the workbook; one that leaves another begins with that one's onset and events."""
    branches = {branch.name: branch for branch in chances(problem).branches}
    starts = problem.period_starts
    made = []
    for branch in branches.values():
        line = [branch]
        while line[-1].parent != BASE:
            line.append(branches[line[-1].parent])
        first = line[-1].onset
        events = tuple(
            dataclasses.replace(event, start_years=event.start_years + starts[ancestor.onset] - starts[first])
            for ancestor in line
            for event in ancestor.events
        )
        made.append(Shock(branch.name, events, branch.step_months, branch.probability, first))
    return tuple(made)


def shocks_by_name(problem: Problem) -> tuple[Shock, ...]:
    """One shock for each row of Scenarios, whenever it begins: a danger's branches differ in their onset alone."""
    of_branch = {shock.name: shock for shock in shocks_of(problem)}
    known = chances(problem).of_row.items()
    return tuple(dataclasses.replace(of_branch[names[0]], name=row) for row, names in known if names)


def weather(
    problem: Problem,
    plans: Sequence[PlanDecisions],
    shocks: Sequence[Shock],
    runner: Runner | None = None,
    on_progress: OnProgress | None = None,
) -> list[Weathered]:
    """How each plan comes through each shock at its onset: plan by plan, in the order of the shocks.

    ``on_progress`` is called with the number of units of work done, and of how many.

    Parameters
    ----------
    problem
        A valid problem.
    plans
        Decisions of each plan.
    shocks
        Events and the period in which they begin.
    runner
        Where units of work are done; None: here.
    on_progress
        Told how far it is.

    Returns
    -------
    list[Weathered]
        One for each plan and shock.
    """
    units = [
        struck[first : first + AT_ONCE]
        for onset in sorted({shock.onset for shock in shocks})
        for struck in [[i for i, shock in enumerate(shocks) if shock.onset == onset]]
        for first in range(0, len(struck), AT_ONCE)
    ]
    shared = bare(problem), tuple(plans), tuple(shocks)
    parts = (runner or Runner()).run(SHOCKS, shared, units, on_progress)
    rows = sorted((row for part in parts for row in part), key=lambda row: (row[1], row[0]))
    return [
        Weathered(shocks[shock], plan, extra_cost, damage, tuple(share), survives)
        for shock, plan, extra_cost, damage, share, survives in rows
    ]


Shared = tuple[Problem, tuple[PlanDecisions, ...], tuple[Shock, ...]]


def _work(shared: Shared, chosen: Sequence[int]) -> list[list[Any]]:
    """Shocks at one onset, stated as one tree with a calm twin for every way of cutting the periods."""
    problem, plans, shocks = shared
    onset = shocks[chosen[0]].onset
    made: dict[str, Disruption] = {}
    for place in chosen:
        shock = shocks[place]
        spans = tuple(sorted((e.start_years, e.years + e.recovery_years) for e in shock.events))
        calm = tuple(neutral(years, start) for start, years in spans)
        made[f"{place}"] = Disruption(f"{place}", shock.events, shock.step_months)
        made[f"calm {spans} {shock.step_months}"] = Disruption(
            f"calm {spans} {shock.step_months}", calm, shock.step_months
        )
    assembled = assemble_disruptions(problem, onset, list(made.values()))
    held = [held_columns(assembled, plan, onset) for plan in plans]
    rows: list[list[Any]] = []
    for names in _alike(assembled, list(made)):
        shocked = {name: shocks[int(name)] for name in names if not name.startswith("calm")}
        calm_name = next(name for name in names if name.startswith("calm"))
        rows.extend(_family(problem, Family(assembled, [calm_name, *shocked]), shocked, held))
    return rows


SHOCKS = Task("stress shocks", 1, as_it_is, _work)


def _alike(assembled: Assembled, names: Sequence[str]) -> list[list[str]]:
    """Branches by the steps they are cut into."""
    tree = assembled.model_data.tree
    groups: dict[tuple[float, ...], list[str]] = {}
    for name in names:
        groups.setdefault(tuple(tree.length[list(tree.own_nodes[name])].round(9)), []).append(name)
    return list(groups.values())


def _family(
    problem: Problem, family: Family, shocked: dict[str, Shock], held: Sequence[FloatArray]
) -> Iterator[list[Any]]:
    """Of each shock and plan: both positions, extra cost, damage, shares, years to the first shortage."""
    calm = family.names[0]
    lp = PersistentLp(program_of(family, family.variant(calm, held[0])))
    for plan, values in enumerate(held):
        before = _cheapest(lp, family.variant(calm, values)).cost
        for name, shock in shocked.items():
            variant = family.variant(name, values)
            answer = _cheapest(lp, variant)
            extra = answer.cost - before
            small = negligible(1e-9, before)
            come = _come_through(problem, family, variant, shock, answer.plan)
            yield [int(name), plan, 0.0 if abs(extra) < small else extra, *come]


def _cheapest(lp: PersistentLp, variant: Variant) -> Answer:
    """The cheapest course on a branch, from the basis of the last one."""
    lp.set_column_bounds(
        _all(variant.cost), variant.column_lower, np.maximum(variant.column_upper, variant.column_lower)
    )
    lp.set_row_bounds(_all(variant.row_lower), variant.row_lower, variant.row_upper)
    if not np.array_equal(lp.program.cost, variant.cost):
        lp.set_cost(_all(variant.cost), variant.cost)
    answer = lp.solve()
    if answer.columns is None:
        raise SolverFault(f"a scenario could not be solved although everything may go short: {answer.status}")
    return dataclasses.replace(answer, objective=float(variant.cost @ answer.columns) + variant.offset)


def _all(values: FloatArray) -> Places:
    return np.arange(len(values), dtype=np.int64)


def _come_through(
    problem: Problem, family: Family, variant: Variant, shock: Shock, x: FloatArray
) -> tuple[float, list[float], float]:
    needs = needs_of(problem, family, variant)
    short, needed = needs.short(x), needs.needed(needs.demand)
    meets = stopped_share(family.starts, family.lengths, shock.years) > 0
    wanted = needed[:, meets].sum(axis=1)
    share = np.divide(short[:, meets].sum(axis=1), wanted, out=np.zeros(len(wanted)), where=wanted > 0)
    share[share < NONE_SHORT] = 0.0
    first = np.flatnonzero((short > NONE_SHORT * np.maximum(needed, 1e-9)).any(axis=0))
    survives = float(family.starts[first[0]]) if first.size else inf
    return needs.harm(x), share.tolist(), survives

"""Breaks of a plan the long way: each a scenario of probability 0 in the whole model, settled at its own least cost."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.node.costs import cost_kinds
from friendshore.models.node.sets import Sets
from friendshore.models.plan import Plan, Run
from friendshore.models.problem import Problem
from friendshore.models.tables import Event, Scenario
from friendshore.optimizer.answer.extract import extract_plan
from friendshore.optimizer.program.assemble import assemble
from friendshore.optimizer.search.stress_recourse import solve_stress_recourse
from friendshore.optimizer.solver import polish, solve_program

UNDISTURBED = "undisturbed"


def with_breaks(problem: Problem, onset: int, breaks: Mapping[str, Sequence[Event]], years: float) -> Problem:
    """The problem with each break as a scenario, all cut into steps of three months for so many years."""
    label = problem.periods[onset].period
    neutral = Event(scenario="", kind="cost", years=years, remaining=1.0)
    named = {UNDISTURBED: (), **breaks}
    tables = dataclasses.replace(
        problem.tables,
        scenarios=tuple(Scenario(scenario=name, probability=0.0, onset=label, step_months=3) for name in named),
        events=tuple(
            dataclasses.replace(event, scenario=name) for name, events in named.items() for event in (*events, neutral)
        ),
    )
    return Problem(tables.canonical(), problem.name)


def solved(problem: Problem) -> Plan | None:
    """The plan of a problem without cones, if it has one: solved, polished, its stress paths settled."""
    assembled = assemble(build_model_data(problem))
    found = solve_program(assembled.program, gap=0.0, threads=1)
    answer = polish(assembled.program, found, threads=1)
    if answer.columns is None:
        return None
    return extract_plan(assembled, solve_stress_recourse(assembled, answer.columns), (), Run())


def cost_from(plan: Plan, onset: int, scenario: str) -> float:
    """Discounted cost of a path from its onset on."""
    before = [period.period for period in plan.problem.periods[:onset]]
    kinds = cost_kinds(Sets(plan.problem))
    rows = plan.costs[
        (plan.costs["scenario"] == "base") & plan.costs["period"].isin(before) & plan.costs["kind"].isin(kinds)
    ]
    path = plan.paths.set_index("scenario")["cost"]
    return float(path[scenario]) - float(rows["discounted"].sum())

"""Scenarios that shape the plan less, or more strangely, than they seem to."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.protocol import reads
from friendshore.models.checks.scenario_parents import readable
from friendshore.models.checks.timing import ancestry
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem
from friendshore.models.tables import Scenario
from friendshore.models.tree.dangers import chances
from friendshore.models.tree.onsets import is_danger

RARE = 1e-3


@reads("Scenarios", "Policies.kind", "Policies.scenario")
def unbound_stress_tests(problem: Problem) -> Iterator[Finding]:
    """FS501: a scenario of probability 0 that no policy binds."""
    for row in problem.tables.scenarios:
        if 0 in (row.probability, row.per_year) and not list(_binds(problem, row)):
            message = "found 0, and no max_shortage policy names the scenario or says 'each': it binds nothing"
            yield make_finding("FS501", "Scenarios", message, row.row, "per_year" if is_danger(row) else "probability")


@reads("Scenarios", "Policies.kind", "Policies.scenario", "Policies.penalty", "Settings.branch_investment")
def rare_investors(problem: Problem) -> Iterator[Finding]:
    """FS502: a rare scenario that may invest and carries a hard policy."""
    if problem.settings.branch_investment == "plan":
        return
    problem = readable(problem)
    for row in problem.tables.scenarios:
        chance = sum(branch.probability for branch in chances(problem).branches if branch.scenario == row.scenario)
        if 0 < chance < RARE and any(hard for hard in _binds(problem, row)):
            message = (
                f"found {chance:g}; the scenario may invest and carries a policy without penalty, so that "
                "what is built on it is almost free"
            )
            yield make_finding("FS502", "Scenarios", message, row.row, "per_year" if is_danger(row) else "probability")


def _binds(problem: Problem, scenario: Scenario) -> Iterator[bool]:
    """For each policy that binds a scenario, whether it must hold."""
    for policy in problem.policies:
        if policy.where == "each" or scenario.scenario in policy.places:
            yield policy.penalty is None


@reads("Scenarios.scenario", "Scenarios.parent", "Events.scenario", "Events")
def eventless_scenarios(problem: Problem) -> Iterator[Finding]:
    """FS511: a scenario on which nothing happens."""
    struck = {event.scenario for event in problem.tables.events}
    for row in problem.tables.scenarios:
        if struck.isdisjoint(ancestor.scenario for ancestor in ancestry(problem, row)):
            yield make_finding(
                "FS511", "Scenarios", "found no event of the scenario or its parents", row.row, "scenario"
            )

"""clean_origin policies that lose sight of an origin on the way."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.protocol import reads
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy


@reads("Policies", "Countries", "Commodities", "Recipes", "Plants", "Settings.coalition")
def untracked_inputs(problem: Problem) -> Iterator[Finding]:
    """FS518: an input that the suppliers make and that is not tracked washes the taint off what is made from it."""
    for row in problem.policies:
        if row.kind == "clean_origin":
            for good, into in _washed(problem, row).items():
                message = (
                    f"found that {good!r}, which goes into {', '.join(map(repr, sorted(into)))}, is not tracked though "
                    f"{row.suppliers} can make it: what is made from it counts as clean"
                )
                yield make_finding("FS518", "Policies", message, row.row, "commodity")


def _washed(problem: Problem, row: Policy) -> dict[str, set[str]]:
    """Inputs of recipes for tracked goods that are not tracked themselves, and that plants of the suppliers make."""
    tracked, suppliers = set(problem.selection(row.commodity)), set(problem.group(row.suppliers))
    theirs = {
        good for name, plant in problem.plants.items() if plant.country in suppliers for good in problem.outputs[name]
    }
    washed: dict[str, set[str]] = {}
    for name, plant in problem.plants.items():
        made = tracked & problem.outputs[name].keys()
        if made and plant.country not in suppliers:
            for good in (problem.inputs[name].keys() - tracked) & theirs:
                washed.setdefault(good, set()).update(made)
    return dict(sorted(washed.items()))

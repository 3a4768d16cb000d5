"""What a plant runs, and when."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.protocol import reads
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem


@reads("Plants.plant", "Plants.may_close", "Expansions.plant")
def closings(problem: Problem) -> Iterator[Finding]:
    """FS346: a plant that may close and has expansions: what would become of them is not said."""
    grown: dict[str, list[str]] = {}
    for expansion in problem.tables.expansions:
        grown.setdefault(expansion.plant, []).append(expansion.expansion)
    for row in problem.tables.plants:
        if row.may_close and row.plant in grown:
            names = ", ".join(map(repr, sorted(grown[row.plant])))
            message = f"found yes, but {row.plant!r} has expansions ({names}); wanted a plant of its own for these"
            yield make_finding("FS346", "Plants", message, row.row, "may_close")


@reads("Plants.recipe", "Plants.commodity")
def plant_kinds(problem: Problem) -> Iterator[Finding]:
    """FS306: not exactly one of recipe and commodity."""
    for row in problem.tables.plants:
        if bool(row.recipe) == bool(row.commodity):
            what = (
                f"recipe {row.recipe!r} and commodity {row.commodity!r}"
                if row.recipe
                else "neither recipe nor commodity"
            )
            yield make_finding("FS306", "Plants", f"found {what}; wanted exactly one of the two", row.row, "recipe")

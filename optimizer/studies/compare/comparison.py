"""compare(): several plans against the first of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from friendshore.optimizer.saved.saved_plan import SavedPlan
from friendshore.optimizer.studies.compare import costs, decisions, resilience
from friendshore.optimizer.studies.compare.inputs import InputChange, input_changes
from friendshore.optimizer.studies.compare.scope import Scope, scope_of
from friendshore.optimizer.studies.compare.sections import Section

TABLES = (
    "Key_figures",
    "About",
    "Scorecard",
    "Investments",
    "Protections_bought",
    "Plants_closed",
    "Stockpiles",
    "Sourcing",
    "Shortage_sums",
    "Scenarios",
    "Costs",
)
"""The tables of a plan that a comparison looks at."""


@dataclass(frozen=True, eq=False)
class Pair:
    """One plan against the first: ``place`` is its number among the plans, ``inputs`` what was asked otherwise."""

    place: int
    inputs: tuple[InputChange, ...]


@dataclass(frozen=True, eq=False)
class Comparison:
    """Plans side by side; ``names`` are what they are called here, each different from the others."""

    plans: tuple[SavedPlan, ...]
    names: tuple[str, ...]
    scope: Scope
    pairs: tuple[Pair, ...]
    investments: Section
    protections: Section
    closings: Section
    stocks: Section
    sourcing: Section
    figures: Section
    gaps: Section
    kinds: Section
    payers: Section
    scorecard: dict[str, Section]
    shortages: Section
    paths: Section
    survival: Section


def compare(plans: Sequence[SavedPlan]) -> Comparison:
    """Everything that changed from the first plan to each of the others.

    What cannot be compared (other currencies, periods, commodities) is left out and told in ``scope.refused``.

    Raises
    ------
    ValueError
        For fewer than two plans.
    """
    if len(plans) < 2:
        raise ValueError("two plans at least can be compared")
    scope = scope_of(plans)
    return Comparison(
        plans=tuple(plans),
        names=_names(plans),
        scope=scope,
        pairs=tuple(
            Pair(place, input_changes(plans[0].problem, plan.problem)) for place, plan in enumerate(plans[1:], 1)
        ),
        investments=decisions.investments(plans, scope),
        protections=decisions.protections(plans),
        closings=decisions.closings(plans),
        stocks=decisions.stocks(plans, scope),
        sourcing=decisions.sourcing(plans, scope),
        figures=costs.figures(plans, scope),
        gaps=costs.gaps(plans),
        kinds=costs.by(plans, scope, "kind", "Kind of cost"),
        payers=costs.by(plans, scope, "payer", "Payer"),
        scorecard=resilience.scorecard(plans),
        shortages=resilience.shortages(plans, scope),
        paths=resilience.paths(plans, scope),
        survival=resilience.survival(plans),
    )


def _names(plans: Sequence[SavedPlan]) -> tuple[str, ...]:
    """Names of the files, their folders before them or numbers behind them where that is not enough."""
    names = [plan.name for plan in plans]
    if len(set(names)) < len(names):
        names = [str(plan.path.parent / plan.name) for plan in plans]
    if len(set(names)) < len(names):
        names = [f"{name} ({number})" for number, name in enumerate(names, 1)]
    return tuple(names)

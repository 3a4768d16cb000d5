"""Plan and Outcome: the answer, with reason, limit, bound and plan kept apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from friendshore.models.findings import Finding
from friendshore.models.glance import html_table, number
from friendshore.models.plan.baselines import Baselines
from friendshore.models.plan.run import Run, Status
from friendshore.models.plan.scorecard import Certificate, PolicyValue
from friendshore.models.plan.settled import Settled
from friendshore.models.plan.tables import OF_WORDS, PLAN_TABLES
from friendshore.models.problem import Problem

_FIGURE = ("Figure", "Value")


@dataclass(frozen=True, eq=False, repr=False)
class Plan:
    """A plan as tidy tables. Rows that are zero are left out; a missing row is zero.

    Every table is keyed by the node: ``scenario`` (``base`` or a scenario; shared nodes belong to the parent),
    ``period`` (label) and ``step`` (1, 2, … within the period).

    nodes         scenario, period, step, start (years from 0), years, weight, parent_scenario
    sourcing      scenario, period, step, origin, destination, commodity, way, quantity (x, gross of loss)
    production    scenario, period, step, plant, activity (a); recipe where a plant has several, blank for the others
    shortages     scenario, period, step, country, commodity, tier, row (index in ``problem.demand``), demand,
                  shortage (u); a row for every demand above 0
    stocks        scenario, period, step, stockpile, level (v, end of the node), filled (f); a row for every node
    releases      scenario, period, step, stockpile, destination, way, quantity (g)
    investments   scenario, period, step, expansion, units (b, decided at the start of that node)
    protections   protection, bought (0 or 1); and period, the one in which it is bought, where any has a from_period
    costs         scenario, period, step, kind, cost (undiscounted), discounted (× Δ of the node; not × probability)
    paths         scenario, probability, cost (discounted cost of the whole path), shortage, demand (own nodes)
    clean         split, scenario, period, step, part, origin, destination, commodity, way, plant, stockpile, row,
                  quantity, recipe where a plant has several:
                  the clean part of what clean_origin policies track. ``split`` names suppliers and tracked
                  commodities (``CHN+MMR | magnet+oxide``), ``part`` is shipped, activity, level, filled, released or
                  used, and of the other columns those are filled that name the whole of which it is a part (row:
                  index in ``problem.demand``, -1 where it is not used)
    surplus       scenario, period, step, country, commodity, quantity (w⁺, made and not wanted, which leaves where it
                  is made); only of commodities with a ``surplus_value``
    closings      scenario, period, step, plant (closed for good at the start of that base node)
    """

    problem: Problem
    objective: float
    expected_cost: float
    cvar: float
    penalties: float
    costs_by_kind: Mapping[str, float]
    nodes: pd.DataFrame
    sourcing: pd.DataFrame
    production: pd.DataFrame
    shortages: pd.DataFrame
    stocks: pd.DataFrame
    releases: pd.DataFrame
    investments: pd.DataFrame
    protections: pd.DataFrame
    costs: pd.DataFrame
    paths: pd.DataFrame
    clean: pd.DataFrame = field(default_factory=pd.DataFrame)
    surplus: pd.DataFrame = field(default_factory=pd.DataFrame)
    closings: pd.DataFrame = field(default_factory=pd.DataFrame)
    policies: tuple[PolicyValue, ...] = ()
    certificate: Certificate | None = None
    run: Run = field(default_factory=Run)
    baselines: Baselines | None = None
    settled: tuple[Settled, ...] = ()

    def __repr__(self) -> str:
        figures = ", ".join(f"{words} {number(value)}" for words, value in self._figures())
        rows = {name: len(vars(self)[name]) for name in PLAN_TABLES}
        tables = ", ".join(f"{name} {count}" for name, count in rows.items() if count or name not in OF_WORDS)
        return f"Plan for {self.problem.name!r}, in {self.problem.settings.currency}: {figures}\nrows: {tables}"

    def _repr_html_(self) -> str:
        built = self.investments[["expansion", "scenario", "period", "units"]].itertuples(index=False, name=None)
        scores = ((row.policy, row.kind, row.limit, row.value, row.shadow_price) for row in self.policies)
        return (
            html_table(f"Plan for {self.problem.name}, in {self.problem.settings.currency}", _FIGURE, self._figures())
            + html_table("Investments", ("Expansion", "Decided on", "Decided in", "Units"), built)
            + html_table("Policies", ("Policy", "Kind", "Limit", "Value", "Shadow price"), scores)
        )

    def _figures(self) -> tuple[tuple[str, float], ...]:
        return ("expected cost", self.expected_cost), ("objective", self.objective), ("CVaR", self.cvar)


@dataclass(frozen=True, repr=False)
class Outcome:
    """What a solve came to: how it went, and the plan where there is one.

    ``conflict`` names the sheet rows that cannot hold together, where that is why there is no plan.
    """

    run: Run
    plan: Plan | None = None
    conflict: tuple[Finding, ...] = ()

    def __repr__(self) -> str:
        how = f"Outcome: {self.status}, bound {number(self.bound)}, relative gap {number(self.gap)}"
        rest = self.conflict if self.plan is None else (self.plan,)
        return "\n".join(map(str, (how, *rest)))

    def _repr_html_(self) -> str:
        shown = html_table("Outcome", _FIGURE, (("status", self.status), ("bound", self.bound), ("gap", self.gap)))
        if self.plan is not None:
            return shown + self.plan._repr_html_()
        clash = ((finding.code, finding.place, finding.message) for finding in self.conflict)
        return shown + html_table("What cannot hold together", ("Code", "Place", "Message"), clash)

    @property
    def status(self) -> Status:
        """What is known at the end."""
        return self.run.status

    @property
    def certified(self) -> Plan | None:
        """The plan; None where there is none or its certificate does not bear it out."""
        return None if self.status is Status.UNCERTIFIED else self.plan

    @property
    def begun(self) -> bool:
        """Whether its search began from what an earlier one had learnt."""
        return self.run.options is not None and self.run.options.begun

    @property
    def bound(self) -> float | None:
        """Proven lower bound on the objective."""
        return self.run.bound

    @property
    def gap(self) -> float | None:
        """Relative gap between objective and bound."""
        return self.run.gap

    @property
    def objective(self) -> float | None:
        """Objective of the plan."""
        return None if self.plan is None else self.plan.objective

"""Plan and Outcome: the answer, with reason, limit, bound and plan kept apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

import pandas as pd

from friendshore.models.findings import Finding
from friendshore.models.glance import html_table, number
from friendshore.models.problem import Problem
from friendshore.models.tables import POLICY_KINDS, PolicyKind
from friendshore.models.tables.processes import process_name

_FIGURE = ("Figure", "Value")


class Status(StrEnum):
    """What is known at the end; ``no_plan`` is neither an empty plan nor infeasible.

    ``uncertified``: there is a plan, but not all of it holds when it is recomputed outside the solver.
    """

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNBOUNDED = "unbounded"
    NO_PLAN = "no_plan"
    INVALID = "invalid"
    UNCERTIFIED = "uncertified"


@dataclass(frozen=True)
class Binding:
    """One row of a policy that holds with equality.

    ``place`` names it (consumers, suppliers, commodity, period or scenario), ``value`` is where the plan stands there
    and ``shadow_price`` what the limit tighter by one unit costs at this place alone, with the integers fixed.
    """

    place: str
    value: float | None
    shadow_price: float | None


@dataclass(frozen=True)
class PolicyValue:
    """One line of the scorecard.

    ``value`` is where the plan stands in the unit of ``limit`` at its tightest place; ``place`` names that place, and
    ``limit`` is the one that holds there, where limits change with the years;
    ``shadow_price`` is what tightening the limit by one unit costs, from the LP with the integers fixed (None where
    the plan has no LP prices); ``rows`` counts the constraints of the policy and ``binding`` those that hold with
    equality, which ``binds`` lists, the dearest first; ``violation`` is what a policy with a penalty lacks, in the
    unit of its rows. Where the plan was also priced by solving again, ``step_price`` is the interval within which the
    cost of a limit tighter by ``step`` lies, whole units free to change, and ``step_note`` says why there is none. A
    policy that tests a stop has in
    ``asked_years`` how long the stop has to be survived, in ``survived_years`` how long it is (None where that was not
    looked at; ``survived_to_end``: the horizon holds no stop that is not survived), in ``weakest`` the members that
    a longer stop hurts most and in ``worst_onset`` the period in which that stop begins; ``unsurvived`` names the
    branches on which it does not hold yet, as the search was stopped before it could. ``holds`` says where the
    policy was asked to hold (the column ``scenario``; ``its own paths`` for one that tests stops), ``elsewhere``
    what the worst value was at the other nodes of its window and ``elsewhere_place`` where (None and blank where
    that means nothing).
    """

    policy: str
    kind: str
    limit: float
    value: float | None
    shadow_price: float | None
    place: str = ""
    rows: int = 0
    binding: int = 0
    violation: float = 0.0
    step: float | None = None
    step_price: tuple[float, float] | None = None
    step_note: str = ""
    asked_years: float | None = None
    survived_years: float | None = None
    survived_to_end: bool = False
    weakest: tuple[str, ...] = ()
    worst_onset: str = ""
    binds: tuple[Binding, ...] = ()
    unsurvived: tuple[str, ...] = ()
    holds: str = ""
    elsewhere: float | None = None
    elsewhere_place: str = ""

    @property
    def declared(self) -> PolicyKind:
        """What the kind of the policy says of itself."""
        return POLICY_KINDS[self.kind]


@dataclass(frozen=True)
class Certificate:
    """What re-checking the plan outside the solver found.

    ``max_violation`` is the worst violation of any constraint, relative to max(1, size of its terms);
    ``objective_difference`` the relative difference between the objective recomputed and reported; ``worst`` names
    the constraint that is worst, ``failures`` those that do not hold (the first of them, where there are many).
    """

    max_violation: float
    objective_difference: float
    worst: str = ""
    constraints: int = 0
    failures: tuple[str, ...] = ()

    def holds(self, tolerance: float = 1e-6) -> bool:
        """Whether both stay within the tolerance."""
        return self.max_violation <= tolerance and self.objective_difference <= tolerance


@dataclass(frozen=True)
class Size:
    """How large the model is."""

    rows: int = 0
    columns: int = 0
    integers: int = 0
    nonzeros: int = 0
    nodes: int = 0
    scenarios: int = 0


@dataclass(frozen=True)
class Options:
    """How a problem was solved: with the workbook, the versions and these a plan can be made again.

    ``gap`` is the relative gap asked for and ``time_limit`` the longest search in seconds (None: no limit), those of
    Settings where no others were given; ``threads`` None: the solver's own choice; ``method`` as it was asked for.
    """

    gap: float
    time_limit: float | None = None
    threads: int | None = None
    seed: int = 0
    method: str = "auto"


@dataclass(frozen=True)
class Run:
    """How a solve went.

    ``bound`` is the proven lower bound on the objective and ``gap`` = (objective - bound) / |objective|, None where
    unknown; ``stopped`` tells why the search ended early (``time limit``, ``interrupted``, ``precision``: the solver
    tells plans no finer apart), empty where it ran to its end; ``seconds`` has read, build, solve, write, total as far
    as known; ``versions`` of the program, the solver and the libraries; ``log`` what happened, line by line.
    ``unsurvived`` names the branches of hard policies on stops on which the plan does not keep them, as the search was
    stopped before every stop that it fails had been added.
    """

    status: Status = Status.NO_PLAN
    bound: float | None = None
    gap: float | None = None
    stopped: str = ""
    size: Size = Size()
    seconds: Mapping[str, float] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    log: tuple[str, ...] = ()
    options: Options | None = None
    unsurvived: tuple[str, ...] = ()


Types = Mapping[str, type[str] | type[int] | type[float]]

NODE: Types = MappingProxyType({"scenario": str, "period": str, "step": int})
"""The columns that name a node of the tree, first in every table but those of protections and paths."""

PLAN_TABLES: Mapping[str, Types] = MappingProxyType(
    {
        "nodes": {**NODE, "start": float, "years": float, "weight": float, "parent_scenario": str},
        "sourcing": {**NODE, "origin": str, "destination": str, "commodity": str, "way": str, "quantity": float},
        "production": {**NODE, "plant": str, "recipe": str, "activity": float},
        "shortages": {
            **NODE,
            "country": str,
            "commodity": str,
            "tier": str,
            "row": int,
            "demand": float,
            "shortage": float,
        },
        "stocks": {**NODE, "stockpile": str, "level": float, "filled": float},
        "releases": {**NODE, "stockpile": str, "destination": str, "way": str, "quantity": float},
        "investments": {**NODE, "expansion": str, "units": float},
        "protections": {"protection": str, "bought": int},
        "costs": {**NODE, "kind": str, "cost": float, "discounted": float},
        "paths": {"scenario": str, "probability": float, "cost": float, "shortage": float, "demand": float},
        "clean": {
            "split": str,
            **NODE,
            "part": str,
            "origin": str,
            "destination": str,
            "commodity": str,
            "way": str,
            "plant": str,
            "recipe": str,
            "stockpile": str,
            "row": int,
            "quantity": float,
        },
        "surplus": {**NODE, "country": str, "commodity": str, "quantity": float},
        "closings": {**NODE, "plant": str},
    }
)
"""Types of the columns by table of ``Plan``, where it says what they mean; the same for a table without rows."""

OF_WORDS = ("surplus", "closings")
"""Tables that are told only where a word of the workbook brings them."""


def typed_frame(columns: Mapping[str, object], types: Types) -> pd.DataFrame:
    """A table of the declared columns, in their order, each of its declared type whatever it holds.

    Parameters
    ----------
    columns
        The values of each column, all of one length; those of no declared column are an error (KeyError both ways).
    types
        Type of each column by name.
    """
    unknown = set(columns) - set(types)
    if unknown:
        raise KeyError(f"no column {', '.join(sorted(unknown))} is declared")
    return pd.DataFrame({name: pd.Series(columns[name], dtype=type_) for name, type_ in types.items()})


def plan_table(name: str, columns: Mapping[str, object], units: Mapping[str, str]) -> pd.DataFrame:
    """One table of a plan.

    Parameters
    ----------
    name
        Its name in ``PLAN_TABLES``.
    columns
        The values of each column, all of one length.
    units
        Unit of the numbers, by column.

    Returns
    -------
    pd.DataFrame
        The columns in the declared order, each of its declared type; the units stand in ``attrs["units"]``.
    """
    frame = typed_frame(columns, PLAN_TABLES[name])
    frame.attrs["units"] = dict(units)
    return frame


def process_names(rows: pd.DataFrame) -> pd.Series:
    """The process of each row of a table of a plan, by its plant and, where the plant has several, its recipe."""
    recipes = rows["recipe"] if "recipe" in rows.columns else [""] * len(rows)
    each = zip(rows["plant"], recipes, strict=True)
    names = [process_name(str(plant), str(recipe), bool(recipe)) for plant, recipe in each]
    return pd.Series(names, index=rows.index, dtype=object)


@dataclass(frozen=True, repr=False)
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
    run: Run = Run()

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

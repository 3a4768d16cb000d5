"""Capacity that a plan builds: which units stand on which path, when they serve, and what capacity that makes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from friendshore.models.plan import Plan
from friendshore.models.tree.dangers import chances
from friendshore.models.tree.investment import paid_share, ramped, serves
from friendshore.optimizer.reporting.frames import BASE, NODE, scenarios

_TINY = 1e-9


@dataclass(frozen=True)
class Units:
    """Units of an expansion decided at ``time`` (years from the start) on ``scenario``, in ``period``, at ``step``."""

    expansion: str
    scenario: str
    period: str
    step: int
    time: float
    units: float


def decides(plan: Plan, scenario: str) -> bool:
    """Whether a path takes investment decisions of its own from its onset on (formulation, Decisions)."""
    if scenario == BASE:
        return True
    branch = next((branch for branch in chances(plan.problem).branches if branch.name == scenario), None)
    return branch is not None and branch.probability > 0 and plan.problem.settings.branch_investment != "plan"


def parent_of(plan: Plan, scenario: str) -> str:
    """The path a scenario leaves; stress tests that a policy generates leave the base path."""
    return next((branch.parent for branch in chances(plan.problem).branches if branch.name == scenario), BASE)


def onset_of(plan: Plan, scenario: str) -> float:
    """Years from the start to the first node that a scenario has of its own."""
    return float(plan.nodes.loc[plan.nodes["scenario"] == scenario, "start"].min())


def decided(plan: Plan) -> list[Units]:
    """Every decision to build, in the order of the table; copies on paths that do not decide are left out."""
    start = {tuple(row[:3]): float(row[3]) for row in plan.nodes[[*NODE, "start"]].itertuples(index=False)}
    rows = plan.investments[[*NODE, "expansion", "units"]].itertuples(index=False)
    return [
        Units(str(expansion), str(scenario), str(period), int(step), start[scenario, period, step], float(units))
        for scenario, period, step, expansion, units in rows
        if decides(plan, str(scenario)) or plan.problem.expansions[str(expansion)].opened_by
    ]


def standing(plan: Plan) -> dict[str, list[Units]]:
    """The units that stand on each path, whoever decided them."""
    own: dict[str, list[Units]] = {}
    for unit in decided(plan):
        own.setdefault(unit.scenario, []).append(unit)
    on_path: dict[str, list[Units]] = {}
    for scenario in scenarios(plan):
        if scenario == BASE:
            on_path[scenario] = own.get(BASE, [])
            continue
        inherited = on_path[parent_of(plan, scenario)]
        if decides(plan, scenario):
            onset = onset_of(plan, scenario)
            kept = [u for u in inherited if u.time < onset - _TINY or (u.scenario == BASE and u.time < _TINY)]
            on_path[scenario] = kept + own.get(scenario, [])
        else:
            on_path[scenario] = inherited + own.get(scenario, [])
    return on_path


def charged(plan: Plan, unit: Units) -> float:
    """What units cost the plan at the time of decision: the price by the share of their life within the horizon."""
    row = plan.problem.expansions[unit.expansion]
    share = paid_share(row, unit.time, plan.problem.horizon, plan.problem.settings.discount_rate)
    return unit.units * price(plan, unit) * share


def price(plan: Plan, unit: Units) -> float:
    """Capex of one of the units: that of the period in which they are decided."""
    period = plan.problem.period_index(unit.period, 0)
    return plan.problem.at(period).expansions[unit.expansion].capex


def in_service(plan: Plan) -> pd.DataFrame:
    """Units in service by node and expansion: scenario, period, step, years, expansion, units, running.

    ``running`` are the same units by the share of their size that serves (``ramp``).
    """
    every = plan.nodes.reset_index(drop=True)
    base = every[every["scenario"] == BASE]
    base_start = base["start"].to_numpy(float)
    base_end = base_start + base["years"].to_numpy(float)
    on_path = standing(plan)
    where: list[np.ndarray] = []
    names: list[str] = []
    counts: list[tuple[np.ndarray, np.ndarray]] = []
    for scenario, nodes in every.groupby("scenario", sort=False):
        start, years = nodes["start"].to_numpy(float), nodes["years"].to_numpy(float)
        holding = np.searchsorted(base_start, start + _TINY) - 1  # the base step that holds each node
        served: dict[str, np.ndarray] = {}
        running: dict[str, np.ndarray] = {}
        for unit in on_path[str(scenario)]:
            row = plan.problem.expansions[unit.expansion]
            stretch = (base_start[holding], base_end[holding]) if unit.scenario == BASE else (start, start + years)
            for of, share in ((served, serves), (running, ramped)):
                of[unit.expansion] = of.get(unit.expansion, 0.0) + unit.units * share(row, unit.time, *stretch)
        where += [nodes.index.to_numpy()] * len(served)
        names += [name for name in served for _ in range(len(nodes))]
        counts += [(units, running[name]) for name, units in served.items()]
    if not where:
        return pd.DataFrame(columns=[*NODE, "years", "expansion", "units", "running"])
    units, shares = (np.concatenate(parts) for parts in zip(*counts, strict=True))
    rows = every.loc[np.concatenate(where), [*NODE, "years"]].reset_index(drop=True)
    return rows.assign(expansion=names, units=units, running=shares)


def closed_from(plan: Plan) -> dict[str, int]:
    """Position of the period from whose start on each plant is closed that the plan closes."""
    if plan.closings.empty:
        return {}
    closings = zip(plan.closings["plant"], plan.closings["period"], strict=True)
    return {str(plant): plan.problem.period_index(str(label), 0) for plant, label in closings}


def existing(plan: Plan) -> dict[tuple[str, int], float]:
    """Existing capacity, activity a year, by plant and position of the period; nothing of it once a plant is closed."""
    problem, closed = plan.problem, closed_from(plan)
    after = len(problem.periods)
    return {
        (plant, t): problem.existing_capacity(plant, t) if t < closed.get(plant, after) else 0.0
        for t in range(after)
        for plant in problem.plants
    }


def capacity(plan: Plan) -> pd.DataFrame:
    """Nominal capacity of each plant over each node: existing and built, before any disruption."""
    problem = plan.problem
    standing_here = pd.DataFrame(
        [(problem.periods[t].period, plant, rate) for (plant, t), rate in existing(plan).items()],
        columns=["period", "plant", "existing"],
    )
    nodes = plan.nodes[[*NODE, "years"]].merge(standing_here, on="period", how="left")
    built = in_service(plan)
    sizes = {name: row.size for name, row in problem.expansions.items()}
    sites = {name: row.plant for name, row in problem.expansions.items()}
    built = built.assign(
        plant=built["expansion"].map(sites),
        built=built["running"].astype(float) * built["expansion"].map(sizes).astype(float),
    )
    added = built.groupby([*NODE, "plant"], as_index=False)[["built"]].sum()
    both = nodes.merge(added, on=[*NODE, "plant"], how="left")
    rate = both["existing"].astype(float) + both["built"].astype(float).fillna(0.0)
    return both[[*NODE, "plant"]].assign(capacity=both["years"].astype(float) * rate)

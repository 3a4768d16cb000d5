"""An outcome as the JSON of ``solve``: the same keys whatever the outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from friendshore.optimizer.commands.output import finding_json

if TYPE_CHECKING:
    import pandas as pd

    from friendshore.models.plan import Certificate, Outcome, Plan, PolicyValue, Run

SECONDS = ("read", "build", "solve", "write", "total")
SIZE = ("rows", "columns", "integers", "nonzeros", "nodes", "scenarios")
BASE = "base"
MONTHS = 12
NOTHING = 1e-9
"""Shortages that are a smaller share of their demand are rounding."""


def without_plan(status: str) -> dict[str, Any]:
    """Every key, with nothing known but the status; ``error`` is told as ``no_plan`` and its problem."""
    return {
        "status": "no_plan" if status == "error" else status,
        "objective": None,
        "bound": None,
        "gap": None,
        "expected_cost": None,
        "cvar": None,
        "costs": {},
        "investments": [],
        "protections": [],
        "stockpiles": [],
        "shortages": [],
        "policies": [],
        "certificate": None,
        "size": dict.fromkeys(SIZE),
        "seconds": dict.fromkeys(SECONDS),
        "problems": [],
        "plan": None,
        "report": None,
    }


def outcome_json(outcome: Outcome, path: str | None) -> dict[str, Any]:
    """The JSON of an outcome; ``path`` is where the plan was written."""
    run, plan = outcome.run, outcome.plan
    data = without_plan(str(run.status)) | {
        "bound": run.bound,
        "gap": run.gap,
        "size": _size(run),
        "seconds": _seconds(run),
        "plan": path,
    }
    return data if plan is None else data | _plan_json(plan)


def _plan_json(plan: Plan) -> dict[str, Any]:
    return {
        "objective": plan.objective,
        "expected_cost": plan.expected_cost,
        "cvar": plan.cvar,
        "costs": _costs(plan),
        "investments": investments(plan),
        "protections": bought(plan),
        "stockpiles": _records(_of_base(plan.stocks), ("stockpile", "period", "level")),
        "shortages": shortages(plan),
        "policies": [_policy(row) for row in plan.policies],
        "certificate": _certificate(plan.certificate),
        "problems": [finding_json(found) for found in plan.problem.warnings],
    }


def _policy(row: PolicyValue) -> dict[str, Any]:
    """A line of the scorecard; with months where a stop is tested, with what a step costs where that was asked."""
    data: dict[str, Any] = {
        "policy": row.policy,
        "limit": row.limit,
        "value": row.value,
        "shadow_price": row.shadow_price,
    }
    data["binding"] = [
        {"place": bind.place, "value": bind.value, "shadow_price": bind.shadow_price} for bind in row.binds
    ]
    if row.asked_years is not None:
        survived = None if row.survived_years is None else MONTHS * row.survived_years
        data |= {
            "months_asked": MONTHS * row.asked_years,
            "months_survived": survived,
            "survived_to_end": row.survived_to_end,
        }
    if row.step is not None:
        low, high = row.step_price or (None, None)
        data |= {"step": row.step, "step_price_low": low, "step_price_high": high, "step_note": row.step_note}
    return data


def _costs(plan: Plan) -> dict[str, float]:
    """Discounted expected cost by kind, of the kinds that count: they add up to the expected cost."""
    counted = plan.problem.settings.tariffs_are_costs
    return {kind: cost for kind, cost in plan.costs_by_kind.items() if counted or kind != "tariff"}


def investments(plan: Plan) -> list[dict[str, Any]]:
    """Units decided, by scenario, expansion and period."""
    keys = ["scenario", "expansion", "period"]
    summed = plan.investments.groupby(keys, sort=False, as_index=False)[["units"]].sum()
    return _records(summed, (*keys, "units"))


def bought(plan: Plan) -> list[str]:
    """Protections bought."""
    rows = plan.protections
    return [str(name) for name in rows.loc[rows["bought"] > 0.5, "protection"]]


def shortages(plan: Plan) -> list[dict[str, Any]]:
    """What is short over each scenario's own nodes, by tier and commodity; what is not short is left out."""
    keys = ["scenario", "tier", "commodity"]
    summed = plan.shortages.groupby(keys, sort=False, as_index=False)[["shortage", "demand"]].sum()
    short = summed.loc[summed["shortage"] > NOTHING * summed["demand"]]
    table = short.assign(quantity=short["shortage"], share=short["shortage"] / short["demand"])
    return _records(table, (*keys, "quantity", "share"))


def _of_base(table: pd.DataFrame) -> pd.DataFrame:
    """The base path, the last step of each period."""
    rows = table.loc[table["scenario"] == BASE]
    return rows.sort_values("step", kind="stable").drop_duplicates(["stockpile", "period"], keep="last").sort_index()


def _records(table: pd.DataFrame, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    return [dict(zip(columns, row, strict=True)) for row in table[list(columns)].itertuples(index=False, name=None)]


def _certificate(certificate: Certificate | None) -> dict[str, float] | None:
    if certificate is None:
        return None
    return {"max_violation": certificate.max_violation, "objective_difference": certificate.objective_difference}


def _size(run: Run) -> dict[str, int]:
    size = run.size
    figures = (size.rows, size.columns, size.integers, size.nonzeros, size.nodes, size.scenarios)
    return dict(zip(SIZE, figures, strict=True))


def _seconds(run: Run) -> dict[str, float | None]:
    """The five times; whatever stands between build and write (search, polish, certificate) counts as solve."""
    known = dict(run.seconds)
    solving = [value for name, value in known.items() if name not in {"read", "build", "write", "total"}]
    return {name: known.get(name) for name in SECONDS} | {"solve": sum(solving) if solving else None}

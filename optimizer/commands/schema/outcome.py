"""How an outcome fills what ``solve --json`` prints: the same keys whatever the outcome."""
# ruff: noqa: PLC0415 - the rooms of reporting are loaded when there is a plan

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from friendshore.optimizer.commands.schema.making import (
    ModelSize,
    PhaseSeconds,
    Provenance,
    certificate_of,
    provenance_of,
    seconds_of,
    size_of,
)
from friendshore.optimizer.commands.schema.outlook import benefits, could_change, settled
from friendshore.optimizer.commands.schema.record import FailureStatus, Notice
from friendshore.optimizer.commands.schema.solve import (
    BaselineFigures,
    BindingRow,
    Closing,
    Investment,
    PolicyLine,
    ScenarioLine,
    Shortage,
    Solved,
    SolveStatus,
    StockLevel,
)
from friendshore.optimizer.system.version import versions
from friendshore.optimizer.wording.durations import MONTHS_A_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from friendshore.models.plan import Outcome, Plan, PolicyValue
    from friendshore.models.plan.baselines import Baselines, Interval
    from friendshore.optimizer.wording.outcomes import Standing

BASE = "base"


def without_plan(status: SolveStatus, problems: tuple[Notice, ...] = ()) -> Solved:
    """Every key, with nothing known but the status and what stood in the way."""
    return Solved(
        status=status,
        objective=None,
        bound=None,
        gap=None,
        expected_cost=None,
        look_ahead_cost=None,
        penalties=None,
        cvar=None,
        costs={},
        investments=(),
        protections=(),
        stockpiles=(),
        shortages=(),
        scenarios=(),
        policies=(),
        baselines=None,
        benefits=(),
        could_change=(),
        certificate=None,
        size=ModelSize(rows=None, columns=None, integers=None, nonzeros=None, nodes=None, scenarios=None),
        seconds=PhaseSeconds(read=None, build=None, solve=None, write=None, total=None),
        names={},
        provenance=Provenance(
            input=None,
            versions=versions(),
            gap=None,
            time_limit=None,
            threads=None,
            seed=None,
            method=None,
            begun=False,
        ),
        problems=problems,
        plan=None,
        report=None,
    )


def solve_failure(status: FailureStatus, problems: tuple[Notice, ...]) -> Solved:
    """A solve that ended before it had an outcome; ``error`` is told as ``no_plan`` and its problem."""
    return without_plan("no_plan" if status == "error" else status, problems)


def solved(
    outcome: Outcome, problems: tuple[Notice, ...] = (), plan_path: str | None = None, page_path: str | None = None
) -> Solved:
    """An outcome as JSON.

    Parameters
    ----------
    outcome
        What a solve came to.
    problems
        Errors and warnings.
    plan_path, page_path
        Paths of the plan workbook and of its page, None where none was written.

    Returns
    -------
    Solved
        What the command prints.
    """
    run, plan = outcome.run, outcome.plan
    answer = replace(
        without_plan(run.status.value, problems),
        bound=run.bound,
        gap=run.gap,
        size=size_of(run),
        seconds=seconds_of(run),
        provenance=provenance_of(outcome),
        plan=plan_path,
        report=page_path,
    )
    if plan is None:
        return answer
    from friendshore.optimizer.reporting.costs import look_ahead_cost
    from friendshore.optimizer.reporting.scorecard import state_of

    return replace(
        answer,
        objective=plan.objective,
        expected_cost=plan.expected_cost,
        look_ahead_cost=look_ahead_cost(plan),
        penalties=plan.penalties,
        cvar=plan.cvar,
        costs=_costs(plan),
        investments=investments(plan),
        protections=protections_bought(plan),
        closings=_closings(plan),
        settled=settled(plan) if plan.settled else UNSET,
        stockpiles=tuple(_stock_levels(plan)),
        shortages=shortages(plan),
        scenarios=tuple(_scenarios(plan)),
        policies=tuple(_policy(row, state_of(row)) for row in plan.policies),
        baselines=_baselines(plan.baselines),
        benefits=benefits(plan),
        could_change=could_change(plan),
        certificate=certificate_of(plan),
        names={sheet: dict(names) for sheet, names in plan.problem.names.items() if names},
    )


def _policy(row: PolicyValue, state: Standing) -> PolicyLine:
    """A line of the scorecard; with months where a stop is tested, with what a step costs where that was asked."""
    low, high = row.step_price or (None, None)
    stop_tested, stepped = row.asked_years is not None, row.step is not None
    return PolicyLine(
        policy=row.policy,
        limit=row.limit,
        holds=row.holds,
        value=row.value,
        state=state,
        worst_elsewhere=row.elsewhere,
        shadow_price=row.shadow_price,
        binding=tuple(
            BindingRow(place=bind.place, value=bind.value, shadow_price=bind.shadow_price) for bind in row.binds
        ),
        months_asked=UNSET if row.asked_years is None else MONTHS_A_YEAR * row.asked_years,
        months_survived=_months(row.survived_years) if stop_tested else UNSET,
        unsurvived=row.unsurvived if stop_tested else UNSET,
        survived_to_end=row.survived_to_end if stop_tested else UNSET,
        weakest=row.weakest if stop_tested else UNSET,
        worst_onset=(row.worst_onset or None) if stop_tested else UNSET,
        step=UNSET if row.step is None else row.step,
        step_price_low=low if stepped else UNSET,
        step_price_high=high if stepped else UNSET,
        step_note=row.step_note if stepped else UNSET,
    )


def _months(years: float | None) -> float | None:
    return None if years is None else MONTHS_A_YEAR * years


def _costs(plan: Plan) -> dict[str, float]:
    """Discounted expected cost by kind, of the kinds that count: they add up to the expected cost."""
    counted = plan.problem.settings.tariffs_are_costs
    return {kind: cost for kind, cost in plan.costs_by_kind.items() if counted or kind != "tariff"}


def investments(plan: Plan) -> tuple[Investment, ...]:
    """Units decided, by scenario, expansion and period."""
    keys = ["scenario", "expansion", "period"]
    sums = plan.investments.groupby(keys, sort=False, as_index=False)[["units"]].sum()
    return tuple(
        Investment(scenario=scenario, expansion=expansion, period=period, units=units)
        for scenario, expansion, period, units in _tuples(sums, *keys, "units")
    )


def _closings(plan: Plan) -> tuple[Closing, ...] | UnsetType:
    """Plants closed, and when; nothing is said where no plant may close."""
    from friendshore.optimizer.saved.decisions import closings_of

    if not any(row.may_close for row in plan.problem.plants.values()):
        return UNSET
    return tuple(Closing(plant=plant, period=period) for plant, period in closings_of(plan).items())


def protections_bought(plan: Plan) -> tuple[str, ...]:
    """Names of the protections bought."""
    rows = plan.protections
    return tuple(str(name) for name in rows.loc[rows["bought"] > 0.5, "protection"])


def _stock_levels(plan: Plan) -> Iterator[StockLevel]:
    """Levels on the base path, at the last step of each period."""
    rows = plan.stocks.loc[plan.stocks["scenario"] == BASE]
    last = rows.sort_values("step", kind="stable").drop_duplicates(["stockpile", "period"], keep="last").sort_index()
    for stockpile, period, level in _tuples(last, "stockpile", "period", "level"):
        yield StockLevel(stockpile=stockpile, period=period, level=level)


def shortages(plan: Plan) -> tuple[Shortage, ...]:
    """What goes short over each scenario's own nodes, the worst step first; what does not, and dust, is left out."""
    from friendshore.optimizer.reporting.shortfalls import shortfalls

    rows = shortfalls(plan)
    keys = ("scenario", "tier", "commodity", "country", "worst_share", "worst_from")
    sums = ("event_quantity", "event_share", "path_quantity", "path_share")
    return tuple(
        Shortage(
            **dict(zip(keys, row[: len(keys)], strict=True)),
            years_short=row[len(keys)] / MONTHS_A_YEAR,
            **dict(zip(sums, row[len(keys) + 1 :], strict=True)),
        )
        for row in _tuples(rows, *keys, "months_short", *sums)
    )


def _scenarios(plan: Plan) -> Iterator[ScenarioLine]:
    from friendshore.optimizer.reporting.extra_costs import extra_costs

    paths = plan.paths[["scenario", "probability", "cost"]].merge(extra_costs(plan), on="scenario")
    parts = ("extra", "supply", "stock", "damage", "building")
    for name, likely, cost, extra, *of in _tuples(paths, "scenario", "probability", "cost", *parts):
        yield ScenarioLine(
            scenario=name,
            probability=likely,
            cost=cost,
            extra_cost=extra,
            **dict(zip(("extra_supply", "extra_stock", "extra_damage", "extra_building"), of, strict=True)),
        )


def _tuples(table: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    return table[list(columns)].itertuples(index=False, name=None)


def _baselines(known: Baselines | None) -> BaselineFigures | None:
    if known is None:
        return None
    return BaselineFigures(
        nothing=_known(None if known.nothing is None else known.nothing.cost),
        no_rules=_known(None if known.no_rules is None else known.no_rules.cost),
        premium=_known(known.premium),
        premium_a_year=_known(known.premium_a_year),
        premium_share=_known(known.premium_share),
        avoided=known.avoided,
    )


def _known(interval: Interval | None) -> float | tuple[float, float] | None:
    if interval is None:
        return None
    return interval.high if interval.known else interval.ends

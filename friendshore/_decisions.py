"""What a plan alone does not answer: what resilience costs, what planning for dangers is worth, who pays."""
# ruff: noqa: PLC0415 - importing friendshore loads no library

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from friendshore.models.problem import Problem
    from friendshore.optimizer.studies.frontier.frontier import Frontier
    from friendshore.optimizer.studies.share.share import Share
    from friendshore.optimizer.studies.worth.worth import Worth
    from friendshore.optimizer.system.progress import OnProgress


def frontier(
    problem: Problem,
    policy: str = "",
    *,
    limits: tuple[float, float] | None = None,
    months: tuple[float, float] | None = None,
    risk_aversion: tuple[float, float] | None = None,
    points: int = 11,
    tolerance: float = 0.005,
    gap: float | None = None,
    time_limit: float | None = None,
    threads: int | None = None,
    seed: int = 0,
    engine: str = "",
    workers: int = 1,
    ledger: str | Path | None = None,
    on_progress: OnProgress | None = None,
) -> Frontier:
    """What resilience costs: certified plans over a limit, months survived or the weight of risk.

    Between the plans it tells what is proven.

    Parameters
    ----------
    problem
        What ``read_workbook`` or ``problem_from_frames`` gives.
    policy
        The policy that is varied; blank for ``risk_aversion``. One with a penalty must hold here.
    limits, months, risk_aversion
        Both ends of what is varied, exactly one of them given: limits of the policy, months that the stop of a
        ``survive`` rule lasts, or weights of CVaR against expected cost.
    points
        How many searches at most.
    tolerance
        Share of the cost within which it is wanted to be known between the plans.
    gap, time_limit, threads, seed
        Of each search, as for ``solve``; ``threads`` None: one.
    engine, workers, ledger
        Where the searches are done, by how many processes, and the file that keeps what is done, as for ``stress``.
    on_progress
        Called with a ``Progress`` as the work goes on.

    Returns
    -------
    Frontier
        ``points`` from the one that asks least on (``setting``, ``cost`` as an interval, ``expected_cost``, ``cvar``),
        ``bands`` with what is proven between them, ``impossible``, ``knee``; ``plan(point)`` gives the plan of a point.

    Raises
    ------
    ValueError
        Where nothing or several are varied, for a policy that there is not, and for limits that are none of its kind.
    friendshore.optimizer.engines.faults.EngineFault
        Where the engine or the ledger fails (FS701 to FS705).

    Examples
    --------
    >>> import friendshore as fs
    >>> study = fs.frontier(fs.read_workbook("inputs/tutorial.xlsx"), "civil_floor", limits=(0, 1))
    >>> [(point.setting, round(point.cost.high)) for point in study.points]
    [(0.5, 6618), (0.0, 6638)]
    """
    from friendshore.optimizer.engines.choose import open_runner
    from friendshore.optimizer.studies.frontier.axis import axis_of
    from friendshore.optimizer.studies.frontier.draw import draw_frontier
    from friendshore.optimizer.studies.frontier.frontier import Asks

    axis = axis_of(problem, policy, limits, months, risk_aversion)
    asks = Asks(points, tolerance, gap, time_limit, threads, seed)
    with open_runner(engine, workers, ledger) as runner:
        return draw_frontier(problem, axis, asks, runner=runner, on_progress=on_progress)


def worth(
    problem: Problem,
    *,
    every_stage: bool = False,
    gap: float | None = None,
    time_limit: float | None = None,
    threads: int | None = None,
    seed: int = 0,
    engine: str = "",
    workers: int = 1,
    ledger: str | Path | None = None,
    on_progress: OnProgress | None = None,
) -> Worth:
    """What planning for dangers is worth, and which plan is regretted least; cost alone is compared, without rules.

    Parameters
    ----------
    problem
        What ``read_workbook`` or ``problem_from_frames`` gives; some scenario of it may come true.
    every_stage
        Follow the plan that ignores dangers up to each period in turn, not up to the first and the last alone.
    gap, time_limit, threads, seed
        Of each search, as for ``solve``; ``threads`` None: one.
    engine, workers, ledger
        Where the searches are done, by how many processes, and the file that keeps what is done, as for ``stress``.
    on_progress
        Called with a ``Progress`` as the work goes on.

    Returns
    -------
    Worth
        ``stochastic`` (value of the stochastic solution) and ``stages``, ``information`` (expected value of perfect
        information) and ``known`` paths, ``regrets`` of plans and ``least_regret``, each an interval.

    Raises
    ------
    ValueError
        Where no scenario may come true, no plan is known, or technology may succeed (``opened_by``).
    friendshore.optimizer.engines.faults.EngineFault
        Where the engine or the ledger fails (FS701 to FS705).

    Examples
    --------
    >>> import friendshore as fs
    >>> study = fs.worth(fs.read_workbook("inputs/tutorial.xlsx"), gap=0.0)
    >>> round(study.plan.high), round(study.stochastic.high), round(study.information.high)
    (6560, 4000, 394)
    """
    from friendshore.optimizer.engines.choose import open_runner
    from friendshore.optimizer.studies.worth.work import work_out
    from friendshore.optimizer.studies.worth.worth import Asks

    asks = Asks(gap, time_limit, threads, seed, every_stage)
    with open_runner(engine, workers, ledger) as runner:
        return work_out(problem, asks, runner=runner, on_progress=on_progress)


def share(
    problem: Problem,
    outside: Literal["open", "pro_rata"] = "open",
    *,
    searches: int = 25,
    gap: float | None = None,
    time_limit: float | None = None,
    threads: int | None = None,
    seed: int = 0,
    engine: str = "",
    workers: int = 1,
    ledger: str | Path | None = None,
    on_progress: OnProgress | None = None,
) -> Share:
    """Who pays: what allies cost alone, in groups and all together, and what each should pay.

    Allies are the members of the coalition that have demand.

    Parameters
    ----------
    problem
        What ``read_workbook`` or ``problem_from_frames`` gives.
    outside
        Whether what stands outside the allies serves each group whole, or in the part of its demand.
    searches
        How many groups at most: 15 are all of four allies, 31 of five.
    gap, time_limit, threads, seed
        Of each search, as for ``solve``; ``threads`` None: one.
    engine, workers, ledger
        Where the searches are done, by how many processes, and the file that keeps what is done, as for ``stress``.
    on_progress
        Called with a ``Progress`` as the work goes on.

    Returns
    -------
    Share
        ``groups`` with their ``cost`` as an interval, ``saving``, ``stable`` (whether any division is), ``divisions``
        with the ``shares`` of each ally and their ``stability``; ``settlement(division)`` tells who owes whom, a year.

    Raises
    ------
    ValueError
        Where fewer than two members of the coalition have demand, or more than eight, and for an ``outside`` that is
        neither.
    friendshore.optimizer.engines.faults.EngineFault
        Where the engine or the ledger fails (FS701 to FS705).

    Examples
    --------
    Two allies need 10 each; a line for 60 in either makes enough for both at 1.

    >>> import friendshore as fs, pandas as pd
    >>> both = {"country": ["A", "B"], "commodity": "metal"}
    >>> lines = {"plant": ["a", "b"], "size": 30, "capex": 60}
    >>> frames = {
    ...     "Settings": {"setting": ["discount_rate"], "value": [0]},
    ...     "Periods": {"period": ["2027"]},
    ...     "Countries": {"country": ["A", "B"], "bloc": "ally"},
    ...     "Commodities": {"commodity": ["metal"], "unit": ["t"], "price": [1]},
    ...     "Plants": {"plant": ["a", "b"], **both, "capacity": 0, "unit_cost": 1},
    ...     "Expansions": {"expansion": ["line a", "line b"], **lines},
    ...     "Demand": {**both, "per_year": 10, "shortage_cost": 100},
    ...     "Lanes": {"from": ["*"], "to": ["*"]},
    ... }
    >>> problem = fs.problem_from_frames({sheet: pd.DataFrame(rows) for sheet, rows in frames.items()})
    >>> study = fs.share(problem)
    >>> [("".join(group.members), round(group.cost.high)) for group in study.groups]
    [('AB', 80), ('A', 70), ('B', 70)]
    >>> {ally: round(share) for ally, share in study.divisions[0].shares.items()}
    {'A': 40, 'B': 40}
    """
    from friendshore.optimizer.engines.choose import open_runner
    from friendshore.optimizer.studies.share.divide import divide
    from friendshore.optimizer.studies.share.groups import Outside
    from friendshore.optimizer.studies.share.share import Asks

    chosen, asks = Outside(outside), Asks(searches, gap, time_limit, threads, seed)
    with open_runner(engine, workers, ledger) as runner:
        return divide(problem, chosen, asks, runner=runner, on_progress=on_progress)

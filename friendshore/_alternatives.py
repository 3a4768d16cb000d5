"""What all plans have in common that cost little more than the best."""
# ruff: noqa: PLC0415 - importing friendshore loads no library

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from friendshore.models.problem import Problem
    from friendshore.optimizer.studies.alternatives.alternatives import Alternatives
    from friendshore.optimizer.system.progress import OnProgress


def alternatives(
    problem: Problem,
    within: float = 0.02,
    *,
    searches: int | None = None,
    plans: int | None = None,
    gap: float | None = None,
    time_limit: float | None = None,
    threads: int | None = None,
    seed: int = 0,
    engine: str = "",
    workers: int = 1,
    ledger: str | Path | None = None,
    on_progress: OnProgress | None = None,
) -> Alternatives:
    """What is in all good plans, in none, and the least and the most of each decision and amount.

    Good is a plan that costs at most so much more than the best one found.

    Parameters
    ----------
    problem
        What ``read_workbook`` or ``problem_from_frames`` gives.
    within
        Share of the best plan's cost by which plans may cost more.
    searches
        How many at most for what is open without them, after the first; None: as suits the size.
    plans
        How many are made at most to reach what is proven; None: as suits the size.
    gap, time_limit, threads, seed
        Of each search, as for ``solve``; ``threads`` None: one.
    engine, workers, ledger
        Where the work is done, by how many processes, and the file that keeps what is done, as for ``stress``.
    on_progress
        Called with a ``Progress`` as the work goes on.

    Returns
    -------
    Alternatives
        ``cost`` of the best plan as an interval, ``limit`` in money, and ``answers``: what is ``proven`` of each
        question, what certified plans reach (``found``), the ``verdict`` on a decision and what does ``instead``;
        ``plans`` that differ most, which ``plan(one)`` makes again. Without ``answers`` where no plan was found.

    Raises
    ------
    ValueError
        For a share or number that means nothing.
    friendshore.optimizer.engines.faults.EngineFault
        Where the engine or the ledger fails (FS701 to FS705).

    Examples
    --------
    A country needs 100, which costs 220 a unit from coal and 270 from gas. Within 5 % of the best plan, which is all
    coal, at least 78 come from there.

    >>> import friendshore as fs, pandas as pd
    >>> frames = {
    ...     "Settings": {"setting": ["discount_rate"], "value": [0]},
    ...     "Periods": {"period": ["2027"]},
    ...     "Countries": {"country": ["Home", "Coalia", "Gasland"], "bloc": ["ally", "partner", "partner"]},
    ...     "Commodities": {"commodity": ["power"], "unit": ["GWh"], "price": [1]},
    ...     "Plants": {
    ...         "plant": ["coal", "gas"],
    ...         "country": ["Coalia", "Gasland"],
    ...         "commodity": "power",
    ...         "capacity": 100,
    ...         "unit_cost": [220, 270],
    ...     },
    ...     "Demand": {"country": ["Home"], "commodity": ["power"], "per_year": [100], "shortage_cost": [10000]},
    ...     "Lanes": {"from": ["*"], "to": ["*"]},
    ... }
    >>> problem = fs.problem_from_frames({sheet: pd.DataFrame(rows) for sheet, rows in frames.items()})
    >>> study = fs.alternatives(problem, within=0.05)
    >>> round(study.cost.high), round(study.limit)
    (22000, 23100)
    >>> [(each.question.name, round(each.proven.low, 2), round(each.proven.high, 2)) for each in study.answers]
    [('Coalia', 0.78, 1.0), ('Gasland', 0.0, 0.22)]
    """
    from friendshore.optimizer.engines.choose import open_runner
    from friendshore.optimizer.studies.alternatives.alternatives import Asks
    from friendshore.optimizer.studies.alternatives.work import work_out

    asks = Asks(within, plans, searches, gap, time_limit, threads, seed)
    with open_runner(engine, workers, ledger) as runner:
        return work_out(problem, asks, runner=runner, on_progress=on_progress)

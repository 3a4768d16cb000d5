"""Which figures of a workbook matter, and which would change a decision."""
# ruff: noqa: PLC0415 - importing friendshore loads no library

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from friendshore.models.problem import Problem
    from friendshore.optimizer.studies.sensitivity.sensitivity import Sensitivity
    from friendshore.optimizer.system.progress import OnProgress


def sensitivity(
    problem: Problem,
    *,
    top: int = 30,
    searches: int = 20,
    sheets: Sequence[str] = (),
    gap: float | None = None,
    time_limit: float | None = None,
    threads: int | None = None,
    seed: int = 0,
    engine: str = "",
    workers: int = 1,
    ledger: str | Path | None = None,
    on_progress: OnProgress | None = None,
) -> Sensitivity:
    """Which sourced figures matter: what each moves the cost by, and which of them would change a decision.

    Parameters
    ----------
    problem
        What ``read_workbook`` or ``problem_from_frames`` gives; rows that cite a source have figures.
    top
        How many figures are priced at both ends of their range, which the confidence of their source gives.
    searches
        For how many of these ends at most the best plan is searched for, the widest open question first.
    sheets
        Those whose figures are looked at; none: all.
    gap, time_limit, threads, seed
        Of each search, as for ``solve``; ``threads`` None: one.
    engine, workers, ledger
        Where the searches are done, by how many processes, and the file that keeps what is done, as for ``stress``.
    on_progress
        Called with a ``Progress`` as the work goes on.

    Returns
    -------
    Sensitivity
        ``figures`` with their derivatives (``slope``), the one that moves the cost most first; of the ``priced`` ones
        ``low`` and ``high`` end with ``held`` and ``best`` cost and ``regret``, each an interval, and the ``verdict``;
        ``worth_knowing`` ranks them by regret.

    Raises
    ------
    ValueError
        Where no figure has a source, a sheet has none, or no plan is known.
    friendshore.optimizer.engines.faults.EngineFault
        Where the engine or the ledger fails (FS701 to FS705).

    Examples
    --------
    >>> import friendshore as fs
    >>> study = fs.sensitivity(fs.read_workbook("inputs/tutorial.xlsx"), top=3, gap=0.0)
    >>> [(each.figure.words, round(each.slope.percent, 2), str(each.verdict)) for each in study.priced[1:]]
    [('Magnet in Home (civil): per year', 55.04, 'turns'), ('Magnet making, input oxide: amount', 36.8, 'turns')]
    """
    from friendshore.optimizer.engines.choose import open_runner
    from friendshore.optimizer.studies.sensitivity.sensitivity import Asks
    from friendshore.optimizer.studies.sensitivity.work import work_out

    asks = Asks(top, searches, gap, time_limit, threads, seed, sheets=tuple(sheets))
    with open_runner(engine, workers, ledger) as runner:
        return work_out(problem, asks, runner=runner, on_progress=on_progress)

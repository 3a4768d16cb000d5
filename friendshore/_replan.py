"""Planning again from what has happened, as values."""
# ruff: noqa: PLC0415 - importing friendshore loads no library

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from friendshore.models.plan import Plan
    from friendshore.optimizer.saved.saved_plan import SavedPlan
    from friendshore.optimizer.studies.replan.actuals import Actuals
    from friendshore.optimizer.studies.replan.replan import Replanned
    from friendshore.optimizer.system.progress import OnProgress


def replan(
    plan: Plan | SavedPlan,
    actuals: str | Path | Actuals,
    *,
    keep: bool = False,
    gap: float | None = None,
    time_limit: float | None = None,
    threads: int | None = None,
    seed: int = 0,
    baselines: bool = True,
    engine: str = "",
    workers: int = 1,
    ledger: str | Path | None = None,
    on_progress: OnProgress | None = None,
) -> Replanned:
    """Plan again from what has happened: the past held, the rest solved anew, and the change told by cause.

    Parameters
    ----------
    plan
        ``outcome.plan`` of ``solve``, or what ``read_plan`` gives.
    actuals
        The workbook that ``write_actuals`` gave, filled in; or ``Actuals`` made in Python.
    keep
        Whether each changed decision is priced: what it would cost to keep the old one.
    gap, time_limit
        Relative gap at which each search stops, and its longest time in seconds; None: those of Settings.
    threads, seed
        Threads of the solver (None: its own choice) and its random seed.
    baselines
        Whether what the new plan is held against is solved, too.
    engine, workers, ledger
        Where the searches beside the new plan are done, by how many processes, and the file that keeps them, as for
        ``stress``.
    on_progress
        Called with a ``Progress`` as the work goes on.

    Returns
    -------
    Replanned
        ``plan`` (a plan as ``solve`` gives it, to be written, stressed and planned again), ``rest`` (what it costs),
        ``before`` (what the plan expected), ``causes`` and ``changes``; money is of the start of ``as_of``.

    Raises
    ------
    InvalidProblem
        Where actuals do not fit the plan; with every finding, each with its cell.
    FileFault
        Where a file cannot be read.
    ValueError
        Where ``Actuals`` speak of a period or a path that the plan does not have.

    Examples
    --------
    >>> import friendshore as fs
    >>> plan = fs.solve(fs.read_workbook("inputs/tutorial.xlsx"), gap=0.0).plan
    >>> fs.write_actuals(plan, "reports/actuals.xlsx", as_of="2028")
    >>> study = fs.replan(plan, "reports/actuals.xlsx")
    >>> round(study.before), round(study.rest.high), study.same
    (1868, 1680, True)
    >>> [(cause.cause, round(cause.amount)) for cause in study.causes if cause.amount]
    [('passing', -188)]
    """
    from friendshore._studies import saved_plan
    from friendshore.optimizer.engines.choose import open_runner
    from friendshore.optimizer.studies.replan.read import read_actuals
    from friendshore.optimizer.studies.replan.replan import Asks
    from friendshore.optimizer.studies.replan.work import replan as make_again

    saved = saved_plan(plan)
    told = read_actuals(actuals, saved.problem) if isinstance(actuals, str | Path) else actuals
    asks = Asks(gap, time_limit, threads, seed, keep, baselines)
    with open_runner(engine, workers, ledger) as runner:
        return make_again(saved, told, asks, runner=runner, on_progress=on_progress)


def write_actuals(plan: Plan | SavedPlan, path: str | Path, *, as_of: str = "") -> None:
    """Write a workbook of actuals, filled with what was planned: only what came otherwise has to be changed.

    Parameters
    ----------
    plan
        ``outcome.plan`` of ``solve``, or what ``read_plan`` gives.
    path
        The workbook to write; its name ends in ``.xlsx``.
    as_of
        Label of the period at whose start you stand; blank: the second.

    Raises
    ------
    ValueError
        Where there is no such period after the first.
    FileFault
        Where the file cannot be written.

    Examples
    --------
    >>> import friendshore as fs
    >>> plan = fs.solve(fs.read_workbook("inputs/tutorial.xlsx"), gap=0.0).plan
    >>> fs.write_actuals(plan, "reports/actuals.xlsx", as_of="2027")
    """
    from friendshore._studies import saved_plan
    from friendshore.optimizer.studies.replan.read import later_periods
    from friendshore.optimizer.studies.replan.template import write_template

    saved = saved_plan(plan)
    later = later_periods(saved.problem)
    if not later or (as_of and as_of not in later):
        raise ValueError(f"found {as_of!r}; wanted a period after the first: {', '.join(later) or 'there is none'}")
    write_template(saved, as_of or later[0], path)

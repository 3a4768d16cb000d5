"""Why a problem has no plan, why its plan is as it is, and what a code means."""
# ruff: noqa: PLC0415 - importing friendshore loads no library

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from friendshore.models.problem import Problem
    from friendshore.optimizer.studies.explain import Explanation
    from friendshore.optimizer.system.progress import OnProgress


@overload
def explain(what: str) -> str: ...


@overload
def explain(
    what: Problem,
    *,
    why: str = "",
    what_would_it_take: str = "",
    gap: float | None = None,
    time_limit: float | None = None,
    threads: int | None = None,
    engine: str = "",
    workers: int = 1,
    ledger: str | Path | None = None,
    on_progress: OnProgress | None = None,
) -> Explanation: ...


def explain(
    what: str | Problem,
    *,
    why: str = "",
    what_would_it_take: str = "",
    gap: float | None = None,
    time_limit: float | None = None,
    threads: int | None = None,
    engine: str = "",
    workers: int = 1,
    ledger: str | Path | None = None,
    on_progress: OnProgress | None = None,
) -> str | Explanation:
    """Why a problem has no plan and what would mend it; where it has one, why it is as it is; or what a code means.

    Parameters
    ----------
    what
        What ``read_workbook`` or ``problem_from_frames`` gives; or the code of a finding or of a FileFault, such as
        ``FS103``.
    why
        Name or cell (``Plants!A4``) of what the plan uses or does not use: the plan is held against the cheapest one
        without it, or with it.
    what_would_it_take
        Name or cell of an expansion or a protection: at what price it would be worth building.
    gap, threads
        Relative gap of each search, None: ``mip_gap`` of Settings; and threads of the solver, None: one.
    time_limit
        Longest time of all searches together, in seconds; None: ``time_limit`` of Settings.
    engine, workers, ledger
        Where the searches are done, by how many processes, and the file that keeps them, as for ``stress``.
    on_progress
        Called with a ``Progress`` as the work goes on.

    Returns
    -------
    str or Explanation
        Of a code its title, cause and cure, in three paragraphs. Of a problem an Explanation: ``conflicts`` (every
        smallest set of sheet rows that cannot hold together), ``repairs`` (limits that give way least, with the cost
        of the plan then), ``why`` and ``worth``. Money is in the currency of Settings, from what is proven (``low``)
        to what was found (``high``).

    Raises
    ------
    KeyError
        Where there is no such code.
    ValueError
        Where there is nothing of the name that is asked about.
    InvalidProblem
        Where the tables were changed in Python, and do not fit any more; where the problem does not fit into memory.

    Examples
    --------
    >>> import friendshore as fs
    >>> print(fs.explain("FS103").splitlines()[0])
    FS103 (error): Not a number
    >>> problem = fs.read_workbook("inputs/tutorial.xlsx").replace("Expansions", "Friend_line", max_units=1)
    >>> study = fs.explain(problem.replace("Policies", "civil_floor", limit=0))
    >>> study.has_plan, len(study.conflicts.conflicts), [change.after for change in study.repairs[0].changes]
    (False, 1, [0.25])
    """
    if isinstance(what, str):
        from friendshore.models.codes import explain as explain_code

        return explain_code(what)
    from friendshore.models.examine import checked_problem
    from friendshore.optimizer.engines.choose import open_runner
    from friendshore.optimizer.search.limits import Limits
    from friendshore.optimizer.studies.explain import Asks, explain_problem

    problem = what if what.as_checked else checked_problem(what.tables, what.name)
    given = problem.settings
    limits = Limits(
        given.mip_gap if gap is None else gap, given.time_limit if time_limit is None else time_limit, threads
    )
    asks = Asks(why, what_would_it_take)
    with open_runner(engine, workers, ledger) as runner:
        return explain_problem(problem, asks, limits, runner=runner, on_progress=on_progress)

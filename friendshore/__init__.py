"""The cheapest plan for strategic goods that survives disruption: the Python interface of friendshore.

>>> import friendshore as fs
>>> problem = fs.read_workbook("inputs/tutorial.xlsx")  # doctest: +SKIP
>>> outcome = fs.solve(problem, gap=1e-3, time_limit=600)  # doctest: +SKIP
>>> fs.write_plan(outcome.plan, "reports/tutorial.plan.xlsx")  # doctest: +SKIP
>>> fs.write_report(outcome.plan, "reports/tutorial.plan.html")  # doctest: +SKIP

Importing this package loads no library; each function loads what it needs.
"""
# ruff: noqa: PLC0415 - heavy libraries are loaded by the functions that need them

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if not Path(__file__).with_name("models").is_dir():  # a checkout: models/ and optimizer/ lie beside this folder
    __path__.append(str(Path(__file__).resolve().parents[1]))

from friendshore.models.findings import Finding, InvalidProblem
from friendshore.optimizer.system.files import FileFault
from friendshore.optimizer.system.progress import OnProgress, Progress
from friendshore.optimizer.system.version import __version__

if TYPE_CHECKING:
    from friendshore.models.plan import Outcome, Plan
    from friendshore.models.problem import Problem
    from friendshore.optimizer.mpisppy.scenarios import Scenarios

__all__ = [
    "FileFault",
    "Finding",
    "InvalidProblem",
    "OnProgress",
    "Progress",
    "__version__",
    "read_workbook",
    "scenario_creator",
    "solve",
    "write_plan",
    "write_plan_in_place",
    "write_report",
]


def read_workbook(path: str | Path, settings: Mapping[str, str] | None = None) -> Problem:
    """The planning problem of a workbook.

    Parameters
    ----------
    path
        The workbook; it is only read.
    settings
        Rows of Settings to override, as text: ``{"discount_rate": "0.03"}``.

    Raises
    ------
    InvalidProblem
        With every finding at once, where the workbook has errors.
    FileFault
        Where the file cannot be read.
    """
    from friendshore.optimizer.workbook.read import read_workbook as read

    return read(path, settings)


def solve(
    problem: Problem,
    *,
    gap: float | None = None,
    time_limit: float | None = None,
    threads: int | None = None,
    seed: int = 0,
    on_progress: OnProgress | None = None,
    method: str = "auto",
) -> Outcome:
    """The cheapest plan of a problem, or why there is none.

    Parameters
    ----------
    problem
        A valid problem.
    gap, time_limit
        Relative gap at which to stop, and longest search in seconds; None takes them from Settings.
    threads, seed
        Threads of the solver (None: its own choice) and its random seed.
    on_progress
        Called with a ``Progress`` (phase, seconds, objective, bound, gap) when a phase begins, and a few times a second
        during a search.
    method
        ``extensive``: the whole tree at once; ``benders``: branch by branch; ``auto``: whichever fits.
    """
    from friendshore.optimizer.solve import solve_problem

    return solve_problem(
        problem, gap=gap, time_limit=time_limit, threads=threads, seed=seed, on_progress=on_progress, method=method
    )


def write_plan(plan: Plan, path: str | Path) -> None:
    """Write a plan as a workbook: a copy of the workbook that the problem came from, with the plan sheets joined in.

    Where the problem came from no file, or its file cannot be copied so, the input sheets follow as values. What stood
    at ``path`` stays whole until the new file is; FileFault where it cannot be written.
    """
    from friendshore.optimizer.reporting import write_plan as write

    write(plan, path)


def write_plan_in_place(plan: Plan) -> None:
    """Write the plan sheets into the workbook that the problem came from; everything else in it stays as it was.

    Sheets of an earlier run are replaced, and the file as it was is kept as ``NAME.bak``. Raises FileFault, with
    nothing changed, where that cannot be promised: protected, signed, shared or damaged workbooks, one that is open or
    was changed since it was read, one with sheets or tables of its own that are called like those of a plan.
    """
    from friendshore.optimizer.reporting import write_plan_in_place as write

    write(plan)


def write_report(plan: Plan, path: str | Path) -> None:
    """Write a plan as a page to show: one HTML file that works offline and prints well.

    What stood at ``path`` stays whole until the new file is.
    """
    from friendshore.optimizer.page import write_report as write

    write(plan, path)


def scenario_creator(problem: Problem) -> Scenarios:
    """The scenario creator of a problem for mpi-sppy; ``.names`` are its scenarios.

    Parameters
    ----------
    problem
        A valid problem without max_hhi policies.

    Raises
    ------
    ValueError
        For a max_hhi policy, which is no set of linear rows.
    """
    from friendshore.optimizer.mpisppy.scenarios import Scenarios

    return Scenarios(problem)


def __dir__() -> list[str]:
    """What a user needs, and not the rooms behind it."""
    return list(__all__)

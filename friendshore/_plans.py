"""Plans: found, written as workbook and as page, and read back."""
# ruff: noqa: PLC0415 - importing friendshore loads no library

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from friendshore.models.plan import Outcome, Plan
    from friendshore.models.problem import Problem
    from friendshore.optimizer.page.parts import Section
    from friendshore.optimizer.page.tables import PlanTables
    from friendshore.optimizer.saved.saved_plan import SavedPlan
    from friendshore.optimizer.search.benders.pool import Memory
    from friendshore.optimizer.system.progress import OnProgress


def solve(
    problem: Problem,
    *,
    gap: float | None = None,
    time_limit: float | None = None,
    threads: int | None = None,
    seed: int = 0,
    on_progress: OnProgress | None = None,
    method: str = "auto",
    memory_limit: float | None = None,
    baselines: bool = True,
    settle: tuple[str, ...] = (),
    memory: Memory | None = None,
) -> Outcome:
    """The plan of least expected cost that satisfies a problem, or why there is none.

    Parameters
    ----------
    problem
        What ``read_workbook`` or ``problem_from_frames`` gives. One whose tables were changed since is checked first.
    gap
        Relative gap between the plan and the best possible one at which the search ends: 0.001 is a tenth of a
        percent. None: ``mip_gap`` of Settings.
    time_limit
        Longest search, in seconds, building the model counted; where they are over before it is built there is the plan
        that does nothing, or none. None: ``time_limit`` of Settings.
    threads
        Threads of the solver. None: its own choice.
    seed
        Random seed of the solver, from 0 to 2³¹ − 1.
    on_progress
        Called with a ``Progress`` when a phase begins, and a few times a second during a search.
    method
        ``extensive``: the whole tree of scenarios at once; ``benders``: branch by branch; ``auto``: whichever fits.
    memory_limit
        Bytes that the problem may take, as estimated before it is built. None: ``memory_limit`` of Settings, in
        gigabytes; where that is blank most of what the machine has free.
    baselines
        Whether doing nothing, and the cheapest plan without rules, are solved too, for ``plan.baselines``: what the
        plan costs more, and what damage it averts. They share its time limit.
    settle
        Protections and projects (names or cells; ``all``: those that cost less than the gap) that are held in and held
        out, for ``plan.settled``: which of the two cheapest plans is proven to be cheaper. A plan that comes out
        cheaper is the answer. They share its time limit.
    memory
        Hand the same ``Memory()`` to one solve after another: each begins from what the last has learnt, of this
        problem or one with other numbers, and is proven like any other. It helps where the tree is large enough to be
        solved branch by branch.

    Returns
    -------
    Outcome
        ``status``, proven ``bound`` and ``gap``; ``plan`` where one was found, with its tables as DataFrames (units in
        ``.attrs["units"]``) and its certificate; where that does not hold, ``status`` is ``uncertified``. Where no plan
        can satisfy the problem, ``conflict`` has the rows that cannot hold together.

    Raises
    ------
    InvalidProblem
        Where the tables were changed in Python, and do not fit any more; where the problem does not fit into memory.
    ValueError
        For a method that does not exist; for a name to settle that is no protection and no project.
    friendshore.optimizer.solver.SolverFault
        Where the solver contradicts itself.

    Examples
    --------
    >>> import friendshore as fs
    >>> outcome = fs.solve(fs.read_workbook("inputs/tutorial.xlsx"), gap=0.0, time_limit=600)
    >>> str(outcome.status), round(outcome.objective)
    ('optimal', 6628)
    >>> outcome.plan.investments[["expansion", "period", "units"]].to_dict("records")
    [{'expansion': 'Friend_line', 'period': '2027', 'units': 2.0}]
    >>> outcome.plan.sourcing.attrs["units"]
    {'quantity': 'unit of the commodity, over the node'}
    >>> outcome.plan.certificate.holds()
    True
    >>> outcome.plan.baselines.premium.high, outcome.plan.baselines.avoided
    (68.0, 4720.0)
    >>> without = fs.read_workbook("inputs/tutorial.xlsx").replace("Policies", "civil_floor", limit=1.0)
    >>> (line,) = fs.solve(without, gap=0.0, settle=("Friend_line",)).plan.settled
    >>> str(line.verdict), line.difference.high < 0
    ('decided for', True)
    """
    from friendshore.models.examine import checked_problem
    from friendshore.optimizer.search.limits import Limits
    from friendshore.optimizer.search.method import Method
    from friendshore.optimizer.solve import solve_problem
    from friendshore.optimizer.studies.baselines import with_baselines
    from friendshore.optimizer.studies.explain.settle import check_asked, with_settled
    from friendshore.optimizer.studies.prices.step_prices import with_misleading_prices

    if not problem.as_checked:
        problem = checked_problem(problem.tables, problem.name)
    check_asked(problem, settle)
    began = time.monotonic()
    outcome = solve_problem(
        problem,
        gap=gap,
        time_limit=time_limit,
        threads=threads,
        seed=seed,
        on_progress=on_progress,
        method=method,
        memory_limit=memory_limit,
        memory=memory,
    )
    asked = outcome.run.options
    if settle and asked is not None:
        known = None if memory is None else memory.fixed()
        limits = Limits(asked.gap, asked.time_limit, asked.threads, asked.seed, None, Method(method), began, known)
        outcome = with_settled(outcome, tuple(settle), limits, on_progress=on_progress)
    if baselines:
        outcome = with_baselines(
            outcome,
            time_limit=time_limit,
            threads=threads,
            seed=seed,
            method=method,
            on_progress=on_progress,
            began=began,
        )
    return with_misleading_prices(
        outcome, gap=gap, time_limit=time_limit, threads=threads, seed=seed, method=Method(method), began=began
    )


def write_plan(plan: Plan, path: str | Path) -> None:
    """Write a plan as a workbook: a copy of the workbook that the problem came from, with the plan sheets joined in.

    Where the problem came from no file or was changed in Python, or its file cannot be copied so, the input sheets
    follow as values: a plan carries the rows that were solved. What stood at ``path`` is whole until the new file is.

    Parameters
    ----------
    plan
        ``outcome.plan`` of ``solve``.
    path
        The workbook to write; its name ends in ``.xlsx``.

    Raises
    ------
    FileFault
        Where the file cannot be written, or is the workbook that the problem came from.

    Examples
    --------
    >>> import friendshore as fs
    >>> outcome = fs.solve(fs.read_workbook("inputs/tutorial.xlsx"))
    >>> fs.write_plan(outcome.plan, "reports/mine.plan.xlsx")
    """
    from friendshore.optimizer.reporting import write_plan as write

    write(plan, path)


def write_plan_in_place(plan: Plan) -> None:
    """Write the plan sheets into the workbook that the problem came from; everything else in it stays as it was.

    Sheets of an earlier run are replaced, and the file as it was is kept as ``NAME.bak``.

    Parameters
    ----------
    plan
        ``outcome.plan`` of ``solve``.

    Raises
    ------
    FileFault
        With nothing changed, where that cannot be promised: the problem came from no file (FS001), the workbook is
        protected, signed, shared or damaged, is open, was changed since it was read (FS011), or has sheets or tables
        of its own that are called like those of a plan.

    Examples
    --------
    >>> import friendshore as fs
    >>> fs.new("mine.xlsx", example="tutorial")
    >>> outcome = fs.solve(fs.read_workbook("mine.xlsx"))
    >>> fs.write_plan_in_place(outcome.plan)
    """
    from friendshore.optimizer.reporting import write_plan_in_place as write

    write(plan)


def read_plan(path: str | Path) -> SavedPlan:
    """A plan read back from the workbook that it was written to.

    Parameters
    ----------
    path
        The plan workbook; it is only read.

    Returns
    -------
    SavedPlan
        ``problem`` is what the plan was asked, with settings of the command line; ``tables`` are the plan sheets as
        DataFrames by name (``Investments``, ``Sourcing``, ``Scorecard``, …), with units in ``.attrs["units"]``.

    Raises
    ------
    FileFault
        Where the file cannot be read, is no plan (FS002), or its plan sheets are damaged (FS004).
    InvalidProblem
        Where its input sheets have errors.

    Examples
    --------
    >>> import friendshore as fs
    >>> plan = fs.read_plan("reports/tutorial.plan.xlsx")
    >>> plan.tables["Investments"][["expansion", "units"]].to_dict("records")
    [{'expansion': 'Friend_line', 'units': 2.0}]
    """
    from friendshore.optimizer.saved.plan_reader import read_plan as read

    return read(path)


def write_report(plan: Plan | SavedPlan, path: str | Path, *, studies: Sequence[str | Path] = ()) -> None:
    """Write a plan as a page to show: one HTML file that works offline and prints well.

    What stood at ``path`` stays whole until the new file is.

    Parameters
    ----------
    plan
        ``outcome.plan`` of ``solve``, or what ``read_plan`` gives.
    path
        The page to write.
    studies
        Workbooks of studies of the same plan, as ``write_study`` and the commands write them; each makes a section.

    Raises
    ------
    FileFault
        Where the page cannot be written; where a workbook is no study (FS014), or one of other rows than the plan has
        (FS015).

    Examples
    --------
    >>> import friendshore as fs
    >>> fs.write_report(fs.read_plan("reports/tutorial.plan.xlsx"), "reports/tutorial.html")
    """
    from friendshore.models.plan import Plan as PlanInMemory
    from friendshore.optimizer.page import write_report as write_page
    from friendshore.optimizer.page import write_report_of as write_page_of
    from friendshore.optimizer.studies.sections import sections_of

    def made(tables: PlanTables) -> Sequence[Section]:
        return sections_of(studies, tables)

    if isinstance(plan, PlanInMemory):
        write_page(plan, path, made)
    else:
        write_page_of(plan.path, plan.problem, path, made)

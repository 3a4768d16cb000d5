"""Studies of a problem and of plans, as values; ``write_study`` writes each as a workbook."""
# ruff: noqa: PLC0415 - importing friendshore loads no library

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from friendshore.models.plan import Plan
    from friendshore.models.problem import Problem
    from friendshore.optimizer.saved.saved_plan import SavedPlan
    from friendshore.optimizer.studies.alternatives.alternatives import Alternatives
    from friendshore.optimizer.studies.compare import Comparison
    from friendshore.optimizer.studies.explain import Explanation
    from friendshore.optimizer.studies.frontier.frontier import Frontier
    from friendshore.optimizer.studies.replan.replan import Replanned
    from friendshore.optimizer.studies.sensitivity.sensitivity import Sensitivity
    from friendshore.optimizer.studies.share.share import Share
    from friendshore.optimizer.studies.stress.stress import Stress
    from friendshore.optimizer.studies.vulnerabilities.vulnerabilities import Vulnerabilities
    from friendshore.optimizer.studies.worth.worth import Worth
    from friendshore.optimizer.system.progress import OnProgress


def vulnerabilities(
    problem: Problem, *, period: str = "", years: float | None = None, on_progress: OnProgress | None = None
) -> Vulnerabilities:
    """Where supply is thin as things stand, before any plan.

    Parameters
    ----------
    problem
        What ``read_workbook`` or ``problem_from_frames`` gives.
    period
        Label of the period looked at; blank: the first.
    years
        Length of every stop tested, in years; None: the time to recover of each source.
    on_progress
        Called with a ``Progress`` as the work goes on.

    Returns
    -------
    Vulnerabilities
        ``supply`` (import reliance and concentration), ``exposure`` (look-through, at any tier) and ``points`` (what
        the loss of each country, plant and route would do, the worst first). Shares are fractions, times years, money
        in the currency of Settings.

    Raises
    ------
    ValueError
        Where there is no such period, or ``years`` is not a number above 0.

    Examples
    --------
    >>> import friendshore as fs
    >>> study = fs.vulnerabilities(fs.read_workbook("inputs/tutorial.xlsx"))
    >>> {point.source.name: round(point.stop.damage) for point in study.points if point.source.kind == "country"}
    {'Home': 24800, 'Rival': 24800}
    """
    from friendshore.optimizer.studies.vulnerabilities.vulnerabilities import vulnerabilities as examine

    return examine(problem, period=period, years=years, on_progress=on_progress)


def stress(
    plan: Plan | SavedPlan,
    *,
    k: int = 1,
    over: Sequence[str] = ("countries", "plants", "routes"),
    years: float | None = None,
    onset: str = "",
    sample: int = 0,
    seed: int = 0,
    time_limit: float | None = None,
    engine: str = "",
    workers: int = 1,
    ledger: str | Path | None = None,
    on_progress: OnProgress | None = None,
) -> Stress:
    """Break a plan by every country, plant and route and by every scenario, with what is built and stocked held.

    Parameters
    ----------
    plan
        ``outcome.plan`` of ``solve``, or what ``read_plan`` gives.
    k
        How many may be lost at once, from 1 to 3: 2 breaks every pair.
    over
        What is removed: any of ``countries``, ``plants``, ``routes``.
    years
        Length of every stop, in years; None: the time to recover of each.
    onset
        Label of the period at whose start it breaks, or ``every``; blank: the second.
    sample, seed
        How many scenarios are drawn as well, which are run through the plan without resilience rules too, and the
        random seed of the draws.
    time_limit
        Longest search for the plan without rules, in seconds; None: ``time_limit`` of Settings.
    engine, workers
        Where the work is done (``serial``, ``pool``, ``dask``, ``dask:tcp://HOST:8786``) and by how many processes of
        this machine; blank: ``pool`` for more than one, else ``serial``.
    ledger
        A file that keeps what is done, and from which what is there is taken; None: nothing is kept.
    on_progress
        Called with a ``Progress`` as the work goes on.

    Returns
    -------
    Stress
        ``singles`` (each removal, the worst first), ``together``, ``scenarios`` and ``sample``: extra cost and damage
        in the currency of Settings, shortage as a share of each tier's demand, time to survive in years.

    Raises
    ------
    ValueError
        For a ``k``, a kind, a length, a period or an engine that there is not.
    FileFault
        Where the plan was read from a workbook whose plan sheets are damaged (FS004).
    friendshore.optimizer.engines.faults.EngineFault
        Where the engine or the ledger fails (FS701 to FS705).

    Examples
    --------
    >>> import friendshore as fs
    >>> study = fs.stress(fs.read_plan("reports/tutorial.plan.xlsx"), over=["countries"])
    >>> [(broken.label, round(broken.extra_cost)) for broken in study.singles]
    [('country Home', 22800), ('country Rival', 22800), ('country Friend', 0)]
    """
    from friendshore.models.plan import Plan as PlanInMemory
    from friendshore.optimizer.engines.choose import open_runner
    from friendshore.optimizer.saved.decisions import decisions_of
    from friendshore.optimizer.saved.plan_decisions import read_decisions
    from friendshore.optimizer.studies.stress.stress import Asks, stress_plan

    asks = Asks(k, tuple(over), years, onset, sample, seed)
    decided = decisions_of(plan) if isinstance(plan, PlanInMemory) else read_decisions(plan.path, plan.problem)
    with open_runner(engine, workers, ledger) as runner:
        return stress_plan(plan.problem, decided, asks, runner=runner, time_limit=time_limit, on_progress=on_progress)


def compare(first: Plan | SavedPlan, *others: Plan | SavedPlan) -> Comparison:
    """Plans side by side: what changed in the inputs, in decisions, in cost and in resilience.

    Parameters
    ----------
    first
        The plan that the others are held against: ``outcome.plan`` of ``solve``, or what ``read_plan`` gives.
    others
        One plan or more.

    Returns
    -------
    Comparison
        Sections (``investments``, ``sourcing``, ``figures``, ``scorecard``, …), each with a DataFrame ``frame``: a
        column for each plan and one for each change against the first; ``scope`` says what cannot be compared.

    Raises
    ------
    ValueError
        Without another plan.

    Examples
    --------
    >>> import friendshore as fs
    >>> dearer = fs.solve(fs.read_workbook("inputs/tutorial.xlsx", {"discount_rate": "0.1"})).plan
    >>> comparison = fs.compare(fs.read_plan("reports/tutorial.plan.xlsx"), dearer)
    >>> [str(change) for change in comparison.pairs[0].inputs]
    ['Settings, discount_rate 0 -> 0.1']
    """
    from friendshore.optimizer.studies.compare import compare as compare_saved

    return compare_saved([saved_plan(plan) for plan in (first, *others)])


def saved_plan(plan: Plan | SavedPlan) -> SavedPlan:
    """A plan as its workbook would hold it."""
    from friendshore.models.plan import Plan as PlanInMemory
    from friendshore.optimizer.page.tables import of_plan
    from friendshore.optimizer.saved.saved_plan import SavedPlan as Saved

    if isinstance(plan, PlanInMemory):
        return Saved(Path(plan.problem.name or "plan"), plan.problem, of_plan(plan).frames)
    return plan


def write_study(
    study: Stress
    | Vulnerabilities
    | Frontier
    | Alternatives
    | Worth
    | Share
    | Sensitivity
    | Explanation
    | Comparison
    | Replanned,
    path: str | Path,
) -> None:
    """Write a study as a workbook of tables and charts.

    What stood at ``path`` stays whole until the new file is.

    Parameters
    ----------
    study
        What ``stress``, ``vulnerabilities``, ``frontier``, ``alternatives``, ``worth``, ``share``, ``sensitivity``,
        ``explain``, ``compare`` or ``replan`` gives.
    path
        The workbook to write; its name ends in ``.xlsx``.

    Raises
    ------
    FileFault
        Where the file cannot be written.

    Examples
    --------
    >>> import friendshore as fs
    >>> study = fs.vulnerabilities(fs.read_workbook("inputs/tutorial.xlsx"))
    >>> fs.write_study(study, "reports/tutorial.vulnerabilities.xlsx")
    """
    from friendshore.optimizer.reporting.study_sheets import write_study_sheets
    from friendshore.optimizer.studies.alternatives.alternatives import Alternatives as AlternativesStudy
    from friendshore.optimizer.studies.alternatives.sheets import sheets as alternatives_sheets
    from friendshore.optimizer.studies.compare.sheets import write_comparison
    from friendshore.optimizer.studies.explain import Explanation as ExplanationStudy
    from friendshore.optimizer.studies.explain.sheets import sheets as explain_sheets
    from friendshore.optimizer.studies.frontier.frontier import Frontier as FrontierStudy
    from friendshore.optimizer.studies.frontier.sheets import sheets as frontier_sheets
    from friendshore.optimizer.studies.replan.replan import Replanned as ReplannedStudy
    from friendshore.optimizer.studies.replan.sheets import sheets as replan_sheets
    from friendshore.optimizer.studies.sensitivity.sensitivity import Sensitivity as SensitivityStudy
    from friendshore.optimizer.studies.sensitivity.sheets import sheets as sensitivity_sheets
    from friendshore.optimizer.studies.share.share import Share as ShareStudy
    from friendshore.optimizer.studies.share.sheets import sheets as share_sheets
    from friendshore.optimizer.studies.stress.sheets import write_stress
    from friendshore.optimizer.studies.stress.stress import Stress as StressStudy
    from friendshore.optimizer.studies.vulnerabilities.sheets import write_vulnerabilities
    from friendshore.optimizer.studies.vulnerabilities.vulnerabilities import Vulnerabilities as VulnerabilityStudy
    from friendshore.optimizer.studies.worth.sheets import sheets as worth_sheets
    from friendshore.optimizer.studies.worth.worth import Worth as WorthStudy

    if isinstance(study, StressStudy):
        write_stress(study, path)
    elif isinstance(study, VulnerabilityStudy):
        write_vulnerabilities(study, path)
    elif isinstance(study, FrontierStudy):
        write_study_sheets(frontier_sheets(study), path)
    elif isinstance(study, AlternativesStudy):
        write_study_sheets(alternatives_sheets(study), path)
    elif isinstance(study, ShareStudy):
        write_study_sheets(share_sheets(study), path)
    elif isinstance(study, SensitivityStudy):
        write_study_sheets(sensitivity_sheets(study), path)
    elif isinstance(study, WorthStudy):
        write_study_sheets(worth_sheets(study), path)
    elif isinstance(study, ReplannedStudy):
        write_study_sheets(replan_sheets(study), path)
    elif isinstance(study, ExplanationStudy):
        write_study_sheets(explain_sheets(study), path)
    else:
        write_comparison(study, path)

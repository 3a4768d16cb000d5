"""solve_problem: from a problem to a certified plan, phase by phase."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import partial
from math import inf

from friendshore.models.clauses.rule import Disruptions
from friendshore.models.findings import Finding
from friendshore.models.formulation.checkpoint import go_on
from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.plan import Options, Outcome, Plan, Run, Size, Status
from friendshore.models.problem import Problem
from friendshore.optimizer.answer.extract import extract_plan
from friendshore.optimizer.answer.infeasibility import conflict
from friendshore.optimizer.answer.scorecard import scorecard, with_unsurvived
from friendshore.optimizer.answer.solution import NOISE
from friendshore.optimizer.answer.survival import with_survival
from friendshore.optimizer.certify import certify
from friendshore.optimizer.program.assemble import Assembled, assemble
from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.program.size import refuse_too_large
from friendshore.optimizer.search.benders.pool import Memory
from friendshore.optimizer.search.benders.search import search_by_decomposition, will_decompose
from friendshore.optimizer.search.constraint_generation import search_by_constraint_generation
from friendshore.optimizer.search.extensive import search_doubted, search_extensive_form
from friendshore.optimizer.search.first_plan import with_first_plan
from friendshore.optimizer.search.limits import BUILDING, Limits, OutOfTime, Stopwatch
from friendshore.optimizer.search.method import Method
from friendshore.optimizer.search.refine import refined
from friendshore.optimizer.search.result import SearchResult, out_of_time
from friendshore.optimizer.search.stress_recourse import solve_stress_recourse
from friendshore.optimizer.solver import Answer
from friendshore.optimizer.solver.conclude import with_gap_and_status
from friendshore.optimizer.system.interrupts import watching
from friendshore.optimizer.system.progress import OnProgress
from friendshore.optimizer.system.version import versions

Hold = Callable[[Assembled], Assembled]
"""Fixes decisions in a program, or tightens it otherwise: narrower bounds, further rows."""

REFINEMENTS = 3
"""A plan that does not hold when it is recomputed is polished again so often at most."""


def solve_problem(
    problem: Problem,
    *,
    gap: float | None = None,
    time_limit: float | None = None,
    threads: int | None = None,
    seed: int = 0,
    on_progress: OnProgress | None = None,
    method: str = Method.AUTO,
    memory_limit: float | None = None,
    began: float | None = None,
    hold: Hold | None = None,
    memory: Memory | None = None,
    enough: float = -inf,
) -> Outcome:
    """The optimal plan of a problem.

    Parameters
    ----------
    problem
        A valid problem.
    gap, time_limit
        Relative gap at which to stop, and seconds after which to end, building counted; None takes them from Settings.
        Where they are over before there is a model the search is left out; ``BUILDING`` seconds later so is the model.
    threads, seed
        Threads of the solver (None: its own choice) and its random seed.
    on_progress
        Called with a ``Progress`` when a phase begins, and a few times a second during a search.
    method
        The extensive form at once, Benders decomposition over the branches, or whichever fits
        (``should_decompose``).
    memory_limit
        Bytes that the problem may take, as estimated before it is built; None: ``memory_limit`` of Settings, and where
        that is blank most of what the machine has free.
    began
        When the work began, as ``time.monotonic`` tells it: the time limit runs from there. None: now.
    hold
        Fixes decisions in the program before it is searched (``friendshore.optimizer.search.hold``), or tightens it
        otherwise; the bound then speaks of what is left to decide, and why there is no plan is not looked for.
    memory
        What an earlier search has learnt of this problem or one with other numbers or rows, to begin from; afterwards
        it holds what this one has learnt. Only searches by decomposition learn anything. None: begin from nothing.
    enough
        A search by decomposition also ends at a plan whose objective is no more than this, or where it is proven that
        none is, then maybe without a plan; bound and gap are what is proven. Other searches go on to ``gap``.

    Returns
    -------
    Outcome
        With a plan where one was found; the plan carries its certificate, and is ``uncertified`` where that does not
        hold.

    Raises
    ------
    InvalidProblem
        Where it does not fit into memory (FS319).
    NotImplementedError
        For a policy whose kind is not built yet.
    friendshore.optimizer.solver.SolverFault
        Where the solver contradicts itself.
    """
    limits = Limits(
        problem.settings.mip_gap if gap is None else gap,
        problem.settings.time_limit if time_limit is None else time_limit,
        threads,
        seed,
        on_progress,
        Method(method),
        began,
        memory,
        enough,
    )
    watch = Stopwatch(on_progress)
    refuse_too_large(problem, memory_limit)

    work = _Work(problem, limits, watch, hold)
    with watching():
        try:
            decompose = partial(will_decompose, limits=limits)
            result = search_by_constraint_generation(problem, work.build, work.search, watch, decompose)
        except OutOfTime:
            watch.note("the time limit passed while the model was being built")
            return _with_options(Outcome(_run_without_model(watch)), limits)
        answer = result.answer
        watch.note(f"search ended: {answer.status}{', ' + answer.stopped if answer.stopped else ''}")
        if answer.columns is None:
            outcome = Outcome(_run(result, watch), conflict=tuple(work.clashing))
        else:
            outcome = _finish(result, limits, watch)
        return _with_options(outcome, limits)


@dataclasses.dataclass
class _Work:
    """Building and searching a problem, as often as it takes.

    ``clashing`` has the rows that cannot hold together, where there are such; ``searched``: there may be a plan, which
    building further branches for it must not lose.
    """

    problem: Problem
    limits: Limits
    watch: Stopwatch
    hold: Hold | None = None
    clashing: list[Finding] = dataclasses.field(default_factory=list)
    searched: bool = False

    def build(self, disruptions: Disruptions) -> Assembled:
        """The program with some of the disruptions; OutOfTime where the time was over long before the first is done."""
        checkpoint = go_on if self.searched else partial(self.limits.checkpoint, BUILDING)
        with self.watch.phase("build"):
            assembled = assemble(build_model_data(self.problem, disruptions, checkpoint), checkpoint)
        self.watch.note(_size_in_words(_size(assembled)))
        return assembled if self.hold is None else self.hold(assembled)

    def search(self, assembled: Assembled) -> SearchResult:
        """The best plan of a program; one that does nothing where the time is over, and that may be done."""
        limits, watch, self.searched = self.limits, self.watch, True
        if limits.passed:
            watch.note("the time limit passed while the model was being built")
            return with_first_plan(out_of_time(assembled), watch)
        by_parts = search_by_decomposition(assembled, limits, watch)
        result = search_extensive_form(assembled, limits, watch) if by_parts is None else by_parts
        if result.answer.status != "infeasible":
            return with_first_plan(result, watch) if limits.enough == -inf else result
        if self.hold is not None:
            return result
        with watch.phase("conflict"):
            clash = conflict(result.assembled)
        self.clashing.extend(clash.findings)
        return search_doubted(result.assembled, limits, watch) if clash.met else result


def _finish(result: SearchResult, limits: Limits, watch: Stopwatch) -> Outcome:
    """The plan of a search, certified; refined where it does not hold, uncertified where that is no help."""
    plan, columns, result = _certified(result, watch)
    for _ in range(REFINEMENTS):
        if _holds(plan):
            break
        with watch.phase("polish"):
            finer = refined(result, columns, limits)
        if finer is None:
            break
        watch.note("brought nearer to the rows that did not hold")
        plan, columns, result = _certified(finer, watch)
    if result.answer.dual_bound is not None:
        watch.note(f"prices prove a bound of {result.answer.dual_bound:,.6g}, recomputed outside the solver")
    run = _run(result, watch)
    if not _holds(plan):
        run = dataclasses.replace(run, status=Status.UNCERTIFIED)
    return Outcome(run, dataclasses.replace(plan, run=run))


def _certified(result: SearchResult, watch: Stopwatch) -> tuple[Plan, FloatArray, SearchResult]:
    """The plan of a search with its certificate, its columns, and the search with the gap that the plan leaves.

    Stress branches stand at their own least cost. The mean of the worst paths is worked out of what they cost, which
    may be less than the program's own columns say of it where the search has ended before its optimum. What is noise
    is left out of the tables, unless a row comes to rest upon it: where the largest of a kind is large, a billionth of
    it may be more than a small row can spare.
    """
    with watch.phase("stress paths"):
        columns = solve_stress_recourse(result.assembled, result.answer.plan)
    plan, told = _told(result, columns, NOISE, watch)
    if not _holds(plan):
        whole, of_whole = _told(result, columns, 0.0, watch)
        if _holds(whole):
            return whole, columns, of_whole
    return plan, columns, told


def _told(result: SearchResult, columns: FloatArray, noise: float, watch: Stopwatch) -> tuple[Plan, SearchResult]:
    """The plan of columns, told without what is noise, and certified."""
    assembled, answer = result.assembled, result.answer
    scores = with_unsurvived(scorecard(assembled, columns, answer.row_duals, noise), result.unsurvived)
    with watch.phase("survival"):
        scores = with_survival(scores, assembled, columns, look=not answer.stopped)
    plan = extract_plan(assembled, columns, scores, _run(result, watch), noise)
    if plan.objective < answer.cost:
        result = dataclasses.replace(result, answer=_at(answer, plan.objective))
        plan = dataclasses.replace(plan, run=_run(result, watch))
    with watch.phase("certify"):
        certificate = certify(plan)
    watch.note(
        f"certificate: worst violation {certificate.max_violation:.2e}, "
        f"objective off by {certificate.objective_difference:.2e}"
    )
    return dataclasses.replace(plan, certificate=certificate), result


def _at(answer: Answer, objective: float) -> Answer:
    """An answer whose plan costs less than its columns say."""
    return with_gap_and_status(dataclasses.replace(answer, objective=objective), proven=answer.status == "optimal")


def _holds(plan: Plan) -> bool:
    return plan.certificate is not None and plan.certificate.holds()


def _with_options(outcome: Outcome, limits: Limits) -> Outcome:
    """The outcome with what it was asked for, by which it can be had again."""
    begun = limits.memory is not None and limits.memory.begun
    options = Options(limits.gap, limits.time_limit, limits.threads, limits.seed, str(limits.method), begun=begun)
    run = dataclasses.replace(outcome.run, options=options)
    plan = None if outcome.plan is None else dataclasses.replace(outcome.plan, run=run)
    return dataclasses.replace(outcome, run=run, plan=plan)


def _size_in_words(size: Size) -> str:
    return (
        f"model of {size.rows:,} rows, {size.columns:,} columns, {size.integers:,} integers, "
        f"{size.nonzeros:,} nonzeros; {size.nodes:,} nodes, {size.scenarios:,} scenarios"
    )


def _size(assembled: Assembled) -> Size:
    program, tree = assembled.program, assembled.model_data.tree
    return Size(program.rows, program.columns, program.integers, program.nonzeros, len(tree.nodes), len(tree.scenarios))


def _run_without_model(watch: Stopwatch) -> Run:
    seconds = {**watch.seconds, "total": sum(watch.seconds.values())}
    return Run(stopped="time limit", seconds=seconds, versions=versions(), log=tuple(watch.log))


def _run(result: SearchResult, watch: Stopwatch) -> Run:
    answer = result.answer
    seconds = dict(watch.seconds)
    seconds["total"] = sum(seconds.values())
    return Run(
        status=Status(answer.status),
        bound=answer.bound,
        gap=answer.gap,
        stopped=answer.stopped or ("precision" if answer.status == "feasible" else ""),
        size=_size(result.assembled),
        seconds=seconds,
        versions=versions(),
        log=(*watch.log, *answer.log),
        unsurvived=result.unsurvived,
        dual_bound=answer.dual_bound,
    )

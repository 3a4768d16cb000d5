"""solve_problem: from a problem to a certified plan, phase by phase."""

from __future__ import annotations

import dataclasses
from functools import partial

from friendshore.models.findings import Finding
from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.plan import Outcome, Run, Size, Status
from friendshore.models.problem import Problem
from friendshore.models.rules import Attacks
from friendshore.optimizer.answer.extract import extract_plan
from friendshore.optimizer.answer.infeasibility import conflict
from friendshore.optimizer.answer.scorecard import scorecard
from friendshore.optimizer.answer.survival import with_survival
from friendshore.optimizer.certify import certify
from friendshore.optimizer.program.assemble import Assembled, assemble
from friendshore.optimizer.search.benders.search import decomposes, search_by_parts
from friendshore.optimizer.search.constraint_generation import search_with_attacks
from friendshore.optimizer.search.extensive import search_extensive
from friendshore.optimizer.search.limits import Asked, Stopwatch
from friendshore.optimizer.search.method import Method
from friendshore.optimizer.search.stress_recourse import settle_unweighted
from friendshore.optimizer.solver import Answer
from friendshore.optimizer.system.interrupts import watching
from friendshore.optimizer.system.progress import OnProgress
from friendshore.optimizer.system.version import versions


def solve_problem(
    problem: Problem,
    *,
    gap: float | None = None,
    time_limit: float | None = None,
    threads: int | None = None,
    seed: int = 0,
    on_progress: OnProgress | None = None,
    method: str = Method.AUTO,
) -> Outcome:
    """The optimal plan of a problem.

    Parameters
    ----------
    problem
        A valid problem.
    gap, time_limit
        Relative gap at which to stop and longest search in seconds; None takes them from Settings.
    threads, seed
        Threads of the solver (None: its own choice) and its random seed.
    on_progress
        Called with a ``Progress`` when a phase begins, and a few times a second during a search.
    method
        The extensive form at once, Benders decomposition over the branches, or whichever fits (see ``by_parts``).

    Returns
    -------
    Outcome
        With a plan where one was found; the plan carries its certificate, which the caller has to look at.

    Raises
    ------
    NotImplementedError
        For a policy whose kind is not built yet.
    friendshore.optimizer.solver.SolverFault
        Where the solver contradicts itself.
    """
    wanted = problem.settings.mip_gap if gap is None else gap
    limit = problem.settings.time_limit if time_limit is None else time_limit
    asked = Asked(wanted, limit, threads, seed, on_progress, Method(method))
    watch = Stopwatch(on_progress)

    def build(attacks: Attacks) -> Assembled:
        with watch.phase("build"):
            assembled = assemble(build_model_data(problem, attacks))
        watch.note(_told(_size(assembled)))
        return assembled

    def search(assembled: Assembled) -> tuple[Assembled, Answer]:
        return search_by_parts(assembled, asked, watch) or search_extensive(assembled, asked, watch)

    with watching():
        assembled, found = search_with_attacks(problem, build, search, watch, partial(decomposes, asked=asked))
        watch.note(f"search ended: {found.status}{', ' + found.stopped if found.stopped else ''}")
        if found.columns is None:
            return Outcome(_run(found, assembled, watch), conflict=_conflict(assembled, found, watch))
        return _finish(assembled, found, watch)


def _finish(assembled: Assembled, answer: Answer, watch: Stopwatch) -> Outcome:
    """Settle the stress paths of a polished answer, and certify the plan."""
    if answer.columns is None:
        raise ValueError("there is no plan to finish")
    with watch.phase("stress paths"):
        columns = settle_unweighted(assembled, answer.columns)
    scores = scorecard(assembled, columns, answer.row_duals)
    with watch.phase("survival"):
        scores = with_survival(scores, assembled, columns, look=not answer.stopped)
    plan = extract_plan(assembled, columns, scores, Run())
    with watch.phase("certify"):
        certificate = certify(plan)
    watch.note(
        f"certificate: worst violation {certificate.max_violation:.2e}, "
        f"objective off by {certificate.objective_difference:.2e}"
    )
    run = _run(answer, assembled, watch)
    return Outcome(run, dataclasses.replace(plan, certificate=certificate, run=run))


def _conflict(assembled: Assembled, found: Answer, watch: Stopwatch) -> tuple[Finding, ...]:
    if found.status != "infeasible":
        return ()
    with watch.phase("conflict"):
        return conflict(assembled)


def _told(size: Size) -> str:
    return (
        f"model of {size.rows:,} rows, {size.columns:,} columns, {size.integers:,} integers, "
        f"{size.nonzeros:,} nonzeros; {size.nodes:,} nodes, {size.scenarios:,} scenarios"
    )


def _size(assembled: Assembled) -> Size:
    program, tree = assembled.program, assembled.model_data.tree
    return Size(program.rows, program.columns, program.integers, program.nonzeros, len(tree.nodes), len(tree.scenarios))


def _run(answer: Answer, assembled: Assembled, watch: Stopwatch) -> Run:
    seconds = dict(watch.seconds)
    seconds["total"] = sum(seconds.values())
    return Run(
        status=Status(answer.status),
        bound=answer.bound,
        gap=answer.gap,
        stopped=answer.stopped,
        size=_size(assembled),
        seconds=seconds,
        versions=versions(),
        log=(*watch.log, *answer.log),
    )

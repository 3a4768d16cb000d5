"""solve_problem: from a problem to a certified plan, phase by phase."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from models.findings import Finding
from models.plan import Outcome, Run, Size, Status
from models.problem import Problem
from models.rules import Attacks
from models.statement import state
from optimizer.assemble import Assembled, assemble
from optimizer.attacks import search_with_attacks
from optimizer.certify import certify
from optimizer.conflict import conflict
from optimizer.extract import extract_plan
from optimizer.interrupts import watching
from optimizer.planes import cone_clauses, polish_with_planes, search_with_planes
from optimizer.scorecard import scorecard
from optimizer.solver import Answer, Basis, Progress, SolverFault, polish, solve_program
from optimizer.survival import with_survival
from optimizer.unweighted import settle_unweighted
from optimizer.version import versions

_AGAIN = 20  # searches for one set of attacks; each follows planes that the one before lacked


class _Stopwatch:
    """Seconds of each phase, and a line in the log for each."""

    def __init__(self, progress: Progress | None) -> None:
        self.seconds: dict[str, float] = {}
        self.log: list[str] = []
        self._progress = progress
        self._started = time.perf_counter()

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Time a phase and tell that it begins."""
        begun = time.perf_counter()
        if self._progress is not None:
            self._progress(name, begun - self._started, None, None, None)
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begun

    def note(self, line: str) -> None:
        """Add a line to the log."""
        self.log.append(f"{time.perf_counter() - self._started:8.2f} s  {line}")


def solve_problem(
    problem: Problem,
    *,
    gap: float | None = None,
    time_limit: float | None = None,
    threads: int | None = None,
    seed: int = 0,
    progress: Progress | None = None,
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
    progress
        Called with phase, elapsed seconds, best objective, bound and gap.

    Returns
    -------
    Outcome
        With a plan where one was found; the plan carries its certificate, which the caller has to look at.

    Raises
    ------
    NotImplementedError
        For a policy whose kind is not built yet.
    optimizer.solver.SolverFault
        Where the solver contradicts itself.
    """
    wanted = problem.settings.mip_gap if gap is None else gap
    limit = problem.settings.time_limit if time_limit is None else time_limit
    how = _How(wanted, limit, threads, seed, progress)
    watch = _Stopwatch(progress)

    def build(attacks: Attacks) -> Assembled:
        with watch.phase("build"):
            assembled = assemble(state(problem, attacks))
        watch.note(_told(_size(assembled)))
        return assembled

    def search(assembled: Assembled) -> tuple[Assembled, Answer]:
        return _search(assembled, how, watch)

    with watching():
        assembled, found = search_with_attacks(problem, build, search, watch.note)
        watch.note(f"search ended: {found.status}{', ' + found.stopped if found.stopped else ''}")
        if found.columns is None:
            return Outcome(_run(found, assembled, watch), conflict=_conflict(assembled, found, watch))
        return _finish(assembled, found, watch)


def _search(assembled: Assembled, how: _How, watch: _Stopwatch) -> tuple[Assembled, Answer]:
    """Search and polish; again, to tighter tolerances, where polishing has moved the plan too far from its bound.

    Rows that give way by 1e-6 may move it where no gap at all is asked for, planes that polishing needed always may.
    """
    for round_ in range(_AGAIN):
        with watch.phase("solve"):
            assembled, found = search_with_planes(assembled, partial(how.search, exact=round_ > 0), first=round_ == 0)
        if found.columns is None:
            return assembled, found
        with watch.phase("polish"):
            assembled, answer = polish_with_planes(assembled, partial(how.polish, found))
        if answer is not None and (found.stopped or answer.status == found.status):
            watch.note(f"polished: objective {answer.objective:,.6g}")
            return assembled, answer
        if answer is None and found.stopped:
            return assembled, Answer("no_plan", found.stopped, bound=found.bound, log=found.log)
        if answer is not None and round_ and not cone_clauses(assembled):
            return assembled, answer
        watch.note("polishing moved the plan too far from its bound; searching again")
    if answer is None:
        raise SolverFault("the searches for a plan within the cones of max_hhi did not come to an end")
    return assembled, answer


@dataclass
class _How:
    """What the planner asked of the search; the time limit is that of all searches together."""

    gap: float
    time_limit: float | None
    threads: int | None
    seed: int
    progress: Progress | None

    def __post_init__(self) -> None:
        self._started = time.monotonic()

    def search(self, assembled: Assembled, *, exact: bool = False) -> Answer:
        """Search for the best plan of a program within what is left of the time."""
        left = None
        if self.time_limit is not None:
            left = max(1e-3, self.time_limit - (time.monotonic() - self._started))
        return solve_program(
            assembled.program, gap=self.gap, time_limit=left, threads=self.threads, seed=self.seed,
            progress=self.progress, exact=exact,
        )  # fmt: skip

    def polish(self, found: Answer, assembled: Assembled, basis: Basis | None) -> Answer:
        """The plan of a search to 1e-9, from a basis where there is one."""
        start = found if basis is None else dataclasses.replace(found, basis=basis)
        return polish(assembled.program, start, threads=self.threads, seed=self.seed, progress=self.progress)


def _finish(assembled: Assembled, answer: Answer, watch: _Stopwatch) -> Outcome:
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


def _conflict(assembled: Assembled, found: Answer, watch: _Stopwatch) -> tuple[Finding, ...]:
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
    program, tree = assembled.program, assembled.statement.tree
    return Size(program.rows, program.columns, program.integers, program.nonzeros, len(tree.nodes), len(tree.scenarios))


def _run(answer: Answer, assembled: Assembled, watch: _Stopwatch) -> Run:
    seconds = dict(watch.seconds)
    seconds["total"] = sum(seconds.values())
    return Run(
        status=Status(answer.status), bound=answer.bound, gap=answer.gap, stopped=answer.stopped, size=_size(assembled),
        seconds=seconds, versions=versions(), log=(*watch.log, *answer.log),
    )  # fmt: skip

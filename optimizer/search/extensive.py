"""The extensive form searched at once: HiGHS on the whole tree, then polished, within the cones of max_hhi."""

from __future__ import annotations

import dataclasses
from functools import partial

from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.search.cumulative_units import decided_before, solve_cumulative
from friendshore.optimizer.search.limits import Asked, Stopwatch
from friendshore.optimizer.search.tangent_planes import cone_clauses, polish_with_planes, search_with_planes
from friendshore.optimizer.solver import EXACT, USUAL, Answer, Basis, SolverFault, polish, solve_program

_AGAIN = 20  # searches for one set of attacks; each follows planes that the one before lacked


def search_extensive(assembled: Assembled, asked: Asked, watch: Stopwatch) -> tuple[Assembled, Answer]:
    """Search and polish; again, to tighter tolerances, where polishing has moved the plan too far from its bound.

    Rows that give way by 1e-6 may move it where no gap at all is asked for, planes that polishing needed always may.
    """
    for round_ in range(_AGAIN):
        with watch.phase("solve"):
            assembled, found = search_with_planes(
                assembled, partial(_search, asked, exact=round_ > 0), first=round_ == 0
            )
        if found.columns is None:
            return assembled, found
        with watch.phase("polish"):
            assembled, answer = polish_with_planes(assembled, partial(_polish, asked, found))
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


def _search(asked: Asked, assembled: Assembled, *, exact: bool = False) -> Answer:
    """Search for the best plan of a program within what is left of the time."""
    solve = partial(
        solve_program,
        gap=asked.gap,
        time_limit=asked.left,
        threads=asked.threads,
        seed=asked.seed,
        on_progress=asked.on_progress,
        tolerances=EXACT if exact else USUAL,
    )
    return solve_cumulative(assembled.program, decided_before(assembled), solve)


def _polish(asked: Asked, found: Answer, assembled: Assembled, basis: Basis | None) -> Answer:
    """The plan of a search to 1e-9, from a basis where there is one."""
    start = found if basis is None else dataclasses.replace(found, basis=basis)
    return polish(assembled.program, start, threads=asked.threads, seed=asked.seed, on_progress=asked.on_progress)

"""The extensive form searched at once: HiGHS on the whole tree, then polished, within the cones of max_hhi."""

from __future__ import annotations

import dataclasses
from functools import partial

from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.program.risk_floor import with_risk_floor
from friendshore.optimizer.search.cumulative_units import decided_before, solve_cumulative
from friendshore.optimizer.search.limits import Limits, Stopwatch
from friendshore.optimizer.search.proof import proven_by_prices
from friendshore.optimizer.search.result import SearchResult
from friendshore.optimizer.search.tangent_planes import cone_clauses, polish_with_tangent_planes, with_relaxation_planes
from friendshore.optimizer.solver import EXACT, USUAL, Answer, Basis, SolverFault, polish, solve_program

_MOST_SEARCHES = 20  # of one program; each follows tangent planes that the one before lacked


def search_extensive_form(
    assembled: Assembled, limits: Limits, watch: Stopwatch, *, doubted: bool = False
) -> SearchResult:
    """Search and polish; again, to tighter tolerances, where polishing has moved the plan too far from its bound.

    Rows that give way by 1e-6 may move it where the target gap is 0, planes that polishing needed always may.

    Parameters
    ----------
    assembled
        The program of the whole tree.
    limits
        Gap, time, threads and seed.
    watch
        Times the phases ``solve``, ``polish`` and ``proof`` and takes the log.
    doubted
        Whether an earlier search is not to be believed: this one goes without presolve, in other units, to tighter
        tolerances.

    Returns
    -------
    SearchResult
        The program with the tangent planes it needed, and the answer.

    Raises
    ------
    SolverFault
        Where no plan within the cones of max_hhi comes of ``_MOST_SEARCHES`` searches.
    """
    assembled = with_risk_floor(assembled)
    for round_ in range(_MOST_SEARCHES):
        with watch.phase("solve"):
            search = partial(_search, limits, exact=round_ > 0 or doubted, doubted=doubted)
            if round_ == 0:
                assembled = with_relaxation_planes(assembled, search)
            searched = search(assembled)
        if searched.columns is None:
            return SearchResult(assembled, searched)
        with watch.phase("polish"):
            polished = polish_with_tangent_planes(assembled, partial(_polish, limits, searched))
        assembled, answer = polished.assembled, polished.answer
        has_plan = answer.columns is not None
        if has_plan and (searched.stopped or answer.status == searched.status):
            watch.note(f"polished: objective {answer.objective:,.6g}")
            return _with_proof(polished, limits, watch)
        if not has_plan and searched.stopped:
            stopped = Answer(status="no_plan", stopped=searched.stopped, bound=searched.bound, log=searched.log)
            return SearchResult(assembled, stopped)
        if has_plan and round_ and not cone_clauses(assembled):
            return _with_proof(polished, limits, watch)
        watch.note("polishing moved the plan too far from its bound; searching again")
    if not has_plan:
        raise SolverFault("the searches for a plan within the cones of max_hhi did not come to an end")
    return _with_proof(polished, limits, watch)


def _with_proof(polished: SearchResult, limits: Limits, watch: Stopwatch) -> SearchResult:
    with watch.phase("proof"):
        answer = proven_by_prices(polished.assembled.program, polished.answer, limits)
    return dataclasses.replace(polished, answer=answer)


def search_doubted(assembled: Assembled, limits: Limits, watch: Stopwatch) -> SearchResult:
    """Search a program that was said to have no plan although all that its sheets demand can be met.

    Parameters
    ----------
    assembled, limits, watch
        As for ``search_extensive_form``.

    Returns
    -------
    SearchResult
        As there; never ``infeasible``.

    Raises
    ------
    SolverFault
        Where this search ends without a plan too, though nothing stopped it.
    """
    watch.note("said to be infeasible, but no rows of the sheets clash: searched again, in other units")
    result = search_extensive_form(assembled, limits, watch, doubted=True)
    if result.answer.columns is None and not result.answer.stopped:
        raise SolverFault(f"the search ends {result.answer.status} although all that is demanded can be met")
    return result


def _search(limits: Limits, assembled: Assembled, *, exact: bool = False, doubted: bool = False) -> Answer:
    """Search for the best plan of a program within what is left of the time."""
    solve = partial(
        solve_program,
        gap=limits.gap,
        time_limit=limits.remaining,
        threads=limits.threads,
        seed=limits.seed,
        on_progress=limits.on_progress,
        tolerances={**EXACT, "presolve": "off"} if doubted else EXACT if exact else USUAL,
        other_units=doubted,
    )
    return solve_cumulative(assembled.program, decided_before(assembled), solve)


def _polish(limits: Limits, searched: Answer, assembled: Assembled, basis: Basis | None) -> Answer:
    """The plan of a search to 1e-9, from a basis where there is one."""
    start = searched if basis is None else dataclasses.replace(searched, basis=basis)
    return polish(assembled.program, start, threads=limits.threads, seed=limits.seed, on_progress=limits.on_progress)

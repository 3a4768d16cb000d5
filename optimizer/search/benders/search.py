"""search_by_decomposition: Benders decomposition, where the tree is large enough and can be split."""

from __future__ import annotations

import dataclasses
import os

from friendshore.models.tree.branch import BASE
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.search.benders.benders import Benders
from friendshore.optimizer.search.benders.l_shaped import LShaped
from friendshore.optimizer.search.benders.planes import MasterPlanes
from friendshore.optimizer.search.benders.recall import recalled
from friendshore.optimizer.search.benders.split import Parts, split
from friendshore.optimizer.search.benders.structure import structure_of
from friendshore.optimizer.search.benders.whole_prices import whole_prices
from friendshore.optimizer.search.extensive import search_extensive_form
from friendshore.optimizer.search.limits import Limits, OutOfTime, Stopwatch
from friendshore.optimizer.search.method import Method
from friendshore.optimizer.search.result import SearchResult, better, out_of_time
from friendshore.optimizer.solver import SolverFault
from friendshore.optimizer.solver.run import Clock
from friendshore.optimizer.system.interrupts import watching

BRANCHES = 6
"""Fewer branches than this go straight to HiGHS."""

COLUMNS = 15_000
"""Programs with fewer columns do too: it needs a second or two for them."""

OF_A_BRANCH = 300
"""Where a branch has fewer columns than this the whole tree is as quick (93 columns: 8.5 against 13 s at 1,000)."""

LARGE = 300_000
"""From here on even those are decomposed, for the memory (at 5,000 branches 0.9 in place of 2 GB)."""


def search_by_decomposition(
    assembled: Assembled, limits: Limits, watch: Stopwatch, *, all_prices: bool = False
) -> SearchResult | None:
    """Search by parts; None where the extensive form is to be searched instead.

    That is so for small trees, for branches that choose whole numbers by themselves, and where the decomposition
    comes to no end; the log tells which.

    Parameters
    ----------
    assembled
        The program of the whole tree.
    limits
        Gap, time, threads, seed and method.
    watch
        Times the phase ``solve`` and takes the log.
    all_prices
        Whether the answer has prices of all rows of the tree, not only of those across nodes.

    Returns
    -------
    SearchResult or None
        The program with the tangent planes it needs, and its answer.
    """
    if not should_decompose(assembled, limits, watch):
        return None
    with watch.phase("solve"):
        try:
            parts = split(assembled, limits.checkpoint)
        except OutOfTime:
            return out_of_time(assembled)
        except ValueError as reason:
            watch.note(f"searched at once: {reason}")
            return None
        watch.note(
            f"Benders decomposition: a master of {parts.master.columns:,} columns, {len(parts.blocks):,} branches"
        )
        try:
            result = _run(assembled, parts, limits, all_prices=all_prices)
        except SolverFault as fault:
            watch.note(f"the decomposition came to no end ({fault}); searched at once")
            return None
    if result.answer.status != "feasible" or result.answer.stopped:
        return result
    watch.note("the decomposition cannot close the gap; searched at once")
    return better(result, search_extensive_form(result.assembled, limits, watch))


def should_decompose(assembled: Assembled, limits: Limits, watch: Stopwatch) -> bool:
    """Whether to decompose.

    Parameters
    ----------
    assembled
        The program of the whole tree.
    limits
        Whose method decides, unless it is ``auto``.
    watch
        Takes the reason why not.

    Returns
    -------
    bool
        By the number of branches that leave the base path and the size of the program, where the method is ``auto``.
    """
    if limits.method != Method.AUTO:
        return limits.method == Method.BENDERS
    branches = sum(branch.parent == BASE for branch in assembled.model_data.tree.branches.values())
    columns = assembled.program.columns
    if branches < BRANCHES or columns < COLUMNS:
        watch.note("searched at once: the tree is small")
        return False
    if columns < LARGE and columns < OF_A_BRANCH * branches:
        watch.note("searched at once: the branches are small")
        return False
    return True


def will_decompose(assembled: Assembled, limits: Limits) -> bool:
    """Whether ``search_by_decomposition`` will decompose a program, as far as can be told without doing it."""
    anew = assembled.model_data.problem.settings.branch_investment == "integer"
    return not anew and should_decompose(assembled, limits, Stopwatch())


def _run(assembled: Assembled, parts: Parts, limits: Limits, *, all_prices: bool) -> SearchResult:
    planes = MasterPlanes(assembled, parts)
    workers = limits.threads or os.cpu_count() or 1
    with watching() as signals, signals.deferred():
        clock = Clock(limits.remaining, limits.on_progress, None, signals)
        memory = limits.memory
        keep = memory is not None and memory.keep
        l_shaped = LShaped(parts, clock, planes.lacking, limits.threads, workers, limits.seed, keep=keep or all_prices)
        l_shaped.incumbent.enough = limits.enough
        structure = None if memory is None else structure_of(assembled, parts)
        known = None if structure is None or memory is None else recalled(memory.pool, structure, parts)
        benders = Benders(l_shaped, limits.gap, known, limits.bound_alone)
        answer = benders.run()
        if all_prices and answer.row_duals is not None and l_shaped.last is not None:
            prices = whole_prices(parts, l_shaped.master, l_shaped.last, l_shaped.incumbent.values)
            answer = dataclasses.replace(answer, row_duals=prices)
        if memory is not None and structure is not None:
            memory.take(benders.left(structure) if keep else None, begun=benders.known is not None)
        signals.taken = True
    return SearchResult(assembled.with_rows(tuple(planes.rows)) if planes.rows else assembled, answer)

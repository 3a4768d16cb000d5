"""Refinement of the plan of a search that does not hold when it is recomputed."""

from __future__ import annotations

import dataclasses

from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.limits import Limits
from friendshore.optimizer.search.result import SearchResult
from friendshore.optimizer.solver import refine


def refined(result: SearchResult, columns: FloatArray, limits: Limits) -> SearchResult | None:
    """The plan of a search, brought nearer to its rows.

    Parameters
    ----------
    result
        A search with a plan.
    columns
        What became of that plan, shape (columns of the program).
    limits
        Threads and seed.

    Returns
    -------
    SearchResult or None
        None where that does not bring it nearer.
    """
    program = result.assembled.program
    found = dataclasses.replace(result.answer, columns=columns)
    answer = refine(program, found, threads=limits.threads, seed=limits.seed)
    return None if answer is None else dataclasses.replace(result, answer=answer)

"""What the first search of a study has learnt, handed to those that come after it, wherever these are done.

The first search is asked to tell what it has learnt: a pool, as text in its answer, so that a ledger keeps it too and
the study goes on in the same way wherever it was interrupted. Every other search begins from that one pool, and none
from another of them: what comes out depends on no order.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from friendshore.models.plan import Outcome
from friendshore.models.problem import Problem
from friendshore.optimizer.search.benders.pool import Memory
from friendshore.optimizer.search.benders.pool_file import pool_as_text, pool_of_text
from friendshore.optimizer.solve import solve_problem

LEARNT = "learnt"
"""What an answer calls it."""


def solve_and_learn(problem: Problem, how: Mapping[str, Any], *, first: bool = True) -> tuple[Outcome, dict[str, Any]]:
    """A search of a study.

    Parameters
    ----------
    problem
        A valid problem.
    how
        Options of ``solve_problem``.
    first
        Whether it is the first, which alone tells what it has learnt.

    Returns
    -------
    tuple[Outcome, dict[str, Any]]
        What it came to, and what is to be put into the answer: what it has learnt, None where that is nothing.
    """
    if not first:
        return solve_problem(problem, **how), {LEARNT: None}
    given = how.get("memory")
    memory = Memory(None if given is None else given.pool)
    outcome = solve_problem(problem, **{**how, "memory": memory})
    return outcome, {LEARNT: pool_as_text(memory.pool) if memory.learnt and memory.pool is not None else None}


def memory_after(answer: Mapping[str, Any], before: Memory | None) -> Memory | None:
    """What searches begin from that come after the first.

    Parameters
    ----------
    answer
        Of the first search.
    before
        What that began from.

    Returns
    -------
    Memory or None
        What it has learnt; ``before`` where that is nothing.
    """
    text = answer.get(LEARNT)
    return before if text is None else Memory(pool_of_text(text), keep=False)

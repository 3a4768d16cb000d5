"""SearchResult: an answer with the program that it answers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.solver import Answer
from friendshore.optimizer.solver.conclude import with_gap_and_status


@dataclass(frozen=True, eq=False)
class SearchResult:
    """How a search ended.

    Parameters
    ----------
    assembled
        The program with every row that the search has added to it: tangent planes, branches.
    answer
        Its answer, columns and prices of rows in the places of that program.
    unsurvived
        Branches on which it fails a hard policy that tests stops: the search was stopped before they could be added.
    """

    assembled: Assembled
    answer: Answer
    unsurvived: tuple[str, ...] = ()


def out_of_time(assembled: Assembled) -> SearchResult:
    """How a search ends whose time was over before it began."""
    return SearchResult(assembled, Answer(status="no_plan", stopped="time limit"))


def better(first: SearchResult, second: SearchResult) -> SearchResult:
    """The better plan of two searches of one problem, with the better bound and the log of both.

    Parameters
    ----------
    first
        A search that ended with a plan.
    second
        A search that came after it, whatever it ended with; why it stopped is why there is no better plan.

    Returns
    -------
    SearchResult
        ``optimal`` where plan and bound together are within the target gap.
    """
    old, new = first.answer, second.answer
    best = second if new.objective is not None and new.objective <= old.cost else first
    bounds = [answer.bound for answer in (old, new) if answer.bound is not None]
    proven = [answer.dual_bound for answer in (old, new) if answer.dual_bound is not None]
    answer = replace(
        best.answer,
        bound=max(bounds, default=None),
        dual_bound=max(proven, default=None),
        stopped=new.stopped,
        log=(*old.log, *new.log),
    )
    return replace(best, answer=with_gap_and_status(answer, proven=bool(bounds)))

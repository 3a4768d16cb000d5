"""SearchResult: an answer with the program that it answers."""

from __future__ import annotations

from dataclasses import dataclass

from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.solver import Answer


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

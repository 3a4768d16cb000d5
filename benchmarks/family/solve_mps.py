"""An MPS file solved as ``solve`` would: by parts where it is a problem of the family, else by HiGHS, polished.

Of a file alone the blocks are not known, so that only a file of the family, which is recognised by its name and held
against the problem number by number, is decomposed.
"""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.family.catalogue import Definition, UnknownProblem, define
from benchmarks.family.mps import MpsFault, Named, named, same_program
from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.benders.search import search_by_decomposition
from friendshore.optimizer.search.extensive import search_extensive_form
from friendshore.optimizer.search.limits import Limits, Stopwatch
from friendshore.optimizer.search.proof import proven_by_prices
from friendshore.optimizer.solver import Answer, polish, solve_program


@dataclass(frozen=True, eq=False)
class Solved:
    """How a file was solved; ``objective`` and ``bound`` as the file counts them."""

    way: str
    status: str
    objective: float | None
    bound: float | None
    gap: float | None
    columns: FloatArray | None


def solve_mps(given: Named, *, gap: float, seconds: float | None) -> Solved:
    """The best plan of a program.

    Parameters
    ----------
    given
        Read from a file.
    gap, seconds
        Relative gap at which to end, and seconds after which to end with what there is; None for no limit.

    Returns
    -------
    Solved
        Without columns where no plan was found.

    Raises
    ------
    friendshore.optimizer.program.linear_program.BadNumber
        Where the file has a number that no solver may be given.
    """
    given.program.check()
    limits = Limits(gap, seconds, threads=1)
    definition = recognised(given)
    if definition is None:
        way, answer = "the file as it is", _as_it_is(given, limits)
    else:
        assembled, watch = definition.assembled, Stopwatch()
        by_parts = search_by_decomposition(assembled, limits, watch)
        way = f"the problem {definition.name}, {'at once' if by_parts is None else 'decomposed'}"
        answer = (by_parts or search_extensive_form(assembled, limits, watch)).answer
    objective, bound = (_as_file(given, value) for value in (answer.objective, answer.bound))
    return Solved(way, answer.status, objective, bound, answer.gap, answer.columns)


def recognised(given: Named) -> Definition | None:
    """The problem of the family that a file holds; None for any other."""
    try:
        definition = define(given.name)
        return definition if same_program(named(definition), given) else None
    except (UnknownProblem, MpsFault):
        return None


def _as_it_is(given: Named, limits: Limits) -> Answer:
    found = solve_program(given.program, gap=limits.gap, time_limit=limits.remaining, threads=1)
    return proven_by_prices(given.program, polish(given.program, found, threads=1), limits)


def _as_file(given: Named, value: float | None) -> float | None:
    return -value if given.maximised and value is not None else value

"""Tasks, units of work, and engines that map one over the other: the one border between a calculation and its place.

A *task* is a pair of functions at the top of a module. ``begin(shared)`` makes what a worker holds (a model handed to
the solver, say) from data that all units share; ``work(state, unit)`` answers for one unit. Both are pure: the answer
depends on task, shared data and unit alone, not on which units a worker had before, so that every engine gives the same
and what is lost with a worker can be done again. Units and answers are small plain data (numbers, text, lists, dicts);
answers that a ledger keeps have to be such as JSON can hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol, Self


def as_it_is(shared: Any) -> Any:
    """``begin`` of a task whose workers hold the shared data themselves."""
    return shared


def always(answer: Any) -> bool:
    """Every answer may be kept."""
    del answer
    return True


INTERRUPTED = "interrupted"
"""Why a search was ``stopped`` that a signal ended."""


def unless_interrupted(answer: Any) -> bool:
    """An answer with ``stopped`` may be kept unless a signal cut it short: the same search would go on otherwise."""
    return bool(answer["stopped"] != INTERRUPTED)


def named(killers: Sequence[int], units: Sequence[Any]) -> str:
    """The message about units that end every worker: the first of them, how many there are, what may be done."""
    text = repr(units[killers[0]])
    unit = text if len(text) <= 80 else f"{text[:77]}..."
    others = "" if len(killers) == 1 else f", and so did {len(killers) - 1} more"
    return (
        f"unit {killers[0] + 1} of {len(units)}, {unit}, ended every worker process that took it on, the last one "
        f"working on it alone{others}; memory may be short: try fewer workers. All other units were answered"
    )


@dataclass(frozen=True)
class Task:
    """A kind of work.

    Parameters
    ----------
    name, version
        What a ledger knows it by; the version goes up when the same data would be answered differently.
    begin, work
        Functions at the top of a module, since workers in other processes find them by name.
    final
        Whether an answer may be kept for later: not where a search was cut short, for one.
    """

    name: str
    version: int
    begin: Callable[[Any], Any]
    work: Callable[[Any, Any], Any]
    final: Callable[[Any], bool] = always


class Engine(Protocol):
    """Where units of work are done. To be used in a ``with`` block, at whose end its workers stop."""

    @property
    def name(self) -> str:
        """What it is called on the command line."""
        ...

    @property
    def workers(self) -> int:
        """How many units are worked on at once."""
        ...

    def map(self, task: Task, shared: Any, units: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        """Answers with the position of their unit, as they come.

        Whatever ``begin`` or ``work`` raises is raised here. A worker that dies is replaced and its unit tried again.

        Parameters
        ----------
        task
            What is done with each unit.
        shared
            Data for all units; they go to each worker once, also over several calls with the same object, which must
            not change.
        units
            Units of work, in order.

        Returns
        -------
        Iterator[tuple[int, Any]]
            Position in ``units``, from 0, and answer, each unit once.

        Raises
        ------
        EngineFault
            FS704 for a unit that ends every worker that takes it on; FS702 where a cluster is lost.
        """
        ...

    def __enter__(self) -> Self:
        """The engine."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the workers."""
        ...

"""All breaks of a bench as units of work: which removals begin them, in; plain figures, out.

A worker holds one model for each measure. Every unit begins where nothing is stopped, so that its figures, also those
that another cheapest course would change, do not depend on what the worker did before.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.engines.task import Task
from friendshore.optimizer.studies.stress.bench import Bench
from friendshore.optimizer.studies.stress.breaker import Breaker, Broken
from friendshore.optimizer.system.progress import OnProgress, Progress

UNITS = 48
"""Units of work of a bench at most: none waits long for the last, and little is done again when a worker dies."""


@dataclass(frozen=True)
class Asked:
    """What is asked of every removal: breaks of up to ``size`` removals, and times to survive."""

    size: int = 1
    survival: bool = True


@dataclass(frozen=True)
class Answered:
    """One removal answered: itself and the larger breaks that begin with it, and its time to survive for each tier."""

    removal: int
    breaks: tuple[Broken, ...]
    survives: tuple[float, ...]


@dataclass(frozen=True)
class Answers:
    """All removals of one bench in order, and the branch with nothing stopped."""

    undisturbed: Broken
    of: tuple[Answered, ...]


def break_all(
    bench: Bench, asked: Asked, runner: Runner | None = None, on_progress: OnProgress | None = None
) -> Answers:
    """Answer for every removal of a bench (without a runner: one after the other, here).

    ``on_progress`` is called with the number of removals done, and of how many.

    Parameters
    ----------
    bench
        The plan, held, with what is removed.
    asked
        What to answer for.
    runner
        Where units of work are done; None: here.
    on_progress
        Told how far it is.

    Returns
    -------
    Answers
        In the order of the removals.
    """
    count = len(bench.stops)
    parts = max(1, min(count, UNITS))
    units = [list(range(first, count, parts)) for first in range(parts)]

    def tell(progress: Progress) -> None:
        if on_progress is not None:
            on_progress(dataclasses.replace(progress, done=progress.done * count // progress.total, total=count))

    found = (runner or Runner()).run(BREAKS, (bench, asked), units, tell)
    answers = sorted((_answered(each) for part in found for each in part["removals"]), key=lambda each: each.removal)
    return Answers(_broken(found[0]["undisturbed"]), tuple(answers))


def _begin(shared: tuple[Bench, Asked]) -> tuple[Breaker, Asked]:
    bench, asked = shared
    return Breaker(bench), asked


def _work(state: tuple[Breaker, Asked], removals: Sequence[int]) -> dict[str, Any]:
    breaker, asked = state
    breaker.restart()
    tiers = range(len(breaker.bench.needs.tiers)) if asked.survival else ()
    return {
        "undisturbed": _plain(breaker.undisturbed),
        "removals": [
            {
                "removal": i,
                "breaks": [_plain(each) for each in breaker.starting_with(i, asked.size)],
                "survives": [breaker.survives(i, tier) for tier in tiers],
            }
            for i in removals
        ],
    }


BREAKS = Task("stress breaks", 1, _begin, _work)


def _plain(broken: Broken) -> list[Any]:
    return list(dataclasses.astuple(broken))


def _broken(plain: Sequence[Any]) -> Broken:
    removals, extra_cost, damage, share, lacking = plain
    return Broken(tuple(removals), extra_cost, damage, tuple(share), tuple(lacking))


def _answered(plain: dict[str, Any]) -> Answered:
    return Answered(plain["removal"], tuple(map(_broken, plain["breaks"])), tuple(plain["survives"]))

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
from friendshore.optimizer.studies.stress.breaker import Breaker, BreakResult
from friendshore.optimizer.system.progress import OnProgress, Progress

UNITS = 48
"""Units of work of a bench at most: none waits long for the last, and little is done again when a worker dies."""


@dataclass(frozen=True)
class BreakOptions:
    """What is worked out for every removal: breaks of up to ``size`` removals, and times to survive."""

    size: int = 1
    survival: bool = True


@dataclass(frozen=True)
class RemovalResult:
    """What a removal does: by itself, in larger breaks that begin with it, and its time to survive for each tier."""

    removal: int
    breaks: tuple[BreakResult, ...]
    survives: tuple[float, ...]


@dataclass(frozen=True)
class BenchResults:
    """All removals of one bench in order, and the branch with nothing stopped."""

    undisturbed: BreakResult
    removals: tuple[RemovalResult, ...]


def break_all(
    bench: Bench, options: BreakOptions, runner: Runner | None = None, on_progress: OnProgress | None = None
) -> BenchResults:
    """What every removal of a bench does.

    Parameters
    ----------
    bench
        One onset and what removals change.
    options
        How many removals at once, and whether times to survive are wanted.
    runner
        The engine that does the work; without, one unit after the other, here.
    on_progress
        Called with the number of removals done, and of how many.

    Returns
    -------
    BenchResults
        By removal, in the order of the bench.
    """
    count = len(bench.outages)
    step = max(1, min(count, UNITS))
    units = [list(range(first, count, step)) for first in range(step)]

    def tell(progress: Progress) -> None:
        if on_progress is not None:
            on_progress(dataclasses.replace(progress, done=progress.done * count // progress.total, total=count))

    parts = (runner or Runner()).run(BREAKS, (bench, options), units, tell)
    results = sorted(
        (_removal_result(each) for part in parts for each in part["removals"]), key=lambda each: each.removal
    )
    return BenchResults(_break_result(parts[0]["undisturbed"]), tuple(results))


def _begin(shared: tuple[Bench, BreakOptions]) -> tuple[Breaker, BreakOptions]:
    bench, options = shared
    return Breaker(bench), options


def _work(state: tuple[Breaker, BreakOptions], removals: Sequence[int]) -> dict[str, Any]:
    breaker, options = state
    breaker.restart()
    tiers = range(len(breaker.bench.needs.tiers)) if options.survival else ()
    return {
        "undisturbed": _plain(breaker.undisturbed),
        "removals": [
            {
                "removal": i,
                "breaks": [_plain(each) for each in breaker.starting_with(i, options.size)],
                "survives": [breaker.survives(i, tier) for tier in tiers],
            }
            for i in removals
        ],
    }


BREAKS = Task("stress breaks", 1, _begin, _work)


def _plain(broken: BreakResult) -> list[Any]:
    return list(dataclasses.astuple(broken))


def _break_result(plain: Sequence[Any]) -> BreakResult:
    removals, extra_cost, damage, share, lacking = plain
    return BreakResult(tuple(removals), extra_cost, damage, tuple(share), tuple(lacking))


def _removal_result(plain: dict[str, Any]) -> RemovalResult:
    return RemovalResult(plain["removal"], tuple(map(_break_result, plain["breaks"])), tuple(plain["survives"]))

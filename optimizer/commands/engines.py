"""The options that say where work is done, and the engine and ledger they stand for."""
# ruff: noqa: PLC0415 - engines are loaded when there is work

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from friendshore.optimizer.commands.guard import UsageFault
from friendshore.optimizer.commands.output import Output
from friendshore.optimizer.commands.pools import NOWHERE, Beginning, tell_begun

if TYPE_CHECKING:
    from friendshore.optimizer.engines.runner import Runner

Jobs = Annotated[int, typer.Option("-j", "--jobs", metavar="N", min=1, help="Worker processes on this machine.")]
Engine = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar="E",
        help="Where the work is done: serial, pool, dask, dask:tcp://HOST:8786; serial, or pool with -j.",
    ),
]
LedgerFile = Annotated[
    Path | None,
    typer.Option(
        "--ledger",
        metavar="FILE",
        help="Keep what is done in this file, and take from it what is there; beside OUT until OUT is written.",
    ),
]


@dataclass(frozen=True)
class Workplace:
    """What was asked for: engine, workers, and the ledger's file."""

    engine: str = ""
    workers: int = 1
    ledger: Path | None = None


def ledger_beside(target: Path) -> Path:
    """``NAME.stress.ledger`` beside ``NAME.stress.xlsx``."""
    return target.with_suffix(".ledger")


@contextmanager
def at_work(place: Workplace, target: Path, out: Output, beginning: Beginning = NOWHERE) -> Iterator[Runner]:
    """A runner for work that ends in ``target``; what was done in an earlier run that did not end is told.

    So it is where no search began where it was asked to.

    Without ``--ledger`` the ledger lies beside the target and is a passing one: whoever has written the target removes
    it.

    Parameters
    ----------
    place
        Engine, workers and ledger asked for.
    target
        The file that the work ends in.
    out
        How the command speaks.
    beginning
        Where searches were asked to begin.

    Yields
    ------
    Runner
        Open while the block lasts.

    Raises
    ------
    UsageFault
        For an engine that there is not.
    EngineFault
        Where the engine or the ledger cannot be had.
    """
    from friendshore.optimizer.engines.choose import UnknownEngine, open_engine
    from friendshore.optimizer.engines.ledger import Ledger
    from friendshore.optimizer.engines.runner import Runner

    with ExitStack() as stack:
        try:
            engine = stack.enter_context(open_engine(place.engine, place.workers))
        except UnknownEngine as error:
            raise UsageFault(f"--engine {place.engine}: {error}") from error
        path = place.ledger or ledger_beside(target)
        ledger = stack.enter_context(Ledger(path, passing=place.ledger is None))
        runner = Runner(engine, ledger)
        yield runner
        if runner.begun.searches:
            tell_begun(beginning, out, begun=runner.begun.of_use > 0)
        if ledger.reused:
            units = "unit of work was" if ledger.reused == 1 else "units of work were"
            out.message(f"{ledger.reused} {units} done before and kept in {path}.")

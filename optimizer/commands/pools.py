"""Pools: what a run has learnt is kept beside its plan, for a run to come that begins ``--from`` it."""
# ruff: noqa: PLC0415 - the rooms behind are loaded when they are needed

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from friendshore.optimizer.commands.output import Output
from friendshore.optimizer.commands.plan_file import PlanFile
from friendshore.optimizer.system.files import FileFault, is_file

if TYPE_CHECKING:
    from friendshore.models.plan import Outcome
    from friendshore.optimizer.search.benders.pool import Memory, Pool

From = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar="PLAN",
        help="Begin from what the run that wrote this plan has learnt, for it or for a workbook with some other "
        "numbers or rows: many times as quick, and proven like any other.",
    ),
]


@dataclass(frozen=True)
class Beginning:
    """Where searches begin.

    ``plan`` is the one named with ``--from``, None where none was; ``pool`` what its run had learnt, None where that is
    nothing, or could not be read, which has been told.
    """

    plan: Path | None = None
    pool: Pool | None = None

    def memory(self) -> Memory:
        """To hand to searches, which may leave in it what they learn."""
        from friendshore.optimizer.search.benders.pool import Memory

        return Memory(self.pool)


NOWHERE = Beginning()
"""Searches begin from nothing, as nobody asked for anything else."""


def pool_of(plan: Path) -> Path:
    """Where what a run has learnt is kept: ``NAME.plan.pool`` beside ``NAME.plan.xlsx``."""
    return plan.with_suffix(".pool")


def beginning_at(plan: Path | None, out: Output) -> Beginning:
    """Begin from a plan; from nothing, and why is told, where its pool is not there or cannot be read.

    Parameters
    ----------
    plan
        The plan; None: begin from nothing.
    out
        Takes the note.

    Returns
    -------
    Beginning
        The plan with what its run has learnt.

    Raises
    ------
    FileFault
        FS001 where there is no such plan.
    """
    if plan is None:
        return NOWHERE
    from friendshore.optimizer.search.benders.pool_file import read_pool

    if not is_file(plan):
        raise FileFault("FS001", plan, "there is no such plan to begin from")
    try:
        return Beginning(plan, read_pool(pool_of(plan)))
    except FileFault as fault:
        none = "no pool is kept beside it (of plans solved at once or written --in-place none is)"
        why = none if fault.code == "FS001" else fault.message
        out.message(f"Note: {pool_of(plan)}: {why}; begun from nothing.")
        return Beginning(plan)


def offer(plan_file: PlanFile, out: Output) -> None:
    """Say that an earlier run has left a pool where the plan goes."""
    if not plan_file.in_place and is_file(plan_file.target) and is_file(pool_of(plan_file.target)):
        out.message(f"An earlier run has left what it learnt: --from {plan_file.target} begins there.")


def tell_unused(beginning: Beginning, outcome: Outcome, out: Output) -> None:
    """Say that a search that came to its end did not begin where it was asked to.

    Parameters
    ----------
    beginning
        Where it was asked to begin.
    outcome
        What it found.
    out
        Takes the note.
    """
    if outcome.plan is not None and not outcome.run.stopped and outcome.run.options is not None:
        tell_begun(beginning, out, begun=outcome.begun)


def tell_begun(beginning: Beginning, out: Output, *, begun: bool) -> None:
    """Say that searches did not begin where they were asked to, where they did not.

    Parameters
    ----------
    beginning
        Where they were asked to begin.
    out
        Takes the note.
    begun
        Whether they did.
    """
    if beginning.plan is not None and beginning.pool is not None and not begun:
        why = "another workbook, numbers too far away, or a problem solved at once"
        out.message(f"Note: {pool_of(beginning.plan)}: nothing in it was of use here ({why}); begun from nothing.")


def keep(memory: Memory, plan_file: PlanFile, out: Output) -> None:
    """Write what a run has learnt beside its plan; that it could not be written harms nothing, and is told.

    Parameters
    ----------
    memory
        What has been learnt.
    plan_file
        Where the plan went.
    out
        Takes the note.
    """
    from friendshore.optimizer.search.benders.pool_file import write_pool

    if memory.pool is None or not memory.learnt or plan_file.in_place:
        return
    try:
        write_pool(memory.pool, pool_of(plan_file.target))
    except FileFault as fault:
        out.message(f"Note: {fault.path}: {fault.message}; what the run has learnt is not kept.")

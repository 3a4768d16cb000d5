"""Pools: what a run has learnt is kept beside its plan, for a run to come that begins ``--from`` it."""
# ruff: noqa: PLC0415 - the rooms behind are loaded when they are needed

from __future__ import annotations

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


def pool_of(plan: Path) -> Path:
    """Where what a run has learnt is kept: ``NAME.plan.pool`` beside ``NAME.plan.xlsx``."""
    return plan.with_suffix(".pool")


def memory_from(plan: Path | None, out: Output) -> Memory:
    """What the run of a plan has learnt; nothing, and why is told, where its pool is not there or cannot be read.

    Parameters
    ----------
    plan
        The plan; None: begin from nothing.
    out
        Takes the note.

    Returns
    -------
    Memory
        To hand to searches.

    Raises
    ------
    FileFault
        FS001 where there is no such plan.
    """
    from friendshore.optimizer.search.benders.pool import Memory
    from friendshore.optimizer.search.benders.pool_file import read_pool

    if plan is None:
        return Memory()
    if not is_file(plan):
        raise FileFault("FS001", plan, "there is no such plan to begin from")
    try:
        return Memory(read_pool(pool_of(plan)))
    except FileFault as fault:
        none = "no pool is kept beside it (of plans solved at once or written --in-place none is)"
        why = none if fault.code == "FS001" else fault.message
        out.message(f"Note: {pool_of(plan)}: {why}; begun from nothing.")
        return Memory()


def offer(plan_file: PlanFile, out: Output) -> None:
    """Say that an earlier run has left a pool where the plan goes."""
    if not plan_file.in_place and is_file(plan_file.target) and is_file(pool_of(plan_file.target)):
        out.message(f"An earlier run has left what it learnt: --from {plan_file.target} begins there.")


def tell_unused(plan: Path | None, known: Pool | None, outcome: Outcome, out: Output) -> None:
    """Say that a search that came to its end did not begin from what it was handed.

    Parameters
    ----------
    plan
        The plan that it was asked to begin from; None: it was not asked.
    known
        What it was handed; None: nothing, which has been told.
    outcome
        What it found.
    out
        Takes the note.
    """
    if outcome.plan is not None and not outcome.run.stopped and outcome.run.options is not None:
        tell_begun(plan, known, out, begun=outcome.begun)


def tell_begun(plan: Path | None, known: Pool | None, out: Output, *, begun: bool) -> None:
    """Say that searches did not begin from what they were handed, where they did not.

    Parameters
    ----------
    plan
        The plan that they were asked to begin from; None: they were not asked.
    known
        What they were handed; None: nothing, which has been told.
    out
        Takes the note.
    begun
        Whether they did.
    """
    if plan is not None and known is not None and not begun:
        why = "another workbook, numbers too far away, or a problem solved at once"
        out.message(f"Note: {pool_of(plan)}: nothing in it was of use here ({why}); begun from nothing.")


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

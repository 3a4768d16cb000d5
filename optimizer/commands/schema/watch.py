"""What ``friendshore watch --json`` prints: one such object, on a line of its own, for each solve."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from friendshore.optimizer.commands.schema.record import Record
from friendshore.optimizer.commands.schema.solve import Solved

Event = Literal["solved", "given up", "faults", "no plan"]


class Watched(Record, frozen=True):
    """One solve of the workbook watched."""

    event: Annotated[Event, Meta(description="How it ended; faults: the workbook has errors.")]
    code: Annotated[int, Meta(description="Exit code of the solve.")]
    inputs: Annotated[
        tuple[str, ...], Meta(description="What differs in the input sheets from the last plan, in words.")
    ]
    changes: Annotated[tuple[str, ...], Meta(description="What that changed, what matters first.")]
    solve: Annotated[Solved, Meta(description="What solve --json prints.")]

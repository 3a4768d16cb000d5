"""What ``friendshore doctor --json`` prints."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from friendshore.optimizer.commands.schema.record import Notices, Record


class SelfTest(Record, frozen=True):
    """An LP and a MIP, solved and recomputed."""

    passed: Annotated[bool, Meta(description="Whether both were right.")]
    seconds: Annotated[float | None, Meta(description="Elapsed time, in seconds; null: not begun.")]


class EngineState(Record, frozen=True):
    """An engine: somewhere work can be done."""

    engine: Annotated[str, Meta(description="Its name, as for --engine.")]
    ready: Annotated[bool, Meta(description="Whether it can be used here.")]
    told: Annotated[str, Meta(description="What it is, or how to get it.")]


class Diagnosis(Record, frozen=True):
    """The installation."""

    status: Annotated[
        Literal["ok", "missing"], Meta(description="missing: something is not there or does not work (exit code 1).")
    ]
    versions: Annotated[dict[str, str], Meta(description="Version of each library by name; empty: missing.")]
    platform: Annotated[str, Meta(description="Operating system.")]
    processors: Annotated[int, Meta(description="Processors of the machine.")]
    usable_processors: Annotated[int, Meta(description="Those that this process may use.")]
    self_test: Annotated[SelfTest, Meta(description="Whether the solver can be trusted here.")]
    engines: Annotated[tuple[EngineState, ...], Meta(description="Where work can be done, the simplest first.")]
    problems: Notices

"""What ``friendshore new --json`` prints."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from friendshore.optimizer.commands.schema.record import Notices, Record


class Written(Record, frozen=True):
    """A workbook was written."""

    status: Annotated[Literal["written"], Meta(description="The workbook is there.")]
    file: Annotated[str, Meta(description="Path of the workbook.")]
    example: Annotated[str | None, Meta(description="The example that was copied; null: none.")]
    smallest: Annotated[bool, Meta(description="Whether it is the smallest workbook that solves, not a blank one.")]
    problems: Notices

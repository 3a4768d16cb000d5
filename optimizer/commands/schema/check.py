"""What ``friendshore check --json`` prints."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from friendshore.optimizer.commands.schema.record import Notices, Record


class Checked(Record, frozen=True):
    """What the workbook holds."""

    status: Annotated[Literal["valid", "invalid"], Meta(description="invalid: at least one error (exit code 3).")]
    problems: Notices
    marked: Annotated[str | None, Meta(description="Path of the marked copy; null: none was asked for.")]

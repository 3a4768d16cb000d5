"""What ``friendshore report --json`` prints."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from friendshore.optimizer.commands.schema.record import Done, Elapsed, Notices, Record


class Reported(Record, frozen=True):
    """A page was written."""

    status: Done
    report: Annotated[str, Meta(description="Path of the page.")]
    seconds: Elapsed
    problems: Notices

"""What ``friendshore explain --json`` prints."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from friendshore.optimizer.commands.schema.record import Notices, Record


class Explained(Record, frozen=True):
    """What a code means."""

    status: Annotated[Literal["explained"], Meta(description="There is such a code.")]
    code: Annotated[str, Meta(description="The code, such as FS103.")]
    severity: Annotated[Literal["error", "warning"], Meta(description="Of the findings that carry the code.")]
    title: Annotated[str, Meta(description="The finding in a few words.")]
    cause: Annotated[str, Meta(description="What brings it about.")]
    cure: Annotated[str, Meta(description="What mends it.")]
    problems: Notices

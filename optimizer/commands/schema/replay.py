"""What ``friendshore replay --json`` prints."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from friendshore.optimizer.commands.schema.record import Done, Elapsed, Notices, Record


class DifferingCell(Record, frozen=True):
    """A cell of a table of the plan that did not come out the same."""

    table: Annotated[str, Meta(description="Name of the table, without Plan_.")]
    row: Annotated[int, Meta(description="Row of the table, from 1; 0: the table has another number of rows.")]
    column: Annotated[str, Meta(description="Column of the table; empty: the whole table.")]
    before: Annotated[str, Meta(description="What the plan says.")]
    after: Annotated[str, Meta(description="What came out.")]


class OtherVersion(Record, frozen=True):
    """Something that is of another version than the one that made the plan."""

    name: Annotated[str, Meta(description="friendshore, python or a library.")]
    before: Annotated[str, Meta(description="The version that made the plan; empty: it does not say.")]
    after: Annotated[str, Meta(description="The version here.")]


class Replayed(Record, frozen=True):
    """A plan was made again."""

    status: Done
    same: Annotated[bool, Meta(description="Whether every cell of every table is the same, bit by bit.")]
    differences: Annotated[tuple[DifferingCell, ...], Meta(description="The first cells that are not the same.")]
    other_versions: Annotated[tuple[OtherVersion, ...], Meta(description="What is of another version here.")]
    seconds: Elapsed
    problems: Notices

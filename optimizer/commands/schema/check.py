"""What ``friendshore check --json`` prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from friendshore.optimizer.commands.schema.record import Notices, Record

if TYPE_CHECKING:
    from friendshore.models.tree.outlook import Outlook


class OutlookFigures(Record, frozen=True):
    """What the sheet Scenarios amounts to over all periods."""

    nothing: Annotated[float, Meta(description="Probability that nothing of it happens.")]
    strikes: Annotated[
        Mapping[str, float],
        Meta(description="By row of Scenarios, the probability that it happens at all; 0: a stress test."),
    ]
    branches: Annotated[int, Meta(description="Branches that the rows stand for, one for each onset.")]
    nodes: Annotated[int, Meta(description="Nodes of the base path and of these branches.")]
    late: Annotated[
        Mapping[str, tuple[str, ...]],
        Meta(description="By sequel, the onsets of its parent after which it would begin past the horizon."),
    ]


class Checked(Record, frozen=True):
    """What the workbook holds."""

    status: Annotated[Literal["valid", "invalid"], Meta(description="invalid: at least one error (exit code 3).")]
    problems: Notices
    outlook: Annotated[OutlookFigures | None, Meta(description="null where the workbook has errors.")]
    marked: Annotated[str | None, Meta(description="Path of the marked copy; null: none was asked for.")]


def outlook_figures(outlook: Outlook) -> OutlookFigures:
    """The outlook of a problem as ``--json`` tells it."""
    return OutlookFigures(outlook.nothing, outlook.strikes, outlook.branches, outlook.nodes, outlook.late)

"""FS6xx: what a search finds about rows that are each in order."""

from __future__ import annotations

from friendshore.models.codes.entry import Code

CONFLICTS = (
    Code(
        "FS601",
        "error",
        "Rows that cannot hold together",
        "No plan satisfies these rows of the workbook at once; without any one of them there is a plan.",
        "Loosen one of the limits, give one of the policies a penalty, or allow more to be built or stocked.",
    ),
)

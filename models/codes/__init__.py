"""The catalogue of findings: what each code means, what brings it about, and what mends it."""

from __future__ import annotations

from friendshore.models.codes.actuals import ACTUALS
from friendshore.models.codes.cells import CELLS
from friendshore.models.codes.conflicts import CONFLICTS
from friendshore.models.codes.engines import ENGINES
from friendshore.models.codes.entry import Code
from friendshore.models.codes.files import FILES
from friendshore.models.codes.names import NAMES
from friendshore.models.codes.plausibility import PLAUSIBILITY
from friendshore.models.codes.policies import POLICIES
from friendshore.models.codes.relations import RELATIONS
from friendshore.models.codes.warnings import WARNINGS
from friendshore.models.findings import Finding

__all__ = ["CODES", "Code", "explain", "make_finding"]

CODES: dict[str, Code] = {
    entry.code: entry
    for part in (FILES, CELLS, NAMES, RELATIONS, POLICIES, WARNINGS, PLAUSIBILITY, CONFLICTS, ENGINES, ACTUALS)
    for entry in part
}


def make_finding(code: str, sheet: str, message: str, row: int = 0, column: str = "") -> Finding:
    """A finding of the catalogue; its severity is that of its code.

    Parameters
    ----------
    code
        Of the catalogue, like ``FS103``.
    sheet
        Name of the input sheet.
    message
        What was found and what is wanted.
    row
        Number of the row on the sheet, from 1; 0 for the sheet as a whole.
    column
        Name of the column, or the label of a period; blank for the row as a whole.

    Returns
    -------
    Finding
        Its cell is filled in by whoever knows where the columns stand.
    """
    return Finding(code, CODES[code].severity, sheet, message, row, column)


def explain(code: str) -> str:
    """What a code means, in plain text; KeyError where there is no such code.

    >>> explain("fs103").splitlines()[0]
    'FS103 (error): Not a number'
    """
    entry = CODES[code.strip().upper()]
    return f"{entry.code} ({entry.severity}): {entry.title}\n\nCause: {entry.cause}\n\nCure: {entry.cure}"

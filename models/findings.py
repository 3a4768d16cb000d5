"""What a check has to say about a workbook: one finding a fault, with its place, what was found and what is wanted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Finding:
    """One fault of the input.

    ``code`` is stable (``FS103``) and explained by ``friendshore explain FS103``; ``sheet``, ``row`` and ``column``
    (snake case, or a period label) say where, row 0 being the sheet as a whole; ``cell`` (``D7``) is filled in by
    whoever knows the columns' places; ``message`` says what was found and what is wanted.
    """

    code: str
    severity: Severity
    sheet: str
    message: str
    row: int = 0
    column: str = ""
    cell: str = ""

    @property
    def place(self) -> str:
        """``Plants!D7``, ``Plants!7`` where the column is not known, or ``Plants``."""
        where = self.cell or (str(self.row) if self.row else "")
        return f"{self.sheet}!{where}" if where else self.sheet

    def __str__(self) -> str:
        column = f" ({self.column})" if self.row and self.column and not self.cell else ""
        return f"{self.code} {self.severity} {self.place}{column}: {self.message}"


class InvalidProblem(ValueError):
    """The input has errors; ``findings`` holds all of them, warnings included."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        errors = [finding for finding in self.findings if finding.severity == "error"]
        super().__init__(f"{len(errors)} error(s):\n" + "\n".join(str(finding) for finding in errors))

"""What the catalogue says about one code."""

from __future__ import annotations

from dataclasses import dataclass

from friendshore.models.findings import Severity


@dataclass(frozen=True)
class Code:
    """One kind of finding: its stable code, what it is, what brings it about and what mends it."""

    code: str
    severity: Severity
    title: str
    cause: str
    cure: str


def error(code: str, title: str, cause: str, cure: str) -> Code:
    """A code whose findings forbid a plan."""
    return Code(code, "error", title, cause, cure)


def warning(code: str, title: str, cause: str, cure: str) -> Code:
    """A code whose findings do not forbid a plan."""
    return Code(code, "warning", title, cause, cure)

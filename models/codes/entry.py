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
    """A code whose findings forbid a plan.

    Parameters
    ----------
    code
        ``FS`` and three digits; it never changes its meaning.
    title
        A few words.
    cause
        What brings it about.
    cure
        What mends it.

    Returns
    -------
    Code
        An entry of the catalogue.
    """
    return Code(code, "error", title, cause, cure)


def warning(code: str, title: str, cause: str, cure: str) -> Code:
    """A code whose findings do not forbid a plan.

    Parameters
    ----------
    code
        ``FS`` and three digits; it never changes its meaning.
    title
        A few words.
    cause
        What brings it about.
    cure
        What mends it.

    Returns
    -------
    Code
        An entry of the catalogue.
    """
    return Code(code, "warning", title, cause, cure)

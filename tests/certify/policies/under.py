"""A plan under one policy."""

from __future__ import annotations

from typing import Any

from friendshore.models.plan import Plan
from friendshore.models.tables import Policy
from tests.certify.drafts import Sheets, draft, problem
from tests.certify.trade import RIGHT, together


def under(sheets: Sheets, kind: str, limit: float, *, rows: dict[str, Any] | None = None, **cells: Any) -> Plan:
    """The right plan (or these rows) where one policy holds; what it lacks is priced where there is a penalty."""
    row = Policy(policy="rule", kind=kind, limit=limit, **cells)
    return draft(problem(sheets, row), **together(rows or RIGHT))


def calm(sheets: Sheets) -> Sheets:
    """The sheets without scenarios."""
    return {name: rows for name, rows in sheets.items() if name not in ("Scenarios", "Events")}

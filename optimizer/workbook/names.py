"""Names of the sheets that are no input: our own help, and the plan."""

from __future__ import annotations

from friendshore.models.parsing.folding import fold_header

README_SHEET = "Read-me"
HELP_SHEET = "Help"
DAMAGE_SHEET = "Help on damage"
HELP_SHEETS = (README_SHEET, HELP_SHEET, DAMAGE_SHEET)
PLAN_PREFIX = "Plan "

_HELP = frozenset(map(fold_header, HELP_SHEETS))


def is_input(title: str) -> bool:
    """Whether a sheet may hold input: neither help nor a sheet of a plan."""
    return fold_header(title) not in _HELP and not title.casefold().startswith(PLAN_PREFIX.casefold())

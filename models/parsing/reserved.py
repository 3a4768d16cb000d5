"""Names and labels that mean something else already."""

from __future__ import annotations

from friendshore.models.parsing.folding import fold
from friendshore.models.parsing.quoted import shown

RESERVED = frozenset({"base", "each", "expected", "cvar", "own", "normal", "any", "*"})
RESERVED_STARTS = ("@", "#", "each ", "any ", "stage:")
RESERVED_SIGNS = (",", "/", "+", "@", "..")
_IN_PLACE = {",": " ", "/": "-", "+": " and ", "@": " at ", "..": "-"}


def refusal(name: str, what: str) -> str:
    """What to say of a name or label that is reserved, with one that is not; blank where it is not reserved."""
    reason = reserved(name)
    if not reason:
        return ""
    other = _without_signs(name)
    such = f", such as {shown(other)}" if other and not reserved(other) else ""
    return f"found {shown(name)}, which {reason}; wanted another {what}{such}"


def _without_signs(name: str) -> str:
    """A name without the reserved signs: ``FY26-27`` for ``FY26/27``; blank where none is inside it."""
    for sign, other in _IN_PLACE.items():
        name = name.replace(sign, other)
    return fold(name).strip(" -")


def reserved(name: str) -> str:
    """Why a name is reserved, or an empty string."""
    if name in RESERVED:
        return "is a reserved word"
    start = next((start for start in RESERVED_STARTS if name.startswith(start)), "")
    if start:
        return f"starts with {start!r}, which is reserved"
    sign = next((sign for sign in RESERVED_SIGNS if sign in name), "")
    return f"holds {sign!r}, which is reserved" if sign else ""

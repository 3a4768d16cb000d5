"""Values as messages quote them."""

from __future__ import annotations

import datetime

_SHOWN = 60


def shown(value: object) -> str:
    """A value as messages quote it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, str):
        return repr(value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…")
    return f"{value:.15g}" if isinstance(value, float) else str(value)

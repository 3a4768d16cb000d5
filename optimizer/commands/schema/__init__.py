"""The JSON of each command, described by a JSON Schema (draft 2020-12) that ships with the package."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

_ENDING = ".schema.json"


def schema_names() -> tuple[str, ...]:
    """The commands whose JSON is described."""
    names = (entry.name for entry in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(_ENDING) for name in names if name.endswith(_ENDING)))


def schema(command: str) -> dict[str, Any]:
    """The schema of what ``friendshore COMMAND --json`` prints; KeyError where there is no such command.

    For ``watch`` it is that of each of its lines.
    """
    if command not in schema_names():
        raise KeyError(command)
    found: dict[str, Any] = json.loads((files(__name__) / f"{command}{_ENDING}").read_text(encoding="utf-8"))
    return found

"""Tasks for the tests, at the top of a module where workers find them. What they do leaves marks in a folder."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from pathlib import Path
from typing import Any

from friendshore.optimizer.engines.task import Task, as_it_is


def mark(folder: str, name: str) -> int:
    """Add a line to a file of the folder; how many there are now."""
    path = Path(folder) / name
    with path.open("a", encoding="utf-8") as stream:
        stream.write(f"{os.getpid()}\n")
    return len(path.read_text(encoding="utf-8").split())


def marks(folder: Path, name: str) -> list[int]:
    """Processes that have left a mark of a name."""
    path = folder / name
    return [int(word) for word in path.read_text(encoding="utf-8").split()] if path.exists() else []


def worked(folder: Path) -> Counter[int]:
    """How often each unit was worked on."""
    return Counter({int(path.name[5:]): len(marks(folder, path.name)) for path in folder.glob("unit-*")})


def _begin(shared: dict[str, Any]) -> dict[str, Any]:
    mark(shared["folder"], "begun")
    return shared


def _square(shared: dict[str, Any], unit: int) -> dict[str, Any]:
    """The square; where the shared data says so the worker dies of the unit, the first so many times."""
    times = mark(shared["folder"], f"unit-{unit}")
    time.sleep(shared.get("seconds", 0.0))
    if times <= shared.get("deaths", {}).get(unit, 0):
        os.kill(os.getpid(), signal.SIGKILL)
    if unit in shared.get("faults", ()):
        raise ValueError(f"unit {unit} has a fault")
    return {"unit": unit, "square": unit * unit, "limits": (0.1, float("inf"))}


SQUARES = Task("squares", 1, _begin, _square)
OTHER_SQUARES = Task("squares", 2, _begin, _square)
UNFINISHED = Task("unfinished", 1, as_it_is, _square, final=lambda answer: answer["unit"] % 2 == 0)

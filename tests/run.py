"""A module of the tests as a program of its own: ``python -P tests/run.py tests.engines.driver …``.

friendshore is the one that the tests themselves import, most often the installed one: the checkout comes last on the
path, for the tests alone.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path


def program(module: str, *arguments: str) -> list[str]:
    """The command that runs a module so."""
    return [sys.executable, "-P", __file__, module, *arguments]


if __name__ == "__main__":
    sys.path.append(str(Path(__file__).parents[1]))
    sys.argv.pop(0)
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)

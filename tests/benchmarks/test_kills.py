"""The short form of ``python -m benchmarks.trust.kills``."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.run import program


@pytest.mark.skipif(os.name != "posix", reason="runs are forked")
@pytest.mark.skipif("FRIENDSHORE_EXAMPLES" not in os.environ, reason="a part of the long form: it takes its time")
def test_nothing_is_lost() -> None:
    """Two runs, in a process of its own, which has no threads when it forks."""
    command = program("benchmarks.trust.kills", "--kills", "2", "--seed", "1")
    told = subprocess.run(  # noqa: S603 - our own interpreter
        command, cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=300, check=True
    )
    assert told.stdout.startswith("2 of 2 lost nothing"), told.stdout + told.stderr

"""Random tests draw the same examples in every run (new ones with FRIENDSHORE_EXAMPLES set); timed ones may be late."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("same", derandomize=True, database=None)
if "FRIENDSHORE_EXAMPLES" not in os.environ:
    settings.load_profile("same")

sys.path.append(str(Path(__file__).parents[1]))
"""Tests and benchmarks are found in the checkout, last of all: friendshore comes from where it is installed."""

os.environ["PYTHONSAFEPATH"] = "1"
"""Python processes begun in the checkout import the friendshore that is tested, not the folder they are begun in."""


TIMED = (
    "tests/solver/test_stopping",
    "tests/solver/test_interrupts",
    "tests/cli/test_signals",
    "tests/cli/test_watch",
    "tests/cli/test_progress",
    "tests/cli/test_killed_studies",
    "tests/engines/",
)
"""Where real processes are signalled, killed and timed: a busy machine may be late once, and is asked again."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the tests that depend on the clock two more tries; what is wrong fails three times."""
    for item in items:
        if item.nodeid.startswith(TIMED):
            item.add_marker(pytest.mark.flaky(reruns=2))

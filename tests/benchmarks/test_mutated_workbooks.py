"""The short form of ``python -m benchmarks.trust.mutated_workbooks``."""

from __future__ import annotations

import time

import pytest

from benchmarks.trust.mutated_workbooks import INVALID, READ, REFUSED, WRONG, Hang, ends, patience


def test_each_is_read_or_refused() -> None:
    """A few from each writer."""
    count = ends(20, 1)
    assert count[READ] + count[INVALID] + count[REFUSED] == count.total() == 20
    assert not count[WRONG]


def test_a_hang_is_told() -> None:
    """What takes longer than the patience is ended."""
    with pytest.raises(Hang), patience(1):
        time.sleep(5)

"""The short form of ``python -m benchmarks.trust.mutated_workbooks``."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from benchmarks.trust import told
from benchmarks.trust.told import AS_IT_WAS, INVALID, REFUSED, TWICE, WRONG, base, told_of
from friendshore.models.parsing import grids_of
from tests.workbook.cell_mutants import spoilt

pytestmark = pytest.mark.skipif(os.name != "posix", reason="workbooks are read in forked processes")


def test_each_is_told_or_right(tmp_path: Path) -> None:
    """Twenty-eight, in this process: some of each end, and none that is wrong."""
    ends = [told_of(tmp_path / "a.xlsx", seed) for seed in range(20_000, 20_028)]
    assert [end for end in ends if end.how == WRONG] == []
    assert {INVALID, REFUSED, TWICE} <= {end.how for end in ends}


def test_what_ends_wrongly_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that raises, one that changes the file, and one that says nothing."""

    def ends_as(read: object, seed: int = 20_001) -> str:
        monkeypatch.setattr(told, "read_workbook", read)
        return told_of(tmp_path / "a.xlsx", seed).said

    def raises(path: Path) -> None:
        raise ZeroDivisionError("division by zero")

    def writes(path: Path) -> None:
        path.write_bytes(b"")
        raises(path)

    assert ends_as(raises) == "ZeroDivisionError: division by zero"
    assert ends_as(writes) == "the file is not as it was"


def test_a_hang_and_the_end_of_a_process_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The workbooks after them are read all the same."""
    from benchmarks.trust import mutated_workbooks as many  # noqa: PLC0415 - POSIX only

    def told_as(path: Path, seed: int) -> told.Told:
        if seed == 1:
            time.sleep(5)
        if seed == 2:
            os._exit(1)
        return told.Told(AS_IT_WAS)

    monkeypatch.setattr(many, "told_of", told_as)
    monkeypatch.setattr(many, "PATIENCE", 1)
    ends = dict(many.answers_of(0, 5))
    assert [ends[seed].said for seed in range(5)] == ["", "hangs", "ends the process", "", ""]


def test_what_is_spoilt_is_spoilt() -> None:
    """Nearly every seed changes something, and the same seed the same."""
    whole = grids_of(base())
    as_it_was = {name: [list(row) for row in grid] for name, grid in whole.items()}
    changed = [spoilt(base(), whole, seed) for seed in range(50)]
    assert changed == [spoilt(base(), whole, seed) for seed in range(50)]
    assert sum(repr(grids) != repr(as_it_was) for grids in changed) > 45

"""Progress is one frozen record, and the public door tells it while it solves."""

from __future__ import annotations

import dataclasses

import pytest

import friendshore as fs
from friendshore.models.examine import problem_from_sheets
from tests.mathematics.cases import importer, stop


def test_it_is_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        fs.Progress("solve").phase = "polish"  # type: ignore[misc]


def test_the_phases_of_a_solve_are_told_in_their_order() -> None:
    """Each phase when it begins, by records alone; seconds only grow."""
    heard: list[fs.Progress] = []
    outcome = fs.solve(problem_from_sheets(importer(2) | stop(0.1)), on_progress=heard.append)
    assert outcome.plan is not None
    assert all(isinstance(progress, fs.Progress) for progress in heard)
    phases = list(dict.fromkeys(progress.phase for progress in heard))
    assert phases == ["build", "solve", "polish", "proof", "stress paths", "survival", "certify", "doing nothing"]
    begun = {progress.phase: progress.seconds for progress in reversed(heard)}
    assert [begun[phase] for phase in phases] == sorted(begun.values())


def test_what_a_listener_raises_ends_the_solve() -> None:
    def enough(progress: fs.Progress) -> None:
        if progress.phase == "solve":
            raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        fs.solve(problem_from_sheets(importer()), on_progress=enough)

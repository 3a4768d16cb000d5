"""What a search has learnt comes back from its file as it was, and a file that is none is nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from friendshore.optimizer.saved.start_file import read_start, write_start
from friendshore.optimizer.search.start import Start
from friendshore.optimizer.solver import solve_lp
from friendshore.optimizer.solver.quick import QuickLp
from tests.solver.programs import random_program


def test_there_and_back(tmp_path: Path) -> None:
    start = Start({"line": 2.0, "mine": 0.0}, ("a", "b", "c"), np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]))
    write_start(start, tmp_path / "start.npz")
    back = read_start(tmp_path / "start.npz")
    assert back is not None and back.points is not None and start.points is not None
    assert (back.whole, back.names) == (start.whole, start.names)
    assert (back.points == start.points).all()


def test_bases_of_branches_come_back(tmp_path: Path) -> None:
    """Of two programs of other shapes, each as it ended; a solve from its own ends at once."""
    programs = {"one": random_program(1, integers=0), "two": random_program(2, integers=0)}
    answers = {name: solve_lp(program) for name, program in programs.items()}
    bases = {name: answer.basis for name, answer in answers.items() if answer.basis is not None}
    assert len(bases) == 2
    write_start(Start({}, bases=bases), tmp_path / "start.npz")
    back = read_start(tmp_path / "start.npz")
    assert back is not None and back.bases.keys() == bases.keys()
    for name, basis in bases.items():
        for was, came in zip(basis.statuses(), back.bases[name].statuses(), strict=True):
            assert (was == came).all()
        again = QuickLp().solve(programs[name], back.bases[name])
        assert again.objective == pytest.approx(answers[name].objective) and again.iterations == 0


def test_whole_numbers_alone(tmp_path: Path) -> None:
    write_start(Start({"line": 2.0}), tmp_path / "start.npz")
    back = read_start(tmp_path / "start.npz")
    assert back is not None and back.whole == {"line": 2.0} and back.points_at(["a"]) == []


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 nothing", b"\x93NUMPY"])
def test_what_cannot_be_read_is_nothing(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "start.npz"
    if content is not None:
        path.write_bytes(content)
    assert read_start(path) is None


def test_points_of_another_width_are_nothing(tmp_path: Path) -> None:
    start = Start({"line": 2.0}, ("a", "b"), np.zeros((1, 3)))
    write_start(start, tmp_path / "start.npz")
    assert read_start(tmp_path / "start.npz") is None


def test_objects_that_would_run_are_not_loaded(tmp_path: Path) -> None:
    """numpy keeps objects by pickle, which runs what it holds: such a file is refused."""
    with (tmp_path / "start.npz").open("wb") as file:
        np.savez(file, whole=np.array([{"a": 1}], dtype=object), values=np.zeros(1), names=np.array(["a"]), points=0)
    assert read_start(tmp_path / "start.npz") is None

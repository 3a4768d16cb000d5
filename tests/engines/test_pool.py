"""The pool: shared data once a worker, a lost worker replaced, a unit that ends every worker named."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from friendshore.optimizer.engines.faults import EngineFault
from friendshore.optimizer.engines.pool import PoolEngine
from tests.engines.work import SQUARES, marks, worked


def test_all_units_come_with_their_position(tmp_path: Path) -> None:
    """Answers carry the position of their unit; shared data goes to each worker once, over both calls."""
    shared = {"folder": str(tmp_path)}
    with PoolEngine(2) as engine:
        answers = dict(engine.map(SQUARES, shared, [3, 5, 7, 9]))
        again = dict(engine.map(SQUARES, shared, [11]))
    assert {i: answer["square"] for i, answer in answers.items()} == {0: 9, 1: 25, 2: 49, 3: 81}
    assert again[0]["square"] == 121
    assert len(marks(tmp_path, "begun")) == len(set(marks(tmp_path, "begun"))) <= 2


def test_other_shared_data_is_another_state(tmp_path: Path) -> None:
    """An equal but different object is sent again: what changed in place would not be seen otherwise."""
    with PoolEngine(1) as engine:
        for deaths in ({}, {1: 0}):
            list(engine.map(SQUARES, {"folder": str(tmp_path), "deaths": deaths}, [1]))
    assert len(marks(tmp_path, "begun")) == 2


@pytest.mark.parametrize("deaths", [1, 2])
def test_a_worker_that_dies_is_replaced(tmp_path: Path, deaths: int) -> None:
    """Unit 4 ends its worker once or twice: it and what was out beside it are done again, nothing else is."""
    shared = {"folder": str(tmp_path), "deaths": {4: deaths}}
    with PoolEngine(2) as engine:
        answers = dict(engine.map(SQUARES, shared, list(range(12))))
    assert [answers[i]["square"] for i in range(12)] == [i * i for i in range(12)]
    times = worked(tmp_path)
    assert times[4] == deaths + 1
    assert sum(times.values()) - 12 <= 2 * deaths


def test_a_unit_that_ends_every_worker_is_named(tmp_path: Path) -> None:
    """It is tried twice among the others and once alone; the others have been answered by then."""
    answers = {}
    with pytest.raises(EngineFault, match=r"unit 6 of 8, 15, ended every worker process.*FS704") as raised:  # noqa: SIM117
        with PoolEngine(2) as engine:
            shared = {"folder": str(tmp_path), "deaths": {15: 99}}
            for index, answer in engine.map(SQUARES, shared, range(10, 18)):
                answers[index] = answer  # noqa: PERF403 - what came before the fault is looked at
    assert raised.value.ours
    assert sorted(answers) == [0, 1, 2, 3, 4, 6, 7]
    assert worked(tmp_path)[15] == 3


def test_an_error_in_a_unit_is_raised_here_and_ends_the_rest(tmp_path: Path) -> None:
    """The exception itself, and no process left that works on."""
    shared = {"folder": str(tmp_path), "faults": [1], "seconds": 0.05}
    with pytest.raises(ValueError, match="unit 1 has a fault"), PoolEngine(2) as engine:
        list(engine.map(SQUARES, shared, list(range(50))))
    assert len(worked(tmp_path)) < 50
    assert not living(tmp_path)


def test_whoever_stops_listening_stops_the_work(tmp_path: Path) -> None:
    """Workers end when the asker goes away in the middle, not when they have done all there was."""
    with PoolEngine(2) as engine:
        for _ in engine.map(SQUARES, {"folder": str(tmp_path), "seconds": 0.1}, list(range(50))):
            break
    assert sum(worked(tmp_path).values()) <= 6
    assert not living(tmp_path)


def living(folder: Path) -> list[int]:
    """Workers that still run some time after they should not."""
    for _ in range(50):
        left = [process for process in set(marks(folder, "begun")) if _runs(process)]
        if not left:
            return []
        time.sleep(0.1)
    return left


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True

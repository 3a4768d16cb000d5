"""Time is that of all searches together, seconds are those of each phase."""

from __future__ import annotations

import pytest

from friendshore.optimizer.search import limits
from friendshore.optimizer.search.limits import Limits, OutOfTime, Stopwatch
from friendshore.optimizer.system.progress import Progress


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        for name in ("monotonic", "perf_counter"):
            monkeypatch.setattr(limits.time, name, lambda: self.now)


def test_what_remains(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 10 s, 6 after 4; when they are over a thousandth, which HiGHS takes for a limit as it does not 0."""
    clock = Clock(monkeypatch)
    ten, forever = Limits(0.01, 10.0), Limits(0.01)
    assert ten.remaining == 10
    clock.now += 4
    assert ten.remaining == 6
    clock.now += 40
    assert ten.remaining == 1e-3
    assert forever.remaining is None


def test_checkpoints_end_the_work_once_the_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 10 s that began 8 s ago, 2 are left; a checkpoint that bears 5 s more ends it at 15."""
    clock = Clock(monkeypatch)
    limits = Limits(0.01, 10.0, began=92.0)
    assert limits.remaining == 2
    limits.checkpoint()
    clock.now += 2
    assert limits.passed
    with pytest.raises(OutOfTime):
        limits.checkpoint()
    clock.now += 4.9
    limits.checkpoint(5.0)
    clock.now += 0.2
    with pytest.raises(OutOfTime):
        limits.checkpoint(5.0)
    forever = Limits(0.01, began=0.0)
    forever.checkpoint()
    assert not forever.passed


def test_a_phase_that_fails_has_its_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, watch = Clock(monkeypatch), Stopwatch()
    with pytest.raises(OutOfTime), watch.phase("build"):
        clock.now += 7
        raise OutOfTime
    assert watch.seconds == {"build": 7.0}


def test_a_phase_may_come_more_than_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Told when it begins, its seconds added up."""
    clock = Clock(monkeypatch)
    heard: list[Progress] = []
    watch = Stopwatch(heard.append)
    for phase, seconds in (("solve", 3.0), ("polish", 1.0), ("solve", 2.0)):
        with watch.phase(phase):
            clock.now += seconds
    watch.note("done")
    assert watch.seconds == {"solve": 5.0, "polish": 1.0}
    assert heard == [Progress("solve", 0.0), Progress("polish", 3.0), Progress("solve", 4.0)]
    assert watch.log == ["    6.00 s  done"]

"""Signals: what ends the work, what is only noted, and what a library has made another error of."""

from __future__ import annotations

import os
import signal

import pytest

from friendshore.optimizer.system.interrupts import Abandoned, settle, watching

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are sent to this process")


def test_a_signal_ends_the_work_until_there_is_an_answer() -> None:
    """The same signal, before and after the work is settled; a second one abandons it all the same."""
    with pytest.raises(KeyboardInterrupt), watching():
        os.kill(os.getpid(), signal.SIGINT)
    with watching() as signals:
        assert settle() is signals
        os.kill(os.getpid(), signal.SIGTERM)
        assert signals.seen == 1 and signals.number == signal.SIGTERM
        with pytest.raises(Abandoned):
            os.kill(os.getpid(), signal.SIGINT)


def test_the_next_watch_is_not_settled() -> None:
    """Nor is anything where nobody watches."""
    settle()
    with watching():
        settle()
    with pytest.raises(KeyboardInterrupt), watching() as signals:
        assert not signals.taken
        os.kill(os.getpid(), signal.SIGINT)
    assert signals.raised


def test_within_a_deferred_stretch_one_may_raise_again() -> None:
    """A signal between two searches that an engine does ends them at once; one before and one after are only noted."""
    with watching() as signals, signals.deferred():
        signal.raise_signal(signal.SIGINT)
        assert signals.seen == 1
        signals.seen = 0
        with pytest.raises(KeyboardInterrupt), signals.raising():
            signal.raise_signal(signal.SIGINT)
        signals.seen = 0
        signal.raise_signal(signal.SIGINT)
        assert signals.seen == 1
        signals.taken = True

"""What the first and the second signal do, inside and outside a deferred stretch."""

import signal

import pytest

from friendshore.optimizer.system.interrupts import Abandoned, watching


def test_outside_a_deferred_stretch_the_first_one_interrupts():
    with pytest.raises(KeyboardInterrupt), watching():
        signal.raise_signal(signal.SIGTERM)


def test_inside_it_is_noted_and_the_second_abandons():
    with pytest.raises(Abandoned), watching() as signals, signals.deferred():
        signal.raise_signal(signal.SIGINT)
        assert signals.seen == 1
        signal.raise_signal(signal.SIGTERM)


def test_nested_stretches_share_what_was_seen():
    with pytest.raises(Abandoned), watching() as outer:
        with watching() as inner, inner.deferred():
            signal.raise_signal(signal.SIGINT)
        assert outer.seen == 1
        signal.raise_signal(signal.SIGINT)


def test_one_that_nobody_acted_on_is_not_lost():
    with pytest.raises(KeyboardInterrupt), watching() as signals, signals.deferred():
        signal.raise_signal(signal.SIGINT)
    with watching() as signals, signals.deferred():
        signal.raise_signal(signal.SIGINT)
        signals.taken = True

"""Events in time: means of φ by hand, and which stretches of time they meet."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from friendshore.models.tables import Event
from friendshore.optimizer.certify.events import mean, meets, strikes
from friendshore.optimizer.certify.numbers import overlap


def event(**cells: Any) -> Event:
    return Event(**{"scenario": "stop", "kind": "export", "years": 1.0} | cells)


SLOW = event(start_years=0.5, remaining=0.25, recovery_years=2.0)
"""With its onset at 3: whole to 3.5, a quarter to 4.5, then up by 0.375 a year to 6.5."""


@pytest.mark.parametrize(
    ("start", "end", "left"),
    [
        (2.0, 3.5, 1.0),
        (3.0, 4.0, 0.625),  # half a year whole, half a year a quarter
        (3.5, 4.5, 0.25),
        (4.0, 5.0, 0.296875),  # 0.5 at 0.25, then 0.25 → 0.4375
        (4.5, 6.5, 0.625),  # 0.25 → 1
        (5.0, 7.0, 0.7890625),  # 1.5 at 0.4375 → 1, then 0.5 whole
        (3.0, 7.0, 0.625),  # 0.75 lost for a year, half of 0.75 for two: 1.5 of 4
        (6.5, 8.0, 1.0),
        (5.5, 6.0, 0.71875),  # 0.625 → 0.8125
    ],
)
def test_the_mean_over_a_node(start: float, end: float, left: float) -> None:
    """Before, within, on the way back, across all of it, and after."""
    assert mean(SLOW, 3.0, start, end) == pytest.approx(left, abs=1e-12)


def test_what_remains() -> None:
    """A quota counts as nothing left, a blank cell as everything, a surge is above 1; half a year each."""
    assert mean(event(years=0.5, quota=7.0), 0.0, 0.0, 1.0) == pytest.approx(0.5)
    assert mean(event(years=0.5), 0.0, 0.0, 1.0) == pytest.approx(1.0)
    assert mean(event(years=0.5, remaining=1.5), 0.0, 0.0, 1.0) == pytest.approx(1.25)
    assert mean(event(years=0.5, remaining=0.0), 0.0, 0.0, 1.0) == pytest.approx(0.5)


def test_what_an_event_meets() -> None:
    """From 3.5 to 6.5, its recovery included; ends that touch share no time, a ten thousandth of a year is some."""
    assert not meets(SLOW, 3.0, 3.0, 3.5)
    assert meets(SLOW, 3.0, 3.0, 3.5001)
    assert meets(SLOW, 3.0, 6.4, 6.6) and not meets(SLOW, 3.0, 6.5, 7.0)
    assert meets(event(), 0.0, 0.9999, 2.0) and not meets(event(), 0.0, 1.0, 2.0)
    assert not meets(event(), 0.0, 1.0 - 1e-12, 2.0)


def test_events_that_change_nothing_are_left_out() -> None:
    """One is over, one begins in the second node, one takes a ten thousandth; each counts from its own onset."""
    over, later, little = event(years=0.5, remaining=0.0), event(remaining=0.0), event(years=9.0, remaining=0.9999)
    struck = strikes([(over, 0.0), (later, 1.5), (little, 0.0)], np.array([1.0, 2.0]), np.array([1.0, 0.5]))
    assert [strike.event for strike in struck] == [later, little]
    assert struck[0].mean.tolist() == [0.5, 0.0]
    assert struck[1].mean == pytest.approx([0.9999, 0.9999])


def test_overlap() -> None:
    """One within the other, side by side, apart."""
    assert overlap(0.0, 4.0, 1.0, 2.5) == 1.5 == overlap(1.0, 2.5, 0.0, 4.0)
    assert overlap(0.0, 1.0, 0.75, 3.0) == 0.25 == overlap(0.75, 3.0, 0.0, 1.0)
    assert overlap(0.0, 1.0, 1.0, 2.0) == 0.0 == overlap(5.0, 6.0, 1.0, 2.0)

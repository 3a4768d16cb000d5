"""The short form of ``python -m benchmarks.trust.number_traps``."""

from __future__ import annotations

import pytest

from benchmarks.trust.number_traps import NUMBERS, REFUSED, Trap, answer, traps
from benchmarks.trust.told import TWICE


def test_every_column_of_numbers_is_planted() -> None:
    """Some of each sheet, the first and the last row, and each number in it."""
    planted = [(trap.sheet, trap.column, trap.row) for trap in traps()]
    assert {"Settings", "Periods", "Plants", "Demand", "Lanes", "Events"} <= {sheet for sheet, _, _ in planted}
    assert planted.count(("Plants", "capacity", -1)) == len(NUMBERS)


@pytest.mark.parametrize(
    ("trap", "end"),
    [
        (Trap("Periods", "years", 1e-12, -1), REFUSED),
        (Trap("Periods", "years", 1e6, -1), REFUSED),
        (Trap("Profiles", "2028", 5e-324), REFUSED),
        (Trap("Demand", "per_year", 1e30), REFUSED),
        (Trap("Plants", "unit_cost", 1e8), TWICE),
    ],
    ids=str,
)
def test_each_is_refused_or_right(trap: Trap, end: str) -> None:
    """A period of a moment and one of a million years; what HiGHS does not take; a demand that Pyomo drops."""
    assert answer(trap) == (end, "")

"""What the section on promises says of the steps of their limits."""

from __future__ import annotations

import pandas as pd
import pytest

from friendshore.optimizer.page.sections.promises import sentences
from friendshore.optimizer.page.tables import PlanTables
from friendshore.optimizer.page.words import Names


@pytest.mark.parametrize(
    ("unit", "step", "once", "again"),
    [
        ("percentage point", 2.0, "1 percentage point more costs", "2 percentage points costs"),
        ("0.01 of the index", 1.0, "0.01 of the index more costs", "0.01 of the index costs"),
        ("day", 1.0, "1 day more costs", "1 day costs"),
        ("USD thousand", 50.0, "1,000 USD more costs", "50,000 USD costs"),
    ],
)
def test_a_step_is_told_in_its_own_unit(tables: PlanTables, unit: str, step: float, once: str, again: str) -> None:
    """An index has no unit, money is told as money, and what is counted has its plural."""
    names = Names(tables.problem)
    rows = pd.DataFrame([{"policy": "budget", "state": "met", "price": 5.0, "unit": unit}])
    row = {"policy": "budget", "step": step, "unit": unit, "low": 3.0, "high": 3.0, "note": ""}
    steps = pd.DataFrame([row])
    assert f": {once} 5,000 USD." in " ".join(sentences(names, rows, steps.iloc[:0]))
    assert f": {again} 3,000 USD." in " ".join(sentences(names, rows, steps))

"""Every column can say what it wants."""

import pytest

from friendshore.models.parsing.wanted import wanted
from friendshore.models.schema import Number, Reference, Whole
from friendshore.models.tables import TABLES


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.sheet)
def test_every_declared_column_has_words(table):
    for declared in table.columns:
        assert wanted(declared.kind)
        assert declared.help.endswith(".")


def test_limits_are_worded_exactly():
    assert wanted(Number()) == "a number of at least 0"
    assert wanted(Number(above=True)) == "a number above 0"
    assert wanted(Number(maximum=1)) == "a number from 0 to 1"
    assert wanted(Whole(minimum=1)) == "a whole number of at least 1"
    assert wanted(Reference("Scenarios", also=("base", "each"))) == "a name from Scenarios; or base or each"

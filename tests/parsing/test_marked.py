"""Hidden and merged cells are read as they are, and told in a warning that names them."""

import pytest

from friendshore.models.examine import examine
from friendshore.models.parsing import grids_of
from friendshore.models.parsing.grids import Area, Marks
from tests.parsing.valid import valid


def findings(**marks):
    outcome = examine(
        grids_of(valid()), address=lambda row, index: f"{chr(65 + index)}{row}", marks={"Demand": Marks(**marks)}
    )
    assert outcome.problem is not None
    return [(one.code, one.place, one.message) for one in outcome.findings]


def test_a_hidden_sheet_is_read():
    assert [one[:2] for one in findings(hidden=True)] == [("FS155", "Demand")]


def test_hidden_rows_with_data_are_read():
    assert findings(hidden_rows=((2, 2), (8, 90))) == [
        ("FS156", "Demand!2", "found a row with data hidden or filtered out; it is read like any other")
    ]
    assert "found 2 rows" in findings(hidden_rows=((2, 90),))[0][2]


def test_hidden_columns_that_are_read():
    assert [one[:2] for one in findings(hidden_columns=((2, 3),))] == [("FS156", "Demand!B1"), ("FS156", "Demand!C1")]
    assert findings(hidden_columns=((40, 90),)) == []


def test_settings_too():
    outcome = examine(grids_of(valid()), marks={"Settings": Marks(hidden=True)})
    assert [(one.code, one.sheet) for one in outcome.findings] == [("FS155", "Settings")]


def test_merged_cells_among_the_data():
    merged = findings(merged=(Area(2, 1, 3, 1), Area(2, 3, 2, 4)))
    assert [one[:2] for one in merged] == [("FS157", "Demand!A2")]
    assert "2 rows × 1 columns, and 1 more such" in merged[0][2]


@pytest.mark.parametrize("area", [Area(10, 1, 12, 3), Area(2, 20, 3, 21)])
def test_merged_cells_elsewhere_do_no_harm(area):
    assert findings(merged=(area,)) == []

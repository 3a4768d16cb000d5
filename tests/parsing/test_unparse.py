"""Rows written back are read to the same tables, for every table and any values that columns allow."""

import dataclasses
import string
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from friendshore.models.examine import problem_from_sheets
from friendshore.models.parsing import grids_of
from friendshore.models.parsing.cells import TOO_SMALL, read_cell
from friendshore.models.parsing.headers import sheet_columns
from friendshore.models.parsing.reserved import reserved
from friendshore.models.parsing.rows import read_sheet
from friendshore.models.parsing.sheets import Origin
from friendshore.models.parsing.unparse import cell, sheets_of
from friendshore.models.schema import Choice, Flag, Identifier, Label, Number, Shares, Tags, Text, Whole
from friendshore.models.tables import TABLES
from tests.parsing.valid import valid

NAMES = (
    st.text(string.ascii_letters + "äßéЖ中_-. ", min_size=1, max_size=12)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text and not reserved(text))
)


def large_enough(number):
    """Whether a number is not refused as one that a solver rounds away (FS119)."""
    return number == 0 or abs(number) >= TOO_SMALL


def values(kind):
    """Any value that a cell of this kind may hold, as it is typed."""
    if isinstance(kind, Number):
        least, top = max(kind.minimum, -1e9), min(kind.maximum, 1e9)
        return st.floats(least, top, exclude_min=kind.above, exclude_max=kind.below).filter(large_enough)
    if isinstance(kind, Whole):
        return st.integers(max(1, kind.minimum), 240)
    if isinstance(kind, Flag):
        return st.booleans()
    if isinstance(kind, Choice):
        return st.sampled_from([word for word in kind.words if word])
    if isinstance(kind, Tags):
        return st.lists(NAMES, min_size=1, max_size=3, unique=True).map(tuple)
    if isinstance(kind, Shares):
        return st.lists(st.floats(0.0, 1.0).filter(large_enough), min_size=1, max_size=3).map(tuple)
    if isinstance(kind, Label | Text | Identifier):
        return NAMES
    return NAMES


@pytest.mark.parametrize("table", [table for table in TABLES if not table.vertical], ids=lambda table: table.sheet)
@given(data=st.data())
@settings(max_examples=20, deadline=None)
def test_every_table_survives_writing_and_reading(table, data):
    filled = {
        declared.name: data.draw(values(declared.kind))
        for declared in sheet_columns(table)
        if declared.required or data.draw(st.booleans())
    }
    labels = ["2026", "2027"] if table.period_columns else []
    by_period = {name: data.draw(st.floats(0, 1e9).filter(large_enough)) for name in labels}
    row = {**{name: cell(value) for name, value in filled.items()}, **by_period}
    line = read_sheet(table, Origin(table.sheet, grids_of({table.sheet: [row]})[table.sheet]), labels).lines[0]
    assert not line.faulty
    assert line.given == set(row)
    assert {name: line.values[name] for name in filled} == filled
    assert line.periods == by_period


def test_a_whole_problem_survives():
    problem = problem_from_sheets(valid())
    again = problem_from_sheets(sheets_of(problem.tables))

    def plain(tables):
        return {
            name: [dataclasses.replace(row, row=0) for row in rows]
            for name, rows in vars(tables).items()
            if name != "settings"
        }

    assert plain(again.tables) == plain(problem.tables)
    assert again.settings == problem.settings


def test_cells_of_values():
    assert cell(inf) is None
    assert cell(True) == "yes"
    assert cell(("a", "b")) == "a, b"
    assert read_cell(Flag(), cell(False)) is False

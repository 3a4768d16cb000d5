"""A table is found by the name of its sheet, else by that of an Excel table on another sheet."""

from friendshore.models.examine import examine
from friendshore.models.parsing import grids_of
from friendshore.models.parsing.grids import Area, Marks, NamedTable
from tests.parsing.valid import valid


def elsewhere():
    """Plants as an Excel table in the middle of a sheet of another name, with other things around it."""
    grids = grids_of(valid())
    plants = grids.pop("Plants")
    grids["Data 2026"] = (
        ("All our data",),
        (),
        *((None, "x", *row, "y") for row in plants),
        (None, None, "written by hand", "below the table"),
    )
    return grids, {"Data 2026": Marks(tables=(NamedTable("plants", Area(3, 3, 5, 8)),))}


def examined(grids, marks):
    return examine(grids, address=lambda row, index: f"{chr(65 + index)}{row}", marks=marks)


def test_an_excel_table_of_the_name_stands_for_the_sheet():
    grids, marks = elsewhere()
    outcome = examined(grids, marks)
    assert outcome.findings == ()
    assert [row.plant for row in outcome.problem.tables.plants] == ["mine", "smelter"]
    assert (
        outcome.problem.grids["Plants"][2][2:] == grids["Data 2026"][2][2:8]
    )  # carried, so that a plan can be read again
    assert examine(outcome.problem.grids).problem.tables.plants == outcome.problem.tables.plants


def test_its_faults_name_the_sheet_and_cell_where_they_stand():
    grids, marks = elsewhere()
    rows = [list(row) for row in grids["Data 2026"]]
    rows[3][6] = "much"
    outcome = examined({**grids, "Data 2026": rows}, marks)
    assert [(one.code, one.place) for one in outcome.findings] == [("FS103", "Data 2026!G4")]


def test_without_the_table_the_sheet_is_missing():
    grids, _ = elsewhere()
    assert {finding.code for finding in examined(grids, {}).findings} == {"FS101", "FS151"}


def test_two_tables_of_the_name_are_an_error():
    grids, marks = elsewhere()
    grids["Copy"] = grids["Data 2026"]
    marks["Copy"] = marks["Data 2026"]
    twice = [one for one in examined(grids, marks).findings if one.code == "FS117"]
    assert [one.sheet for one in twice] == ["Plants"]


def test_a_sheet_of_the_name_comes_first():
    grids, marks = elsewhere()
    grids["plants "] = grids_of(valid())["Plants"]
    outcome = examined(grids, marks)
    assert [row.row for row in outcome.problem.tables.plants] == [2, 3]
    assert [one.code for one in outcome.findings] == ["FS151"]

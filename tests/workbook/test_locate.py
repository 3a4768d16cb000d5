"""Findings made after reading point at the cell, also where the table does not begin in row 1."""

from friendshore.models.examine import examine
from friendshore.models.findings import Finding
from friendshore.models.parsing import grids_of
from friendshore.optimizer.workbook.locate import located
from tests.parsing.valid import valid


def test_cells_of_findings_made_later():
    grids = grids_of(valid())
    grids["Plants"] = (("Our plants",), *grids["Plants"])
    problem = examine(grids).problem
    places = [("Plants", 3, "capacity"), ("Policies", 2, "limit"), ("Settings", 2, "value"), ("Nowhere", 2, "a")]
    placed = located([Finding("FS601", "error", sheet, "x", row, name) for sheet, row, name in places], problem)
    assert [one.place for one in placed] == ["Plants!E3", "Policies!C2", "Settings!B2", "Nowhere!2"]

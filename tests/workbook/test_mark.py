"""The marked copy shows every problem at its cell; the planner's file is as it was."""

import openpyxl
import pytest

from friendshore.optimizer.system.files import FileFault
from friendshore.optimizer.workbook.mark import mark, marked_name
from friendshore.optimizer.workbook.read import check_workbook
from tests.parsing.valid import valid
from tests.workbook.books import book


def faulty(tmp_path):
    sheets = valid()
    sheets["Plants"][0].update(capacity="100", colour="=1+1")
    sheets["Plants"][1]["country"] = "Brg"
    del sheets["Demand"]
    return book(tmp_path / "a.xlsx", sheets)


def test_cells_are_coloured_and_commented_in_a_copy(tmp_path):
    path = faulty(tmp_path)
    before = path.read_bytes()
    findings = check_workbook(path)
    out = mark(path, findings)
    assert out == marked_name(path) == tmp_path / "a.marked.xlsx"
    assert path.read_bytes() == before
    copy = openpyxl.load_workbook(out)
    error, warning, clean = copy["Plants"]["E2"], copy["Plants"]["G1"], copy["Plants"]["A2"]
    assert "FS103 error" in error.comment.text
    assert "FS152 warning" in warning.comment.text
    assert clean.comment is None
    assert error.fill.start_color.rgb != warning.fill.start_color.rgb != clean.fill.start_color.rgb
    assert "the nearest is 'Berg'" in copy["Plants"]["B3"].comment.text


def test_a_first_sheet_lists_all_of_them(tmp_path):
    path = faulty(tmp_path)
    findings = check_workbook(path)
    sheet = openpyxl.load_workbook(mark(path, findings)).worksheets[0]
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == [finding.place for finding in findings]
    assert sheet["A2"].data_type == "s"


def test_the_original_is_never_the_target(tmp_path):
    path = faulty(tmp_path)
    with pytest.raises(FileFault, match="choose another name"):
        mark(path, (), path)


def test_merged_cells_and_old_comments_survive(tmp_path):
    path = faulty(tmp_path)
    workbook = openpyxl.load_workbook(path)
    workbook["Plants"]["E2"].comment = openpyxl.comments.Comment("ask Berg", "me")
    workbook["Plants"].merge_cells("A3:B3")
    workbook.save(path)
    copy = openpyxl.load_workbook(mark(path, check_workbook(path)))
    assert copy["Plants"]["E2"].comment.text.startswith("ask Berg")
    assert copy["Plants"]["A3"].comment is not None


def test_every_problem_is_on_its_cell(tmp_path):
    """One fault of a kind a sheet, at least ten codes: each finding's cell has its code in its comment."""
    sheets = valid()
    sheets["Plants"][0].update(capacity="100", unit_cost=-1, from_period="1999", colour="red")
    sheets["Plants"][1].update(country="Brg", recipe=None, commodity=None)
    sheets["Demand"][0].update(shortage_cost=None, tier="each")
    sheets["Lanes"][0].update(loss=8, to="@nobody")
    sheets["Expansions"][0].update(integer="perhaps", requires="nothing")
    sheets["Scenarios"][0].update(probability=2, onset="2099")
    sheets["Events"][0].update(kind="flood")
    sheets["Countries"].append(dict(sheets["Countries"][0]))
    path = book(tmp_path / "a.xlsx", sheets)
    findings = check_workbook(path)
    placed = [finding for finding in findings if finding.cell]
    assert len({finding.code for finding in placed}) >= 10
    copy = openpyxl.load_workbook(mark(path, findings))
    for finding in placed:
        comment = copy[finding.sheet][finding.cell].comment
        assert comment is not None and f"{finding.code} {finding.severity}: {finding.message}" in comment.text
    for finding in set(findings) - set(placed):
        marked = copy[finding.sheet][f"A{finding.row or 1}"].comment if finding.sheet in copy.sheetnames else None
        assert marked is None or finding.code in marked.text

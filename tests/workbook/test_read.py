"""A workbook is read with every fault at once, each with its cell; the file itself is never touched."""

import datetime
import hashlib

import openpyxl
import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.findings import InvalidProblem
from friendshore.optimizer.system.files import FileFault
from friendshore.optimizer.workbook.read import check_workbook, read_workbook
from tests.parsing.valid import valid
from tests.workbook.books import book, rebuilt


def test_a_workbook_is_read_like_its_rows(tmp_path):
    path = book(tmp_path / "my case.xlsx")
    before = path.read_bytes()
    problem = read_workbook(path)
    assert problem.tables == problem_from_sheets(valid()).tables
    assert problem.name == "my case"
    assert problem.digest == hashlib.sha256(before).hexdigest()
    assert problem.warnings == ()
    assert problem.grids["Periods"][1] == (2026, 1)
    assert path.read_bytes() == before


def test_findings_name_their_cells(tmp_path):
    sheets = valid()
    sheets["Plants"][0].update(capacity="100", unit_cost=-1)
    sheets["Demand"][0]["country"] = "Ali"
    sheets["Settings"][1]["value"] = "low"
    path = book(tmp_path / "a.xlsx", sheets)
    listed = [(finding.code, finding.place) for finding in check_workbook(path)]
    assert listed == [("FS103", "Settings!B3"), ("FS103", "Plants!E2"), ("FS104", "Plants!F2"), ("FS201", "Demand!A2")]
    with pytest.raises(InvalidProblem) as invalid:
        read_workbook(path)
    assert [(finding.code, finding.place) for finding in invalid.value.findings] == listed


def test_warnings_do_not_forbid_a_problem(tmp_path):
    sheets = valid()
    sheets["Plants"][0]["colour"] = "red"
    problem = read_workbook(book(tmp_path / "a.xlsx", sheets))
    assert [(finding.code, finding.place) for finding in problem.warnings] == [("FS152", "Plants!G1")]


def test_settings_are_overridden(tmp_path):
    path = book(tmp_path / "a.xlsx")
    assert read_workbook(path, {"discount_rate": "0.07"}).settings.discount_rate == 0.07
    with pytest.raises(InvalidProblem, match="FS118 error --set"):
        read_workbook(path, {"discount": "0.07"})


def test_our_help_and_plan_sheets_are_no_input(tmp_path):
    sheets = {
        "Read-me": [{"a": 1}],
        **valid(),
        "Help": [{"a": 1}],
        "Plan Summary": [{"a": 1}],
        "plan costs": [{"a": 1}],
    }
    problem = read_workbook(book(tmp_path / "a.xlsx", sheets))
    assert problem.warnings == ()
    assert set(problem.grids) == set(valid())


def test_a_macro_workbook_and_any_ending_are_read(tmp_path):
    assert read_workbook(book(tmp_path / "a.xlsx").rename(tmp_path / "a.xlsm")).name == "a"
    assert read_workbook((tmp_path / "a.xlsm").rename(tmp_path / "a.part.zip")).name == "a.part"


def test_a_file_open_elsewhere_can_be_read(tmp_path):
    path = book(tmp_path / "a.xlsx")
    (tmp_path / "~$a.xlsx").write_bytes(b"\x05Alice")
    (tmp_path / ".~lock.a.xlsx#").write_text(",Bob,host,,;")
    assert read_workbook(path).name == "a"


def test_formulas_without_a_result_are_errors_that_say_how_to_mend_them(tmp_path):
    sheets = valid()
    sheets["Plants"][0]["capacity"] = "=50*2"
    sheets["Periods"][2]["period"] = "=A3+1"
    listed = [(finding.code, finding.place) for finding in check_workbook(book(tmp_path / "a.xlsx", sheets))]
    assert ("FS108", "Plants!E2") in listed
    assert ("FS108", "Periods!A4") in listed


def test_formulas_in_what_is_not_read_are_no_fault(tmp_path):
    sheets = valid()
    sheets["My sums"] = [{"total": "=SUM(A1:A2)"}]
    listed = [finding.code for finding in check_workbook(book(tmp_path / "a.xlsx", sheets))]
    assert listed == ["FS151"]


def test_errors_of_excel(tmp_path):
    sheets = valid()
    sheets["Plants"][0]["unit_cost"] = "#DIV/0!"
    assert [(f.code, f.place) for f in check_workbook(book(tmp_path / "a.xlsx", sheets))] == [("FS107", "Plants!F2")]


def test_a_date_where_a_number_is_wanted(tmp_path):
    sheets = valid()
    sheets["Plants"][0]["unit_cost"] = datetime.date(2026, 1, 2)
    sheets["Periods"][0]["period"] = datetime.date(2026, 1, 2)
    listed = [(finding.code, finding.place) for finding in check_workbook(book(tmp_path / "a.xlsx", sheets))]
    assert listed[0] == ("FS112", "Periods!A2")
    assert ("FS103", "Plants!F2") in listed


def test_a_lying_dimension_loses_no_cell(tmp_path):
    path = book(tmp_path / "a.xlsx")

    def lie(name, content):
        if "worksheets" not in name:
            return content
        start = content.index(b"<dimension")
        end = content.index(b"/>", start) + 2
        return content[:start] + b'<dimension ref="A1"/>' + content[end:]

    assert read_workbook(rebuilt(path, lie)).tables == problem_from_sheets(valid()).tables


def test_the_name_of_namibia_is_not_missing(tmp_path):
    sheets = valid()
    sheets["Countries"].append({"country": "NA", "bloc": "neutral"})
    assert "NA" in read_workbook(book(tmp_path / "a.xlsx", sheets)).countries


def test_an_empty_workbook(tmp_path):
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    assert [finding.code for finding in check_workbook(tmp_path / "a.xlsx")] == ["FS101"] * 5


def test_hidden_sheets_and_chart_sheets(tmp_path):
    path = book(tmp_path / "a.xlsx")
    workbook = openpyxl.load_workbook(path)
    workbook["Lanes"].sheet_state = "hidden"
    chart = openpyxl.chart.BarChart()
    chart.add_data(openpyxl.chart.Reference(workbook["Demand"], min_col=5, min_row=1, max_row=3))
    workbook.create_chartsheet("Chart").add_chart(chart)
    workbook.save(path)
    assert read_workbook(path).tables.lanes


def test_a_sheet_far_beyond_any_plan_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("friendshore.optimizer.workbook.contents.MOST_CELLS", 10)
    with pytest.raises(FileFault, match="FS005"):
        read_workbook(book(tmp_path / "a.xlsx"))

"""``solve --in-place``, and the copy that a plan is by default: what is asked, refused, told, and never lost."""

import json
import re
import zipfile

import openpyxl
import pytest

from friendshore.optimizer import solve
from friendshore.optimizer.system.files import FileFault
from tests.in_place.compare import lost
from tests.in_place.corpus import by_hand, with_macros
from tests.workbook.books import rebuilt

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")  # of what it does not know


def test_in_place_writes_into_the_workbook_itself(call, here):
    """And nothing else: the plan that it names is the workbook, beside it stands what it was before."""
    by_hand(here / "magnets.xlsx")
    before = (here / "magnets.xlsx").read_bytes()
    done = call("solve", "magnets.xlsx", "--in-place", "--json")
    data = json.loads(done.out)
    assert done.code == 0 and data["plan"] == "magnets.xlsx" and "FS530" not in done.out
    assert data["objective"] == 820.0
    assert (here / "magnets.xlsx.bak").read_bytes() == before
    assert lost(here / "magnets.xlsx.bak", here / "magnets.xlsx") == []
    assert not (here / "reports").exists()


def test_in_place_again_and_stressed(call, here):
    """The workbook with its plan sheets is an input, and a plan."""
    assert call("solve", "magnets.xlsx", "--in-place").code == 0
    once = openpyxl.load_workbook(here / "magnets.xlsx").sheetnames
    assert call("solve", "magnets.xlsx", "--in-place", "--set", "currency=USD").code == 0
    assert openpyxl.load_workbook(here / "magnets.xlsx").sheetnames == once
    assert call("check", "magnets.xlsx").code == 0
    assert call("stress", "magnets.xlsx").code == 0
    assert call("stress", "magnets.xlsx").out == call("stress", _copied(call)).out.replace(".plan.", ".")


def _copied(call):
    assert call("solve", "magnets.xlsx", "--set", "currency=USD").code == 0
    return "reports/magnets.plan.xlsx"


def test_in_place_and_another_file_are_wrong_use(call, here):
    before = (here / "magnets.xlsx").read_bytes()
    done = call("solve", "magnets.xlsx", "--in-place", "-o", "plan.xlsx")
    assert done.code == 2 and "--in-place" in done.err
    assert (here / "magnets.xlsx").read_bytes() == before and not (here / "plan.xlsx").exists()


def test_in_place_is_refused_before_the_search(call, pretend, here):
    pretend(raises=AssertionError("not to be reached"))
    (here / "~$magnets.xlsx").write_bytes(b"\x03Eva")
    before = (here / "magnets.xlsx").read_bytes()
    done = call("solve", "magnets.xlsx", "--in-place", "--json")
    assert done.code == 7 and json.loads(done.out)["problems"][0]["code"] == "FS006" and "Eva" in done.err
    assert (here / "magnets.xlsx").read_bytes() == before


def test_a_workbook_saved_during_the_search_keeps_its_save_and_the_plan_is_not_lost(call, pretend, here, monkeypatch):
    """The plan answers what was read: it goes to reports/ with that input as values."""
    pretend()
    answer = solve.solve_problem

    def saved_meanwhile(*arguments, **options):
        with (here / "magnets.xlsx").open("ab") as stream:
            stream.write(b"\0")
        return answer(*arguments, **options)

    monkeypatch.setattr("friendshore.optimizer.solve.solve_problem", saved_meanwhile)
    done = call("solve", "magnets.xlsx", "--in-place", "--json")
    data = json.loads(done.out)
    assert done.code == 7 and data["plan"] == "reports/magnets.plan.xlsx" and data["objective"] == 820.0
    assert [problem["code"] for problem in data["problems"]][-2:] == ["FS011", "FS530"]
    assert "Plan Summary" in openpyxl.load_workbook(here / "reports/magnets.plan.xlsx").sheetnames
    assert not (here / "magnets.xlsx.bak").exists()


def test_by_default_the_plan_is_a_copy_of_the_workbook(call, here):
    """Charts, pivot tables and formulas of the planner's are in the plan; the input is not touched."""
    by_hand(here / "magnets.xlsx", links=False)
    before = (here / "magnets.xlsx").read_bytes()
    done = call("solve", "magnets.xlsx")
    assert done.code == 0 and "values only" not in done.err
    assert (here / "magnets.xlsx").read_bytes() == before
    book = openpyxl.load_workbook(here / "reports/magnets.plan.xlsx")
    assert book.sheetnames[0] == "Plan Summary" and book.sheetnames[9] == "Periods"
    assert book["Demand"]["D2"].value == "=SUM(10,30)"
    assert "xl/pivotTables/pivotTable1.xml" in zipfile.ZipFile(here / "reports/magnets.plan.xlsx").namelist()


def test_macros_stay_and_so_does_the_ending(call, here):
    with_macros(here / "magnets.xlsm", links=False)
    assert call("solve", "magnets.xlsm", "--quiet").out == "reports/magnets.plan.xlsm\n"
    for path in (here / "reports/magnets.plan.xlsm", here / "magnets.xlsm"):
        with zipfile.ZipFile(path) as archive:
            assert archive.read("xl/vbaProject.bin") == bytes(range(256)) * 4
    assert call("solve", "magnets.xlsm", "--in-place", "--quiet").out == "magnets.xlsm\n"
    done = call("solve", "magnets.xlsm", "-o", "plain.xlsx")
    assert done.code == 0 and "values only" in done.err and ".xlsm" in done.err


def test_links_to_other_workbooks_are_cut_in_the_plan_and_it_is_told(call, here):
    """The value that the formula last held stays, and so do the planner's macros."""
    path = rebuilt(with_macros(here / "magnets.xlsm"), _reading_prices)
    before = path.read_bytes()
    done = call("solve", "magnets.xlsm", "--json")
    data = json.loads(done.out)
    assert done.code == 0 and data["plan"] == "reports/magnets.plan.xlsm" and path.read_bytes() == before
    assert {problem["code"] for problem in data["problems"]} >= {"FS160", "FS531"}
    assert "Demand!D2" in data["problems"][-1]["message"] and "values only" not in done.err
    assert openpyxl.load_workbook(here / data["plan"])["Demand"]["D2"].value == 40
    with zipfile.ZipFile(here / data["plan"]) as archive:
        assert "xl/vbaProject.bin" in archive.namelist()
        assert not [name for name in archive.namelist() if "externalLink" in name]


def _reading_prices(name, content):
    """The handmade workbook with a formula on Demand that reads its link, and without its data connection."""
    content = content.replace(b"relationships/connections", b"relationships/custom")
    return re.sub(rb'(<c r="D2"[^>]*>)(<v>40</v>)', rb"\1<f>[1]Prices!B2</f>\2", content)


def test_where_a_copy_cannot_be_the_input_comes_as_values_and_it_is_told(call, here):
    """A signed workbook would no longer hold its signature's promise."""
    path = here / "magnets.xlsx"
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    origin = (
        b'<Relationship Id="s" Type="http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/'
        b'origin" Target="_xmlsignatures/origin.sigs"/></Relationships>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(b"</Relationships>", origin) if name == "_rels/.rels" else content)
    done = call("solve", "magnets.xlsx", "--json")
    data = json.loads(done.out)
    assert done.code == 0 and data["plan"] == "reports/magnets.plan.xlsx" and "signed" in done.err
    assert (data["problems"][-1]["code"], data["problems"][-1]["severity"]) == ("FS530", "warning")
    book = openpyxl.load_workbook(here / "reports/magnets.plan.xlsx")
    assert book["Demand"]["D2"].value == 40 and book.sheetnames[0] == "Plan Summary"
    assert call("solve", "magnets.xlsx", "--in-place").code == 7


def test_a_plan_is_never_written_over_its_own_input_from_python(solved, tmp_path):
    from friendshore.optimizer.reporting import write_plan  # noqa: PLC0415

    with pytest.raises(FileFault, match="itself"):
        write_plan(solved.plan, solved.plan.problem.source)

"""``friendshore replan`` from the command line."""

import json
from pathlib import Path

import openpyxl
import pytest

from friendshore.optimizer.system.files import FileFault
from tests.cli import workbooks


@pytest.fixture
def planned(call, here):
    """A plan, and actuals of it to be filled in."""
    assert call("solve", "magnets.xlsx", "-q", "--gap", "0").code == 0
    done = call("replan", "reports/magnets.plan.xlsx", "--template", "actuals.xlsx", "--json", "-q")
    assert done.code == 0
    data = json.loads(done.out)
    assert (data["template"], data["plan"], data["rest"]) == ("actuals.xlsx", None, None)
    return here / "actuals.xlsx"


def filled(path, cells):
    """The actuals with other values: (sheet, cell) -> value."""
    book = openpyxl.load_workbook(path)
    for (sheet, cell), value in cells.items():
        book[sheet][cell] = value
    book.save(path)


def test_what_could_come_and_did_not_is_planned_for_no_longer(call, here, planned):
    """In 2027 three works were to be built against a stop that may come then: 30 made at 5 in place of 100 short, and
    600 for that. It has not come, and they are not built; to keep one decision would cost 600 less 0."""
    done = call(
        "replan", "reports/magnets.plan.xlsx", "--actuals", planned.name, "--gap", "0", "--json", "-q", "--keep"
    )
    assert done.code == 0
    data = json.loads(done.out)
    [change] = data["changes"]
    assert (change["name"], change["period"], change["before"], change["after"]) == ("more at home", "2027", 3, 0)
    assert change["keeping"]["high"] == pytest.approx(600)
    assert data["rest"]["high"] == pytest.approx(80)
    assert data["as_planned"]["high"] == pytest.approx(680)


def test_as_planned_everything_stands(call, here):
    calm = {name: [workbooks.SHEETS[name][0]] for name in ("Scenarios", "Events")}
    workbooks.write(here / "magnets.xlsx", **calm)
    planned = here / "actuals.xlsx"
    assert call("solve", "magnets.xlsx", "-q", "--gap", "0").code == 0
    assert call("replan", "reports/magnets.plan.xlsx", "--template", "actuals.xlsx", "-q").code == 0
    done = call("replan", "reports/magnets.plan.xlsx", "--actuals", planned.name, "--gap", "0", "--json", "-q")
    assert done.code == 0
    data = json.loads(done.out)
    assert data["same"] and data["changes"] == [] and data["as_of"] == "2027"
    assert {cause["cause"]: cause["amount"] for cause in data["causes"][1:]} == dict.fromkeys(
        ("building", "stocks", "prices", "demand", "input"), 0.0
    )
    assert data["before"] + data["causes"][0]["amount"] == pytest.approx(data["rest"]["high"])
    assert (here / data["workbook"]).is_file()
    again = call("check", data["plan"], "--json", "-q")
    assert again.code == 0


def test_what_does_not_fit_is_told_with_its_cells(call, here, planned):
    filled(planned, {("Actuals", "A5"): "2040", ("Stocks", "A5"): "nowhere"})
    done = call("replan", "reports/magnets.plan.xlsx", "--actuals", planned.name, "--json", "-q")
    assert done.code == 3
    told = {(each["code"], each["sheet"], each["cell"]) for each in json.loads(done.out)["problems"]}
    assert ("FS801", "Actuals", "A5") in told


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "wanted --actuals FILE"),
        (["--actuals", "a.xlsx", "--template", "b.xlsx"], "wanted one of the two"),
        (["--template", "b.xlsx", "--as-of", "2050"], "--as-of 2050: wanted one of"),
        (["--actuals", "a.xlsx", "--as-of", "2027"], "goes with --template"),
        (["--template", "actuals.xlsx"], "there already, and may be filled in; --force replaces it"),
        (["--actuals", "actuals.xlsx", "-o", "o.xlsx", "--plan", "o.xlsx"], "study and plan cannot both go there"),
    ],
)
def test_wrong_use(call, planned, options, said):
    done = call("replan", "reports/magnets.plan.xlsx", *options)
    assert done.code == 2 and said in done.err


def test_filled_actuals_are_replaced_only_if_asked(call, planned):
    filled(planned, {("Actuals", "B5"): "typed by hand"})
    before = planned.read_bytes()
    again = ("replan", "reports/magnets.plan.xlsx", "--template", planned.name, "-q")
    assert call(*again).code == 2 and planned.read_bytes() == before
    assert call(*again, "--force").code == 0
    assert openpyxl.load_workbook(planned)["Actuals"]["B5"].value is None


@pytest.mark.parametrize("spoiled", ["study", "plan"])
def test_what_was_written_is_told_where_the_other_could_not_be(call, here, planned, monkeypatch, spoiled):
    """One of both is refused: exit code 7, its name, and where the other is."""

    def refuse(_, path):
        raise FileFault("FS007", Path(path), "it could not be written")

    where = {"study": "friendshore.optimizer.reporting.study_sheets.write_study_sheets"}
    monkeypatch.setattr(where.get(spoiled, "friendshore.optimizer.reporting.write_plan"), refuse)
    options = ("--actuals", planned.name, "-o", "s.xlsx", "--plan", "p.xlsx", "--gap", "0")
    done = call("replan", "reports/magnets.plan.xlsx", *options)
    assert done.code == 7
    assert (here / "s.xlsx").is_file() == ("Study: s.xlsx" in done.out) == (spoiled == "plan")
    assert (here / "p.xlsx").is_file() == ("Plan: p.xlsx" in done.out) == (spoiled == "study")
    assert f"{spoiled[0]}.xlsx: it could not be written" in done.err


def test_a_workbook_without_actuals_is_told_once(call, here, planned):
    """Not that it has a dozen sheets of another kind."""
    done = call("replan", "reports/magnets.plan.xlsx", "--actuals", "magnets.xlsx", "--json")
    assert done.code == 3
    [problem] = json.loads(done.out)["problems"]
    assert (problem["code"], problem["sheet"]) == ("FS101", "Actuals")
    assert "holds no actuals" in problem["message"] and "--template" in problem["message"]


def test_template_and_actuals_are_two_steps(call, here, planned):
    done = call("replan", "reports/magnets.plan.xlsx", "--actuals", planned.name, "--template", "again.xlsx")
    assert done.code == 2 and "wanted one of the two" in done.err
    assert not (here / "again.xlsx").exists()

"""``friendshore sensitivity`` from the command line."""

import json

import openpyxl
import pytest

from tests.cli import workbooks

CITED = [[*row, "source_id" if i == 0 else "S"] for i, row in enumerate(workbooks.SHEETS["Plants"])]
SOURCES = [["source_id", "title", "confidence"], ["S", "A report", "medium"]]


@pytest.fixture
def cited(here):
    return workbooks.write(here / "cited.xlsx", Plants=CITED, Sources=SOURCES)


def test_what_is_written(call, cited, here):
    """Every figure in JSON, the two largest at both ends, and the study."""
    done = call("sensitivity", "cited.xlsx", "--top", "2", "--gap", "0", "--json", "-q")
    assert done.code == 0
    data = json.loads(done.out)
    assert data["status"] == "done" and data["ranked"]
    priced = [figure for figure in data["figures"] if figure["verdict"]]
    assert len(priced) == 2 and {figure["sheet"] for figure in data["figures"]} == {"Plants"}
    assert sorted(data["worth_knowing"]) == [0, 1]
    for figure in priced:
        for end in (figure["low"], figure["high"]):
            assert end["cost_change"]["low"] <= end["held_change"]["high"] + 1e-6
            assert end["regret"]["low"] >= 0
    written = openpyxl.load_workbook(here / data["workbook"])
    assert data["workbook"] == "reports/cited.sensitivity.xlsx" and "Sensitivity Figures" in written.sheetnames
    assert not list((here / "reports").glob("*.ledger"))


def test_what_is_said(call, cited):
    done = call("sensitivity", "cited.xlsx", "--top", "3", "--searches", "2")
    assert done.code == 0
    assert "figures with a source" in done.out and "what moves the cost of today's plan most:" in done.out
    assert "Of the 3 that were priced:" in done.out and "Study: reports/cited.sensitivity.xlsx" in done.out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["magnets.xlsx"], "no figure has a source"),
        (["cited.xlsx", "--top", "0"], "top"),
        (["cited.xlsx", "--gap", "2"], "did you mean 2%"),
        (["cited.xlsx", "--gap", "200%"], "200 % of the cost; wanted less than all of it"),
        (["cited.xlsx", "--time-limit", "0"], "time limit of 0.0: wanted"),
        (["cited.xlsx", "-o", "cited.xlsx"], "the workbook itself"),
    ],
)
def test_wrong_use(call, cited, options, said):
    done = call("sensitivity", *options)
    assert done.code == 2 and said in done.err

"""``friendshore alternatives`` from the command line: what it prints and writes, and what it refuses."""

import json

import openpyxl
import pytest

from tests.cli import workbooks

TWO = {
    "Countries": [["country", "bloc"], ["Alda", "ally"], ["Bera", "ally"], ["Cathay", "concern"]],
    "Demand": [["country", "commodity", "tier", "per_year", "shortage_cost"], ["Alda", "magnets", "defence", 10, 100]],
    "Lanes": [["from", "to", "commodity", "cost"], ["Bera, Cathay", "Alda", "*", 1]],
    "Plants": [
        ["plant", "country", "commodity", "capacity", "unit_cost"],
        ["home", "Alda", "magnets", 0, 1],
        ["near", "Bera", "magnets", 0, 1],
    ],
    "Expansions": [
        ["expansion", "name", "plant", "size", "capex"],
        ["line_home", "Line at home", "home", 30, 100],
        ["line_near", "Line in Bera", "near", 30, 50],
        ["dear", "", "near", 30, 5000],
    ],
    "Scenarios": [["scenario", "probability", "onset", "step_months"]],
    "Events": [["scenario", "kind", "country", "commodity", "years", "remaining"]],
}


@pytest.fixture
def two(here):
    return workbooks.write(here / "two.xlsx", **TWO)


def test_what_is_written(call, two, here):
    """Alda needs 10 a year for two years, at a damage of 100 each; a line for 100 at home makes them at 1, 120 in all;
    one for 50 in Bera at 1 and 1 on the way, 90 in all. 40 % more is 126: either line will do, both and the dear one
    will not, and without any of them 2,000 are lost."""
    done = call("alternatives", "two.xlsx", "--within", "40%", "--gap", "0", "--json", "--plans")
    assert done.code == 0, done.err
    data = json.loads(done.out)
    assert data["status"] == "done" and data["within"] == 0.4
    assert data["cost"] == {"low": pytest.approx(90), "high": pytest.approx(90)} and data["limit"] == pytest.approx(126)
    found = {each["subject"]["name"]: each for each in data["answers"] if each["subject"]["about"] == "project"}
    assert {name: each["verdict"] for name, each in found.items()} == {
        "line_home": "open",
        "line_near": "open",
        "dear": "in none",
    }
    assert [each["name"] for each in found["line_home"]["instead"]] == ["line_near"]
    spending = {each["subject"]["name"]: each for each in data["answers"] if each["subject"]["about"] == "spending"}
    assert spending["Alda"]["proven"] == spending["Alda"]["reached"] == {"low": 0.0, "high": pytest.approx(100)}
    assert spending["Bera"]["proven"] == {"low": 0.0, "high": pytest.approx(50)}
    assert data["workbook"] == "reports/two.alternatives.xlsx"
    assert sorted(each["cost"] for each in data["plans"])[0] == pytest.approx(90)
    for number, each in enumerate(data["plans"], 1):
        assert each["plan"] == f"reports/two.alternatives.{number}.plan.xlsx" and (here / each["plan"]).is_file()
    book = openpyxl.load_workbook(here / "reports" / "two.alternatives.xlsx")
    told = ["Alternatives", "Alternatives Allies", "Alternatives Suppliers", "Alternatives Plans"]
    assert book.sheetnames == [*told, "About"]
    assert not (here / "reports" / "two.alternatives.ledger").exists()


def test_what_is_said(call, two):
    done = call("alternatives", "two.xlsx", "--within", "0.4", "--gap", "0")
    said = done.out.splitlines()
    assert said[0] == "All plans that cost at most 126 EUR, 40% more than the best one found, 90 EUR."
    assert "In none: dear." in said
    assert "Open, as some have it and others do not: Line at home and Line in Bera." in said
    assert any(line.startswith("Interchangeable: Line at home and Line in Bera.") for line in said)
    assert "  Alda, spending on new capacity: 0 EUR to 100 EUR" in said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--time-limit", "0"], "time limit of 0.0: wanted"),
        (["--within", "5"], "did you mean 5%?"),
        (["--within", "much"], "--within much: wanted a share"),
        (["--gap", "5"], "--gap 5: that is"),
        (["-o", "two.xlsx"], "the workbook itself"),
    ],
)
def test_wrong_use(call, two, options, said):
    done = call("alternatives", "two.xlsx", *options)
    assert done.code == 2 and said in done.err


def test_no_plan(call, here):
    policies = [["policy", "kind", "limit"], ["floor", "max_shortage", 0]]
    workbooks.write(here / "clash.xlsx", **TWO | {"Expansions": [TWO["Expansions"][0]], "Policies": policies})
    done = call("alternatives", "clash.xlsx", "--json")
    assert done.code == 4 and json.loads(done.out)["status"] == "infeasible"

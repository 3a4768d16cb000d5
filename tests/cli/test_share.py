"""``friendshore share`` from the command line: what it prints and writes, and what it refuses."""

import json

import openpyxl
import pytest

from tests.cli import workbooks

TWO = {
    "Countries": [["country", "bloc"], ["Alda", "ally"], ["Bera", "ally"], ["Cathay", "concern"]],
    "Demand": [
        ["country", "commodity", "tier", "per_year", "shortage_cost"],
        ["Alda", "magnets", "defence", 30, 100],
        ["Bera", "magnets", "defence", 10, 100],
    ],
    "Lanes": [["from", "to", "commodity", "cost"], ["*", "*", "*", 1]],
    "Scenarios": [["scenario", "probability", "onset", "step_months"]],
    "Events": [["scenario", "kind", "country", "commodity", "years", "remaining"]],
}


@pytest.fixture
def shared(here):
    return workbooks.write(here / "two.xlsx", **TWO)


def test_what_is_written(call, shared, here):
    """Cathay sells 100 a year at 2, Alda makes 10 at 5. Nobody needs Alda's: 60 a year alone, 20 for Bera, 80 together,
    two years. There is nothing to save, so each pays what it costs alone."""
    done = call("share", "two.xlsx", "--json")
    assert done.code == 0
    data = json.loads(done.out)
    assert [group["members"] for group in data["groups"]] == [["Alda", "Bera"], ["Alda"], ["Bera"]]
    assert [group["cost"]["high"] for group in data["groups"]] == pytest.approx([160, 120, 40])
    assert data["outside"] == "open" and data["stable"] is True and data["unknown"] == []
    shares = [{name: ally["share"] for name, ally in each["allies"].items()} for each in data["divisions"]]
    assert shares == [pytest.approx({"Alda": 120, "Bera": 40})] * 3
    assert {each["verdict"] for each in data["divisions"]} == {"stable"}
    first = data["divisions"][0]
    assert [(each["payer"], each["receiver"], each["amount"]) for each in first["payments"]] == [
        ("Alda", "", pytest.approx(30)),
        ("Bera", "", pytest.approx(10)),
    ]
    assert data["workbook"] == "reports/two.share.xlsx"
    book = openpyxl.load_workbook(here / "reports" / "two.share.xlsx")
    assert book.sheetnames == ["Share", "Share Groups", "Share Payments", "About"]
    assert len(book["Share"]._charts) == 1
    headers = [cell for row in book["Share"].values for cell in row if isinstance(cell, str)]
    assert {"Cost alone, outside open (EUR)", "Share of cost (nucleolus) (EUR)"} <= set(headers)


def test_what_is_said(call, shared):
    done = call("share", "two.xlsx", "--outside", "pro_rata")
    said = done.out.splitlines()
    assert said[0].startswith("Alda and Bera together: 160 EUR") and "in the part of each group's demand" in said[0]
    assert said[1].startswith("  Alda (75% of demand): alone 120 EUR; should pay 120 EUR (nucleolus)")
    assert "nucleolus: stable, no ally and no group would pay less by itself." in said
    assert "  Alda pays suppliers outside 30 EUR a year" in said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--time-limit", "0"], "time limit of 0.0: wanted"),
        (["--outside", "closed"], "closed"),
        (["--gap", "5"], "did you mean 5%?"),
        (["-o", "two.xlsx"], "the workbook itself"),
    ],
)
def test_wrong_use(call, shared, options, said):
    done = call("share", "two.xlsx", *options)
    assert done.code == 2 and said in done.err


def test_one_ally_has_nobody_to_share_with(call, here):
    workbooks.write(here / "one.xlsx")
    done = call("share", "one.xlsx")
    assert done.code == 2 and "cost is shared among two or more" in done.err


def test_no_plan_for_all(call, here):
    """Nobody makes enough for both where none may be short."""
    policies = [["policy", "kind", "limit"], ["floor", "max_shortage", 0]]
    workbooks.write(here / "clash.xlsx", **TWO | {"Lanes": [["from", "to"]], "Policies": policies})
    done = call("share", "clash.xlsx", "--json")
    assert done.code == 4 and json.loads(done.out)["status"] == "infeasible"

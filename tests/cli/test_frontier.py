"""``friendshore frontier`` from the command line: what it prints and writes, and what it refuses."""

import json
import os
import signal
import sys

import pytest

from friendshore.optimizer import reporting
from tests.cli import workbooks

RULE = [["policy", "kind", "limit", "suppliers", "penalty"], ["cap", "max_share", 0.5, "Cathay", 7]]


@pytest.fixture
def capped(here):
    return workbooks.write(here / "capped.xlsx", Policies=RULE)


def test_what_is_written(call, capped, here):
    """From 100 % to 75 % of what Cathay sends, two searches: the study, a plan for each, and one object of JSON."""
    done = call("frontier", "capped.xlsx", "--policy", "cap", "--limits", "75%:1", "--points", "2", "--json", "-q")
    assert done.code == 0
    data = json.loads(done.out)
    assert [(point["setting"], point["plan"]) for point in data["points"]] == [
        (1.0, "reports/capped.frontier.1.plan.xlsx"),
        (0.75, "reports/capped.frontier.2.plan.xlsx"),
    ]
    assert data["points"][0]["cost"]["high"] < data["points"][1]["cost"]["high"]
    written = {path.name for path in (here / "reports").iterdir()}
    assert written == {"capped.frontier.xlsx", "capped.frontier.1.plan.xlsx", "capped.frontier.2.plan.xlsx"}
    compared = call("compare", *(point["plan"] for point in data["points"]))
    assert "limit 1 -> 0.75" in compared.out


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent to this process")
def test_a_signal_between_plans_leaves_the_rest_out(call, capped, here, monkeypatch):
    """The study is there, and the plan that was being written; the exit code and the JSON say that it was stopped."""
    write = reporting.write_plan

    def interrupted(plan, path):
        os.kill(os.getpid(), signal.SIGINT)
        return write(plan, path)

    monkeypatch.setattr(reporting, "write_plan", interrupted)
    done = call("frontier", "capped.xlsx", "--policy", "cap", "--limits", "75%:1", "--points", "2", "--json", "-q")
    data = json.loads(done.out)
    assert done.code == 5 and data["status"] == "stopped"
    assert [point["plan"] for point in data["points"]] == ["reports/capped.frontier.1.plan.xlsx", None]
    written = {path.name for path in (here / "reports").iterdir()}
    assert written == {"capped.frontier.xlsx", "capped.frontier.1.plan.xlsx", "capped.frontier.ledger"}


def test_no_plan_in_the_range(call, here):
    """At most 1 of 40 may be short on every path; only 10 can be made where Cathay stops."""
    policies = [["policy", "kind", "limit", "scenario"], ["floor", "max_shortage", 0.5, "stop"]]
    expansions = [["expansion", "plant", "size", "capex", "max_units"], ["more", "home works", 1, 200, 1]]
    workbooks.write(here / "clash.xlsx", Policies=policies, Expansions=expansions)
    done = call("frontier", "clash.xlsx", "--policy", "floor", "--limits", "0:0.1", "--json")
    assert done.code == 4 and json.loads(done.out)["status"] == "infeasible"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "say what is varied"),
        (["--policy", "cap"], "say what is varied"),
        (["--limits", "0.2:0.6"], "want a policy"),
        (["--policy", "cap", "--limits", "0.2"], "wanted two numbers with a colon"),
        (["--policy", "cap", "--limits", "20:60"], "limit 20: wanted from 0 to 1"),
        (["--policy", "moon", "--limits", "0.2:0.6"], "there is no policy 'moon'; there are cap"),
        (["--policy", "cap", "--months", "1:6"], "tests no stop"),
        (["--policy", "cap", "--risk-aversion", "0:0.5"], "takes no policy"),
        (["--risk-aversion", "0:1"], "risk aversion 1: wanted from 0 to below 1"),
        (["--risk-aversion", "0:0.5", "--time-limit", "0"], "time limit of 0.0: wanted"),
        (["--policy", "cap", "--limits", "0.2:0.6", "-o", "capped.xlsx"], "the workbook itself"),
    ],
)
def test_wrong_use(call, capped, options, said):
    done = call("frontier", "capped.xlsx", *options)
    assert done.code == 2 and said in done.err


def test_a_tolerance_that_is_none_is_refused_by_its_own_name(call, here):
    done = call("frontier", "magnets.xlsx", "--policy", "x", "--limits", "0.2:0.6", "--tolerance", "soon")
    assert done.code == 2 and "--tolerance soon: wanted a share" in done.err and "--gap" not in done.err

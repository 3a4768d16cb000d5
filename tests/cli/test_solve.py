"""``solve``: every exit code, what is written and what is not."""

import dataclasses
import json
import math

import openpyxl
import pytest

from friendshore.models.plan import Certificate
from friendshore.optimizer.commands.output import json_text
from friendshore.optimizer.commands.schema.outcome import shortages
from friendshore.optimizer.commands.schema.outcome import solved as solved_json
from friendshore.optimizer.system.files import FileFault
from friendshore.optimizer.system.interrupts import Abandoned
from tests.cli.workbooks import write

KEYS = {
    "status",
    "objective",
    "bound",
    "gap",
    "expected_cost",
    "penalties",
    "cvar",
    "costs",
    "look_ahead_cost",
    "provenance",
    "names",
    "investments",
    "protections",
    "stockpiles",
    "shortages",
    "policies",
    "baselines",
    "benefits",
    "could_change",
    "scenarios",
    "certificate",
    "size",
    "seconds",
    "problems",
    "plan",
    "report",
}


SIZE = {"rows", "columns", "integers", "nonzeros", "nodes", "scenarios"}
SECONDS = {"read", "build", "solve", "write", "total"}


def test_a_plan_within_the_gap_is_written_and_summed_up(call, here):
    """By hand: three units at home (600), 40 imported at 2 in the first year, 40 at 2 or at 5 in the second.

    Built in either year they cost the same; it is the later.
    """
    done = call("solve", "magnets.xlsx")
    assert done.code == 0
    assert "Optimal" in done.out and "820 EUR" in done.out and "Decide now, in 2026: nothing" in done.out
    built = "Build 3 × more at home in Alda (home works): 600 EUR, paid by Alda"
    assert f"until January 2027: {built}" in done.out
    assert done.out.splitlines()[-1].startswith("Plan: reports/magnets.plan.xlsx") and len(done.out.splitlines()) < 25
    assert (here / "reports/magnets.plan.xlsx").stat().st_size > 1000
    assert [line.split()[0] for line in done.err.splitlines()][:3] == ["read", "build", "solve"]


def test_json_is_one_object_with_every_key(call):
    done = call("solve", "magnets.xlsx", "-o", "plan.xlsx", "--json")
    data = json.loads(done.out)
    assert set(data) == KEYS and done.code == 0
    assert (data["status"], data["objective"], data["gap"], data["plan"]) == ("optimal", 820.0, 0.0, "plan.xlsx")
    (built,) = data["investments"]
    assert built == {"scenario": "base", "expansion": "more at home", "period": "2027", "units": 3.0}
    assert sum(data["costs"].values()) == pytest.approx(data["expected_cost"])
    assert set(data["size"]) == SIZE and set(data["seconds"]) == SECONDS
    assert set(data["certificate"]) == {"max_violation", "objective_difference", "dual_bound"}
    assert all(isinstance(value, float) for value in data["seconds"].values())
    assert data["seconds"]["total"] >= data["seconds"]["solve"]


def test_a_tested_stop_tells_months_and_what_a_step_costs(call, here):
    """Three units and the works at home make the 40 of 2027 without Cathay: to the end, a year. The JSON keeps to its
    schema, with the keys of --prices as well."""
    policies = [["policy", "kind", "limit", "suppliers", "years"], ["alone", "survive", 0, "Cathay", 0.5]]
    write(here / "tested.xlsx", Policies=policies)
    done = call("solve", "tested.xlsx", "--prices")
    assert "alone: 12 months or more of 6 asked" in done.out
    (row,) = json.loads(call("solve", "tested.xlsx", "--prices", "--json").out)["policies"]
    assert (row["months_asked"], row["months_survived"], row["survived_to_end"]) == (6, 12, True)


def test_a_policy_that_is_not_met_says_so_and_what_the_objective_counts_for_it(call, here):
    """Of 40 in 2026 all come from Cathay at 2, where half may: 20 beyond at a penalty of 1 are cheaper than 10 made at
    home at 5, which is 3 more each."""
    policies = [
        ["policy", "kind", "limit", "suppliers", "consumers", "commodity", "penalty", "scenario", "to_period"],
        ["half", "max_share", 0.5, "Cathay", "Alda", "magnets", 1, "base", "2026"],
        ["all", "max_share", 1, "Cathay", "Alda", "magnets", None, "base", "2026"],
    ]
    write(here / "soft.xlsx", Policies=policies)
    data = json.loads(call("solve", "soft.xlsx", "--json").out)
    state = {row["policy"]: (row["state"], row["value"]) for row in data["policies"]}
    assert state == {"half": ("not met", 1.0), "all": ("met, at its limit", 1.0)}
    assert data["penalties"] == 20 and data["objective"] == data["expected_cost"] + 20
    assert json.loads(call("solve", "magnets.xlsx", "--json").out)["penalties"] == 0


def test_a_plan_is_told_beside_doing_nothing_and_no_rules(call):
    """Nothing: 40 at 2, then with even chances the same or 10 made at home for 50 and 30 short at 100: 80 + 40 + 1,525,
    of it 1,500 damage. Without policies the plan is the cheapest without rules."""
    said = call("solve", "magnets.xlsx").out
    assert "Doing nothing is expected to cost 1,645 EUR, 1,500 EUR of it damage from shortage; this plan costs " in said
    assert "The plan averts all of that damage." in said and "The rules" not in said
    data = json.loads(call("solve", "magnets.xlsx", "--json").out)
    assert data["baselines"] == {
        "nothing": 1645.0,
        "no_rules": 820.0,
        "premium": 0.0,
        "premium_a_year": 0.0,
        "premium_share": 0.0,
        "avoided": 1500.0,
    }
    *_, together = data["benefits"]
    assert (together["country"], together["damage_nothing"], together["net"]) == ("All together", 1500.0, 825.0)
    without = json.loads(call("solve", "magnets.xlsx", "--json", "--no-baselines").out)
    assert without["baselines"] is None and without["benefits"] == []


def test_a_gap_may_be_typed_as_a_percentage(call):
    asked = json.loads(call("solve", "magnets.xlsx", "--json", "--gap", "2.5%").out)["provenance"]
    assert asked["gap"] == pytest.approx(0.025)
    assert "did you mean 1%?" in call("solve", "magnets.xlsx", "--gap", "1").err


def test_every_path_is_told_with_what_it_costs_beyond_the_base_path(call):
    """In 2027 40 are bought at 2, or made at home at 5 where nothing comes: 120 more, all of it supply."""
    rows = {row["scenario"]: row for row in json.loads(call("solve", "magnets.xlsx", "--json").out)["scenarios"]}
    stop = rows["stop"]
    assert rows["base"]["extra_cost"] == 0 and stop["extra_cost"] == pytest.approx(120)
    assert stop["extra_supply"] == pytest.approx(120) and stop["extra_damage"] == 0
    assert stop["cost"] - rows["base"]["cost"] == pytest.approx(stop["extra_cost"])


def test_settings_are_overridden(call):
    done = call("solve", "magnets.xlsx", "--json", "--set", "currency=USD", "--set", "discount_rate=0.5")
    assert done.code == 0 and json.loads(done.out)["objective"] < 820


def test_fault_of_ours_is_1_and_the_traceback_is_shown_only_when_asked(call, pretend):
    pretend(raises=RuntimeError("the dog ate it"))
    done = call("solve", "magnets.xlsx")
    assert done.code == 1 and "fault of friendshore" in done.err and "Traceback" not in done.err
    assert "Traceback" in call("solve", "magnets.xlsx", "--debug").err


@pytest.mark.parametrize(
    ("certificate", "named"),
    [
        (Certificate(2e-6, 0.0, "use of magnets (by 3)", 9, ("use of magnets (by 3)",)), "use of magnets (by 3)"),
        (Certificate(0.0, math.inf), "the objective"),
    ],
)
def test_a_plan_that_does_not_hold_is_written_and_says_so_first(call, pretend, here, certificate, named):
    """The work is not lost: the rows stand on the first sheet and in the JSON, and the exit code tells."""
    pretend("uncertified", certificate=certificate)
    done = call("solve", "magnets.xlsx", "--json")
    assert done.code == 5
    data = json.loads(done.out)
    assert data["status"] == "uncertified" and set(data) == KEYS
    assert any(problem["message"].endswith(named) for problem in data["problems"])
    sheet = openpyxl.load_workbook(here / data["plan"])["Plan Summary"]
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
    assert cells.index(named) < next(i for i, cell in enumerate(cells) if str(cell).startswith("Decide now"))
    assert any(cell.startswith("Not certified") for cell in cells[:3])
    said = call("solve", "magnets.xlsx").out.splitlines()
    assert said[0].startswith("Not certified") and any(named in line for line in said[:5])


def test_a_plan_without_a_certificate_is_never_written(call, pretend, here):
    pretend(certificate=None)
    done = call("solve", "magnets.xlsx", "--json")
    assert done.code == 1 and "fault of friendshore" in done.err
    data = json.loads(done.out)
    assert data["plan"] is None and "not written" in data["problems"][-1]["message"] and set(data) == KEYS
    assert not list(here.glob("reports/*.xlsx"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("--gap", "-1"),
        ("--gap", "nan"),
        ("--gap", "1"),
        ("--gap", "101%"),
        ("--gap", "few"),
        ("--time-limit", "0"),
        ("--time-limit", "inf"),
        ("--threads", "0"),
        ("--seed", "-1"),
        ("--set", "discount_rate"),
        ("-o", "magnets.xlsx"),
        ("-o", "./reports/../magnets.xlsx"),
        ("--shiny",),
        ("another.xlsx",),
    ],
)
def test_wrong_use_is_2(call, here, arguments):
    before = (here / "magnets.xlsx").read_bytes()
    assert call("solve", "magnets.xlsx", *arguments).code == 2
    assert (here / "magnets.xlsx").read_bytes() == before


def test_the_input_is_not_overwritten_by_another_name(call, here):
    (here / "link.xlsx").symlink_to(here / "magnets.xlsx")
    assert call("solve", "magnets.xlsx", "-o", "link.xlsx").code == 2


def test_errors_of_the_workbook_are_3_all_at_once_with_their_cells(call, here):
    done = call("solve", "broken.xlsx")
    assert done.code == 3 and not (here / "reports").exists()
    assert "Plants!E2" in done.out and "Demand!A2" in done.out and "FS104" in done.out and "2 errors" in done.err
    data = json.loads(call("solve", "broken.xlsx", "--json").out)
    assert set(data) == KEYS and data["status"] == "invalid"
    assert [problem["cell"] for problem in data["problems"]] == ["E2", "A2"]


def test_infeasible_is_4(call, pretend, here):
    pretend("infeasible", plan=False)
    done = call("solve", "magnets.xlsx")
    assert done.code == 4 and "no plan can satisfy" in done.out and not list(here.glob("reports/*"))
    assert json.loads(call("solve", "magnets.xlsx", "--json").out)["status"] == "infeasible"


def test_unbounded_is_4_too(call, pretend):
    pretend("unbounded", plan=False)
    done = call("solve", "magnets.xlsx")
    assert done.code == 4 and "without end" in done.out


@pytest.mark.parametrize(("stopped", "words"), [("time limit", "time limit"), ("interrupted", "Interrupted")])
def test_stopped_with_a_plan_is_5_and_tells_the_gap(call, pretend, here, stopped, words):
    pretend("feasible", stopped, gap=0.0234, bound=800.0)
    done = call("solve", "magnets.xlsx")
    assert done.code == 5 and words in done.out and "2.34%" in done.out
    assert (here / "reports/magnets.plan.xlsx").exists()
    data = json.loads(call("solve", "magnets.xlsx", "--json").out)
    assert (data["status"], data["gap"], data["bound"]) == ("feasible", 0.0234, 800.0)


def test_stopped_without_a_plan_is_6(call, pretend):
    pretend("no_plan", "time limit", plan=False)
    done = call("solve", "magnets.xlsx", "--json")
    assert done.code == 6 and json.loads(done.out)["status"] == "no_plan"
    pretend(raises=KeyboardInterrupt())
    assert call("solve", "magnets.xlsx").code == 6


def test_no_plan_without_a_reason_is_a_fault(call, pretend):
    pretend("no_plan", "", plan=False)
    assert call("solve", "magnets.xlsx").code == 1


def test_a_file_that_is_not_there_is_7(call):
    done = call("solve", "nowhere.xlsx", "--json")
    assert done.code == 7
    data = json.loads(done.out)
    assert set(data) == KEYS and data["status"] == "no_plan" and data["problems"][0]["code"] == "FS001"


def test_a_place_that_cannot_be_written_is_7_before_the_search(call, pretend, here):
    pretend(raises=AssertionError("not to be reached"))
    (here / "folder.xlsx").mkdir()
    (here / "file").write_text("")
    assert call("solve", "magnets.xlsx", "-o", "folder.xlsx").code == 7
    assert call("solve", "magnets.xlsx", "-o", "file/plan.xlsx").code == 7


def test_a_name_that_excel_would_not_open_is_wrong_use(call, pretend, here):
    """A workbook under another ending is one the planner cannot open by a click."""
    pretend(raises=AssertionError("not to be reached"))
    for name in ("plan.txt", "plan", "plan.xls"):
        done = call("solve", "magnets.xlsx", "-o", name)
        assert done.code == 2 and ".xlsx" in done.err and not (here / name).exists()


def test_a_plan_that_cannot_be_written_is_7_and_its_figures_are_told(call, pretend, monkeypatch):
    pretend()

    def refuse(plan, path):
        raise FileFault("FS007", path, "the disk is full")

    monkeypatch.setattr("friendshore.optimizer.reporting.write_plan", refuse)
    done = call("solve", "magnets.xlsx", "--json")
    data = json.loads(done.out)
    assert done.code == 7 and data["objective"] == 820.0 and data["plan"] is None
    assert "disk is full" in done.err and data["problems"][-1]["code"] == "FS007"


def test_a_second_interrupt_is_130(call, pretend):
    pretend(raises=Abandoned())
    done = call("solve", "magnets.xlsx", "--json")
    assert done.code == 130 and set(json.loads(done.out)) == KEYS


def test_quiet_leaves_the_path_alone(call):
    done = call("solve", "magnets.xlsx", "--quiet")
    assert (done.out, done.err) == ("reports/magnets.plan.xlsx\n", "")


def test_nan_and_infinity_are_null(solved):
    plan = dataclasses.replace(solved.plan, cvar=math.nan, expected_cost=math.inf)
    data = json.loads(json_text(solved_json(dataclasses.replace(solved, plan=plan)), indent=2))
    assert data["cvar"] is None and data["expected_cost"] is None


def test_shortages_add_up_over_the_nodes_of_a_scenario(solved):
    table = solved.plan.shortages.assign(shortage=lambda rows: rows["demand"] / 4)
    rows = {row.scenario: row for row in shortages(dataclasses.replace(solved.plan, shortages=table))}
    assert {name: row.path_quantity for name, row in rows.items()} == {"base": 20.0, "stop": 10.0}
    assert all((row.country, row.worst_share, row.path_share) == ("Alda", 0.25, 0.25) for row in rows.values())
    stop = rows["stop"]
    assert (stop.worst_from, stop.years_short, stop.event_quantity, stop.event_share) == ("2027", 1.0, 10.0, 0.25)


def test_a_choice_is_settled_and_told(call, here):
    """Held in one costs 820 as the plan does; held out more, or there is no plan."""
    done = call("solve", "magnets.xlsx", "--settle", "more at home", "--json")
    (told,) = json.loads(done.out)["settled"]
    assert done.code == 0 and told["id"] == "more at home" and told["sheet"] == "Expansions"
    assert told["held_in"][1] == pytest.approx(820)
    assert (told["verdict"] == "decided for" and told["held_out"][0] is None) or told["held_out"][0] > 820
    assert f"{told['verdict']}. " in told["words"]


def test_what_is_no_choice_is_refused_before_the_search(call, here):
    done = call("solve", "magnets.xlsx", "--settle", "home works")
    assert done.code == 2 and "--settle home works: there is no such row" in done.err
    assert "solve" not in done.err.partition("Error")[0].split()

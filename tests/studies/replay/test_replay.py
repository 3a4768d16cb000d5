"""A plan is made again from its own workbook: the same to the last bit, and where it is not, that is told."""

from __future__ import annotations

import dataclasses
import json

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

import friendshore as fs
from friendshore.models.plan import Options
from friendshore.optimizer.cli import app
from friendshore.optimizer.commands.schema import schema
from friendshore.optimizer.studies.replay.replay import options_of
from tests.cli import workbooks


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A plan by other options than the usual ones, read back."""
    folder = tmp_path_factory.mktemp("replay")
    problem = fs.read_workbook(workbooks.write(folder / "magnets.xlsx"))
    plan = fs.solve(problem, gap=0.002, time_limit=500, threads=1, seed=7, method="extensive").plan
    fs.write_plan(plan, folder / "magnets.plan.xlsx")
    return fs.read_plan(folder / "magnets.plan.xlsx")


def test_a_plan_says_how_it_was_asked_for(saved):
    assert options_of(saved) == Options(gap=0.002, time_limit=500.0, threads=1, seed=7, method="extensive")


def test_what_was_left_open_stays_open(tmp_path):
    plan = fs.solve(fs.read_workbook(workbooks.write(tmp_path / "magnets.xlsx"))).plan
    fs.write_plan(plan, tmp_path / "magnets.plan.xlsx")
    asked = options_of(fs.read_plan(tmp_path / "magnets.plan.xlsx"))
    assert (asked.time_limit, asked.threads, asked.seed, asked.method) == (None, None, 0, "auto")


def test_the_same_plan_comes_out(saved):
    replayed = fs.replay(saved)
    assert replayed.same and replayed.differences == () and replayed.other_versions == {}
    assert replayed.outcome.plan.objective == saved.figure("Objective")


def test_what_was_settled_is_settled_again(tmp_path):
    problem = fs.read_workbook(workbooks.write(tmp_path / "magnets.xlsx"))
    plan = fs.solve(problem, gap=0.002, settle=("more at home", "all"), baselines=False).plan
    fs.write_plan(plan, tmp_path / "magnets.plan.xlsx")
    saved = fs.read_plan(tmp_path / "magnets.plan.xlsx")
    assert options_of(saved).settle == ("more at home", "all")
    replayed = fs.replay(saved)
    assert replayed.same and replayed.outcome.plan.settled == plan.settled


def test_another_input_makes_another_plan(saved):
    demand = saved.problem.demand[0]
    other = saved.problem.replace("Demand", demand.row, per_year=(demand.per_year or 10) * 1.5)
    replayed = fs.replay(dataclasses.replace(saved, problem=other))
    assert not replayed.same
    assert {each.table for each in replayed.differences} >= {"Key_figures"}


def test_a_cell_that_was_changed_by_hand_is_told(saved):
    costs = saved.tables["Costs"].copy()
    numbers = [column for column in costs.columns if costs[column].dtype == "float64" and costs[column].notna().any()]
    place = costs[numbers[0]].first_valid_index()
    costs.loc[place, numbers[0]] = costs.loc[place, numbers[0]] * (1 + 1e-15) + 1e-12
    replayed = fs.replay(dataclasses.replace(saved, tables={**saved.tables, "Costs": costs}))
    (found,) = replayed.differences
    assert (found.table, found.row, found.column) == ("Costs", place + 1, numbers[0])


def test_other_versions_are_told(saved):
    about = saved.tables["About"].copy()
    about.loc[about["item"] == "Version of numpy", "value"] = "1.0"
    replayed = fs.replay(dataclasses.replace(saved, tables={**saved.tables, "About": about}))
    assert replayed.same and replayed.other_versions["numpy"][0] == "1.0"


def test_plans_of_earlier_versions_cannot_be_made_again(saved):
    about = saved.tables["About"]
    without = about[~about["item"].str.startswith("Asked")]
    with pytest.raises(ValueError, match="earlier version"):
        fs.replay(dataclasses.replace(saved, tables={**saved.tables, "About": without}))


def test_the_command(saved):
    done = CliRunner().invoke(app, ["replay", str(saved.path), "--json"])
    data = json.loads(done.stdout)
    Draft202012Validator(schema("replay")).validate(data)
    assert done.exit_code == 0 and data["same"] is True and data["differences"] == []
    shown = CliRunner().invoke(app, ["replay", str(saved.path)])
    assert shown.exit_code == 0 and "the same plan" in shown.stdout


def test_interrupted_it_does_not_say_that_the_plan_is_another(saved, monkeypatch):
    found = fs.replay(saved)
    run = dataclasses.replace(found.outcome.run, stopped="interrupted")
    cut = dataclasses.replace(found, same=False, outcome=dataclasses.replace(found.outcome, run=run))
    monkeypatch.setattr("friendshore.optimizer.studies.replay.replay", lambda *given: cut)
    done = CliRunner().invoke(app, ["replay", str(saved.path)])
    assert done.exit_code == 5 and "before it could be told" in done.stdout and "not the same" not in done.stdout


def test_json_of_solve_says_from_what_and_how(tmp_path):
    path = workbooks.write(tmp_path / "magnets.xlsx")
    arguments = ["solve", str(path), "-o", str(tmp_path / "a.plan.xlsx"), "--json", "--seed", "5", "--threads", "1"]
    data = json.loads(CliRunner().invoke(app, arguments).stdout)
    Draft202012Validator(schema("solve")).validate(data)
    made = data["provenance"]
    assert made["input"] == fs.read_workbook(path).digest
    assert (made["seed"], made["threads"], made["gap"], made["time_limit"]) == (5, 1, 0.001, None)
    assert made["versions"]["friendshore"] == fs.__version__ and made["versions"]["highspy"]

"""Problems changed in Python: checked like a workbook, and their plans carry the rows that were solved."""

from __future__ import annotations

import dataclasses
import pickle

import openpyxl
import pytest

import friendshore as fs
from friendshore.models.examine import checked_problem
from tests.door.conftest import TUTORIAL


@pytest.fixture(scope="module")
def tutorial():
    return fs.read_workbook(TUTORIAL)


def limits(problem):
    return {policy.policy: policy.limit for policy in problem.policies}


def test_nothing_changed_is_read_back_to_the_same_tables(tutorial):
    """Row numbers included, so that messages name the planner's own rows."""
    assert checked_problem(tutorial.tables, tutorial.name).tables == tutorial.tables


def test_a_cell_is_changed_and_the_rest_stays(tutorial):
    changed = tutorial.replace("Policies", "rival_cap", limit=0.9)
    assert limits(changed) == limits(tutorial) | {"rival_cap": 0.9}
    assert dataclasses.replace(changed.tables, policies=()) == dataclasses.replace(tutorial.tables, policies=())
    assert (changed.source, changed.digest, changed.name) == ("", "", "tutorial") and limits(tutorial)[
        "rival_cap"
    ] != 0.9


@pytest.mark.parametrize(
    ("sheet", "row", "changes", "code", "cell"),
    [
        ("Policies", "rival_cap", {"limit": 1.5}, "FS4", "limit"),
        ("Policies", "rival_cap", {"limit": "0.9"}, "FS103", "limit"),
        ("Policies", "rival_cap", {"limit": None}, "FS105", "limit"),
        ("Policies", "rival_cap", {"suppliers": "Rivel"}, "FS2", "suppliers"),
        ("Plants", "Rival_oxide", {"capacity": -1}, "FS1", "capacity"),
    ],
)
def test_what_does_not_fit_is_told_as_in_a_workbook(tutorial, sheet, row, changes, code, cell):
    with pytest.raises(fs.InvalidProblem) as fault:
        tutorial.replace(sheet, row, **changes)
    found = [each for each in fault.value.findings if each.severity == "error"]
    assert found[0].code.startswith(code) and found[0].sheet == sheet and found[0].column == cell
    numbers = [each.row for each in tutorial.tables.by_sheet[sheet] if vars(each)[each.TABLE.key[0]] == row]
    assert [found[0].row] == numbers


@pytest.mark.parametrize(
    ("arguments", "changes", "words"),
    [
        (("Policy", "rival_cap"), {"limit": 0.9}, "no sheet 'Policy'"),
        (("Policies", "rival_cop"), {"limit": 0.9}, "no row 'rival_cop' in policy"),
        (("Policies", "rival_cap"), {"limits": 0.9}, "no column 'limits'"),
        (("Settings", "discount_rate"), {"value": 0.1}, "the settings alone"),
        (("Policies", 999), {"limit": 0.9}, "no row 999"),
    ],
)
def test_what_is_not_there(tutorial, arguments, changes, words):
    with pytest.raises(KeyError, match=words):
        tutorial.replace(*arguments, **changes)


def test_settings_rows_by_number_and_periods(tutorial):
    assert tutorial.replace("Settings", discount_rate=0.07).settings.discount_rate == 0.07
    first = tutorial.demand[0]
    label = tutorial.periods[-1].period
    changed = tutorial.replace("Demand", first.row, **{label: 77}).demand
    assert [row.by_period.get(label) for row in changed if row.row == first.row] == [77]
    again = tutorial.replace("demand", first.row, **{label: None}).demand
    assert [label in row.by_period for row in again if row.row == first.row] == [False]


def test_a_plan_carries_the_rows_that_were_solved(tutorial, tmp_path):
    """And so ``compare`` tells what differs in the input."""
    changed = tutorial.replace("Policies", "rival_cap", limit=0.9)
    paths = [tmp_path / "as_read.plan.xlsx", tmp_path / "changed.plan.xlsx"]
    for problem, path in zip((tutorial, changed), paths, strict=True):
        fs.write_plan(fs.solve(problem, gap=0.0).plan, path)
    assert limits(fs.read_plan(paths[1]).problem) == limits(changed)
    (pair,) = fs.compare(*map(fs.read_plan, paths)).pairs
    assert [str(change) for change in pair.inputs] == ["Policies: rival_cap, limit 0.8 -> 0.9"]


def test_tables_changed_by_hand_are_checked_before_they_are_solved(tutorial, tmp_path):
    """A frozen dataclass can be replaced: the plan never carries a workbook that holds other rows."""
    policies = tuple(
        dataclasses.replace(row, limit=0.9) if row.policy == "rival_cap" else row for row in tutorial.policies
    )
    by_hand = dataclasses.replace(tutorial, tables=dataclasses.replace(tutorial.tables, policies=tuple(policies)))
    plan = fs.solve(by_hand, gap=0.0).plan
    assert plan.objective == fs.solve(tutorial.replace("Policies", "rival_cap", limit=0.9), gap=0.0).plan.objective
    fs.write_plan(plan, tmp_path / "plan.xlsx")
    assert limits(fs.read_plan(tmp_path / "plan.xlsx").problem)["rival_cap"] == 0.9
    with pytest.raises(fs.FileFault, match="FS001"):
        fs.write_plan_in_place(plan)  # it comes from no file any more
    with pytest.raises(fs.FileFault, match="FS013"):
        fs.write_plan_in_place(dataclasses.replace(fs.solve(tutorial).plan, problem=by_hand))
    wrong = tuple(dataclasses.replace(row, limit=9.0) for row in tutorial.policies)
    with pytest.raises(fs.InvalidProblem):
        fs.solve(dataclasses.replace(by_hand, tables=dataclasses.replace(by_hand.tables, policies=wrong)))


def test_it_is_still_the_workbook_s_after_a_pickle(tutorial, tmp_path):
    """A problem that came back from another process is not checked again, and its plan is a copy of the workbook."""
    back = pickle.loads(pickle.dumps(tutorial))  # noqa: S301 - our own
    assert back.as_checked
    fs.write_plan(fs.solve(back, gap=0.0).plan, tmp_path / "plan.xlsx")
    assert "Read-me" in openpyxl.load_workbook(tmp_path / "plan.xlsx").sheetnames

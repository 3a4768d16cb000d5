"""Decisions written into a plan workbook and read back are the same; what is no plan is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from friendshore.models.plan import Plan
from friendshore.optimizer.reporting import write_plan
from friendshore.optimizer.saved.decisions import decisions_of
from friendshore.optimizer.saved.plan_decisions import read_decisions
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.system.files import FileFault
from friendshore.optimizer.workbook.read import read_workbook
from tests.reporting.plans import plan as drawn_plan

TUTORIAL = Path(__file__).parents[2] / "inputs" / "tutorial.xlsx"


@pytest.fixture(scope="module")
def plan() -> Plan:
    found = solve_problem(read_workbook(TUTORIAL), gap=0.0, threads=1).plan
    assert found is not None
    return found


@pytest.fixture
def written(plan: Plan, tmp_path: Path) -> Path:
    target = tmp_path / "tutorial.plan.xlsx"
    write_plan(plan, target)
    return target


def test_what_was_decided_comes_back(plan: Plan, written: Path) -> None:
    """Two lines in 2027, 20 in store at its end, and what the plan is expected to cost."""
    found = read_decisions(written, read_workbook(written))
    assert found.units == {("Friend_line", "2027"): 2.0}
    assert found.levels["Home_oxide_store", "2027"] == pytest.approx(20.0)
    assert found.expected_cost == pytest.approx(6628)
    expected = decisions_of(plan)
    assert (found.units, found.protections) == (expected.units, expected.protections)
    assert found.levels == pytest.approx(expected.levels)


def test_protections_and_branches(tmp_path: Path) -> None:
    """A protection that was bought is read; units decided on branches are not those of the base path."""
    target = tmp_path / "drawn.plan.xlsx"
    drawn = drawn_plan()
    write_plan(drawn, target, with_inputs=False)
    found, expected = read_decisions(target, drawn.problem), decisions_of(drawn)
    assert found.protections == expected.protections
    assert found.units == pytest.approx(expected.units)
    assert found.levels == pytest.approx(expected.levels)


def test_a_workbook_without_plan_sheets_is_no_plan() -> None:
    with pytest.raises(FileFault, match=r"is no plan of friendshore.*friendshore solve") as caught:
        read_decisions(TUTORIAL, read_workbook(TUTORIAL))
    assert caught.value.code == "FS002"


def _changed(written: Path, sheet: str, cell: str, value: object) -> Path:
    target = written.with_name("changed.plan.xlsx")
    shutil.copy(written, target)
    workbook = openpyxl.load_workbook(target)
    workbook[sheet][cell] = value
    workbook.save(target)
    return target


@pytest.mark.parametrize(
    ("sheet", "header", "value", "said"),
    [
        ("Plan Investments", "What", "Other_line", "'Other_line', which the input sheets do not know"),
        ("Plan Investments", "Units (number)", "two", "'Units' of a plan sheet holds 'two'"),
        ("Plan Stockpiles", "Scenario", "embargo", "no level of 'Home_oxide_store' in 2026"),
        ("Plan Stockpiles", "Period", "1999", "'1999', which the input sheets do not know"),
    ],
)
def test_plan_sheets_that_do_not_fit_are_refused(
    written: Path, sheet: str, header: str, value: object, said: str
) -> None:
    rows = openpyxl.load_workbook(written)[sheet].iter_rows()
    head = next(cell for row in rows for cell in row if cell.value == header)
    changed = _changed(written, sheet, f"{head.column_letter}{head.row + 1}", value)
    with pytest.raises(FileFault) as caught:
        read_decisions(changed, read_workbook(changed))
    assert caught.value.code == "FS004"
    assert said in caught.value.message

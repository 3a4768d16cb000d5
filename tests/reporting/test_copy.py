"""The plan as a copy of the planner's workbook, and the input as values where that cannot be."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

import openpyxl
import pytest

from friendshore.models.plan import Plan
from friendshore.optimizer.reporting import write_plan, write_plan_in_place
from friendshore.optimizer.system.files import FileFault
from tests.in_place.compare import parts_of
from tests.reporting import plans
from tests.workbook.books import book


def _from(path: Path, plan: Plan) -> Plan:
    """The plan as if its problem had been read from this file."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return dataclasses.replace(plan, problem=plans.problem(source=str(path), digest=digest))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A workbook with a formula, of which the grids of the problem know nothing."""
    path = book(tmp_path / "magnets.xlsx")
    workbook = openpyxl.load_workbook(path)
    workbook.create_sheet("Own")["A1"] = "=1+1"
    workbook.save(path)
    return path


def test_a_copy_holds_the_parts_of_the_file(plan: Plan, source: Path, tmp_path: Path) -> None:
    before = source.read_bytes()
    written = write_plan(_from(source, plan), tmp_path / "plan.xlsx")
    assert (written.path, written.values) == (tmp_path / "plan.xlsx", "")
    result = openpyxl.load_workbook(written.path)
    assert result.sheetnames[0] == "Plan Summary"
    assert result["Own"]["A1"].value == "=1+1"
    assert source.read_bytes() == before
    assert parts_of(source)["xl/theme/theme1.xml"] == parts_of(written.path)["xl/theme/theme1.xml"]


def test_a_file_that_is_gone_or_another_is_not_copied(plan: Plan, source: Path, tmp_path: Path) -> None:
    """A plan never stands beside input that it does not answer: then the input comes as it was read, as values."""
    read = _from(source, plan)
    book(source)
    written = write_plan(read, tmp_path / "plan.xlsx")
    assert "changed after it was read" in written.values
    result = openpyxl.load_workbook(written.path)
    assert result.sheetnames[-2:] == ["Settings", "Notes"]  # those that the problem carries
    source.unlink()
    assert "(FS007)" in write_plan(read, tmp_path / "plan.xlsx").values


def test_values_never_bear_the_ending_of_macros(plan: Plan, source: Path, tmp_path: Path) -> None:
    read = _from(source, plan)
    source.unlink()
    assert write_plan(read, tmp_path / "plan.xlsm").path == tmp_path / "plan.xlsx"


def test_a_target_that_cannot_be_written_is_no_reason_for_values(plan: Plan, source: Path, tmp_path: Path) -> None:
    (tmp_path / "~$plan.xlsx").write_bytes(b"\x03Eva")
    with pytest.raises(FileFault, match="Eva"):
        write_plan(_from(source, plan), tmp_path / "plan.xlsx")


def test_the_plan_of_a_plan(plan: Plan, source: Path, tmp_path: Path) -> None:
    """A plan workbook is input again: its plan sheets are replaced, copied or written as values alike."""
    for given in (_from(source, plan), plan):
        first = write_plan(given, tmp_path / "first.xlsx").path
        second = write_plan(_from(first, plan), tmp_path / "second.xlsx")
        assert second.values == ""
        assert openpyxl.load_workbook(second.path).sheetnames == openpyxl.load_workbook(first).sheetnames
        write_plan_in_place(_from(first, plan))
        assert openpyxl.load_workbook(first).sheetnames == openpyxl.load_workbook(second.path).sheetnames


def test_a_problem_from_no_file_has_none_to_write_into(plan: Plan) -> None:
    with pytest.raises(FileFault, match="no file"):
        write_plan_in_place(plan)

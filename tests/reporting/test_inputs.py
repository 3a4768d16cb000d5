"""The planner's sheets in the plan: every value as it was."""

from datetime import date, datetime
from pathlib import Path

import openpyxl

from friendshore.models.parsing.unparse import grids_of_tables
from friendshore.models.plan import Plan
from friendshore.models.schema import Record
from friendshore.optimizer.reporting.inputs import grids
from friendshore.optimizer.reporting.workbook import write_plan
from friendshore.optimizer.workbook.read import read_workbook
from tests.reporting import plans


def _read(path: Path, sheet: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)]


def test_values_are_carried_as_they_were(plan: Plan, tmp_path: Path) -> None:
    write_plan(plan, tmp_path / "plan.xlsx")
    rows = _read(tmp_path / "plan.xlsx", "Notes")
    assert rows[0] == ("=1+1", "when", 2026)
    assert rows[1] == ("=cmd|' /C calc'!A0", None, True)
    assert rows[2] == (None, "x" * 32_767, 1.25)  # no number, cut to what a cell holds, a number
    assert _read(tmp_path / "plan.xlsx", "Settings")[1:] == [("currency", "USD thousand"), ("discount_rate", 0.1)]


def test_dates_stay_dates(tmp_path: Path) -> None:
    problem = plans.problem(grids={"Log": (("when",), (datetime(2026, 3, 1),), (date(2027, 1, 2),))})
    write_plan(plans.plan(problem=problem), tmp_path / "plan.xlsx")
    values = [row[0] for row in _read(tmp_path / "plan.xlsx", "Log")]
    assert [value.isoformat()[:10] for value in values[1:]] == ["2026-03-01", "2027-01-02"]


def test_plan_sheets_of_an_earlier_run_are_not_carried(plan: Plan) -> None:
    assert list(grids(plan, ["Plan Summary"])) == ["Settings", "Notes"]


def test_a_problem_without_file_writes_its_tables_by_their_declarations() -> None:
    sheets = grids_of_tables(plans.problem(grids={}).tables)
    assert list(sheets)[:3] == ["Settings", "Periods", "Countries"]
    assert sheets["Settings"][:3] == (("setting", "value"), ("title", "Magnets"), ("currency", "USD thousand"))
    assert ("discount_rate", 0.1) in sheets["Settings"]
    lanes = dict(zip(sheets["Lanes"][0], sheets["Lanes"][1], strict=True))
    assert (lanes["from"], lanes["to"], lanes["loss"]) == ("C", "A", 0.15)
    assert "capacity" not in lanes  # without end on every row: blank
    assert sheets["Demand"][0][-2:] == ("shortage_cost", "per_year")  # no period has a quantity of its own
    stock = dict(zip(sheets["Stockpiles"][0], sheets["Stockpiles"][1], strict=True))
    assert stock["initial"] == 50 and "serves" not in stock  # what is the default everywhere stays blank


def test_a_plan_carries_its_own_data(tmp_path: Path) -> None:
    """Read back, the plan workbook is the problem it was made from, row by row."""
    made = plans.problem(grids={})
    write_plan(plans.plan(problem=made), tmp_path / "plan.xlsx")
    read = read_workbook(tmp_path / "plan.xlsx")

    def content(record: Record) -> dict[str, object]:
        return {name: value for name, value in vars(record).items() if name not in ("row", "given")}

    for name, rows in vars(made.tables.canonical()).items():
        again = vars(read.tables)[name]
        pairs = zip(rows, again, strict=True) if isinstance(rows, tuple) else [(rows, again)]
        assert all(content(one) == content(other) for one, other in pairs), name

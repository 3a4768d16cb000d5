"""A plan written and read back: every declared table with its numbers, the settings of the command line included."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from friendshore.models.plan import Plan
from friendshore.optimizer.reporting import write_plan
from friendshore.optimizer.reporting.catalogue import SHARED, SHEETS, TABLES
from friendshore.optimizer.reporting.content import Block, Field, Figure
from friendshore.optimizer.reporting.production import use_of_plants
from friendshore.optimizer.reporting.scorecard import STOP_FIELDS
from friendshore.optimizer.reporting.sourcing import deliveries
from friendshore.optimizer.reporting.stockpiles import levels
from friendshore.optimizer.reporting.summary import EXPECTED, GAP, STATUS, TAIL
from friendshore.optimizer.saved.plan_reader import read_frames, read_plan, read_plan_problem
from friendshore.optimizer.saved.saved_plan import SavedPlan
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.system.files import FileFault
from friendshore.optimizer.workbook.read import read_workbook
from tests.reporting.plans import plan as drawn_plan

TUTORIAL = Path(__file__).parents[2] / "inputs" / "tutorial.xlsx"
SET = {"currency": "EUR", "tariffs_are_costs": "no"}


@pytest.fixture(scope="module")
def plan() -> Plan:
    found = solve_problem(read_workbook(TUTORIAL, SET), gap=0.0, threads=1).plan
    assert found is not None
    return found


@pytest.fixture(scope="module")
def saved(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> SavedPlan:
    path = tmp_path_factory.mktemp("plans") / "tutorial.plan.xlsx"
    write_plan(plan, path)
    return read_plan(path)


@pytest.mark.parametrize("drawn", [False, True])
def test_every_declared_table_comes_back_as_it_was_written(drawn: bool, plan: Plan, tmp_path: Path) -> None:
    """Held against the blocks of the sheets themselves; a field renamed in one place alone would be blank here."""
    source = drawn_plan() if drawn else plan
    path = tmp_path / "some.plan.xlsx"
    write_plan(source, path)
    tables, blocks = read_frames(path), _blocks(source)
    assert len(blocks) > 10
    for name, whole in _wholes(source).items():
        blocks[name] = dataclasses.replace(blocks[name], frame=whole)
    for name, block in blocks.items():
        assert [field for field in TABLES[name] if _always(field)] == [
            field for field in block.fields if _always(field)
        ]
        for field in block.fields:
            written, read = block.frame[field.key].tolist(), tables[name][field.key].tolist()
            assert [_plain(cell) for cell in read] == [_plain(cell) for cell in written], (name, field)


def _always(field: Field) -> bool:
    """Not those of stops, written where a policy tests one, nor those of words that few workbooks use."""
    return field not in STOP_FIELDS and field.key not in {"way", "recipe", "shortens", "since"}


def _blocks(plan: Plan) -> dict[str, Block]:
    """The blocks of the plan sheets that are declared to be read back."""
    contents = [sheet.content(plan) for sheet in SHEETS]
    items = [item for content in contents for item in (*content.left, *content.right)]
    blocks = [item.block if isinstance(item, Figure) else item for item in items]
    return {block.name: block for block in blocks if block.name in TABLES}


def _wholes(plan: Plan) -> dict[str, pd.DataFrame]:
    """The tables of which rows of scenarios are left out on the sheets, with all of them."""
    wholes = {"Sourcing": deliveries(plan), "Production": use_of_plants(plan), "Stockpiles": levels(plan)}
    assert wholes.keys() == SHARED.keys()
    return wholes


def _plain(cell: object) -> object:
    """Blank text, no value and NaN are one blank cell; floats to what a workbook keeps of them."""
    if cell is None or cell == "" or cell != cell:
        return None
    return float(f"{cell:.12g}") if isinstance(cell, int | float) else cell


def test_figures_units_and_words(saved: SavedPlan, plan: Plan) -> None:
    assert saved.name == "tutorial"
    assert saved.figure(EXPECTED) == pytest.approx(plan.expected_cost)
    assert saved.figure(TAIL) == pytest.approx(plan.cvar)
    assert saved.figure(GAP) == 0.0
    assert saved.figure("Nothing of this name") is None
    assert saved.about(STATUS) == "Optimal within the gap asked for"
    assert saved.tables["Costs"].attrs["units"]["discounted"] == "EUR"


def test_settings_of_the_command_line_come_back(saved: SavedPlan, plan: Plan) -> None:
    """The input sheets say USD; the plan was made with EUR and without tariffs, so that is what it answers."""
    carried = openpyxl.load_workbook(saved.path)["Settings"].iter_rows(values_only=True)
    assert not any("EUR" in row for row in carried)
    for problem in (saved.problem, read_plan_problem(saved.path)):
        assert problem.settings.currency == "EUR"
        assert problem.settings.tariffs_are_costs is False
        assert problem.settings.discount_rate == plan.problem.settings.discount_rate


def test_a_plan_as_asked_has_no_overridden_settings(tmp_path: Path) -> None:
    found = solve_problem(read_workbook(TUTORIAL), gap=0.0, threads=1).plan
    assert found is not None
    write_plan(found, tmp_path / "p.plan.xlsx")
    tables = {table for sheet in openpyxl.load_workbook(tmp_path / "p.plan.xlsx") for table in sheet.tables}
    assert "Plan_Log" in tables and "Plan_Settings_overridden" not in tables
    assert read_plan(tmp_path / "p.plan.xlsx", ["Log"]).problem.settings.currency == "USD thousand"


def test_a_workbook_without_a_plan_is_refused() -> None:
    with pytest.raises(FileFault, match="is no plan of friendshore") as caught:
        read_plan(TUTORIAL)
    assert caught.value.code == "FS002"


def _renamed(saved: SavedPlan, header: str, other: str) -> Path:
    """The plan with a header of Plan Costs written otherwise, in its cell and in its table."""
    path = saved.path.with_name("renamed.plan.xlsx")
    book = openpyxl.load_workbook(saved.path)
    sheet = book["Plan Costs"]
    head = next(cell for row in sheet.iter_rows() for cell in row if cell.value == header)
    head.value = other
    for column in sheet.tables["Plan_Costs"].tableColumns:
        column.name = other if column.name == header else column.name
    book.save(path)
    return path


def test_a_header_of_an_earlier_version_is_known(saved: SavedPlan) -> None:
    """Payers of a plan written when their column was headed Payer are read as they are."""
    found = read_plan(_renamed(saved, "First payer", "Payer"))
    assert found.tables["Costs"]["payer"].tolist() == saved.tables["Costs"]["payer"].tolist()
    assert set(found.tables["Costs"]["payer"]) > {"Friend", "Home"} - {""}


def test_a_plan_without_the_names_of_its_rows_is_refused(saved: SavedPlan) -> None:
    """Else costs of all payers would be summed under a blank one."""
    with pytest.raises(FileFault, match=r"no 'First payer' in the table Costs.*friendshore solve") as caught:
        read_plan(_renamed(saved, "First payer", "Somebody"))
    assert caught.value.code == "FS004"

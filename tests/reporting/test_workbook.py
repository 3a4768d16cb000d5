"""The workbook as others read it: sheets, tables, charts, numbers, text that stays text, and writing that is whole."""

import dataclasses
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from friendshore.models.findings import Finding
from friendshore.models.plan import Plan
from friendshore.models.schema import Record
from friendshore.models.tables import Tables
from friendshore.optimizer import reporting
from friendshore.optimizer.reporting import costs, frames, inputs, workbook
from friendshore.optimizer.reporting.catalogue import SHEETS
from friendshore.optimizer.reporting.content import Block, Figure
from friendshore.optimizer.reporting.workbook import write_plan
from tests.reporting import plans

ROOM = Path(reporting.__file__).parent
EVIL = "=cmd|' /C calc'!A0"
BANG = "ore!A1"


@pytest.fixture
def written(plan: Plan, tmp_path: Path) -> Path:
    path = tmp_path / "magnets.plan.xlsx"
    write_plan(plan, path)
    return path


def _blocks(plan: Plan) -> Iterator[tuple[str, Block]]:
    for sheet in SHEETS:
        content = sheet.content(plan)
        for item in (*content.left, *content.right):
            yield sheet.name, item.block if isinstance(item, Figure) else item


def test_every_sheet_has_a_file_and_a_test_of_its_own_name() -> None:
    declared = {file.stem for file in ROOM.glob("*.py") if "\nSHEET = Sheet(" in file.read_text(encoding="utf-8")}
    assert declared == {sheet.name.removeprefix("Plan ").lower() for sheet in SHEETS}
    tests = {file.stem.removeprefix("test_") for file in Path(__file__).parent.glob("test_*.py")}
    assert declared <= tests


def test_plan_sheets_come_first_with_the_summary_open_then_the_planners_own(written: Path) -> None:
    book = openpyxl.load_workbook(written)
    assert book.sheetnames == [
        "Plan Summary",
        "Plan Investments",
        "Plan Stockpiles",
        "Plan Sourcing",
        "Plan Production",
        "Plan Shortages",
        "Plan Scenarios",
        "Plan Costs",
        "Plan Log",
        "Settings",
        "Notes",
    ]
    assert book.active is not None
    assert book.active.title == "Plan Summary"


def test_every_block_is_an_excel_table_with_unique_name_and_its_headers(plan: Plan, written: Path) -> None:
    book = openpyxl.load_workbook(written)
    names = [name for sheet in book for name in sheet.tables]
    assert len(names) == len({name.casefold() for name in names})
    for sheet, block in _blocks(plan):
        table = book[sheet].tables[f"Plan_{block.name}"]
        assert tuple(column.name for column in table.tableColumns) == block.headers
        first = book[sheet][table.ref][0]
        assert tuple(cell.value for cell in first) == block.headers


def test_every_sheet_names_units_in_its_headers(plan: Plan) -> None:
    with_units = {sheet for sheet, block in _blocks(plan) if any("(" in header for header in block.headers)}
    assert with_units == {sheet.name for sheet in SHEETS}


def test_headers_are_plain_words(plan: Plan) -> None:
    for _, block in _blocks(plan):
        fixed = [field.header for field in block.fields if field.header not in block.frame.columns]
        assert not [header for header in fixed if "_" in header]


def test_what_openpyxl_reads_back_are_the_same_numbers_and_texts(plan: Plan, written: Path) -> None:
    book = openpyxl.load_workbook(written, data_only=True)
    for sheet, block in _blocks(plan):
        rows = book[sheet][book[sheet].tables[f"Plan_{block.name}"].ref][1:]
        for cells, values in zip(rows, block.frame.itertuples(index=False), strict=False):
            for cell, field in zip(cells, block.fields, strict=True):
                value = values[list(block.frame.columns).index(field.key)]
                if pd.isna(value) or value == "":
                    assert cell.value is None, (sheet, cell.coordinate)
                elif isinstance(value, str):
                    assert cell.value == value, (sheet, cell.coordinate)
                else:  # Excel keeps sixteen digits
                    assert cell.value == pytest.approx(value, rel=1e-15), (sheet, cell.coordinate)


def test_what_only_takes_room_in_a_chart_is_not_in_its_legend(written: Path) -> None:
    """The beginnings of the time line are drawn without colour: named in the legend they would puzzle, so their name is
    blank; the others keep theirs."""
    with zipfile.ZipFile(written) as package:
        charts = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/charts/chart")]
    (line,) = [xml for xml in charts if "In service within the plan" in xml]
    names = re.findall(r"<c:ser>.*?<c:tx>.*?<c:v>(.*?)</c:v>.*?</c:tx>", line)
    assert [name.strip() for name in names] == ["", "Being built (years)", "In service within the plan (years)"]
    assert "legendEntry" not in line


def test_charts_stand_where_figures_are_and_their_titles_say_the_finding(plan: Plan, written: Path) -> None:
    figures = [
        item
        for sheet in SHEETS
        for part in (sheet.content(plan),)
        for item in (*part.left, *part.right)
        if isinstance(item, Figure)
    ]
    with zipfile.ZipFile(written) as package:
        charts = [name for name in package.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
        xml = "".join(package.read(name).decode() for name in charts)
    assert len(charts) == len(figures) >= 8
    assert all("'Plan " in formula for formula in re.findall(r"<c:f>(.*?)</c:f>", xml))
    for figure in figures:
        assert figure.title.replace("'", "&apos;") in xml.replace("'", "&apos;")


def test_headers_are_frozen_and_pages_are_landscape_one_page_wide(written: Path) -> None:
    book = openpyxl.load_workbook(written)
    for sheet in book:
        assert sheet.freeze_panes is not None
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        if sheet.title.startswith("Plan "):
            assert sheet.print_area


def test_what_stays_in_sight(written: Path) -> None:
    """Of a sheet that opens with a small table its finding and first column; of the summary, which is printed, its
    finding alone."""
    book = openpyxl.load_workbook(written)
    for name in ("Plan Costs", "Plan Scenarios", "Plan Sourcing"):
        assert book[name].freeze_panes == "B2"
    assert book["Plan Summary"].freeze_panes == "A2"


def test_numbers_have_thousands_separators(written: Path) -> None:
    sheet = openpyxl.load_workbook(written)["Plan Costs"]
    row = int(re.findall(r"\d+", sheet.tables["Plan_Costs"].ref)[0]) + 1
    assert sheet.cell(row, 4).number_format.startswith("#,##0")


def _renamed(plan: Plan) -> Plan:
    """The plan with names that spreadsheets would take for formulas, wherever the planner may put text."""
    names = {"A": EVIL, "ore": BANG, "open_B": "@SUM(1)", "ore_A": "+2", "mag_A": "=1+1", "ban": "=HYPERLINK(0)"}
    frames = {
        field.name: vars(plan)[field.name].replace(names)
        for field in dataclasses.fields(plan)
        if isinstance(vars(plan)[field.name], pd.DataFrame)
    }

    def row(record: Record) -> Record:
        values = {name: names.get(v, v) for name, v in vars(record).items() if isinstance(v, str) and v in names}
        return dataclasses.replace(record, **values)

    tables = plan.problem.tables
    renamed = {name: tuple(row(r) for r in rows) for name, rows in vars(tables).items() if isinstance(rows, tuple)}
    settings = dataclasses.replace(tables.settings, title=EVIL, currency="=2*3!B$2")
    problem = dataclasses.replace(
        plan.problem,
        tables=Tables(**{**renamed, "settings": settings}),
        name=EVIL,
        warnings=(Finding("FS1", "warning", EVIL, EVIL),),
    )
    run = dataclasses.replace(plan.run, log=(EVIL,), stopped=EVIL)
    return dataclasses.replace(plan, **frames, problem=problem, run=run)


def test_no_text_of_the_input_becomes_a_formula(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "evil.xlsx"
    write_plan(_renamed(plan), path)
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    texts = {cell.value for cell in cells}
    assert {EVIL, BANG, "@SUM(1)", "+2", "=1+1", "=HYPERLINK(0)"} <= texts
    with zipfile.ZipFile(path) as package:
        sheets = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        charts = [package.read(name) for name in package.namelist() if name.startswith("xl/charts/chart")]
    assert not any(b"<f>" in xml or b"<f " in xml for xml in sheets)
    assert not any(b"<hyperlink" in xml for xml in sheets)
    references = [found for xml in charts for found in re.findall(r"<c:f>(.*?)</c:f>", xml.decode())]
    assert references
    assert all(re.fullmatch(r"'Plan [A-Z][a-z]+'!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?", found) for found in references)


def test_no_number_that_is_none_is_written(plan: Plan, tmp_path: Path) -> None:
    odd = dataclasses.replace(plan, cvar=float("inf"), penalties=float("nan"))
    path = tmp_path / "odd.xlsx"
    write_plan(odd, path)
    sheet = openpyxl.load_workbook(path)["Plan Summary"]
    values = {row[0].value: row[1].value for row in sheet.iter_rows()}
    assert values["Penalties for policies not met"] is None
    assert values["Mean cost of the worst 5% of outcomes"] is None


def test_failing_leaves_the_old_file_whole_and_nothing_beside_it(
    plan: Plan, written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = written.read_bytes()

    def broken(*_: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(inputs, "write", broken)
    with pytest.raises(RuntimeError, match="disk"):
        write_plan(plan, written)
    assert written.read_bytes() == before
    assert list(written.parent.iterdir()) == [written]


def test_writing_again_replaces_the_file(plan: Plan, written: Path) -> None:
    write_plan(dataclasses.replace(plan, problem=plans.problem(grids={"Other": (("a",),)})), written)
    assert openpyxl.load_workbook(written).sheetnames[-1] == "Other"
    assert list(written.parent.iterdir()) == [written]


def test_the_plan_sheets_can_be_had_alone(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "alone.xlsx"
    write_plan(plan, path, with_inputs=False)
    assert openpyxl.load_workbook(path).sheetnames == [sheet.name for sheet in SHEETS]


def test_a_plan_in_which_nothing_happens_can_be_written(plan: Plan, tmp_path: Path) -> None:
    names = ["sourcing", "production", "stocks", "releases", "investments", "protections", "costs", "shortages"]
    empty = {name: vars(plan)[name].head(0) for name in names}
    nothing = dataclasses.replace(
        plan, **empty, costs_by_kind={}, policies=(), certificate=None, expected_cost=0.0, objective=0.0
    )
    path = tmp_path / "nothing.xlsx"
    write_plan(nothing, path)
    book = openpyxl.load_workbook(path)
    assert len(book.sheetnames) == len(SHEETS) + 2
    assert all(book[sheet.name].tables for sheet in SHEETS)


def test_long_tables_are_cut_and_the_sheet_says_so(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "MOST_ROWS", 5)
    content = costs.content(plan)
    assert len(content.left[0].frame) == 5
    assert content.notes[-1].startswith("Only the first 5 of ")


def test_the_module_offers_write_plan() -> None:
    assert reporting.write_plan is workbook.write_plan

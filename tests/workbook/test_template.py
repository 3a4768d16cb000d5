"""New workbooks: complete, helped, checked, and read back as they were written; text never becomes a formula."""

import datetime

import openpyxl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from friendshore.models.examine import problem_from_sheets
from friendshore.models.parsing.unparse import sheets_of
from friendshore.models.tables import TABLES
from friendshore.optimizer.system.files import FileFault
from friendshore.optimizer.workbook.names import DAMAGE_SHEET, HELP_SHEET, README_SHEET
from friendshore.optimizer.workbook.read import check_workbook, read_workbook
from friendshore.optimizer.workbook.template import FIRST, HEADER, UNITS, workbook_bytes, write_blank, write_sheets
from tests.examples import examples
from tests.parsing.valid import valid


@pytest.fixture(scope="module")
def blank(tmp_path_factory):
    path = tmp_path_factory.mktemp("blank") / "blank.xlsx"
    write_blank(path)
    return path


def test_a_blank_workbook_lacks_rows_and_nothing_else(blank):
    listed = [(finding.code, finding.sheet) for finding in check_workbook(blank)]
    assert listed == [("FS115", table.sheet) for table in TABLES if table.required]


def test_every_sheet_is_a_table_with_every_column(blank):
    book = openpyxl.load_workbook(blank)
    assert book.sheetnames == [README_SHEET, *(table.sheet for table in TABLES), HELP_SHEET, DAMAGE_SHEET]
    for table in TABLES:
        sheet = book[table.sheet]
        assert list(sheet.tables) == [table.sheet]
        assert sheet.freeze_panes == "B5"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        for cell in sheet[HEADER + 1]:
            assert cell.comment is not None, f"{table.sheet}.{cell.value}"
    headers = [cell.value for cell in book["Plants"][HEADER + 1]]
    names = [declared.name for declared in TABLES[5].columns]
    assert headers == [*names[:-2], "source_id", "note"]


def test_what_a_shortage_costs_is_told_with_its_sources(blank):
    """Gallium as in the abstract of the estimate: 3.1 billion USD over 200 t and 20 t; a car's 6,000 over 1.7 kg."""
    rows = list(openpyxl.load_workbook(blank)[DAMAGE_SHEET].values)
    lines = {(row[0], row[2]): row for row in rows if row[2]}
    low, high = (round(3.1e9 / tonnes / 1000, -2) for tonnes in (200, 20))
    gallium = lines["gallium", f"{low:,.0f} to {high:,.0f} USD/kg"]
    assert gallium[4].endswith("https://pubs.usgs.gov/publication/ofr20241057")
    (first,) = (row for row in rows if row[1] == "traction motors of cars, first months")
    assert float(first[2].split()[0].replace(",", "")) == pytest.approx(6000 / 1.7, rel=0.01)
    assert all(
        row[4] or "assumption" in row[3] or "own arithmetic" in row[3] for row in lines.values() if row[0] != "good"
    )


def test_units_defaults_and_help_stand_above_the_headers(blank):
    """In the sheet itself, where they are not read: the unit, and what a blank cell means."""
    sheet = openpyxl.load_workbook(blank)["Plants"]
    above = {cell.value: sheet.cell(UNITS + 1, cell.column).value for cell in sheet[HEADER + 1]}
    assert above["unit_cost"] == "USD per activity"
    assert above["min_use"] == "share (8% = 0.08)\nblank: 0"
    assert above["plant"] is None
    assert sheet["A1"].value == "Plants" and sheet["A2"].value.startswith("Mines, refineries")
    lanes = openpyxl.load_workbook(blank)["Lanes"]
    above = {cell.value: lanes.cell(UNITS + 1, cell.column).value for cell in lanes[HEADER + 1]}
    assert above["commodity"] == "blank: *" and "blank: without end" in above["capacity"]


def test_cells_still_to_be_filled_are_coloured(blank):
    """A required cell of a row that is begun; not one of a row that is left out with #."""
    rules = openpyxl.load_workbook(blank)["Plants"].conditional_formatting
    formulas = {str(area.sqref).split(":")[0]: rule.formula[0] for area in rules for rule in area.rules}
    assert formulas["C5"] == 'AND($A5<>"",LEFT($A5,1)<>"#",C5="")'
    assert set(formulas) == {"C5", "F5", "G5"}


def test_excel_refuses_what_cannot_be_right(blank):
    """Names twice or with signs that names may not hold, a share of 1 where less is wanted, settings by their kinds."""
    book = openpyxl.load_workbook(blank)
    checks = {
        (table.sheet, str(check.sqref).split(":")[0]): check
        for table in TABLES
        for check in book[table.sheet].data_validations.dataValidation
    }
    name = checks["Plants", "A5"]
    assert name.type == "custom" and "SUMPRODUCT(--EXACT($A$5:$A$" in name.formula1 and 'FIND("+",A5)' in name.formula1
    assert len(name.formula1) <= 255 and name.errorStyle in (None, "stop")
    loss = next(check for (sheet, _), check in checks.items() if sheet == "Lanes" and check.promptTitle == "loss")
    assert loss.formula1 == "AND(ISNUMBER(G5),G5>=0,G5<1)"
    by_setting = {
        cell.value: checks["Settings", f"B{cell.row}"] for cell in book["Settings"]["A"][FIRST:] if cell.value
    }
    assert (by_setting["branch_investment"].type, by_setting["tariffs_are_costs"].type) == ("list", "list")
    assert by_setting["discount_rate"].type == "decimal"
    assert checks["Recipes", "A5"].type in (None, "none")  # a recipe has many rows


def test_required_headers_look_different(blank):
    book = openpyxl.load_workbook(blank)
    fills = {cell.value: cell.fill.start_color.rgb for cell in book["Plants"][HEADER + 1]}
    assert fills["plant"] == fills["capacity"] != fills["min_use"]


def test_every_column_has_an_input_message_and_names_have_drop_downs(blank):
    book = openpyxl.load_workbook(blank)
    for table in TABLES:
        for validation in book[table.sheet].data_validations.dataValidation:
            assert validation.prompt
            assert len(validation.prompt) <= 255
    checks = {str(v.sqref).split(":")[0]: v for v in book["Plants"].data_validations.dataValidation}
    assert (checks["C5"].type, checks["C5"].formula1, checks["C5"].errorStyle) == ("list", "list_Countries", "warning")
    assert (checks["F5"].type, checks["F5"].operator, checks["F5"].formula1) == ("decimal", "greaterThanOrEqual", "0")
    assert book.defined_names["list_Countries"].attr_text == "Countries[country]"


def test_help_lists_every_column(blank):
    book = openpyxl.load_workbook(blank)
    listed = {(row[0].value, row[1].value) for row in book[HELP_SHEET].iter_rows(min_row=2)}
    for table in TABLES:
        for declared in table.columns:
            if not (declared.by_period or (table.vertical and declared.name in ("note", "source_id"))):
                assert (table.sheet, declared.name) in listed


def test_written_and_read_it_is_the_same_problem(tmp_path):
    write_sheets(tmp_path / "a.xlsx", valid())
    problem = read_workbook(tmp_path / "a.xlsx")
    assert problem.warnings == ()
    assert sheets_of(problem.tables) == sheets_of(problem_from_sheets(valid()).tables)
    assert {row.row for row in problem.tables.plants} == set(range(FIRST + 1, FIRST + 1 + len(problem.tables.plants)))
    write_sheets(tmp_path / "b.xlsx", sheets_of(problem.tables))
    again = read_workbook(tmp_path / "b.xlsx")
    assert sheets_of(again.tables) == sheets_of(problem.tables)


HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2",
    "@SUM(1)",
    "{=1}",
    "http://example.org",
    "internal:x",
    "00012",
    "1e5",
    "TRUE",
    "  blank at both ends  ",
    "line\nbreak",
    "<b>&amp;</b>",
    "Ünïcödé 中文 🚢",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(tmp_path, text):
    sheets = valid()
    sheets["Plants"][0]["note"] = text
    sheets["Settings"][0]["value"] = text
    path = tmp_path / "a.xlsx"
    write_sheets(path, sheets)
    book = openpyxl.load_workbook(path)
    assert [cell.data_type for row in book["Plants"].iter_rows() for cell in row if cell.data_type == "f"] == []
    note = next(cell for cell in book["Plants"][FIRST + 1] if cell.value == text)
    assert note.data_type == "s"
    assert note.hyperlink is None
    problem = read_workbook(path)
    assert problem.plants["mine"].note == text.strip()
    assert problem.settings.title == text.strip()


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=60), st.floats(0, 1e14))
@settings(max_examples=examples(25), deadline=None)
def test_any_note_and_number_survive(tmp_path_factory, note, number):
    assume(not note.strip().startswith("#"))  # what Excel writes for an error is one, in text too
    sheets = valid()
    sheets["Plants"][0].update(note=note, unit_cost=number)
    path = tmp_path_factory.mktemp("any") / "a.xlsx"
    write_sheets(path, sheets)
    examined = problem_from_sheets(sheets)
    read = read_workbook(path).plants["mine"]
    assert read.note == examined.plants["mine"].note
    assert read.unit_cost == pytest.approx(number, rel=1e-15)  # a file holds 16 digits


def test_the_same_rows_are_the_same_file():
    assert workbook_bytes(valid()) == workbook_bytes(valid())


def test_unknown_sheets_and_columns_are_refused(tmp_path):
    with pytest.raises(ValueError, match="unknown sheet 'Plantz'"):
        write_sheets(tmp_path / "a.xlsx", {"Plantz": []})
    with pytest.raises(ValueError, match="Plants: unknown column 'colour'"):
        write_sheets(tmp_path / "a.xlsx", {"Plants": [{"colour": "red"}]})
    assert not list(tmp_path.iterdir())


def test_values_of_python(tmp_path):
    sheets = valid()
    sheets["Expansions"][0]["integer"] = False
    sheets["Lanes"][0].update(routes=("strait", "canal"), capacity=float("inf"))
    sheets["Sources"][0]["year"] = datetime.date(2024, 5, 1)
    write_sheets(tmp_path / "a.xlsx", sheets)
    tables = read_workbook(tmp_path / "a.xlsx").tables
    assert tables.expansions[0].integer is False
    assert {row.routes for row in tables.lanes} == {("strait", "canal")}
    assert tables.sources[0].year == "2024-05-01"


def test_a_file_open_elsewhere_is_not_replaced(tmp_path):
    (tmp_path / "~$a.xlsx").write_bytes(b"\x05Alice")
    with pytest.raises(FileFault, match="held by Alice"):
        write_blank(tmp_path / "a.xlsx")
    assert not (tmp_path / "a.xlsx").exists()

"""Sheets and columns are found whatever their case and blanks; what is missing, unknown or there twice is told."""

import datetime

from friendshore.models.examine import examine, parse
from friendshore.models.parsing import grids_of
from tests.parsing.valid import expect, findings, silent, valid


def renamed(sheets, sheet, old, new):
    sheets[sheet] = [{new if name == old else name: value for name, value in row.items()} for row in sheets[sheet]]
    return sheets


def test_case_blanks_and_underscores_of_headers_do_not_matter():
    silent(renamed(renamed(valid(), "Plants", "unit_cost", " Unit  Cost "), "Plants", "plant", "PLANT"))


def test_aliases_of_headers():
    sheets = renamed(renamed(valid(), "Lanes", "from", "origin"), "Lanes", "to", "Destination")
    renamed(renamed(sheets, "Countries", "country", "ID"), "Events", "to", "buyers")
    sheets["Demand"][0]["Notes"] = "an alias of note"
    silent(sheets)
    tables, _ = parse(grids_of(sheets))
    assert tables.demand[0].note == "an alias of note"


def test_sheet_names_fold_too():
    sheets = valid()
    silent({name.upper() + " ": rows for name, rows in sheets.items()})


def test_missing_sheet():
    sheets = valid()
    del sheets["Demand"]
    expect(sheets, "FS101", "Demand", "which is required")
    sheets["Demands"] = [{"country": "Alia"}]
    expect(sheets, "FS101", "Demand", "the nearest is 'Demands'")


def test_a_missing_sheet_does_not_hide_other_faults():
    sheets = valid()
    del sheets["Commodities"]
    sheets["Plants"][0]["capacity"] = "100"
    codes = [finding.code for finding in findings(sheets) if finding.severity == "error"]
    assert codes == ["FS101", "FS103"]


def test_missing_column_is_told_once_with_the_header_that_may_be_meant():
    expect(
        renamed(valid(), "Plants", "capacity", "capcity"), "FS102", "Plants!1", "'capacity'", "the nearest is 'capcity'"
    )


def test_the_same_column_twice():
    sheets = valid()
    for row in sheets["Plants"]:
        row["Unit Cost"] = 3
    expect(sheets, "FS116", "Plants!F1", "'unit_cost'")


def test_the_same_sheet_twice():
    sheets = valid()
    sheets["plants"] = sheets["Plants"]
    expect(sheets, "FS117", "Plants", "besides 'Plants'")


def test_unknown_sheets_and_columns_are_warnings_with_the_nearest_name():
    sheets = valid()
    sheets["Stockpile"] = [{"a": 1}]
    sheets["Empty"] = []
    sheets["Plants"][0]["min_usage"] = 1
    expect(sheets, "FS151", "Stockpile", "the nearest is 'Stockpiles'")
    assert expect(sheets, "FS152", "Plants!G1", "the nearest is 'min_use'").severity == "warning"


def test_values_below_a_blank_header():
    sheets = valid()
    sheets["Plants"][1][""] = 5
    expect(sheets, "FS154", "Plants!G3", "below a blank header")


def test_period_columns_are_headed_by_labels_as_numbers_or_text():
    for header in (2027, 2027.0, "2027", " 2027 "):
        sheets = valid()
        sheets["Demand"][1] = {**sheets["Demand"][1], header: 30}
        if header != "2027":
            del sheets["Demand"][1]["2027"]
        tables, _ = parse(grids_of(sheets))
        assert tables.demand[1].by_period == {"2027": 30.0}


def test_a_column_for_a_year_outside_the_horizon_is_unknown():
    sheets = valid()
    sheets["Demand"][0]["2035"] = 1
    expect(sheets, "FS152", "Demand!F1", "'2035'")


def test_faulty_periods_do_not_make_period_columns_unknown():
    sheets = valid()
    del sheets["Periods"]
    assert "FS152" not in [finding.code for finding in findings(sheets)]


def test_a_period_column_headed_by_a_date_is_asked_about():
    sheets = renamed(valid(), "Demand", "2027", datetime.datetime(2027, 1, 1))
    grids = grids_of(sheets)
    grids["Demand"] = (
        tuple(datetime.datetime(2027, 1, 1) if "2027" in str(v) else v for v in grids["Demand"][0]),
        *grids["Demand"][1:],
    )
    errors = [one for one in examine(grids).findings if one.severity == "error"]
    assert [(one.code, one.row, one.column) for one in errors] == [("FS112", 1, "2027-01-01")]
    assert "did you mean the period 2027?" in errors[0].message
    assert [one.code for one in examine(grids).findings] == ["FS112"]

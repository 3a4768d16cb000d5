"""Rows: comments, blanks, defaults, what was given, required cells and duplicate keys."""

from math import inf

import pytest

from friendshore.models.examine import examine, parse
from friendshore.models.parsing import grids_of
from tests.parsing.valid import expect, findings, silent, valid


def test_comments_and_blank_rows_are_skipped_and_rows_keep_their_numbers():
    sheets = valid()
    plants = sheets["Plants"]
    sheets["Plants"] = [{"plant": "# one day", "capacity": "?"}, {"plant": None}, {"plant": " \u00a0"}, *plants]
    sheets["Plants"] = [{name: row.get(name) for name in plants[0]} for row in sheets["Plants"]]
    silent(sheets)
    tables, _ = parse(grids_of(sheets))
    assert [(row.plant, row.row) for row in tables.plants] == [("mine", 5), ("smelter", 6)]


def test_an_excel_error_in_the_first_cell_is_not_a_comment():
    sheets = valid()
    sheets["Plants"][1]["plant"] = "#N/A"
    expect(sheets, "FS107", "Plants!A3", "#N/A", alone=False)


def test_blank_cells_are_defaults_and_given_names_the_filled_ones():
    tables, _ = parse(grids_of(valid()))
    lane = tables.lanes[1]
    assert (lane.capacity, lane.loss, lane.routes) == (inf, 0.0, ("strait", "canal"))
    assert lane.given == {"from", "to", "commodity", "cost", "routes"}
    assert tables.demand[1].given >= {"2027", "per_year"}


def test_blank_required_cell():
    sheets = valid()
    sheets["Plants"][0]["country"] = None
    expect(sheets, "FS105", "Plants!B2", "wanted a name from Countries")


@pytest.mark.parametrize("rows", [[], [{"country": "# nobody", "bloc": None}]])
def test_empty_required_sheet(rows):
    sheets = valid()
    sheets["Countries"] = rows
    expect(sheets, "FS115", "Countries", "at least one", alone=False)


def test_empty_optional_sheets_are_as_good_as_none():
    sheets = valid()
    for name in ("Protections", "Profiles", "Stockpiles", "Sources"):
        sheets[name] = []
    silent(sheets)


def test_duplicate_names():
    sheets = valid()
    sheets["Plants"].append(dict(sheets["Plants"][0]))
    expect(sheets, "FS114", "Plants!A4", "'mine' again, which row 2 has")


def test_keys_of_several_columns():
    sheets = valid()
    sheets["Recipes"].append({"recipe": "smelt", "commodity": "ore", "role": "output", "amount": 0.1})
    silent(sheets, "FS114")
    sheets["Recipes"].append({"recipe": "smelt", "commodity": "ore", "role": "output", "amount": 0.2})
    expect(sheets, "FS114", "Recipes!A5", "smelt / ore / output")


def test_rows_of_demand_may_repeat():
    sheets = valid()
    sheets["Demand"].append(dict(sheets["Demand"][0]))
    silent(sheets)


def test_names_that_a_faulty_row_defines_are_still_known():
    sheets = valid()
    sheets["Plants"][1]["capacity"] = "many"
    assert [finding.code for finding in findings(sheets)] == ["FS103"]


def test_rows_shorter_and_longer_than_the_headers():
    grids = grids_of(valid())
    grids["Periods"] = (("period", "years"), ("2026",), ("2027", 1, None), ("2028", 1))
    assert examine(grids).problem.periods[0].years == 1.0


def test_a_faulty_period_column_is_told_with_its_cell():
    sheets = valid()
    sheets["Demand"][1]["2027"] = -4
    expect(sheets, "FS104", "Demand!F3", "found -4")

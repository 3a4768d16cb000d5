"""A table with a row for each period is told once that periods are columns, and how to pivot it."""

import pytest

from tests.parsing.valid import expect, findings, silent, valid


def long_demand(time="year", value="quantity"):
    sheets = valid()
    sheets["Demand"] = [
        {"country": "Alia", "commodity": "metal", "shortage_cost": 900, time: period, value: 5}
        for period in (2026, 2027, 2028)
    ]
    return sheets


@pytest.mark.parametrize("time", ["period", "Year", "which"])
@pytest.mark.parametrize("value", ["quantity", "per_year"])
def test_demand_with_a_row_for_each_period(time, value):
    """Rows of one key add up: read as it stands, three times the demand would count in every year."""
    sheets = long_demand(time, value)
    said = expect(sheets, "FS121", "Demand!1", f"in the column {time!r}", "2026, 2027, 2028", "PivotTable").message
    assert f"pivot_table(index=['country', 'commodity', 'shortage_cost'], columns={time!r}, values={value!r}" in said
    assert [finding.code for finding in findings(sheets)] == ["FS121"]


def test_profiles_with_a_row_for_each_period():
    sheets = valid()
    sheets["Profiles"] = [
        {"table": "Plants", "id": "mine", "column": "capacity", "period": period, "value": 90}
        for period in (2027, 2028)
    ]
    expect(sheets, "FS121", "Profiles!1", "values='value'")
    assert [finding.code for finding in findings(sheets)] == ["FS121"]


def test_periods_that_no_sheet_defines_are_still_periods():
    sheets = long_demand("period")
    for row in sheets["Demand"]:
        row["period"] += 100
    expect(sheets, "FS121", "Demand!1")


def test_a_column_of_years_beside_period_columns_is_a_remark():
    sheets = valid()
    for row in sheets["Demand"]:
        row["year"] = 2026
    silent(sheets, "FS121")
    expect(sheets, "FS152", "Demand!F1")


def test_rows_without_a_time_are_no_long_table():
    sheets = valid()
    for row in sheets["Demand"]:
        row.pop("2027", None)
        row["year"] = None
    sheets["Demand"][0]["year"] = 2026
    silent(sheets, "FS121")


def test_the_year_of_a_figure_is_a_remark():
    """Every row has one, and no two rows are of the same key."""
    sheets = valid()
    for year, row in enumerate(sheets["Demand"], start=2023):
        row.pop("2027", None)
        row["year"] = year
    silent(sheets, "FS121")

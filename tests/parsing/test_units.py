"""What stands in brackets behind a header is its unit: it is read over, and told where the column has another."""

import pytest

from friendshore.models.examine import examine
from friendshore.models.parsing import grids_of
from tests.parsing.valid import expect, findings, silent, valid


def renamed(sheet, **headers):
    sheets = valid()
    sheets[sheet] = [{headers.get(name, name): value for name, value in row.items()} for row in sheets[sheet]]
    return sheets


def test_units_in_headers_are_read_over():
    """Case 19: the same problem, without a word."""
    sheets = renamed("Plants", capacity="Capacity (t/yr)", unit_cost="Unit cost [USD/t]")
    sheets["Demand"] = renamed("Demand", **{"2027": "2027 (t)", "shortage_cost": "Shortage cost （USD (2024)/t）"})[
        "Demand"
    ]
    silent(sheets)
    plain, read = examine(grids_of(valid())).problem.tables, examine(grids_of(sheets)).problem.tables
    assert read == plain


def test_a_period_label_may_hold_brackets_itself():
    sheets = valid()
    sheets["Periods"][1]["period"] = "2027 (plan)"
    sheets["Demand"][1]["2027 (plan)"] = sheets["Demand"][1].pop("2027")
    sheets["Scenarios"][0]["onset"] = "2027 (plan)"
    silent(sheets)
    assert examine(grids_of(sheets)).problem.demand[0].by_period == {"2027 (plan)": 22.0}


def test_a_bare_header_and_one_with_a_unit_are_the_same_column():
    sheets = valid()
    sheets["Plants"][0]["Capacity (t/yr)"] = 4
    expect(sheets, "FS116", "Plants!E1", "already stands in column 5")


def test_an_unknown_header_is_compared_without_its_unit():
    sheets = valid()
    sheets["Plants"][0]["Unit cots (USD/t)"] = 4
    expect(sheets, "FS152", "Plants!G1", "'Unit cots (USD/t)'", "the nearest is 'unit_cost'")


@pytest.mark.parametrize(
    ("sheet", "column", "unit", "said"),
    [
        ("Periods", "years", "months", "in years"),
        ("Expansions", "lead_years", "weeks", "in years"),
        ("Plants", "capacity", "t/month", "per year"),
        ("Plants", "capacity", "t/d", "per year"),
        ("Plants", "min_use", "%", "as a share"),
        ("Plants", "unit_cost", "kUSD/t", "in single units"),
        ("Plants", "unit_cost", "thousand USD/t", "in single units"),
        ("Expansions", "capex", "USD mn", "in single units"),
        ("Expansions", "capex", "USD '000", "in single units"),
    ],
)
def test_another_unit_is_told(sheet, column, unit, said):
    sheets = valid()
    sheets[sheet] = renamed(sheet, **{column: f"{column} ({unit})"})[sheet]
    if column in ("lead_years", "min_use"):
        sheets[sheet][0][f"{column} ({unit})"] = 0
    cell = next(one for one in findings(sheets) if one.code == "FS161")
    assert cell.sheet == sheet and cell.row == 1 and cell.column == column
    assert unit in cell.message and said in cell.message


def test_thousands_that_the_workbook_counts_in_are_its_own_unit():
    sheets = renamed("Plants", capacity="capacity (thousand t/a)", unit_cost="unit_cost (million USD/thousand t)")
    for row in sheets["Commodities"]:
        row["unit"] = "thousand t"
    sheets["Settings"].append({"setting": "currency", "value": "million USD"})
    silent(sheets, "FS161")


def test_a_unit_that_says_what_the_column_is_in_is_not_told():
    silent(renamed("Plants", capacity="capacity (t per year)", unit_cost="unit_cost (USD/mine)"), "FS161")
    silent(renamed("Plants", capacity="capacity (kt REO/a)", min_use="min_use (share)"), "FS161")

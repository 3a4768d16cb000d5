"""All faults at once, in the order of the workbook, and none that only follows from another."""

from friendshore.models.examine import examine, parse, problem_from_sheets
from friendshore.models.findings import InvalidProblem
from friendshore.models.parsing import UNCALCULATED, grids_of
from tests.parsing.valid import expect, findings, silent, valid


def test_faults_of_cells_names_and_relations_are_told_together():
    sheets = valid()
    sheets["Plants"][0]["unit_cost"] = "5"
    sheets["Demand"][0]["country"] = "Aliaa"
    sheets["Scenarios"][0]["probability"] = 0.6
    sheets["Scenarios"].append({"scenario": "war", "probability": 0.6, "onset": 2028, "step_months": 5})
    sheets["Expansions"][0]["requires"] = "line"
    sheets["Stockpiles"][0]["initial"] = 99
    listed = [(finding.code, finding.place) for finding in findings(sheets) if finding.severity == "error"]
    assert listed == [
        ("FS103", "Plants!F2"),
        ("FS310", "Expansions!E2"),
        ("FS201", "Demand!A2"),
        ("FS311", "Stockpiles!D2"),
        ("FS301", "Scenarios!B3"),
    ]


def test_a_check_waits_for_the_columns_it_reads():
    sheets = valid()
    sheets["Recipes"][1]["role"] = "outptu"
    codes = [finding.code for finding in findings(sheets) if finding.severity == "error"]
    assert codes == ["FS111"]  # and not: a recipe without output


def test_period_labels_must_not_be_columns():
    sheets = valid()
    sheets["Periods"][2]["period"] = "Per year"
    sheets["Profiles"][0].pop("2028")
    expect(sheets, "FS113", "Periods!A4", "the name of a column")


def test_invalid_problems_carry_all_findings_warnings_included():
    sheets = valid()
    sheets["Plants"][0].update(unit_cost="5", colour="red")
    try:
        problem_from_sheets(sheets)
    except InvalidProblem as invalid:
        assert [finding.code for finding in invalid.findings] == ["FS103", "FS152"]
        assert "1 error(s)" in str(invalid)
    else:
        raise AssertionError("accepted")


def test_the_problem_carries_its_name_warnings_and_sheets():
    sheets = valid()
    sheets["Remarks"] = [{"what": UNCALCULATED, "why": 2}]
    problem = problem_from_sheets(sheets, "case")
    assert problem.name == "case"
    assert [finding.code for finding in problem.warnings] == ["FS151"]
    assert problem.grids["Remarks"] == (("what", "why"), (None, 2))
    assert problem.grids["Periods"][1] == (2026, 1)


def test_the_order_of_rows_does_not_matter():
    sheets = valid()
    turned = {name: rows if name == "Periods" else rows[::-1] for name, rows in valid().items()}
    one, two = problem_from_sheets(sheets).tables, problem_from_sheets(turned).tables
    assert [row.plant for row in one.plants] == [row.plant for row in two.plants]
    assert [row.origin for row in one.lanes] == [row.origin for row in two.lanes]


def test_parse_gives_no_tables_where_a_cell_is_faulty():
    sheets = valid()
    assert parse(grids_of(sheets))[0].plants[0].plant == "mine"
    sheets["Plants"][0]["capacity"] = None
    tables, listed = parse(grids_of(sheets))
    assert tables is None
    assert [finding.code for finding in listed] == ["FS105"]


def test_the_caller_names_the_cells():
    sheets = valid()
    sheets["Plants"][0]["capacity"] = -1
    listed = examine(grids_of(sheets), address=lambda row, index: f"R{row}C{index + 1}").findings
    assert [str(finding)[:28] for finding in listed] == ["FS104 error Plants!R2C5: fou"]


def test_nothing_at_all():
    assert [finding.code for finding in examine({}).findings] == ["FS101"] * 5
    silent(valid(), "FS101")

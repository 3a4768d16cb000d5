"""Somebody else's workbook is told first, its sheets in one line; one of ours with a slip is not taken for that."""

from friendshore.models.examine import examine
from tests.parsing.valid import findings, silent, valid

REQUIRED = ["Commodities", "Countries", "Demand", "Periods", "Plants"]


def foreign(count):
    """A workbook of so many sheets as other planning tools have them."""
    titles = ["CCT", "DSM", "Notes", *(f"Table {number}" for number in range(count))][:count]
    return dict.fromkeys(titles, (("node", "value"), ("n1", 4)))


def test_a_workbook_of_110_foreign_sheets():
    """Case 20: one line that says so, the missing sheets, the rest in one line; no chance likeness."""
    listed = examine(foreign(110)).findings
    assert [finding.code for finding in listed] == ["FS120", *["FS101"] * 5, "FS151"]
    assert listed[0].message.startswith("this does not look like a friendshore workbook: none of its sheets")
    assert "friendshore new" in listed[0].message
    assert sorted(finding.sheet for finding in listed[1:6]) == REQUIRED
    assert listed[6].message == "found 110 sheets that are not read: 'CCT', 'DSM', 'Notes' and 107 more"
    assert not any("nearest" in finding.message for finding in listed)
    assert {listed[0].place, listed[6].place} == {"workbook"}


def test_one_sheet_of_our_name_by_chance_does_not_make_it_ours():
    grids = {**foreign(3), "Demand": (("t", "Mid.Elec"), (1, 4), (2, 5))}
    first, *rest = examine(grids).findings
    assert first.code == "FS120" and "only 'Demand'" in first.message
    assert "FS101 error Demand" not in map(str, rest)
    assert [finding.message for finding in rest if finding.code == "FS151"] == [
        "found 3 sheets that are not read: 'CCT', 'DSM', 'Notes'"
    ]


def test_a_single_sheet():
    first, *rest = examine(foreign(1)).findings
    assert first.code == "FS120" and "its only sheet, 'CCT'," in first.message
    assert rest[-1].message == "found a sheet that is not read: 'CCT'"


def test_settings_of_somebody_else_are_not_ours():
    assert examine({**foreign(2), "Settings": (("solver", "cbc"),)}).findings[0].code == "FS120"


def test_a_workbook_of_ours_is_not_taken_for_foreign():
    one = {"Plants": valid()["Plants"], "Tables": [{"a": 1}]}
    silent(one, "FS120")
    assert [finding.place for finding in findings(one) if finding.code == "FS151"] == ["Tables"]
    two = {"Plants": [{"x": 1}], "Periods": [{"y": 2}]}
    silent(two, "FS120")
    silent({}, "FS120")


def test_errors_come_before_warnings():
    sheets = {"An unknown sheet": [{"a": 1}], **valid()}
    sheets["Plants"][0]["capacity"] = "much"
    assert [finding.code for finding in findings(sheets)] == ["FS103", "FS151"]

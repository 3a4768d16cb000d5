"""Expansions can be decided in some order, and serve within the horizon."""

from tests.parsing.valid import expect, findings, silent, valid


def test_circles_of_requirements():
    sheets = valid()
    sheets["Expansions"][0]["requires"] = "line"
    expect(sheets, "FS310", "Expansions!E2", "line → line")
    sheets["Expansions"] = [
        {**sheets["Expansions"][0], "expansion": name, "requires": other}
        for name, other in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"))
    ]
    assert [finding.row for finding in findings(sheets) if finding.code == "FS310"] == [2, 3, 4]


def test_expansions_that_come_too_late():
    sheets = valid()
    sheets["Expansions"][0].update(earliest=2027, lead_years=2)
    expect(sheets, "FS514", "Expansions!G2", "from year 3 on")
    sheets["Expansions"][0]["lead_years"] = 1.5
    silent(sheets, "FS514")

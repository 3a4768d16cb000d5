"""Groups have members, and their words mean one thing."""

import pytest

from tests.parsing.valid import expect, findings, silent, valid


def without_coalition():
    sheets = valid()
    sheets["Settings"] = []
    for row in sheets["Countries"]:
        row["bloc"] = row["bloc"].replace("ally", "friend")
    sheets["Lanes"][1]["to"] = "@friend"
    return sheets


def test_an_empty_coalition_is_told_where_it_is_used():
    sheets = without_coalition()
    errors = [(finding.code, finding.place) for finding in findings(sheets) if finding.severity == "error"]
    assert errors == [("FS208", "Events!D2"), ("FS208", "Policies!2"), ("FS208", "Policies!3")]


def test_an_empty_coalition_that_nothing_uses_is_no_fault():
    sheets = without_coalition()
    sheets["Events"], sheets["Policies"] = sheets["Events"][1:], []
    silent(sheets, "FS208")


def test_a_coalition_nobody_belongs_to():
    sheets = valid()
    sheets["Settings"][2]["value"] = "allies"
    expect(sheets, "FS203", "Settings!B4", "the nearest is 'ally'", alone=False)


@pytest.mark.parametrize(
    ("sheet", "column", "word", "cell"),
    [
        ("Countries", "bloc", "coalition", "B4"),
        ("Countries", "bloc", "a, b", "B4"),
        ("Commodities", "stage", "ore, oxide", "C4"),
        ("Demand", "tier", "*", "C4"),
    ],
)
def test_words_with_another_meaning(sheet, column, word, cell):
    sheets = valid()
    first = next(iter(sheets[sheet][0]))
    new = {**sheets[sheet][-1], column: word}
    if sheet != "Demand":
        new[first] = "New"
    sheets[sheet] = [*sheets[sheet][:2], new, *sheets[sheet][2:]]
    expect(sheets, "FS211", f"{sheet}!{cell}", "another word")

"""Names that no sheet defines are errors with the nearest known name."""

import pytest

from tests.parsing.valid import expect, findings, silent, valid

FAULTS = [
    ("Plants", 0, "country", "Alai", "FS201", "B2", "the nearest is 'Alia'"),
    ("Plants", 0, "country", "alia", "FS202", "B2", "differs only in case from 'Alia'"),
    ("Plants", 0, "country", "Alia, Berg", "FS201", "B2", "wanted one name"),
    ("Plants", 1, "recipe", "smlt", "FS201", "C3", "the nearest is 'smelt'"),
    ("Scenarios", 0, "onset", 2040, "FS205", "C2", "outside the horizon 2026 … 2028"),
    ("Scenarios", 0, "parent", "bas", "FS201", "D2", "or 'base'"),
    ("Events", 1, "plant", "smelter, mill", "FS201", "G3", "'mill', which is not on Plants"),
    ("Events", 0, "country", "@concrn", "FS203", "C2", "the nearest is 'concern'"),
    ("Events", 0, "country", "each @concern", "FS209", "C2", "without 'each'"),
    ("Events", 0, "country", "plant:mine", "FS210", "C2", "wanted a country"),
    ("Lanes", 1, "commodity", "stage:oree", "FS204", "C3", "the nearest is 'ore'"),
    ("Lanes", 1, "commodity", "ore, mtal", "FS201", "C3", "the nearest is 'metal'"),
    ("Lanes", 1, "to", ",", "FS208", "B3", "names nobody"),
    ("Lanes", 1, "commodity", ",", "FS208", "C3", "names nothing"),
    ("Policies", 0, "suppliers", "each", "FS208", "D2", "names nobody"),
    ("Policies", 1, "scenario", "stpo", "FS201", "G3", "the nearest is 'stop'"),
    ("Stockpiles", 0, "serves", "ownn", "FS201", "G2", "the nearest is 'own'"),
    ("Profiles", 0, "id", "mien", "FS201", "B2", "the nearest is 'mine'"),
    ("Commodities", 0, "source_id", "S2", "FS201", "E2", "wanted a name from Sources"),
]


@pytest.mark.parametrize(("sheet", "row", "column", "value", "code", "cell", "said"), FAULTS)
def test_unknown_names(sheet, row, column, value, code, cell, said):
    sheets = valid()
    sheets[sheet][row][column] = value
    expect(sheets, code, f"{sheet}!{cell}", said, alone=False)


@pytest.mark.parametrize(
    ("sheet", "column", "cell", "text", "said"),
    [
        ("Policies", "suppliers", "D2", "each concern", "wanted 'each @concern'"),
        ("Policies", "suppliers", "D2", "concern", "wanted '@concern'"),
        ("Policies", "suppliers", "D2", "each coalition", "wanted 'each @coalition'"),
        ("Lanes", "to", "B2", "Berg, ally", "wanted '@ally'"),
        ("Plants", "country", "B2", "ally", "which is a bloc and no country; wanted one name from Countries"),
    ],
)
def test_a_bloc_without_its_sign_is_asked_about(sheet, column, cell, text, said):
    sheets = valid()
    sheets[sheet][0][column] = text
    expect(sheets, "FS201", f"{sheet}!{cell}", said, alone=False)


@pytest.mark.parametrize("text", ["Alia", "@ally", "@coalition", "*", "Alia, @concern", " Alia ,Berg "])
def test_good_groups(text):
    sheets = valid()
    sheets["Lanes"][0]["from"] = text
    silent(sheets, "FS201", "FS202", "FS203", "FS208")


def test_sources_are_only_asked_where_that_sheet_exists():
    sheets = valid()
    sheets["Plants"][0]["source_id"] = "anything"
    del sheets["Sources"]
    silent(sheets)


def test_a_missing_sheet_is_not_told_again_by_every_name():
    sheets = valid()
    del sheets["Countries"]
    assert [finding.code for finding in findings(sheets) if finding.severity == "error"] == ["FS101"]


def test_names_of_an_absent_optional_sheet_are_unknown():
    sheets = valid()
    del sheets["Recipes"]
    expect(sheets, "FS201", "Plants!C3", "Recipes defines no names")


def test_full_width_and_non_breaking_blanks_are_folded_away():
    sheets = valid()
    sheets["Plants"][0]["country"] = "\u00a0Ｃonc\u200b"
    silent(sheets)

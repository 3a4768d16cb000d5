"""Sure names in cells are read as ids, with one warning for each text; unsure ones are errors that ask."""

import pytest

from friendshore.models.examine import examine
from friendshore.models.parsing import grids_of
from tests.parsing.valid import expect, valid


def real():
    """The valid workbook with Korea, Japan and China for its three countries."""
    text = {"Alia": "KOR", "Berg": "JPN", "Conc": "CHN"}
    sheets = valid()
    for rows in sheets.values():
        for row in rows:
            row.update({name: text[value] for name, value in row.items() if value in text})
    for row in sheets["Countries"]:
        row["iso3"] = row["country"]
    return sheets


def examined(sheets):
    return examine(grids_of(sheets), address=lambda row, index: f"{chr(65 + index)}{row}")


def test_a_name_is_read_as_the_id_and_told():
    sheets = real()
    sheets["Plants"][0]["country"] = "中国"
    outcome = examined(sheets)
    assert [(one.code, one.place) for one in outcome.findings] == [("FS159", "Plants!B2")]
    assert "'中国', read as 'CHN': that is China (CHN)" in outcome.findings[0].message
    assert outcome.problem.plants["mine"].country == "CHN"
    assert outcome.problem.grids["Plants"][1][1] == "中国"  # what the planner wrote is carried along


def test_names_within_groups_and_after_each():
    sheets = real()
    sheets["Lanes"][1].update({"from": "People's Republic of China", "to": "@ally, South Korea"})
    sheets["Policies"][0]["suppliers"] = "each China, JPN"
    outcome = examined(sheets)
    assert {one.code for one in outcome.findings} == {"FS159"}
    lanes = {(row.origin, row.destination) for row in outcome.problem.tables.lanes}
    assert ("CHN", "@ally, KOR") in lanes
    assert outcome.problem.policies[0].suppliers == "each CHN, JPN"


@pytest.mark.parametrize("column", ["from", "to"])
def test_a_name_with_a_comma_is_one_name_also_in_a_group(column):
    sheets = real()
    sheets["Lanes"][1][column] = "Korea, Republic of"
    outcome = examined(sheets)
    assert [one.code for one in outcome.findings] == ["FS159"]
    assert "KOR" in {
        getattr(row, {"from": "origin", "to": "destination"}[column]) for row in outcome.problem.tables.lanes
    }


def test_one_warning_for_a_text_however_often_it_stands():
    sheets = real()
    for row in sheets["Demand"]:
        row["country"] = "Republic of Korea"
    outcome = examined(sheets)
    assert [(one.code, one.place) for one in outcome.findings] == [("FS159", "Demand!A2")]
    assert "1 more rows" in outcome.findings[0].message
    assert {row.country for row in outcome.problem.demand} == {"KOR"}


@pytest.mark.parametrize(
    ("sheet", "column", "text", "said"),
    [
        ("Plants", "country", "Korea", "did you mean 'KOR'?"),
        ("Plants", "country", "Vietnam", "is Vietnam (VNM), and is not on Countries"),
        ("Plants", "country", "CN", "did you mean 'CHN'?"),
        ("Lanes", "from", "CHN, Korea", "did you mean 'KOR'?"),
    ],
)
def test_an_unsure_name_is_an_error_that_asks(sheet, column, text, said):
    sheets = real()
    sheets[sheet][1 if sheet == "Lanes" else 0][column] = text
    expect(sheets, "FS212", f"{sheet}!{'A3' if sheet == 'Lanes' else 'B2'}", said, alone=False)


def test_case_is_still_told_apart_and_likeness_never_read():
    sheets = real()
    sheets["Plants"][0]["country"] = "chn"
    expect(sheets, "FS202", "Plants!B2", "write 'CHN'", alone=False)
    sheets["Plants"][0]["country"] = "Chnia"
    expect(sheets, "FS201", "Plants!B2", "the nearest is", alone=False)


def test_an_id_is_never_read_as_another_country():
    """Where Countries defines 'Georgia' for a state of the United States, Georgia is that."""
    sheets = real()
    sheets["Countries"][0].update(country="Japan", iso3="KOR")
    for rows in sheets.values():
        for row in rows:
            row.update({name: "Japan" for name, value in row.items() if value == "KOR" and name != "iso3"})
    outcome = examined(sheets)
    assert not outcome.findings
    assert "Japan" in {row.country for row in outcome.problem.demand}


def test_other_columns_are_left_alone():
    sheets = real()
    sheets["Plants"][0]["plant"] = "China"
    sheets["Profiles"][0]["id"] = "China"
    assert examined(sheets).findings == ()

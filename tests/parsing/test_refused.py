"""A name that its own sheet refuses is told there, once; the other sheets know it as refused."""

import pytest

from friendshore.models.parsing.refused import without
from tests.parsing.valid import expect, findings, silent, valid


def told(sheets):
    return [(finding.code, finding.place) for finding in findings(sheets) if finding.severity == "error"]


def renamed(sheets, old, new):
    """The name in every cell, in lists and as a header."""
    for rows in sheets.values():
        for row in rows:
            for column, value in list(row.items()):
                if str(column) == str(old):
                    row[new] = row.pop(column)
                elif str(value) == str(old):
                    row[column] = new
    return sheets


def test_names_and_labels_with_reserved_signs_are_told_once_each():
    """Case 18."""
    sheets = renamed(renamed(renamed(valid(), "Alia", "Korea, Rep."), "metal", "Pb/Zn conc."), 2027, "FY26/27")
    sheets["Lanes"][1]["to"] = "Korea, Rep., Berg"
    sheets["Lanes"][1]["commodity"] = "ore,Pb/Zn conc."
    sheets["Policies"][0]["consumers"] = "each Korea, Rep."
    assert told(sheets) == [("FS113", "Periods!A3"), ("FS113", "Countries!A2"), ("FS113", "Commodities!A3")]
    assert not [one for one in findings(sheets) if one.code == "FS152"]


def test_they_are_told_once_each_where_no_other_name_is_left():
    sheets = valid()
    sheets["Commodities"] = [{"commodity": "Pb/Zn conc.", "unit": "t"}]
    sheets = renamed(renamed(sheets, "metal", "Pb/Zn conc."), "ore", "Pb/Zn conc.")
    assert told(sheets) == [("FS113", "Commodities!A2")]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Pb/Zn conc.", "'Pb-Zn conc.'"),
        ("Korea, Rep.", "'Korea Rep.'"),
        ("a+b", "'a and b'"),
        ("a..b", "'a-b'"),
        ("a@b", "'a at b'"),
    ],
)
def test_another_name_is_offered(name, other):
    sheets = valid()
    sheets["Sources"][0]["source_id"] = name
    expect(sheets, "FS113", "Sources!A2", "which is reserved", f"such as {other}")


def test_a_reserved_word_has_no_other_name_to_offer():
    sheets = valid()
    sheets["Sources"][0]["source_id"] = "base"
    assert expect(sheets, "FS113", "Sources!A2").message.endswith("wanted another name")


def test_a_wrong_name_beside_a_refused_one_is_still_told():
    sheets = renamed(valid(), "Alia", "Korea, Rep.")
    sheets["Lanes"][1]["to"] = "Korea, Rep., Brg"
    assert told(sheets) == [("FS113", "Countries!A2"), ("FS201", "Lanes!B3")]
    message = next(one.message for one in findings(sheets) if one.code == "FS201")
    assert "'Brg'" in message and "the nearest is 'Berg'" in message


def test_a_country_by_another_name_beside_a_refused_one_is_not_told():
    sheets = renamed(valid(), "Alia", "Korea, Rep.")
    sheets["Countries"][1]["iso3"] = "JPN"
    sheets["Lanes"][1]["to"] = "Korea, Rep., Japan"
    assert told(sheets) == [("FS113", "Countries!A2")]


def test_checks_wait_for_the_name():
    """A demand that has a quantity in a refused period alone is not said to have none."""
    sheets = renamed(valid(), 2027, "FY26/27")
    for row in sheets["Demand"]:
        row.pop("per_year")
        row["FY26/27"] = 5
    assert told(sheets) == [("FS113", "Periods!A3")]


def test_a_name_with_a_comma_is_taken_out_whole():
    assert without("Korea,Rep. , Peru", ["Korea, Rep."]) == "Peru"
    assert without("Korea, Rep., Korea, Rep.", ["Korea, Rep."]) == ""
    assert without("Korea", ["Korea, Rep."]) == "Korea"


def test_a_country_with_that_full_name_is_none_of_it():
    sheets = valid()
    sheets["Countries"][0]["name"] = "Korea, Rep."
    sheets["Demand"][0]["country"] = "Korea, Rep."
    silent(sheets, "FS113", "FS201", "FS212")

"""Text that may be a number is asked about with every number it may be; what can be no number gets no such advice."""

import datetime

import pytest

from friendshore.models.parsing.cells import CellFault, read_cell
from friendshore.models.parsing.doubtful import not_a_number, readings
from friendshore.models.schema import Number
from tests.parsing.valid import findings, valid


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("12", [12]),
        ("-3.5", [-3.5]),
        ("1e6", [1e6]),
        (".5", [0.5]),
        (",5", [0.5]),
        ("1,5", [1.5]),
        ("0.125", [0.125]),
        ("1.234", [1.234, 1234]),
        ("1,234", [1.234, 1234]),
        ("12.345", [12.345, 12345]),
        ("1234.567", [1234.567]),
        ("1,234,567", [1234567]),
        ("1.234.567", [1234567]),
        ("1,234.5", [1234.5]),
        ("1.234,5", [1234.5]),
        ("1 234", [1234]),
        ("1'234'567", [1234567]),
        ("1 234,5", [1234.5]),
        ("1.2.3", []),
        ("1,2,3", []),
        ("1,23,456", []),
        ("12 34", []),
        ("", []),
        ("abc", []),
        ("5 t", []),
        ("1.2,3.4", []),
        ("1 234,5,6", []),
        ("--5", []),
    ],
)
def test_readings(text, numbers):
    assert readings(text) == numbers


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("1.234", "may be 1.234 or 1234"),
        ("12 %", ": write 0.12, as a number"),
        ("１２", "looks like the number 12"),  # full width
        ("\u22125\u00a0", "looks like the number -5"),
        ("5 t", "the number alone"),
        ("$30", "the number alone"),
        ("~ 1,200 USD", "the number alone"),
        ("n/a", "leave the cell blank"),
        ("–", "leave the cell blank"),
        (datetime.datetime(2026, 3, 1), "the date 2026-03-01"),
        (datetime.time(3, 30), "a time and not a number"),
        (True, "yes/no"),
        (1j, "1j, which is no number"),
    ],
)
def test_the_message_asks(value, said):
    with pytest.raises(CellFault, match="found ") as fault:
        read_cell(Number(), value)
    assert fault.value.code == "FS103"
    assert said in fault.value.message


@pytest.mark.parametrize("text", ["a lot", "5 to 10", "5-10", "2026-01-02", "nan", "inf", "1e5e5"])
def test_no_advice_where_nothing_is_clear(text):
    assert not_a_number(text, repr(text)) == f"the text {text!r}"


@pytest.mark.parametrize(
    ("text", "unit", "said"),
    [
        ("18 months", "years", ": write 1.5,"),
        ("18months", "years", ": write 1.5,"),
        ("6 mo.", "years", ": write 0.5,"),
        ("26 weeks", "years", ": write 0.5,"),
        ("73 days", "years", ": write 0.2,"),
        ("2 quarters", "years", ": write 0.5,"),
        ("1,5 years", "years", ": write 1.5,"),
        ("1,200 days", "years", "may be 0.00328767123287671 or 3.28767123287671"),
        ("3 months", "months", ": write 3,"),
        ("1 year", "months", ": write 12,"),
        ("18 months", "unit/year", "; wanted the number alone"),
        ("18 t", "years", "; wanted the number alone"),
        ("20 %", "share", ": write 0.2,"),
        ("20%", "share", ": write 0.2,"),
    ],
)
def test_a_time_or_percentage_is_asked_about_with_what_it_would_be(text, unit, said):
    with pytest.raises(CellFault, match="found the text") as fault:
        read_cell(Number(), text, unit)
    assert fault.value.code == "FS103" and said in fault.value.message


def test_the_unit_is_that_of_the_column():
    sheets = valid()
    sheets["Events"][0]["years"] = "18 months"
    sheets["Scenarios"][0]["step_months"] = "half a year"
    sheets["Protections"][0]["effectiveness"] = "20 %"
    said = {finding.column: finding.message for finding in findings(sheets) if finding.code == "FS103"}
    assert said["years"] == "found the text '18 months': write 1.5, as a number; wanted a number of at least 0"
    assert "write 0.2" in said["effectiveness"] and "write" not in said["step_months"]


@pytest.mark.parametrize(
    ("ramp", "said"),
    [
        ("30%, 60%", ": write 0.3, 0.6; wanted"),
        ("30 %", ": write 0.3; wanted"),
        ("0,3; 0,6", ": write 0.3, 0.6; wanted"),
        ("0.3, high", "'0.3, high'; wanted"),
        ("130 %, 20 %", "'130 %, 20 %'; wanted"),
    ],
)
def test_a_list_of_shares_is_asked_about_as_it_would_be(ramp, said):
    sheets = valid()
    sheets["Expansions"][0]["ramp"] = ramp
    (one,) = (finding for finding in findings(sheets) if finding.column == "ramp")
    assert one.code == "FS103" and said in one.message

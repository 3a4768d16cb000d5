"""Text that may be a number is asked about with every number it may be; what can be no number gets no such advice."""

import datetime

import pytest

from friendshore.models.parsing.cells import CellFault, read_cell
from friendshore.models.parsing.doubtful import not_a_number, readings
from friendshore.models.schema import Number


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
        ("12 %", "looks like the number 0.12"),
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

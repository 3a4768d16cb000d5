"""Each kind of cell takes what it declares, and says what it wants where it does not get it."""

import datetime
from decimal import Decimal
from fractions import Fraction
from math import inf, nan

import numpy as np
import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.findings import InvalidProblem
from friendshore.models.parsing import plain_value
from friendshore.models.parsing.cells import UNCALCULATED, CellFault, placeholder, read_cell
from friendshore.models.schema import (
    Choice,
    Flag,
    Group,
    Identifier,
    Label,
    Number,
    Reference,
    Shares,
    Tags,
    Text,
    Whole,
    Word,
)
from tests.parsing.valid import valid

SHARE = Number(maximum=1, below=True)


@pytest.mark.parametrize(
    ("kind", "value", "read"),
    [
        (Number(), 0, 0.0),
        (Number(above=True), 1e-9, 1e-9),
        (SHARE, 0.999, 0.999),
        (Number(maximum=1), 1, 1.0),
        (Whole(minimum=1), 3.0, 3),
        (Flag(), True, True),
        (Flag(), "YES", True),
        (Flag(), "no", False),
        (Flag(), "FALSE", False),
        (Flag(), 1, True),
        (Label(), 2026.0, "2026"),
        (Identifier(), " mine\u00a01 ", "mine 1"),
        (Identifier(), 17, "17"),
        (Word(), " ally ", "ally"),
        (Shares(), "0.3, 0.6 ,1", (0.3, 0.6, 1.0)),
        (Shares(), 0.5, (0.5,)),
        (Tags(), "malacca, panama,,malacca ", ("malacca", "panama")),
        (Group(), "A ,B,", "A, B"),
        (Choice(("input", "output")), "input", "input"),
        (Text(), "  two\nlines ", "two\nlines"),
        (Text(), 2024, "2024"),
        (Text(), datetime.datetime(2024, 5, 1), "2024-05-01"),
        (Text(), True, "TRUE"),
    ],
)
def test_good_cells(kind, value, read):
    assert read_cell(kind, value) == read
    assert type(read_cell(kind, value)) is type(read)


@pytest.mark.parametrize(
    ("kind", "value", "code", "said"),
    [
        (Number(), "12", "FS103", "looks like the number 12"),
        (Number(), "\u22121,5", "FS103", "the text"),
        (Number(), "−5", "FS103", "looks like the number -5"),
        (Number(), "a lot", "FS103", "wanted a number of at least 0"),
        (Number(), "nan", "FS103", "the text 'nan'"),
        (Number(), True, "FS103", "yes/no"),
        (Number(), datetime.date(2026, 1, 2), "FS103", "date"),
        (Number(), -1, "FS104", "found -1; wanted a number of at least 0"),
        (Number(above=True), 0, "FS104", "a number above 0"),
        (SHARE, 1, "FS104", "from 0 to below 1"),
        (SHARE, 8, "FS104", "did you mean 0.08?"),
        (Number(), nan, "FS106", "found nan"),
        (Number(), inf, "FS106", "found inf"),
        (Label(), nan, "FS106", "found nan"),
        (Number(), "#N/A", "FS107", "#N/A"),
        (Text(), "#REF!", "FS107", "#REF!"),
        (Number(), UNCALCULATED, "FS108", "save it"),
        (Text(), UNCALCULATED, "FS108", "Excel or LibreOffice"),
        (Whole(minimum=1), 2.5, "FS109", "a whole number of at least 1"),
        (Whole(minimum=1), 0, "FS104", "a whole number of at least 1"),
        (Flag(), "perhaps", "FS110", "wanted yes or no"),
        (Flag(), 2, "FS110", "wanted yes or no"),
        (Choice(("input", "output")), "inptu", "FS111", "the nearest is 'input'"),
        (Choice(("input", "output")), "Input", "FS202", "differs only in case from 'input'"),
        (Identifier(), True, "FS112", "TRUE"),
        (Label(), datetime.datetime(2026, 1, 1), "FS112", "format it as Text"),
        (Number(), 1e15, "FS119", "without end"),
        (Number(), 10**400, "FS119", "without end"),
        (Number(), 5e-324, "FS119", "wanted 0, or a number of at least 1e-20"),
        (Number(minimum=-1), -1e-21, "FS119", "wanted 0"),
    ],
)
def test_bad_cells(kind, value, code, said):
    with pytest.raises(CellFault) as fault:
        read_cell(kind, value)
    assert fault.value.code == code
    assert said in fault.value.message


@pytest.mark.parametrize(
    "name", ["base", "each", "expected", "cvar", "own", "*", "@ally", "each x", "stage:ore", "a,b", "a/b", "a+b"]
)
def test_reserved_names(name):
    with pytest.raises(CellFault, match="reserved"):
        read_cell(Identifier(), name)


def test_words_that_only_look_reserved_are_names():
    assert read_cell(Identifier(), "eachother") == "eachother"
    assert read_cell(Identifier(), "baseline") == "baseline"


def test_placeholders_are_values_of_their_kind():
    assert placeholder(Number(above=True)) > 0
    assert placeholder(Choice(("a", "b"))) == "a"
    assert placeholder(Reference("Plants")) == ""


@pytest.mark.parametrize(("sheet", "row", "column"), [("Plants", 1, "recipe"), ("Policies", 0, "scenario")])
def test_a_list_without_a_name_is_no_blank(sheet, row, column):
    """A comma alone was read as a list of nothing, with which the model could not be built."""
    sheets = valid()
    sheets[sheet][row][column] = " , "
    with pytest.raises(InvalidProblem) as refused:
        problem_from_sheets(sheets)
    (found,) = [each for each in refused.value.findings if each.column == column]
    assert found.code == "FS111" and "in which there is no name" in found.message


def test_numbers_of_other_libraries_are_pythons_own():
    """A database gives decimals, pandas its own whole numbers and floats."""
    given = (Decimal("0.1"), Fraction(1, 4), np.float32(0.5), np.int64(7))
    assert [plain_value(value) for value in given] == [0.1, 0.25, 0.5, 7]
    assert [type(plain_value(value)) for value in given] == [float, float, float, int]

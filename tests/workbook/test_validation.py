"""Excel's own checks stop only what the reader would refuse too: a good value is never locked out."""

import re

import openpyxl
import pytest

from friendshore.models.parsing.cells import CellFault, read_cell
from friendshore.models.schema import Choice, Flag, Number, Whole
from friendshore.models.tables import TABLES
from friendshore.optimizer.workbook.examples import example_names
from friendshore.optimizer.workbook.template import FIRST, HEADER
from friendshore.optimizer.workbook.validation import validation
from tests.places import INPUTS

NUMBERS = (-1, -1e-9, 0, 1e-9, 0.5, 1 - 1e-9, 1, 1 + 1e-9, 2, 3, 8, 12, 1e6)
COLUMNS = [
    (table, declared)
    for table in TABLES
    for declared in table.columns
    if isinstance(declared.kind, Number | Whole | Choice | Flag)
]


def taken_by_excel(rule, value):
    """What Excel does with a number or a word, from the options of a data validation."""
    sort = rule["validate"]
    if sort == "any":
        return True
    if sort == "list":
        return value in rule["source"]
    if isinstance(value, str) or (sort == "integer" and value != int(value)):
        return False
    if sort == "custom":
        comparisons = re.findall(r"A5(>=|<=|>|<)([-\d.]+)", rule["value"])
        assert len(comparisons) in (0, 2) and "ISNUMBER(A5)" in rule["value"]
        return all(compare(value, sign, float(limit)) for sign, limit in comparisons)
    if rule["criteria"] == "between":
        return rule["minimum"] <= value <= rule["maximum"]
    return compare(value, rule["criteria"], rule["value"])


def compare(value, sign, limit):
    return {">": value > limit, ">=": value >= limit, "<": value < limit, "<=": value <= limit}[sign]


def taken_by_us(kind, value):
    try:
        read_cell(kind, value)
    except CellFault:
        return False
    return True


@pytest.mark.parametrize(("table", "declared"), COLUMNS, ids=lambda each: getattr(each, "sheet", "") or each.name)
def test_numbers_and_words_are_stopped_where_the_reader_would(table, declared):
    """The same numbers, both ways: what is refused here is an error there, and the reverse."""
    rule = validation(table, declared, ("Countries",), "USD", cell="A5", last=2000)
    if isinstance(declared.kind, Choice | Flag):
        words = ("yes", "no", *(declared.kind.words if isinstance(declared.kind, Choice) else ()), "perhaps")
        values = [word for word in words if word]
    else:
        values = NUMBERS
    for value in values:
        assert taken_by_excel(rule, value) == taken_by_us(declared.kind, value), value


@pytest.mark.parametrize("example", example_names())
def test_the_names_of_the_examples_pass_their_own_check(example):
    """Every name of a key of one column: once, without the signs that the formula looks for."""
    book = openpyxl.load_workbook(INPUTS / f"{example}.xlsx")
    for table in TABLES:
        if table.sheet not in book.sheetnames or len(table.key) != 1:
            continue
        assert book[table.sheet].cell(HEADER + 1, 1).value == table.key[0]
        names = [str(cell.value) for cell in book[table.sheet]["A"][FIRST:] if cell.value is not None]
        assert len(names) == len(set(names)) and names
        assert not any(sign in name for name in names for sign in ",/+") and not any(n[0] == "@" for n in names)

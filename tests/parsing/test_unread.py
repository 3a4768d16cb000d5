"""A filled cell that the row's kind does not read is a warning; every kind reads what the workbook's page says."""

import pytest

from friendshore.models.parsing.unread import columns_read
from friendshore.models.rules import POLICY_KINDS
from tests.parsing.valid import expect, silent, valid


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "cell"),
    [
        ("Events", 0, "plant", "mine", "G2"),
        ("Events", 0, "hazard", "war", "G2"),
        ("Policies", 0, "tier", "civil", "F2"),
        ("Policies", 1, "k", 1, "H3"),
        ("Policies", 1, "suppliers", "Conc", "D3"),
    ],
)
def test_filled_for_nothing(sheet, row, column, value, cell):
    sheets = valid()
    sheets[sheet][row][column] = value
    assert expect(sheets, "FS153", f"{sheet}!{cell}", "does not read").severity == "warning"


def test_notes_and_sources_are_read_by_every_kind():
    sheets = valid()
    for row in (*sheets["Events"], *sheets["Policies"]):
        row.update(note="why", source_id="S1")
    silent(sheets)


def test_each_sheet_with_kinds_is_covered():
    assert set(columns_read(POLICY_KINDS)) == {"Events", "Policies"}

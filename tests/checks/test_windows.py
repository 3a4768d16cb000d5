"""First periods come before last ones."""

import pytest

from tests.parsing.valid import expect, silent, valid


@pytest.mark.parametrize(
    ("sheet", "first", "last", "cell"),
    [
        ("Plants", "from_period", "to_period", "H2"),
        ("Expansions", "earliest", "latest", "G2"),
        ("Policies", "from_period", "to_period", "G2"),
    ],
)
def test_windows(sheet, first, last, cell):
    sheets = valid()
    sheets[sheet][0].update({first: 2028, last: 2027})
    expect(sheets, "FS309", f"{sheet}!{cell}", "wanted '2028'")
    sheets[sheet][0].update({first: 2027, last: 2027})
    silent(sheets, "FS309")
    sheets[sheet][0].update({first: 2028, last: None})
    silent(sheets, "FS309")

"""What is committed can be decided at the start; what has served already is committed whole."""

import pytest

from tests.parsing.valid import expect, silent, valid


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"committed": 3, "max_units": 2}, "more than max_units, 2"),
        ({"committed": 0.5, "max_units": 1}, "wanted a whole number"),
        ({"committed": 1, "requires": "other"}, "wanted requires blank"),
        ({"committed": 1, "earliest": 2027}, "from '2027' on only"),
    ],
)
def test_units_that_the_row_forbids_at_the_start(cells, said):
    sheets = valid()
    sheets["Expansions"].append({**sheets["Expansions"][0], "expansion": "other"})
    sheets["Expansions"][0].update(cells)
    expect(sheets, "FS345", "Expansions!F2", said)


def test_a_service_that_began_before_the_start():
    sheets = valid()
    sheets["Expansions"][0].update(lead_years=-1, max_units=2, committed=1)
    expect(sheets, "FS345", "Expansions!F2", "found -1, a service that began before the start")
    sheets["Expansions"][0]["committed"] = 2
    expect(sheets, "FS345", "Expansions!F2", "and latest '2026'")
    sheets["Expansions"][0]["latest"] = 2026
    silent(sheets, "FS345")


def test_a_protection_in_force_that_may_be_bought_later_only():
    sheets = valid()
    sheets["Protections"][0].update(committed="yes", from_period=2027)
    expect(sheets, "FS345", "Protections!E2", "from '2027' on only")
    sheets["Protections"][0]["from_period"] = None
    silent(sheets, "FS345")

"""The sheets from which other tests start are without fault, so that what those tests find is what they broke."""

from friendshore.models.examine import problem_from_sheets
from tests.parsing.valid import silent, valid


def test_the_starting_point_has_no_finding():
    silent(valid())
    assert problem_from_sheets(valid()).warnings == ()

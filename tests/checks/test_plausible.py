"""A number out of proportion is told once a column and direction, with both numbers and the slip that explains it."""

from friendshore.models.checks.plausible import Pair, Usual, disproportions, slip

USUAL = Usual(0.01, 10)


def told(*pairs, usual=USUAL):
    return [(found.row, found.message) for found in disproportions("FS546", "Plants", "unit_cost", pairs, usual)]


def test_both_numbers_and_the_slip():
    ((row, message),) = told(Pair(4, 14_000, 40, "its price"))
    assert row == 4
    assert message == (
        "found 14,000, 350 times its price (40); usual is 0.01 to 10 times: did you mean 14 "
        "(kg for t, or money for thousand money)?"
    )


def test_too_small():
    ((_, message),) = told(Pair(4, 0.014, 40, "its price"))
    assert message.startswith("found 0.014, a 2,857th of its price (40);")
    assert "did you mean 14 (kg for t" in message


def test_once_a_direction_with_the_others_counted():
    rows = [Pair(i, 1000, 1, "x") for i in (9, 3, 5, 5)] + [Pair(7, 1, 1000, "x"), Pair(1, 1, 1, "x")]
    large, small = told(*rows)
    assert large[0] == 3 and large[1].endswith("(2 more rows alike)")
    assert small[0] == 7 and "alike" not in small[1]


def test_the_ends_are_usual_and_nothing_has_no_proportion():
    assert told(Pair(1, 10, 1, "x"), Pair(2, 0.01, 1, "x"), Pair(3, 0, 1, "x"), Pair(4, 1, 0, "x")) == []


def test_the_slip_that_comes_nearest_to_the_middle():
    """30 a month and 360 a year; a million for a billion; and none where nothing usual comes out."""
    assert slip(Pair(1, 5e6, 1, "x"), USUAL).endswith("(g for t, or money for million money)?")
    assert slip(Pair(1, 60, 1, "x"), Usual(1, 10)) == ": did you mean 5 (per month for per year)?"
    assert slip(Pair(1, 1e12, 1, "x"), USUAL) == ""


def test_what_has_no_lower_end():
    ((_, message),) = told(Pair(1, 2e4, 1, "x"), usual=Usual(0, 30))
    assert "usual is at most 30 times" in message and "did you mean 20 " in message
